"""Owners and helpers hand in evidence as replies, and owners say that they have seen a task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import TaskId
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.work.task import states
from domain.work.task.cards import LISTED, refresh_card
from domain.work.task.evidence import MAX_PIECES, EvidenceKind, current, gathered, since_returned
from domain.work.task.history import Happening, TaskEvent
from domain.work.task.model import State, TaskNotFound
from domain.work.task.reviewing import refresh_inbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.task.evidence import Evidence
    from domain.work.task.model import Task

LOOSE_FOR = timedelta(days=1)  # for so long somebody may say what they have sent something for
OF_BATCH = "tasks"  # the subjects' kinds of messages about the tasks of a command, or of one task
OF_TASK = frozenset({"task_news", "task_end", "task_evidence"})
OF_ALL = frozenset({"task_digest", "task_round", "task_loose"})
ANCHORS = OF_TASK | OF_ALL | {OF_BATCH}


class TooMuchEvidence(Refusal):
    """So many pieces for one task are no evidence any more."""

    text = "task_review.too_much"


class NothingLoose(Refusal):
    """Nothing that somebody has sent waits to be assigned to a task."""

    text = "task_review.nothing_loose"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A piece of evidence that was kept: for `task`, of which there are so many pieces; or it is asked what for.

    A piece that is not `is_new` is a message that was edited, one that `goes_on` another picture of an album.
    """

    task: Task | None
    pieces: Sequence[Evidence]
    choices: Sequence[Task] = ()
    is_new: bool = True
    goes_on: bool = False

    @property
    def words(self) -> int:
        """How many pieces are words alone."""
        return sum(1 for one in self.pieces if one.kind is EvidenceKind.TEXT)

    @property
    def files(self) -> int:
        """How many pieces are pictures or files."""
        return len(self.pieces) - self.words


def meant(stores: Stores, actor: Actor, about: Subject | None) -> list[Task]:
    """The open tasks, one's own or helped with, that a reply to a message may be about; without one, all of them."""
    require(stores, actor, Permission.TAKE_PART)
    own = actor.member.id
    if about is None or about.kind in OF_ALL:
        found = [*stores.tasks.open_of(own, LISTED), *stores.evidence.helped_by(own, LISTED)]
        here = [one for one in found if not actor.chat.is_group or one.group == actor.chat.id]
        return list({_shared(one): one for one in reversed(here)}.values())[::-1]
    if about.kind == OF_BATCH:
        rows = stores.tasks.batch(TaskId(about.ids[0]))
    else:
        task = stores.tasks.get(TaskId(about.ids[0]))
        rows = [] if task is None else [task]
    return _among(stores, own, [one for one in rows if one.done_at is None])


def _shared(task: Task) -> object:
    return ("batch", task.batch) if task.together else task.id


def _among(stores: Stores, member: int, rows: Sequence[Task]) -> list[Task]:
    """One's own tasks of those; for who helps, all of them."""
    own = [one for one in rows if one.owner.id == member]
    if own or not rows:
        return own
    helps = member in {one.id for one in stores.evidence.helpers(rows[0].batch)}
    return list({_shared(one): one for one in reversed(rows)}.values())[::-1] if helps else []


def gather(stores: Stores, actor: Actor, *, piece: Evidence, about: Subject | None) -> Gathered | None:
    """Keep a piece of evidence; `None` where it is about none of one's tasks. Raises TooMuchEvidence."""
    require(stores, actor, Permission.TAKE_PART)
    known = stores.evidence.kept(piece.source)
    if known is not None:
        stores.evidence.put(piece)
        task = None if known.task is None else stores.tasks.get(known.task)
        return None if task is None else _refreshed(stores, actor, Gathered(task, current(stores, task), is_new=False))
    begun = stores.evidence.album(actor.member.id, piece.album) if piece.album else None
    choices = meant(stores, actor, about) if begun is None else _of(stores, begun)
    if not choices and begun is None:
        return None
    if len(choices) == 1:
        return _kept(stores, actor, piece, choices[0], goes_on=begun is not None)
    stores.evidence.drop_loose(actor.member.id, actor.now - LOOSE_FOR)
    loose = stores.evidence.loose(actor.member.id)
    if len(loose) >= MAX_PIECES:
        raise TooMuchEvidence(most=MAX_PIECES)
    stores.evidence.put(piece)
    return Gathered(None, [*loose, piece], choices or meant(stores, actor, None), goes_on=begun is not None)


