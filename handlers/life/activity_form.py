"""The form that proposes an activity, or proposes anew what was returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.ids import ActivityId, ChatId, SurveyId
from domain.life.activity import card, planning, wishes
from domain.life.activity.model import (
    MAX_AIM_CHARS,
    MAX_FAMILY,
    MAX_NAME_CHARS,
    MAX_PLACE_CHARS,
    MAX_RESOURCES,
    MAX_TITLE_CHARS,
    Activity,
    Resource,
)
from domain.life.activity.planning import Wish
from domain.life.activity.refusing import InThePast
from domain.messaging.message import Message, Text
from domain.people.actor import Actor
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working, wrong_day
from handlers.form import (
    LINES,
    MOMENT,
    NUMBER,
    WORDS,
    AskAgain,
    Choice,
    Ending,
    Field,
    Fill,
    Filled,
    Form,
    Told,
    hear_press,
)
from handlers.life.fields import AT, WRONG, asks, hears_deadline, hears_number, hears_words, offers, picks, read_moment
from handlers.messaging.asking import PLACE as GROUP
from language import activity as spoken
from language import deadline
from language import meeting as spoken_times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.messaging.chat import Chat
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from language.activity import Needed

REVISED = "revised"  # the draft's key for the activity that is proposed anew
EVE, START, SAME, NONE, LATEST = "eve", "start", "same", "none", "latest"
LENGTHS = ("60", "120", "240", "480")  # minutes
CAPACITIES, BUDGETS = ("0", "20", "30", "50"), ("0", "500", "1000")


async def hear_when(context: Context) -> Fill:
    """Read day and time, and the place where it follows. Raises BadArguments."""
    due, place = await read_moment(context)
    group, now = context.actor.chat, context.now

    def fill(_: Stores, filled: Filled) -> Filled:
        dated = filled.with_(WHEN, due)
        if not dated.has(SIGN_UP) or dated[SIGN_UP] in (EVE, START):
            ends = planning.usual_end(group, due, now)
            dated = dated.with_(SIGN_UP, START if ends == due else EVE)
        return dated.with_(PLACE, place) if place else dated

    return fill


async def hear_until(context: Context) -> Fill:
    """Read when it ends, counted from its beginning. Raises BadArguments."""
    text, group, days = context.text, context.actor.chat, await working(context)

    def fill(_: Stores, filled: Filled) -> Filled:
        try:
            found = deadline.read(text, group.local(filled[WHEN]), working=days)
        except deadline.DeadlineError as error:
            raise wrong_day(error, WRONG) from error
        if found is None:
            raise BadArguments("activity.no_when")
        return filled.with_(UNTIL, f"{AT}{MOMENT.keep(found.due)}")

    return fill


async def hear_needed(context: Context) -> Fill:
    """Read what is needed, a line each. Raises BadArguments."""
    lines = tuple(one[:MAX_NAME_CHARS] for one in spoken_times.items(visible(context.text)))[:MAX_RESOURCES]
    if not any(map(spoken.needed, lines)):
        raise BadArguments("activity.no_needed")
    return lambda _, filled: filled.with_(NEEDED, lines)


def pick_none(_: Actor, value: str) -> Fill:
    """Nothing is needed. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: filled.with_(NEEDED, ())


