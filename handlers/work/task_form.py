"""The form of /task: owners, deadline, title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.admin import setting
from domain.ids import MemberId
from domain.messaging.message import Message, Text
from domain.people.member import Member, resolve
from domain.people.permission import Permission
from domain.work import task
from domain.work.task import Given, Plan
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, due, leading_mentions, working
from handlers.form import AskAgain, Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.work import arguments

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from handlers.context import Context

MAX_NAMES, NAMES_A_ROW = 12, 3
FRIDAY = 4
SEPARATOR = "\n"  # a title has no line break
LAST_SECOND = datetime(9999, 1, 1, tzinfo=UTC)


def _load_plan(kept: str) -> Plan:
    title, standard, outcome = kept.split(SEPARATOR)
    return Plan(title, standard, outcome)


def _keep_plan(plan: Plan) -> str:
    return SEPARATOR.join(" ".join(part.split("\n")) for part in (plan.title, plan.standard, plan.outcome))


MEMBERS: Codec[tuple[MemberId, ...]] = Codec(
    lambda members: ",".join(map(str, members)), lambda kept: tuple(MemberId(int(one)) for one in kept.split(","))
)
MOMENT: Codec[datetime] = Codec(
    lambda at: str(int(at.timestamp())), lambda kept: datetime.fromtimestamp(int(kept), UTC)
)
PLAN: Codec[Plan] = Codec(_keep_plan, _load_plan)


def owners_of(stores: Stores, filled: Filled) -> list[Member]:
    """The chosen owners."""
    return [stores.members.get(one) for one in filled[OWNERS]]


def ask_owners(_: Stores, __: Filled) -> Message:
    """Ask for the owners."""
    return Message("task.ask_owner")


def offer_members(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The group's members as choices."""
    people = stores.members.of(actor.chat.id)[:MAX_NAMES]
    return [Choice(Text("task.owner_button", {"member": who}), str(who.id)) for who in people]


async def hear_owners(context: Context) -> Fill:
    """Read one or several names. Raises BadArguments."""
    message = context.message
    mentions = leading_mentions(message)[0] if message else []
    if not mentions:
        raise BadArguments("task.no_owner")
    group, at = context.actor.chat.id, context.heard_at

    def choose(stores: Stores, filled: Filled) -> Filled:
        owners = [resolve(stores, mention, group, at).id for mention in mentions]
        return filled.with_(OWNERS, task.checked_owners(owners))

    return choose


def pick_owner(actor: Actor, value: str) -> Fill:
    """A name was tapped. Raises ButtonExpired if that member is no longer in the group."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        found = [one.id for one in stores.members.of(actor.chat.id) if str(one.id) == value]
        if not found:
            raise ButtonExpired
        return filled.with_(OWNERS, tuple(found))

    return choose


def ask_due(stores: Stores, filled: Filled) -> Message:
    """Ask for the deadline."""
    return Message("task.ask_deadline", {"owners": owners_of(stores, filled)})


def offer_deadlines(stores: Stores, actor: Actor, __: Filled) -> Sequence[Choice]:
    """The usual deadlines: the end of today, of tomorrow, of this and of next Friday."""
    group, today = actor.chat, actor.today
    friday = today + timedelta(days=FRIDAY - today.weekday())
    days = sorted({today, today + timedelta(days=1), friday, friday + timedelta(days=7)})
    ends = setting.day_end_of(stores, group)
    moments = [datetime.combine(day, ends, ZoneInfo(group.zone)) for day in days]
    return [
        Choice(Text("task.deadline_button", {"due_at": moment, "now": actor.now}), MOMENT.keep(moment))
        for moment in moments
        if moment > actor.now
    ]


async def hear_due(context: Context) -> Fill:
    """Read a deadline (明天18:00前), optionally followed by the title. Raises BadArguments."""
    due_at, rest = due(context.text, context.actor.chat, context.now, await working(context))
    plan = arguments.plan(rest) if rest else None

    def choose(_: Stores, filled: Filled) -> Filled:
        dated = filled.with_(DUE, due_at)
        return dated if plan is None else dated.with_(WHAT, plan)

    return choose


def pick_due(actor: Actor, value: str) -> Fill:
    """A deadline was tapped. Raises ButtonExpired, and BadArguments if it has passed."""
    if not value.isdecimal() or len(value) > len(MOMENT.keep(LAST_SECOND)):
        raise ButtonExpired
    due_at = MOMENT.load(value)
    if due_at <= actor.now:
        raise BadArguments("task.past_deadline")
    return lambda _, filled: filled.with_(DUE, due_at)


def ask_what(stores: Stores, filled: Filled) -> Message:
    """Ask for the title."""
    return Message("task.ask_title", {"owners": owners_of(stores, filled), "due_at": filled[DUE]})


async def hear_what(context: Context) -> Fill:
    """Read TITLE [| 标准：…] [| 成果：…]. Raises BadArguments."""
    plan = arguments.plan(context.text)
    return lambda _, filled: filled.with_(WHAT, plan)


def call_owners(given: Given) -> Message:
    """The card of tasks that were given by buttons: it is the first to name their owners."""
    return replace(say_given(given), sounds=True)


def preview(stores: Stores, filled: Filled) -> Message:
    """What the group will see."""
    values = {"owners": owners_of(stores, filled), "due_at": filled[DUE], "plan": filled[WHAT]}
    return Message("task.preview", values)


async def give(context: Context, filled: Filled) -> Ending:
    """Give the task. Raises AskAgain if the deadline has passed meanwhile."""
    if filled[DUE] <= context.now:
        raise AskAgain(DUE, BadArguments("task.past_deadline"))
    owners = filled[OWNERS]
    use_case = partial(
        task.give_to,
        actor=context.actor,
        owners=owners,
        plan=filled[WHAT],
        due_at=filled[DUE],
        source=f"draft:{filled.draft.id}",
    )
    return ending(use_case, call_owners)


def say_given(given: Given) -> Message:
    """The card of the tasks given by one command."""
    return task.drawn(given.tasks)


OWNERS = Field(
    "owners",
    MEMBERS,
    "task.field_owner",
    ask_owners,
    hear_owners,
    offer_members,
    pick_owner,
    step="owner",
    a_row=NAMES_A_ROW,
)
DUE = Field(
    "due", MOMENT, "task.field_deadline", ask_due, hear_due, offer_deadlines, pick_due, step="deadline", a_row=2
)
WHAT = Field("what", PLAN, "task.field_title", ask_what, hear_what, step="title")
FORM = Form("task", (OWNERS, DUE, WHAT), Permission.GIVE_TASKS, give, preview, for_groups=True)
