"""Who reviews a result, and the one message that shows a reviewer what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.messaging import administrators
from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.people import permission as permissions
from domain.people.actor import Actor
from domain.people.permission import Permission
from domain.today import Part
from domain.work.task.evidence import EvidenceKind, current
from domain.work.task.model import Grade, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.evidence import Evidence
    from domain.work.task.model import Task

LOOKED_AT = 50  # results that wait for one reviewer
GRADE = "task_review.grade_button"
STANDS_IN = Permission.PLAN_WORK  # whoever may plan a group's work may also review there


@dataclass(frozen=True, slots=True)
class Waiting:
    """A result that waits: its task, the evidence that came with it, and how many more wait."""

    task: Task
    evidence: Sequence[Evidence]
    others: int

    @property
    def words(self) -> Sequence[str]:
        """What was written."""
        return [one.text for one in self.evidence if one.text]

    @property
    def files(self) -> Sequence[Evidence]:
        """The pictures and files."""
        return [one for one in self.evidence if one.kind is not EvidenceKind.TEXT]


def reviewer_of(stores: Stores, task: Task, at: datetime) -> Member | None:
    """Who reviews a task now: its reviewer, else its giver, else a secretary of the group; `None` if nobody is left.

    Whoever has left, or owns the task, does not; nor does a giver who may not give tasks there any more.
    """
    group = stores.chats.get(task.group)
    owners = {task.owner.id} | ({one.owner.id for one in stores.tasks.batch(task.batch)} if task.together else set())
    named = [] if task.reviewer is None else stores.members.several([task.reviewer])
    for one in (*named, task.giver, *administrators.secretaries(stores, group)):
        may = one.id != task.giver.id or _may_give(stores, one, group, at)
        if one.is_person and one.id not in owners and may and _is_there(stores, one, group):
            return one
    return None


def _is_there(stores: Stores, member: Member, group: Chat) -> bool:
    person = stores.people.of_member(member.id)
    left = person is not None and person.left_on is not None
    return not left and member.id not in stores.members.gone(group.id)


def _may_give(stores: Stores, member: Member, group: Chat, at: datetime) -> bool:
    """Whether somebody may give tasks in a group; where no secretary was named, whoever gave one is taken to be able.

    There the platform's administrators act, and the platform cannot be asked here.
    """
    found = permissions.powers(stores, Actor(member, group, now=at))
    return found.allow(Permission.GIVE_TASKS) or not found.has_secretary


def may_review(stores: Stores, task: Task, actor: Actor) -> bool:
    """Whether somebody may review a task of the group that they act in: its reviewer, and who plans its work."""
    return task.reviewer == actor.member.id or permissions.allows(stores, actor, STANDS_IN)


def inbox(member: MemberId) -> Subject:
    """The subject of a reviewer's one message."""
    return Subject("task_reviews", member)


def ask(stores: Stores, task: Task, at: datetime) -> None:
    """A result was handed in: its reviewer hears of it in private, by one message for all that waits."""
    if task.reviewer is None:
        return
    member, cause = stores.members.get(task.reviewer), f"submitted:{task.id}:{len(stores.tasks.history(task.id))}"
    if member.private is None:
        return  # the group's card has the buttons
    stores.hooks.changed(member.id, cause, at)
    if stores.outbox.stands(inbox(member.id)):
        refresh_inbox(stores, member.id, cause, at)
        return
    message = message_of(stores, member.id)
    if message is not None:
        stores.outbox.send(member.private, message, key=f"{inbox(member.id)}:{cause}")


def refresh_inbox(stores: Stores, reviewer: MemberId, cause: str, at: datetime) -> None:
    """Bring a reviewer's message up to date; it goes where nothing waits any more, or another result comes first."""
    about, key = inbox(reviewer), f"{inbox(reviewer)}:{cause}:{at.timestamp()}"
    if not stores.outbox.stands(about):
        return
    message = message_of(stores, reviewer)
    if message is None:
        stores.outbox.delete(about, key=key)
    else:
        stores.outbox.edit(about, message, key=key)


def refresh_inboxes(stores: Stores, tasks: Sequence[Task], cause: str, at: datetime) -> None:
    """Bring the messages of the reviewers of tasks up to date: those, as they were before, that waited for one."""
    for task in tasks:
        if task.state is State.SUBMITTED and task.reviewer is not None:
            refresh_inbox(stores, task.reviewer, f"{cause}:{task.id}", at)


def show_next(stores: Stores, reviewer: Member, *, key: str) -> None:
    """Show what waits in place of the message before: what waits now comes with its own pictures."""
    about = inbox(reviewer.id)
    stores.outbox.delete(about, key=f"{key}:before")
    message = message_of(stores, reviewer.id)
    if message is not None and reviewer.private is not None:
        stores.outbox.send(reviewer.private, message, key=f"{key}:next", urgent=True)


def message_of(stores: Stores, reviewer: MemberId) -> Message | None:
    """What has waited longest for a reviewer, and how many more there are; `None` where nothing waits."""
    found = waiting_for(stores, reviewer)
    if not found:
        return None
    waiting = Waiting(found[0], current(stores, found[0]), len(found) - 1)
    files = waiting.files
    rows = [*review_buttons(found[0], "task_review.return_button")]
    if files:
        rows.append([Button("task_review.files_button", Action("task.files", found[0].id), {"count": len(files)})])
    return Message(
        "task_review.asked",
        {"waiting": waiting},
        rows,
        inbox(reviewer),
        attached=files[0].file if files else None,
    )


def waiting_for(stores: Stores, reviewer: MemberId) -> list[Task]:
    """What waits for a reviewer, the longest first; of those who did a task together one stands for all."""
    found: dict[object, Task] = {}
    for task in stores.tasks.waiting_for(reviewer, LOOKED_AT):
        found.setdefault(("batch", task.batch) if task.together else task.id, task)
    return list(found.values())


def review_buttons(task: Task, back: str) -> Buttons:
    """The grades in a row, and the button that returns a result."""
    grades = [Button(GRADE, Action("task.grade", task.id, grade.value), {"grade": grade}) for grade in Grade]
    return [grades, [Button(back, Action("task.return", task.id), {"task": task})]]


def tell_today(stores: Stores, actor: Actor) -> Part | None:
    """For a reviewer: how many results wait."""
    count = len(waiting_for(stores, actor.member.id))
    if not count:
        return None
    button = Button("task_review.inbox_button", Action("task.reviews"))
    return Part(Text("task_review.today", {"count": count}), [[button]])


def show_waiting(stores: Stores, actor: Actor, *, key: str) -> None:
    """Show a reviewer what waits for them, again. Raises NotAllowed."""
    permissions.require(stores, actor, Permission.TAKE_PART)
    own, about = actor.member, inbox(actor.member.id)
    stores.outbox.delete(about, key=f"{key}:before")
    if own.private is not None:
        message = message_of(stores, own.id) or Message("task_review.nothing_waits", subject=about)
        stores.outbox.send(own.private, message, key=key, urgent=True)
