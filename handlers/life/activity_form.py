"""The form that proposes an activity, or proposes anew what was returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.ids import ActivityId, ChatId, SurveyId
from domain.life.activity import card, planning, wishes
from domain.life.activity.model import Activity, Resource
from domain.life.activity.planning import Wish
from domain.life.activity.refusing import InThePast
from domain.messaging.message import Message
from domain.people.actor import Actor
from domain.people.permission import Permission
from handlers.form import LINES, MOMENT, AskAgain, Ending, Filled, Form, Told
from handlers.life.activity_fields import (
    AIM,
    ASKED,
    BUDGET,
    CAPACITY,
    EVE,
    FAMILY,
    LATEST,
    NEEDED,
    NONE,
    PLACE,
    SAME,
    SIGN_OFF,
    SIGN_UP,
    START,
    TITLE,
    UNTIL,
    WHEN,
)
from handlers.life.fields import AT
from handlers.messaging.asking import PLACE as GROUP
from language import activity as spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.messaging.chat import Chat
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from language.activity import Needed

REVISED = "revised"  # the draft's key for the activity that is proposed anew


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
