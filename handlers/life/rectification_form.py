"""The forms of rectification: a finding is written down, a measure agreed, it is taken back, or it came back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ChatId, FindingId, MemberId, PersonId
from domain.life.rectification import looking_back, opening, planning, seeing
from domain.life.rectification.card import shown_to
from domain.life.rectification.model import (
    MAX_CAUSE_CHARS,
    MAX_REASON_CHARS,
    MAX_TITLE_CHARS,
    Finding,
    Kind,
    OwnVerifier,
    Source,
    check_detail,
    check_words,
)
from domain.life.rectification.opening import Report
from domain.life.rectification.planning import Measure
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.naming import Chosen
from domain.people.naming import Kind as Who
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working
from handlers.arguments import due as read_due
from handlers.form import WORDS, AskAgain, Choice, Codec, Ending, Field, Fill, Filled, Form, Told, ending
from handlers.messaging.asking import PLACE
from handlers.people.drafted import unclear
from handlers.work import arguments, task_form
from handlers.work.moments import MOMENT
from handlers.work.task_form import call_owners
from handlers.work.unclear import ask_which

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.people.member import Member
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN, SEE, PART = Permission.PLAN_WORK, Permission.SEE_SUMMARY, Permission.TAKE_PART
ABOUT = "finding"  # the draft's key for the finding that a form is about
NONE, LINE = "-", "\n"
MAX_OFFERED, A_ROW = 12, 2
KIND_CODEC: Codec[Kind] = Codec(str, Kind)
SOURCE_CODEC: Codec[Source] = Codec(str, Source)
MAYBE: Codec[datetime | None] = Codec(
    lambda at: NONE if at is None else MOMENT.keep(at), lambda kept: None if kept == NONE else MOMENT.load(kept)
)


def about(filled: Filled) -> FindingId:
    """The finding that a form is about. Raises ButtonExpired."""
    kept = filled.draft.values.get(ABOUT, "")
    if not kept.isdecimal():
        raise ButtonExpired
    return FindingId(int(kept))


def _finding(stores: Stores, filled: Filled) -> Finding | None:
    return stores.findings.get(about(filled))


def ask_title(_: Stores, __: Filled) -> Message:
    """Ask what was found."""
    return Message("rectification.ask_title")


async def hear_title(context: Context) -> Fill:
    """Read what was found: a line, and what more is to be said below it. Raises NoWords."""
    first, _, rest = visible(context.text).partition(LINE)
    words, detail = check_words(first, MAX_TITLE_CHARS), check_detail(rest)
    return lambda _, filled: filled.with_(TITLE, f"{words}{LINE}{detail}")


def ask_kind(_: Stores, __: Filled) -> Message:
    """Ask what it is about."""
    return Message("rectification.ask_kind")


def offer_kinds(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All kinds."""
    return [Choice(Text("rectification.kind_button", {"kind": kind}), kind) for kind in Kind]


async def hear_press(_: Context) -> Fill:
    """Raises BadArguments: what has buttons alone is not typed."""
    raise BadArguments("draft.press_a_button")


def pick_kind(_: Actor, value: str) -> Fill:
    """A kind was tapped. Raises ButtonExpired."""
    if value not in set(Kind):
        raise ButtonExpired
    return lambda _, filled: filled.with_(KIND, Kind(value))


def ask_source(_: Stores, __: Filled) -> Message:
    """Ask where it comes from."""
    return Message("rectification.ask_source")


