"""The forms of meetings: calling one, and taking leave from one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import ChatId, MeetingId
from domain.life.meeting import attending, calling
from domain.life.meeting.calling import Outline, Wish, outline
from domain.life.meeting.holding import send_desk
from domain.life.meeting.kinds import CALLABLE, CHOOSABLE, Audience, Kind
from domain.life.meeting.model import MAX_LINES, MAX_PLACE_CHARS, InThePast
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working, wrong_day
from handlers.form import (
    LINES,
    MOMENT,
    WORDS,
    AskAgain,
    Choice,
    Codec,
    Ending,
    Field,
    Fill,
    Filled,
    Form,
    Told,
    ending,
    hear_press,
)
from handlers.life.fields import asks
from handlers.life.preparing import PREPARERS, items_of, read_items, with_preparers
from handlers.messaging.asking import PLACE as GROUP
from language import deadline
from language import meeting as spoken
from language.deadline import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.meeting.model import Meeting
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

NONE, USUAL = "none", "usual"
ABOUT = "meeting"  # the draft's key for the meeting that leave is taken from
WRONG = {
    Reason.PAST: "meeting.past",
    Reason.NO_SUCH_DAY: "meeting.no_such_day",
    Reason.NO_SUCH_TIME: "meeting.no_such_time",
    Reason.UNCLEAR: "meeting.no_when",
    Reason.JUST_GONE: "meeting.past",
    Reason.NO_CALENDAR: "meeting.no_calendar",
}
KIND_CODEC: Codec[Kind] = Codec(str, Kind)
AUDIENCE_CODEC: Codec[Audience | None] = Codec(
    lambda one: one or USUAL, lambda kept: None if kept == USUAL else Audience(kept)
)


def offer_kinds(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All kinds."""
    return [Choice(Text("meeting.kind_button", {"kind": kind}), kind) for kind in CALLABLE]


async def hear_kind(context: Context) -> Fill:
    """Read the name of a kind. Raises BadArguments."""
    found = spoken.kind(context.text)
    if found is None:
        raise BadArguments("meeting.no_kind")
    kind = Kind(found)
    return lambda _, filled: filled.with_(KIND, kind)


def pick_kind(_: Actor, value: str) -> Fill:
    """A kind was tapped. Raises ButtonExpired."""
    if value not in set(CALLABLE):
        raise ButtonExpired
    return lambda _, filled: filled.with_(KIND, Kind(value))


def ask_when(_: Stores, filled: Filled) -> Message:
    """Ask for day and time."""
    return Message("meeting.ask_when", {"kind": filled[KIND]})


async def hear_when(context: Context) -> Fill:
    """Read day and time, and the place where it follows. Raises BadArguments."""
    try:
        found = deadline.read(context.text, context.actor.chat.local(context.now), working=await working(context))
    except deadline.DeadlineError as error:
        raise wrong_day(error, WRONG) from error
    if found is None:
        raise BadArguments("meeting.no_when")
    if not spoken.says_clock(found.written):
        raise BadArguments("meeting.no_clock", day=found.due.date())
    place = plain.tidy(found.rest)[:MAX_PLACE_CHARS]

    def fill(_: Stores, filled: Filled) -> Filled:
        dated = filled.with_(WHEN, found.due)
        return dated.with_(PLACE, place) if place else dated

    return fill


def ask_place(_: Stores, __: Filled) -> Message:
    """Ask where."""
    return Message("meeting.ask_place")


async def hear_place(context: Context) -> Fill:
    """Read the place. Raises BadArguments."""
    words = plain.tidy(visible(context.text))[:MAX_PLACE_CHARS]
    if not words:
        raise BadArguments("meeting.no_place")
    return lambda _, filled: filled.with_(PLACE, words)