def offer_wishes(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """What the group was asked lately, or nothing."""
    found = [
        Choice(Text("activity.wish_button", {"question": one.survey.question.text}), str(one.survey.id))
        for one in wishes.recent(stores, actor)
    ]
    return [*found, Choice(Text("activity.value_button", {"value": NONE}), NONE)]


def pick_wish(actor: Actor, value: str) -> Fill:
    """One of them was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value != NONE and value not in {str(one.survey.id) for one in wishes.recent(stores, actor)}:
            raise ButtonExpired
        return filled.with_(ASKED, value)

    return fill


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of a filled form."""

    starts_at: datetime
    ends_at: datetime
    up: datetime
    off: datetime


def times_of(filled: Filled, group: Chat) -> Times:
    """When it begins and ends, and until when one signs up and off."""
    starts_at, length, ends = filled[WHEN], filled[UNTIL], filled[SIGN_UP]
    ends_at = MOMENT.load(length[1:]) if length.startswith(AT) else starts_at + timedelta(minutes=int(length))
    eve = group.start_of(group.day(starts_at) - timedelta(days=1)) + timedelta(hours=planning.EVE.hour)
    up = MOMENT.load(ends[1:]) if ends.startswith(AT) else eve if ends == EVE else starts_at
    off = filled[SIGN_OFF]
    return Times(
        starts_at, ends_at, up, MOMENT.load(off[1:]) if off.startswith(AT) else up if off == SAME else starts_at
    )


def needed_of(filled: Filled, group: Chat, times: Times) -> tuple[Resource, ...]:
    """What is needed; without a time of its own, as long as it takes."""
    found = (spoken.needed(line) for line in filled[NEEDED])
    return tuple(_resource(one, group, times) for one in found if one is not None)


def _resource(one: Needed, group: Chat, times: Times) -> Resource:
    if one.since is None or one.until is None:
        return Resource(one.name, times.starts_at, times.ends_at)
    midnight = group.start_of(group.day(times.starts_at))
    return Resource(one.name, midnight + timedelta(minutes=one.since), midnight + timedelta(minutes=one.until))


def wish_of(stores: Stores, filled: Filled, group: Chat) -> Wish:
    """What the form asks for."""
    times, asked = times_of(filled, group), filled[ASKED]
    survey = SurveyId(int(asked)) if asked.isdecimal() else None
    return Wish(
        filled[TITLE],
        filled[AIM],
        times.starts_at,
        times.ends_at,
        filled[PLACE],
        filled[CAPACITY],
        filled[FAMILY],
        times.up,
        times.off,
        filled[BUDGET],
        needed_of(filled, group, times),
        wishes.latest(stores, group, filled[WHEN]) if asked == LATEST else survey,
    )


def revised_of(filled: Filled) -> ActivityId | None:
    """The activity that is proposed anew."""
    kept = filled.draft.values.get(REVISED, "")
    return ActivityId(int(kept)) if kept.isdecimal() else None


def preview(stores: Stores, filled: Filled) -> Message:
    """What the group, or the level above, will see; what clashes; what people wished."""
    group = stores.chats.get(ChatId(int(filled.draft.values.get(GROUP, filled.draft.chat))))
    member = stores.members.get(filled.draft.member)
    is_root = member.platform_id in stores.enterprise.root_admins
    actor = Actor(member, group, filled[WHEN], is_root_admin=is_root)  # for what they may approve themselves
    found = planning.outline(stores, actor, wish_of(stores, filled, group), revised_of(filled))
    return Message("activity.preview", {"outline": found})


async def propose(context: Context, filled: Filled) -> Ending:
    """Propose it. Raises AskAgain where its time has come meanwhile."""
    if filled[WHEN] <= context.now:
        raise AskAgain(WHEN, InThePast())
    actor, private, source = context.actor, filled.draft.chat, f"draft:{filled.draft.id}"

    def unit(stores: Stores) -> Told:
        wish = wish_of(stores, filled, actor.group)
        made = planning.propose(stores, actor, wish=wish, source=source, revised=revised_of(filled))
        if not stores.chats.get(private).is_group:
            card.send_desk(stores, made, key=f"{made.desk}:{source}")
        return Told()

    return unit


def kept_of(activity: Activity, needed: Sequence[Resource], group: Chat) -> Mapping[str, str]:
    """The answers that would propose an activity again as it was."""
    moments = {UNTIL: activity.ends_at, SIGN_UP: activity.sign_up_until, SIGN_OFF: activity.sign_off_until}
    lines = (f"{one.name} {group.local(one.since):%H:%M}-{group.local(one.until):%H:%M}" for one in needed)
    return {
        REVISED: str(activity.id),
        TITLE.name: activity.title,
        WHEN.name: MOMENT.keep(activity.starts_at),
        PLACE.name: activity.place,
        AIM.name: activity.aim,
        CAPACITY.name: str(activity.capacity),
        BUDGET.name: str(activity.budget),
        FAMILY.name: str(activity.family),
        NEEDED.name: LINES.keep(tuple(lines)),
        ASKED.name: str(activity.survey or NONE),
        **{field.name: f"{AT}{MOMENT.keep(at)}" for field, at in moments.items()},
    }


TITLE: Field[str] = Field(
    "title",
    WORDS,
    "activity.field_title",
    asks("activity.ask_title"),
    hears_words(lambda: TITLE, "activity.no_title", MAX_TITLE_CHARS),
)
WHEN = Field("when", MOMENT, "activity.field_when", asks("activity.ask_when"), hear_when)
PLACE: Field[str] = Field(
    "where",
    WORDS,
    "activity.field_place",
    asks("activity.ask_place"),
    hears_words(lambda: PLACE, "activity.no_place", MAX_PLACE_CHARS),
)
AIM: Field[str] = Field(
    "aim",
    WORDS,
    "activity.field_aim",
    asks("activity.ask_aim"),
    hears_words(lambda: AIM, "activity.no_aim", MAX_AIM_CHARS),
)
CAPACITY: Field[int] = Field(
    "capacity",
    NUMBER,
    "activity.field_capacity",
    asks("activity.ask_capacity"),
    hears_number(lambda: CAPACITY, spoken.people, "activity.no_capacity"),
    offers("activity.capacity_button", *CAPACITIES),
    picks(lambda: CAPACITY, *CAPACITIES),
    a_row=4,
)
BUDGET: Field[int] = Field(
    "budget",
    NUMBER,
    "activity.field_budget",
    asks("activity.ask_budget"),
    hears_number(lambda: BUDGET, spoken.money, "activity.no_money"),
    offers("activity.budget_button", *BUDGETS),
    picks(lambda: BUDGET, *BUDGETS),
    a_row=3,
)
UNTIL: Field[str] = Field(
    "until",
    WORDS,
    "activity.field_until",
    asks("activity.ask_until"),
    hear_until,
    offers("activity.length_button", *LENGTHS),
    picks(lambda: UNTIL, *LENGTHS),
    a_row=4,
)
FAMILIES = tuple(map(str, range(MAX_FAMILY + 1)))
FAMILY: Field[int] = Field(
    "family",
    NUMBER,
    "activity.field_family",
    asks("activity.ask_family"),
    hear_press,
    offers("activity.bring_button", *FAMILIES),
    picks(lambda: FAMILY, *FAMILIES),
    a_row=4,
)
SIGN_UP: Field[str] = Field(
    "sign_up",
    WORDS,
    "activity.field_sign_up",
    asks("activity.ask_sign_up"),
    hears_deadline(lambda: SIGN_UP),
    offers("activity.value_button", EVE, START),
    picks(lambda: SIGN_UP, EVE, START),
    a_row=2,
)
SIGN_OFF: Field[str] = Field(
    "sign_off",
    WORDS,
    "activity.field_sign_off",
    asks("activity.ask_sign_off"),
    hears_deadline(lambda: SIGN_OFF),
    offers("activity.value_button", START, SAME),
    picks(lambda: SIGN_OFF, START, SAME),
    a_row=2,
)
NEEDED = Field(
    "needed",
    LINES,
    "activity.field_needed",
    asks("activity.ask_needed"),
    hear_needed,
    offers("activity.value_button", NONE),
    pick_none,
)
ASKED = Field("wished", WORDS, "activity.field_asked", asks("activity.ask_asked"), hear_press, offer_wishes, pick_wish)
FORM = Form(
    "activity",
    (TITLE, WHEN, PLACE, AIM, CAPACITY, BUDGET, UNTIL, FAMILY, SIGN_UP, SIGN_OFF, NEEDED, ASKED),
    Permission.PLAN_WORK,
    propose,
    preview,
    for_groups=True,
    usual={
        UNTIL.name: "120",
        FAMILY.name: "0",
        SIGN_UP.name: EVE,
        SIGN_OFF.name: START,
        NEEDED.name: "[]",
        ASKED.name: LATEST,
    },
)