def offer_sources(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All sources."""
    return [Choice(Text("rectification.source_button", {"source": one}), one) for one in Source]


def pick_source(_: Actor, value: str) -> Fill:
    """A source was tapped. Raises ButtonExpired."""
    if value not in set(Source):
        raise ButtonExpired
    return lambda _, filled: filled.with_(SOURCE, Source(value))


def ask_last(_: Stores, __: Filled) -> Message:
    """Ask until when it is to be rectified."""
    return Message("rectification.ask_last")


def offer_no_last(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The branch may say so itself."""
    return [Choice(Text("rectification.no_last_button"), NONE)]


def pick_last(_: Actor, value: str) -> Fill:
    """None was tapped. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: filled.with_(LAST, None)


async def hear_last(context: Context) -> Fill:
    """Read a deadline. Raises BadArguments."""
    due_at, _ = read_due(context.text, context.actor.group, context.now, await working(context))
    return lambda _, filled: filled.with_(LAST, due_at)


def _wish(filled: Filled) -> Report:
    title, _, detail = filled[TITLE].partition(LINE)
    return Report(title, filled[KIND], filled[SOURCE], filled[LAST], detail)


def preview_report(stores: Stores, filled: Filled) -> Message:
    """What will be kept, and for which group."""
    place = filled.draft.values.get(PLACE)
    group = None if place is None else stores.chats.get(ChatId(int(place)))
    return Message("rectification.preview_report", {"wish": _wish(filled), "group": group})


async def report(context: Context, filled: Filled) -> Ending:
    """Keep the finding, and show its page in private."""
    actor, private, key = context.actor, filled.draft.chat, context.key

    def unit(stores: Stores) -> Told:
        found = opening.report(stores, actor, wish=_wish(filled), source=f"draft:{filled.draft.id}")
        stores.outbox.send(private, shown_to(stores, actor, found), key=key, urgent=True)
        return Told()

    return unit


TITLE = Field("title", WORDS, "rectification.field_title", ask_title, hear_title)
KIND = Field("kind", KIND_CODEC, "rectification.field_kind", ask_kind, hear_press, offer_kinds, pick_kind, a_row=A_ROW)
SOURCE = Field(
    "source",
    SOURCE_CODEC,
    "rectification.field_source",
    ask_source,
    hear_press,
    offer_sources,
    pick_source,
    a_row=A_ROW,
)
LAST = Field("last", MAYBE, "rectification.field_last", ask_last, hear_last, offer_no_last, pick_last)
REPORT = Form("finding", (TITLE, KIND, SOURCE, LAST), SEE, report, preview_report, for_groups=True)


def ask_cause(stores: Stores, filled: Filled) -> Message:
    """Ask why it came to it."""
    return Message("rectification.ask_cause", {"finding": _finding(stores, filled)})


async def hear_cause(context: Context) -> Fill:
    """Read the cause. Raises NoWords."""
    words = check_words(context.text, MAX_CAUSE_CHARS)
    return lambda _, filled: filled.with_(CAUSE, words)


def ask_measure(_: Stores, __: Filled) -> Message:
    """Ask what is to be done."""
    return Message("rectification.ask_measure")


def ask_owners(_: Stores, filled: Filled) -> Message:
    """Ask who does it, or whom an unclear name means."""
    which = unclear(filled)
    return Message("rectification.ask_owners") if which is None else ask_which(which)


def ask_due(stores: Stores, filled: Filled) -> Message:
    """Ask until when."""
    found = _finding(stores, filled)
    return Message("rectification.ask_due", {"last": None if found is None else found.round.last_at})


async def hear_due(context: Context) -> Fill:
    """Read a deadline. Raises BadArguments, TooLate."""
    return _in_time(await task_form.hear_due(context), context.now)


def pick_due(actor: Actor, value: str) -> Fill:
    """A deadline was tapped. Raises ButtonExpired, BadArguments, TooLate."""
    return _in_time(task_form.pick_due(actor, value), actor.now)


def _in_time(fill: Fill, at: datetime) -> Fill:
    def checked(stores: Stores, filled: Filled) -> Filled:
        answered, found = fill(stores, filled), _finding(stores, filled)
        if found is not None:
            planning.check_due(found, answered[DUE], at)
        return answered

    return checked


def ask_verifier(_: Stores, __: Filled) -> Message:
    """Ask who verifies it."""
    return Message("rectification.ask_verifier")


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
    found, owners = _finding(stores, filled), _owners(stores, filled)
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
    kept, found = filled.draft.values.get(VERIFIER.name, ""), _finding(stores, filled)
    owners = _owners(stores, filled)
    if kept.isdecimal() and MemberId(int(kept)) not in owners:
        return stores.members.get(MemberId(int(kept)))
    planner = stores.members.get(filled.draft.member)
    return None if found is None else next(iter(seeing.verifiers(stores, found, planner, owners)), None)


def preview_plan(stores: Stores, filled: Filled) -> Message:
    """What will be agreed: the group sees the task alone."""
    values = {
        "finding": _finding(stores, filled),
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
MEASURE = replace(task_form.WHAT, label="rectification.field_measure", ask=ask_measure)
OWNERS = replace(task_form.OWNERS, label="rectification.field_owners", ask=ask_owners)
DUE = replace(task_form.DUE, label="rectification.field_due", ask=ask_due, hear=hear_due, pick=pick_due)
VERIFIER = Field(
    "verifier",
    WORDS,
    "rectification.field_verifier",
    ask_verifier,
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


def ask_reason(stores: Stores, filled: Filled) -> Message:
    """Ask why it was no finding."""
    return Message("rectification.ask_reason", {"finding": _finding(stores, filled)})


async def hear_reason(context: Context) -> Fill:
    """Read it. Raises NoWords."""
    words = check_words(context.text, MAX_REASON_CHARS)
    return lambda _, filled: filled.with_(REASON, words)


async def drop(context: Context, filled: Filled) -> Ending:
    """Take the finding back."""
    use_case = partial(planning.drop, actor=context.actor, number=about(filled), reason=filled[REASON])
    return _told(context, filled, use_case, "rectification.dropped")


def _told(context: Context, filled: Filled, use_case: partial[Finding], text: str) -> Ending:
    """A use case whose outcome is said in private, where the form was filled in."""
    private, key = filled.draft.chat, context.key

    def unit(stores: Stores) -> Told:
        stores.outbox.send(private, Message(text, {"finding": use_case(stores)}), key=key, urgent=True)
        return Told()

    return unit


def ask_note(stores: Stores, filled: Filled) -> Message:
    """Ask in what it came back."""
    return Message("rectification.ask_note", {"finding": _finding(stores, filled)})


async def hear_note(context: Context) -> Fill:
    """Read it. Raises NoWords."""
    words = check_words(context.text, MAX_REASON_CHARS)
    return lambda _, filled: filled.with_(NOTE, words)


async def came_back(context: Context, filled: Filled) -> Ending:
    """Open the finding again."""
    use_case = partial(looking_back.came_back, actor=context.actor, number=about(filled), note=filled[NOTE])
    return _told(context, filled, use_case, "rectification.opened_again")


REASON = Field("reason", WORDS, "rectification.field_reason", ask_reason, hear_reason)
DROP = Form("finding_drop", (REASON,), PART, drop)
NOTE = Field("note", WORDS, "rectification.field_note", ask_note, hear_note)
BACK = Form("finding_back", (NOTE,), PART, came_back)


def ask_new_last(stores: Stores, filled: Filled) -> Message:
    """Ask for another deadline."""
    return Message("rectification.ask_new_last", {"finding": _finding(stores, filled)})


async def extend(context: Context, filled: Filled) -> Ending:
    """Set another deadline. Raises AskAgain where it has passed."""
    last_at = filled[NEW_LAST]
    if last_at is None or last_at <= context.now:
        raise AskAgain(NEW_LAST, BadArguments("task.past_deadline"))
    use_case = partial(planning.extend, actor=context.actor, number=about(filled), last_at=last_at)
    return _told(context, filled, use_case, "rectification.extended_by_you")


async def hear_new_last(context: Context) -> Fill:
    """Read a deadline. Raises BadArguments."""
    due_at, _ = read_due(context.text, context.actor.group, context.now, await working(context))
    return lambda _, filled: filled.with_(NEW_LAST, due_at)


NEW_LAST = Field("last", MAYBE, "rectification.field_last", ask_new_last, hear_new_last)
EXTEND = Form("finding_extend", (NEW_LAST,), PART, extend)