def offer_no_agenda(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """A meeting may have no agenda."""
    return [Choice(Text("meeting.no_agenda_button"), NONE)]


def pick_agenda(_: Actor, value: str) -> Fill:
    """None was tapped. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: with_preparers(filled.with_(AGENDA, ()), [], [])


async def hear_agenda(context: Context) -> Fill:
    """Read the agenda, a line each. Raises BadArguments."""
    lines = spoken.items(visible(context.text))[:MAX_LINES]
    if not lines:
        raise BadArguments("meeting.no_agenda")
    group, at = context.actor.group, context.now
    names = await context.read(lambda stores: naming.directory(stores, group))
    items, wanted = read_items(lines, names)

    def fill(stores: Stores, filled: Filled) -> Filled:
        settled = naming.settled(stores, [who for _, who in wanted], group, at)
        return with_preparers(filled.with_(AGENDA, items), [item for item, _ in wanted], settled)

    return fill


def offer_audiences(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """As usual for the kind, or one of the lists."""
    usual = Choice(Text("meeting.audience_button", {"audience": None}), USUAL)
    return [usual, *(Choice(Text("meeting.audience_button", {"audience": one}), one) for one in CHOOSABLE)]


def pick_audience(_: Actor, value: str) -> Fill:
    """A list was tapped. Raises ButtonExpired."""
    if value != USUAL and value not in set(CHOOSABLE):
        raise ButtonExpired
    return lambda _, filled: filled.with_(AUDIENCE, AUDIENCE_CODEC.load(value))


def wish_of(filled: Filled) -> Wish:
    """What the form asks for."""
    return Wish(filled[KIND], filled[WHEN], filled[PLACE], filled[AGENDA], filled[AUDIENCE], filled[PREPARERS])


def preview(stores: Stores, filled: Filled) -> Message:
    """What the group will see, and who is asked to be at two places."""
    group = stores.chats.get(ChatId(int(filled.draft.values.get(GROUP, filled.draft.chat))))
    found: Outline = outline(stores, group, wish_of(filled))
    return Message("meeting.preview", {"outline": found, "agenda": items_of(stores, group, found.wish)})


async def call(context: Context, filled: Filled) -> Ending:
    """Call the meeting. Raises AskAgain where its time has come meanwhile."""
    if filled[WHEN] <= context.now:
        raise AskAgain(WHEN, InThePast())
    actor, private = context.actor, filled.draft.chat

    def call_it(stores: Stores) -> Told:
        roll = calling.call(stores, actor, wish=wish_of(filled), source=f"draft:{filled.draft.id}")
        if not stores.chats.get(private).is_group:
            send_desk(stores, roll, key=str(roll.meeting.desk))
        return Told()

    return call_it


KIND = Field(
    "kind", KIND_CODEC, "meeting.field_kind", asks("meeting.ask_kind"), hear_kind, offer_kinds, pick_kind, a_row=2
)
WHEN = Field("when", MOMENT, "meeting.field_when", ask_when, hear_when)
PLACE = Field("where", WORDS, "meeting.field_place", ask_place, hear_place)
AGENDA = Field(
    "agenda", LINES, "meeting.field_agenda", asks("meeting.ask_agenda"), hear_agenda, offer_no_agenda, pick_agenda
)
AUDIENCE = Field(
    "audience",
    AUDIENCE_CODEC,
    "meeting.field_audience",
    asks("meeting.ask_audience"),
    hear_press,
    offer_audiences,
    pick_audience,
)
FORM = Form(
    "meeting",
    (KIND, WHEN, PLACE, AGENDA, PREPARERS, AUDIENCE),
    Permission.PLAN_WORK,
    call,
    preview,
    for_groups=True,
    usual={"audience": USUAL},
)


def _about(filled: Filled) -> MeetingId:
    return MeetingId(filled.number(ABOUT))


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why somebody cannot come."""
    return Message("meeting.ask_reason", {"meeting": stores.meetings.get(_about(filled))})


async def hear_reason(context: Context) -> Fill:
    """Read the reason. Raises BadArguments."""
    words = plain.tidy(visible(context.text))
    if not words:
        raise BadArguments("meeting.no_reason")
    return lambda _, filled: filled.with_(REASON, words)


async def take_leave(context: Context, filled: Filled) -> Ending:
    """Note the leave."""
    use_case = partial(attending.take_leave, actor=context.actor, number=_about(filled), reason=filled[REASON])
    return ending(use_case, say_away)


def say_away(meeting: Meeting) -> Message:
    """The confirmation of leave."""
    return Message("meeting.away", {"meeting": meeting})


REASON = Field("reason", WORDS, "meeting.field_reason", ask_reason, hear_reason)
AWAY = Form("meeting_away", (REASON,), Permission.TAKE_PART, take_leave)
