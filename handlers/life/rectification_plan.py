"""The form for what is done about a finding: its cause, a measure with an owner and a deadline, who verifies it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MemberId, PersonId
from domain.life.rectification import planning, seeing
from domain.life.rectification.model import (
    MAX_CAUSE_CHARS,
    OwnVerifier,
    check_words,
)
from domain.life.rectification.planning import Measure
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.naming import Chosen
from domain.people.naming import Kind as Who
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import WORDS, AskAgain, Choice, Ending, Field, Fill, Filled, Form, ending
from handlers.life.fields import asks
from handlers.life.rectification_form import about, finding_of
from handlers.people.drafted import unclear
from handlers.work import arguments, task_form
from handlers.work.task_form import call_owners
from handlers.work.unclear import ask_which

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.people.member import Member
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
MAX_OFFERED, A_ROW = 12, 2


def ask_cause(stores: Stores, filled: Filled) -> Message:
    """Ask why it came to it."""
    return Message("rectification.ask_cause", {"finding": finding_of(stores, filled)})


async def hear_cause(context: Context) -> Fill:
    """Read the cause. Raises NoWords."""
    words = check_words(context.text, MAX_CAUSE_CHARS)
    return lambda _, filled: filled.with_(CAUSE, words)


def ask_owners(_: Stores, filled: Filled) -> Message:
    """Ask who does it, or whom an unclear name means."""
    which = unclear(filled)
    return Message("rectification.ask_owners") if which is None else ask_which(which)


def ask_due(stores: Stores, filled: Filled) -> Message:
    """Ask until when."""
    found = finding_of(stores, filled)
    return Message("rectification.ask_due", {"last": None if found is None else found.round.last_at})


async def hear_due(context: Context) -> Fill:
    """Read a deadline. Raises BadArguments, TooLate."""
    return _in_time(await task_form.hear_due(context), context.now)


def pick_due(actor: Actor, value: str) -> Fill:
    """A deadline was tapped. Raises ButtonExpired, BadArguments, TooLate."""
    return _in_time(task_form.pick_due(actor, value), actor.now)


def _in_time(fill: Fill, at: datetime) -> Fill:
    def checked(stores: Stores, filled: Filled) -> Filled:
        answered, found = fill(stores, filled), finding_of(stores, filled)
        if found is not None:
            planning.check_due(found, answered[DUE], at)
        return answered

    return checked


def _owners(stores: Stores, filled: Filled) -> set[MemberId]:
    """The members among the owners that were chosen so far."""
    chosen: tuple[Chosen, ...] = filled[OWNERS] if filled.has(OWNERS) else ()
    found = {_member(stores, one) for one in chosen}
    return {one for one in found if one is not None}


def _member(stores: Stores, chosen: Chosen) -> MemberId | None:
    if chosen.kind is Who.MEMBER:
        return MemberId(chosen.number)
    person = stores.people.find(PersonId(chosen.number)) if chosen.kind is Who.PERSON else None
    return None if person is None else person.member


def offer_verifiers(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """Those who are taken first, then others of the group; never who rectifies it."""
    found, owners = finding_of(stores, filled), _owners(stores, filled)
    first = [] if found is None else seeing.verifiers(stores, found, actor.member, owners)
    there = [one for one in stores.members.of(actor.chat.id) if one.is_person and one.id not in owners]
    people = {one.id: one for one in (*first, *there)}
    offered = list(people.values())[:MAX_OFFERED]
    return [Choice(Text("task.owner_button", {"member": one}), str(one.id)) for one in offered]


def pick_verifier(actor: Actor, value: str) -> Fill:
    """Somebody was tapped. Raises ButtonExpired."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer_verifiers(stores, actor, filled)}:
            raise ButtonExpired
        return filled.with_(VERIFIER, value)

    return choose


async def hear_verifier(context: Context) -> Fill:
    """Read one name of the group. Raises BadArguments, OwnVerifier, and what `naming.settled` does."""
    group, at = context.actor.group, context.now
    names = await context.read(lambda stores: naming.directory(stores, group))
    if context.message is None:
        raise BadArguments("rectification.ask_verifier")
    wanted = arguments.named(context.message, group, at, names)[:1]

    def choose(stores: Stores, filled: Filled) -> Filled:
        found = next(iter(naming.settled(stores, wanted, group, at)), None)
        member = _member(stores, found) if isinstance(found, Chosen) else None
        if member is None:
            raise BadArguments("rectification.ask_verifier")
        if member in _owners(stores, filled):
            raise OwnVerifier(verifier=stores.members.get(member))
        return filled.with_(VERIFIER, str(member))

    return choose


def _verifier(stores: Stores, filled: Filled) -> Member | None:
    """Who will verify it, as far as it can be told before the owners have accounts."""
    kept, found = filled.draft.values.get(VERIFIER.name, ""), finding_of(stores, filled)
    owners = _owners(stores, filled)
    if kept.isdecimal() and MemberId(int(kept)) not in owners:
        return stores.members.get(MemberId(int(kept)))
    planner = stores.members.get(filled.draft.member)
    return None if found is None else next(iter(seeing.verifiers(stores, found, planner, owners)), None)


def preview_plan(stores: Stores, filled: Filled) -> Message:
    """What will be agreed: the group sees the task alone."""
    values = {
        "finding": finding_of(stores, filled),
        "cause": filled[CAUSE],
        "plan": filled[MEASURE],
        "owners": task_form.owners_of(stores, filled),
        "due_at": filled[DUE],
        "verifier": _verifier(stores, filled),
    }
    return Message("rectification.preview_plan", values)


async def plan(context: Context, filled: Filled) -> Ending:
    """Give the task. Raises AskAgain if the deadline has passed meanwhile."""
    if filled[DUE] <= context.now:
        raise AskAgain(DUE, BadArguments("task.past_deadline"))
    kept, owners = filled.draft.values.get(VERIFIER.name, ""), filled[OWNERS]
    verifier = MemberId(int(kept)) if kept.isdecimal() else None
    measure = Measure(filled[CAUSE], filled[MEASURE], owners, filled[DUE], verifier)
    use_case = partial(
        planning.plan, actor=context.actor, number=about(filled), measure=measure, source=f"draft:{filled.draft.id}"
    )
    return ending(use_case, call_owners)


CAUSE = Field("cause", WORDS, "rectification.field_cause", ask_cause, hear_cause)
MEASURE = replace(task_form.WHAT, label="rectification.field_measure", ask=asks("rectification.ask_measure"))
OWNERS = replace(task_form.OWNERS, label="rectification.field_owners", ask=ask_owners)
DUE = replace(task_form.DUE, label="rectification.field_due", ask=ask_due, hear=hear_due, pick=pick_due)
VERIFIER = Field(
    "verifier",
    WORDS,
    "rectification.field_verifier",
    asks("rectification.ask_verifier"),
    hear_verifier,
    offer_verifiers,
    pick_verifier,
    a_row=A_ROW,
)
MEASURES = Form(
    "finding_plan",
    (CAUSE, MEASURE, OWNERS, DUE, VERIFIER),
    PLAN,
    plan,
    preview_plan,
    for_groups=True,
    usual={VERIFIER.name: ""},
)
