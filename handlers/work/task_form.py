"""The form of /task: owners, deadline, title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.admin import setting
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.naming import Chosen, Kind, Somebody, Whole
from domain.people.permission import Permission
from domain.work import task
from domain.work.task import Given, Plan, editing
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, due, linked_mentions, working
from handlers.form import MOMENT, AskAgain, Choice, Codec, Ending, Field, Fill, Filled, Form, ending
from handlers.messaging import form
from handlers.people import drafted
from handlers.people.drafted import CHOSEN, WANTED, unclear
from handlers.work import arguments, terms_form
from handlers.work.moments import read_moment
from handlers.work.unclear import ask_which, offer_which

if TYPE_CHECKING:
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.task.amending import Amended
    from handlers.context import Context
    from handlers.work.arguments import TaskArguments

MAX_NAMES, NAMES_A_ROW = 12, 3
SOURCE = "source"  # an entry of a draft
NEVER = datetime(1, 1, 1, tzinfo=UTC)  # no member is met in this lookup, so the moment does not matter
FRIDAY = 4
SEPARATOR = "\n"  # a title has no line break


def _load_plan(kept: str) -> Plan:
    return Plan(*kept.split(SEPARATOR))  # a draft of an earlier version has no resources


def _keep_plan(plan: Plan) -> str:
    return SEPARATOR.join(
        " ".join(part.split("\n")) for part in (plan.title, plan.standard, plan.outcome, plan.resources)
    )


PLAN: Codec[Plan] = Codec(_keep_plan, _load_plan)


def _group_of(stores: Stores, filled: Filled) -> Chat:
    return stores.chats.get(filled.draft.chat)


def owners_of(stores: Stores, filled: Filled) -> list[Somebody | Whole]:
    """The chosen owners."""
    chosen: tuple[Chosen, ...] = filled[OWNERS]
    return naming.shown(stores, chosen, _group_of(stores, filled), NEVER)


def ask_owners(_: Stores, filled: Filled) -> Message:
    """Ask for the owners, or whom an unclear name means."""
    which = unclear(filled)
    return Message("task.ask_owner") if which is None else ask_which(which)


def offer_members(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The choices: the group's members, or the people whom an unclear name may mean."""
    which = unclear(filled)
    if which is None:
        people = stores.members.of(actor.chat.id)[:MAX_NAMES]
        return [Choice(Text("task.owner_button", {"member": who}), str(who.id)) for who in people]
    return offer_which(stores, which, actor.group, actor.now)


async def hear_owners(context: Context) -> Fill:
    """Read one or several names. Raises BadArguments, Nobody."""
    group, at = context.actor.group, context.now
    names = await context.read(lambda stores: naming.directory(stores, group))
    if context.message is None:
        raise BadArguments("task.no_owner")
    mentions = arguments.named(context.message, group, at, names)
    task.check_count(len(mentions))

    def choose(stores: Stores, filled: Filled) -> Filled:
        wanted = naming.settled(stores, mentions, group, at)
        return drafted.with_people(filled, OWNERS, drafted.answered(filled, wanted))

    return choose