def _of(stores: Stores, begun: Evidence) -> list[Task]:
    task = None if begun.task is None else stores.tasks.get(begun.task)
    return [] if task is None or task.done_at is not None else [task]


def _kept(stores: Stores, actor: Actor, piece: Evidence, task: Task, *, goes_on: bool) -> Gathered:
    if len(current(stores, task)) >= MAX_PIECES:
        raise TooMuchEvidence(most=MAX_PIECES)
    stores.evidence.put(replace(piece, task=task.id))
    return _refreshed(stores, actor, Gathered(task, current(stores, task), goes_on=goes_on))


def _refreshed(stores: Stores, actor: Actor, found: Gathered) -> Gathered:
    """What comes behind a result that waits already stands in the reviewer's message."""
    task = found.task
    if task is not None and task.state is State.SUBMITTED and task.reviewer is not None:
        cause = f"evidence:{task.id}:{len(found.pieces)}:{found.words}"
        refresh_inbox(stores, task.reviewer, cause, actor.heard_at)
    return found


def settle(stores: Stores, actor: Actor, *, number: TaskId) -> Gathered:
    """Say for which of one's tasks the pieces are that one has sent. Raises TaskNotFound, NothingLoose."""
    require(stores, actor, Permission.TAKE_PART)
    task = next((one for one in _choices(stores, actor) if one.id == number), None)
    if task is None:
        raise TaskNotFound(number=number)
    stores.evidence.drop_loose(actor.member.id, actor.now - LOOSE_FOR)
    if not stores.evidence.settle(actor.member.id, task.id):
        raise NothingLoose
    return _refreshed(stores, actor, Gathered(task, current(stores, task)))


def _choices(stores: Stores, actor: Actor) -> list[Task]:
    own = actor.member.id
    return [*stores.tasks.open_of(own, 100), *stores.evidence.helped_by(own, 100)]


def drop(stores: Stores, actor: Actor, *, number: TaskId) -> Task:
    """What one has handed in for a task, while its result waits for nobody, was not meant so. Raises TaskNotFound."""
    require(stores, actor, Permission.TAKE_PART)
    task = next((one for one in _choices(stores, actor) if one.id == number and one.is_begun), None)
    if task is None:
        raise TaskNotFound(number=number)
    stores.evidence.drop(task.id, actor.member.id, since_returned(stores, task))
    return task


def drop_loose(stores: Stores, actor: Actor) -> None:
    """What one has sent without saying what for was not meant as evidence."""
    require(stores, actor, Permission.TAKE_PART)
    stores.evidence.drop_loose(actor.member.id, actor.now + LOOSE_FOR)


def say_gathered(found: Gathered, actor: Actor) -> Message:
    """What was kept, with the button that hands it in; or the question for which task it is."""
    if found.task is None:
        rows = [
            [Button("task_review.choose_button", Action("task.settle", one.id), {"task": one})]
            for one in found.choices[:LISTED]
        ]
        rows.append([Button("task_review.drop_button", Action("task.drop_loose"))])
        about = Subject("task_loose", actor.member.id)
        return Message("task_review.which", {"gathered": found}, rows, about, silent=True)
    task, own = found.task, actor.member.id
    rows = []
    if task.is_begun:
        label = "task.done_button" if task.reviewer is None else "task_review.hand_in_button"
        done = [[Button(label, Action("task.done", task.id), {"task": task})]] if task.owner.id == own else []
        rows = [*done, [Button("task_review.drop_button", Action("task.drop", task.id))]]
    return Message("task_review.gathered", {"gathered": found, "task": task}, rows, gathered(task.id, own), silent=True)


def accept(stores: Stores, actor: Actor, *, about: Subject) -> list[Task]:
    """Say that one does the tasks of a message; those that are new to their owner."""
    require(stores, actor, Permission.TAKE_PART)
    new = [one for one in meant(stores, actor, about) if one.owner.id == actor.member.id and one.state is State.GIVEN]
    for one in new:
        stores.tasks.save(states.accepted(one))
        stores.tasks.note(TaskEvent(one.id, Happening.ACCEPTED, actor.member.id, actor.now))
        refresh_card(stores, one, actor.heard_at)
    return new
