"""A run that is done asks whoever has started it what it has taught; what was learnt changes the procedure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import EVERYWHERE, Permission, allows, allows_over, require
from domain.work.procedure.lesson import AlreadyLookedBack, Lesson, NoProposal, Verdict, changed
from domain.work.procedure.model import RunNotFound, RunState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import RunId
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.procedure.lesson import Change
    from domain.work.procedure.model import Kept, Run

LOOKED_AT = 20  # proposals
PROCEDURE_CHANGED = AuditAction("procedure.changed")


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody has answered, and the change that follows from it, if any."""

    good: str
    stuck: str
    other: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """A lesson, the procedure that it is about, and whether whoever reads it decides about its proposal."""

    lesson: Lesson
    run: Run
    may_decide: bool


def about(run: Run) -> Subject:
    """What the message is about that asks for a run's lessons."""
    return Subject("procedure_retro", run.id)


def ask(stores: Stores, run: Run, at: datetime) -> None:
    """Ask whoever has started a run, where they can be written to in private; the card has a link as well."""
    private = stores.members.get(run.starter).private
    if private is None:
        return
    row = [
        Button("procedure.look_back_button", Action("procedure.look_back", run.id)),
        Button("procedure.not_now_button", Action("procedure.no_retro", run.id)),
    ]
    message = Message("procedure.look_back", {"run": run}, [row], about(run), silent=True)
    stores.outbox.send(private, message, key=str(about(run)))


def find(stores: Stores, actor: Actor, *, number: RunId) -> Run:
    """A run that is done, of which the actor may say what it has taught: who has started it.

    Raises RunNotFound, AlreadyLookedBack.
    """
    require(stores, actor, Permission.TAKE_PART)
    run = stores.procedures.run(number)
    if run is None or run.starter != actor.member.id or run.state is not RunState.DONE:
        raise RunNotFound
    if stores.lessons.of_run(number) is not None:
        raise AlreadyLookedBack(run=run)
    return run


def tell(stores: Stores, actor: Actor, *, number: RunId, answers: Answers) -> Learnt:
    """Keep what a run has taught. Raises RunNotFound, AlreadyLookedBack."""
    run = find(stores, actor, number=number)
    said = (answers.good, answers.stuck, answers.other, answers.change)
    lesson = Lesson(run.id, run.kept.id, actor.member.id, actor.heard_at, *said)
    stores.lessons.add(lesson)
    stores.outbox.delete(about(run), key=f"{about(run)}:over")
    stores.outbox.refresh(run.card, key=f"{run.card}:lesson")
    return Learnt(lesson, run, _may_decide(stores, actor, run.kept))


def skip(stores: Stores, actor: Actor, *, number: RunId) -> None:
    """Say nothing about a run. Raises RunNotFound, AlreadyLookedBack."""
    tell(stores, actor, number=number, answers=Answers("", "", ""))


def _may_decide(stores: Stores, actor: Actor, kept: Kept) -> bool:
    """Whether somebody may change a procedure, from wherever they ask."""
    if kept.group is None:
        return allows_over(stores, actor, Permission.PLAN_WORK, EVERYWHERE)
    return allows(stores, replace(actor, chat=stores.chats.get(kept.group)), Permission.PLAN_WORK)


def proposals(stores: Stores, actor: Actor, kept: Kept) -> Sequence[Lesson]:
    """The proposals for a procedure that wait for the actor's word."""
    if not _may_decide(stores, actor, kept):
        return ()
    return [one for one in stores.lessons.of(kept.id, LOOKED_AT) if one.waits]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal that waits for somebody's word, and the procedure that it changes."""

    lesson: Lesson
    kept: Kept


def to_decide(stores: Stores, actor: Actor) -> list[Proposal]:
    """The proposals of others that wait for the actor's word; whoever has made one was asked at once."""
    found = []
    for one in stores.lessons.waiting(LOOKED_AT):
        kept = stores.procedures.get(one.procedure) if one.by != actor.member.id else None
        if kept is not None and _may_decide(stores, actor, kept):
            found.append(Proposal(one, kept))
    return found


def decide(stores: Stores, actor: Actor, *, number: RunId, verdict: Verdict) -> Kept:
    """Change the procedure as a lesson proposes (a new version; runs keep theirs), or do not.

    Raises NotAllowed, NoProposal.
    """
    require(stores, actor, Permission.TAKE_PART)
    lesson = stores.lessons.of_run(number)
    kept = stores.procedures.get(lesson.procedure) if lesson else None
    if lesson is None or kept is None or not lesson.waits:
        raise NoProposal
    if not _may_decide(stores, actor, kept):
        raise NoProposal
    stores.lessons.decide(number, verdict)
    if verdict is Verdict.DECLINED:
        return kept
    new = replace(kept, version=kept.version + 1, procedure=changed(kept.procedure, lesson))
    stores.procedures.change(new, actor.member.id, lesson.other, actor.heard_at)
    old = f"version:{kept.version}"
    stores.audit.note(
        actor.member.id, PROCEDURE_CHANGED, str(kept.subject), old=old, new=f"version:{new.version}", at=actor.heard_at
    )
    return new