def pick_owner(actor: Actor, value: str) -> Fill:
    """A name was tapped. Raises ButtonExpired if that member is no longer in the group."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        which = unclear(filled)
        if which is None:
            found = [one.id for one in stores.members.of(actor.chat.id) if str(one.id) == value]
            if not found:
                raise ButtonExpired
            return filled.with_(OWNERS, (Chosen(Kind.MEMBER, found[0]),))
        offered = naming.choices(stores, which, actor.group, actor.now)
        chosen = next((one.chosen for one in offered if str(one.chosen) == value), None)
        if chosen is None:
            raise ButtonExpired
        return drafted.with_people(filled, OWNERS, drafted.answered(filled, [chosen]))

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
    due_at = read_moment(value)
    if due_at <= actor.now:
        raise BadArguments("task.past_deadline")
    return lambda _, filled: filled.with_(DUE, due_at)


async def hear_due_and_terms(context: Context) -> Fill:
    """The same, where the title may be followed by all parts.

    Raises BadArguments, and what `terms_form.settled` does.
    """
    due_at, rest = due(context.text, context.actor.chat, context.now, await working(context))
    fill = _fill_planned(context, rest) if rest else None

    def choose(stores: Stores, filled: Filled) -> Filled:
        dated = filled.with_(DUE, due_at)
        return dated if fill is None else fill(stores, dated)

    return choose


def _fill_planned(context: Context, words: str) -> Callable[[Stores, Filled], Filled]:
    actor, linked = context.actor, linked_mentions(context.message) if context.message else {}
    plan, terms = arguments.planned(words, linked)
    return lambda stores, filled: terms_form.fill(stores, filled.with_(WHAT, plan), terms, actor)


def ask_what(stores: Stores, filled: Filled) -> Message:
    """Ask for the title."""
    return Message("task.ask_title", {"owners": owners_of(stores, filled), "due_at": filled[DUE]})


async def hear_what(context: Context) -> Fill:
    """Read TITLE [| 标准：…] [| 成果：…]. Raises BadArguments."""
    plan = arguments.plan(context.text)
    return lambda _, filled: filled.with_(WHAT, plan)


async def hear_what_and_terms(context: Context) -> Fill:
    """Read TITLE with all its parts. Raises BadArguments, and what `terms_form.settled` does."""
    return _fill_planned(context, context.text)


def call_owners(given: Given) -> Message:
    """The card of tasks that were given by buttons: it is the first to name their owners."""
    return replace(say_given(given), sounds=True)


def preview(stores: Stores, filled: Filled) -> Message:
    """What the group will see."""
    owners, terms, group = owners_of(stores, filled), terms_form.terms_of(filled), _group_of(stores, filled)
    several = len(owners) > 1 or any(isinstance(one, Whole) for one in owners)
    named = [] if terms.reviewer is None else [terms.reviewer]
    shown = partial(naming.shown, stores, group=group, at=NEVER)
    values = {
        "owners": owners,
        "due_at": filled[DUE],
        "plan": filled[WHAT],
        "reviewers": shown([one for one in named if isinstance(one, Chosen)]),
        "helpers": shown([one for one in terms.helpers if isinstance(one, Chosen)]),
        "together": terms.together and several,
        "by_branch": terms.by_branch,
    }
    return Message("task.preview", values, terms_form.buttons(filled, several=several))


async def give(context: Context, filled: Filled) -> Ending:
    """Give the task. Raises AskAgain if the deadline has passed meanwhile."""
    if filled[DUE] <= context.now:
        raise AskAgain(FORM.field(DUE.name), BadArguments("task.past_deadline"))
    owners: tuple[Chosen, ...] = filled[OWNERS]
    source = filled.draft.values.get(SOURCE, f"draft:{filled.draft.id}")
    actor, plan = context.actor, filled[WHAT]
    earlier = await context.read(partial(editing.earlier, actor=actor, source=source))
    if earlier is not None:  # an edited command, one of whose names was not clear
        due_at = None if filled[DUE] == earlier.due_at else filled[DUE]
        change = partial(editing.revise, actor=actor, mentions=owners, plan=plan, due_at=due_at, source=source)
        return ending(change, nothing_more)
    give_it = partial(
        task.give,
        actor=actor,
        mentions=owners,
        plan=plan,
        due_at=filled[DUE],
        terms=terms_form.terms_of(filled),
        source=source,
    )
    return ending(give_it, call_owners)


def nothing_more(_: Amended) -> None:
    """The card shows what has changed."""


def say_given(given: Given) -> Message:
    """The card of the tasks given by one command; what their giver has to know stands below, until it changes."""
    card = task.drawn(given.tasks, given.around)
    if not (given.away or given.waiting or given.gone):
        return card
    noted = {"away": given.away, "waiting": given.waiting, "gone": given.gone}
    return replace(card, text="task.given_noting", values={**card.values, **noted})


async def ask_who(context: Context, wanted: TaskArguments) -> None:
    """Ask by buttons who is meant by the unclear names of a command; the rest of it is kept."""
    settle = partial(naming.settled, wanted=wanted.owners, group=context.actor.group, at=context.now)
    settled = await context.services.database.write(settle)
    terms = await context.read(partial(terms_form.kept, terms=wanted.terms, actor=context.actor))
    values = terms | {
        WANTED: drafted.keep(settled),
        DUE.name: MOMENT.keep(wanted.due_at),
        WHAT.name: PLAN.keep(wanted.plan),
        SOURCE: context.source,
    }
    await form.begin(context, FORM, values)


OWNERS = Field(
    "owners",
    CHOSEN,
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
ALL = (OWNERS, replace(DUE, hear=hear_due_and_terms), replace(WHAT, hear=hear_what_and_terms), *terms_form.FIELDS)
FORM = Form("task", ALL, Permission.GIVE_TASKS, give, preview, for_groups=True, usual=terms_form.USUAL)
