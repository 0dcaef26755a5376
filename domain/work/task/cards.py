"""What tasks look like in a chat: their card, a group's one reminder, and a person's one in private."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from domain.clock.calendar import next_workday
from domain.ids import TaskId
from domain.messaging.message import Action, Button, Message, Subject
from domain.messaging.outbox import CARD_EVERY
from domain.work.task.buttons import charge_row, extend_button
from domain.work.task.changes import latest
from domain.work.task.model import NOBODY_ELSE, Around, Listed, State
from domain.work.task.reviewing import review_buttons
from domain.work.task.rules import Rulebook

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.message import Buttons
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.follow.model import Level
    from domain.work.task.changes import Change
    from domain.work.task.model import Task

LISTED = 15  # tasks of a list, commands of a group's reminder
FEW = 6  # owners whom a card shows one by one, with a button each
SURELY_DELETED = timedelta(hours=47)  # the platform lets a message be deleted for 48 hours
NAMED = 40  # people whom a card or a reminder names


@dataclass(frozen=True, slots=True)
class Goes:
    """On which day an overdue task is reported, and to which level, unless it is finished before."""

    day: date
    level: Level


@dataclass(frozen=True, slots=True)
class Line:
    """A command's tasks in a group's reminder: how many are `missing`, and whose they are, as far as it names them.

    `goes` is set where some of them are going to be reported.
    """

    task: Task
    missing: int
    called: Sequence[Member]
    named: Sequence[Member]
    goes: Goes | None = None

    @property
    def shown(self) -> int:
        """How many it names."""
        return len(self.called) + len(self.named)


@dataclass(frozen=True, slots=True)
class Card:
    """A command's tasks as their card shows them: all of few; of many how many are done, and who is missing.

    `changes` are what was last changed about them.
    """

    first: Task
    few: Sequence[Task]
    total: int
    done: int
    missing: Sequence[Member]
    around: Around = NOBODY_ELSE
    changes: Sequence[Change] = ()

    @property
    def waiting(self) -> int:
        """How many of those shown one by one wait for their reviewer."""
        return sum(1 for task in self.few if task.state is State.SUBMITTED)


def around(stores: Stores, first: Task) -> Around:
    """Who else has to do with the tasks of a command, by one of them."""
    reviewer = None if first.reviewer is None else stores.members.get(first.reviewer)
    return Around(
        reviewer,
        reviewer is not None and reviewer.private is None,
        stores.evidence.helpers(first.batch),
        "" if first.branch is None else stores.branches.get(first.branch).name,
    )


def shown_card(stores: Stores, tasks: Sequence[Task], changes: Sequence[Change] = ()) -> Message:
    """The card of a command's tasks with its reviewer, helpers and branch, and with what was last changed."""
    return drawn(tasks, around(stores, tasks[0]), changes)


def drawn(tasks: Sequence[Task], others: Around = NOBODY_ELSE, changes: Sequence[Change] = ()) -> Message:
    """The card of a command's tasks; `shown_card` finds out who else has to do with them."""
    missing = [task.owner for task in tasks if task.done_at is None]
    few = tasks if len(tasks) <= FEW else ()
    shown = Card(tasks[0], few, len(tasks), len(tasks) - len(missing), missing[:NAMED], others, changes)
    buttons = [*card_buttons(tasks), *(_review_on_card(tasks) if others.reviews_here else ())]
    return Message("task.given", {"card": shown}, buttons, card(tasks[0]))


def _review_on_card(tasks: Sequence[Task]) -> Buttons:
    """The reviewer's buttons for the result that has waited longest, for whom no private chat is open."""
    waiting = [task for task in tasks if task.state is State.SUBMITTED]
    if not waiting:
        return ()
    first = min(waiting, key=lambda task: (task.submitted_at or task.given_at, task.id))
    return review_buttons(first, "task_review.return_button_of")


def current_card(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The card of a command's tasks as they are now; `None` once all are withdrawn."""
    batch = TaskId(about.ids[0])
    tasks = stores.tasks.batch(batch)
    return shown_card(stores, tasks, latest(stores, batch)) if tasks else None


def card_buttons(tasks: Sequence[Task]) -> Buttons:
    """A button for each task of a card that is still open; of many owners each presses the same one.

    申请延期 stands beside a single button, else in a row of its own; below them a row for those in charge.
    """
    open_ones = [task for task in tasks if task.is_begun]
    if not open_ones:
        return ()
    if len(tasks) > FEW or (tasks[0].together and len(tasks) > 1):
        return _with_changes([_mine(tasks[0].batch)], batch=tasks[0].batch)
    own = done_buttons(open_ones, "task.done_button" if len(tasks) == 1 else "task.done_button_of")
    return _with_changes(*own, batch=tasks[0].batch)


def _with_changes(*own: Sequence[Button], batch: TaskId) -> Buttons:
    """Rows of those who do the tasks, and of those who change them; four in a row are too narrow for a phone."""
    if len(own) == 1:
        return [[*own[0], extend_button(batch)], charge_row(batch)]
    return [*own, [extend_button(batch)], charge_row(batch)]


def done_buttons(tasks: Sequence[Task], text: str) -> Buttons:
    """A button for each task."""
    return [[Button(text, Action("task.done", task.id), {"task": task})] for task in tasks]


def _mine(batch: TaskId, task: Task | None = None) -> Button:
    action = Action("task.done_mine", batch)
    return Button("task.mine_button_of", action, {"task": task}) if task else Button("task.mine_button", action)


def card(task: Task) -> Subject:
    """What the message of a command's tasks is about."""
    return Subject("tasks", task.batch)


def round_in(group: ChatId) -> Subject:
    """What the one reminder that a group has is about."""
    return Subject("task_round", group)


def digest_of(owner: MemberId) -> Subject:
    """What the one reminder that a person has in private is about."""
    return Subject("task_digest", owner)


def formerly(task: Task) -> Subject:
    """What reminders of earlier versions are about: each owner had one for a group."""
    return Subject("task.reminder", task.group, task.owner.id)


def going(stores: Stores, tasks: Collection[Task], at: datetime, book: Rulebook) -> Mapping[TaskId, Goes]:
    """Which of some tasks are going to be reported to the next level after today; their owners are told so."""
    known, found = {task.id: task for task in tasks}, {}
    for number, follow_up in stores.follow_ups.warned({task.id: task.due_at for task in tasks}).items():
        task, day, level = known[number], follow_up.warned_on, follow_up.next_level
        if day is None or level is None or follow_up.due_at != task.due_at:
            continue
        goes_on = next_workday(day, book.is_workday)
        if goes_on > book.of(task.group).group.day(at):
            found[number] = Goes(goes_on, level)
    return found


def round_message(
    group: ChatId, tasks: Sequence[Task], at: datetime, goes: Mapping[TaskId, Goes] = MappingProxyType({})
) -> Message:
    """A group's reminder of open tasks, which are in the order of their deadlines and commands."""
    batches = [list(some) for _, some in groupby(tasks, key=lambda task: task.batch)]
    left, lines = NAMED, []
    for some in batches[:LISTED]:
        line = _line(some, left, goes)
        left -= line.shown
        lines.append(line)
    one = len(lines) == 1
    buttons = [[_mine(line.task.batch, None if one else line.task)] for line in lines]
    values = {"lines": lines, "more": len(batches[LISTED:]), "at": at}
    return Message("task.round", values, buttons, round_in(group), sounds=True)


def _line(tasks: Sequence[Task], most: int, goes: Mapping[TaskId, Goes]) -> Line:
    called = [task.owner for task in tasks if task.listed is Listed.CALLED][:most]
    named = [task.owner for task in tasks if task.listed is Listed.NAMED][: most - len(called)]
    soon = next((goes[task.id] for task in tasks if task.id in goes), None)
    return Line(tasks[0], len(tasks), called, named, soon)


def digest_message(tasks: Sequence[Task], at: datetime, goes: Mapping[TaskId, Goes]) -> Message:
    """A person's reminder of their own tasks: no more than a message can hold, and how many it leaves out."""
    values = {"tasks": tasks[:LISTED], "more": len(tasks[LISTED:]), "owner": tasks[0].owner, "at": at, "goes": goes}
    buttons = done_buttons(tasks[:LISTED], "task.done_button" if len(tasks) == 1 else "task.choose_button")
    return Message("task.reminder", values, buttons, digest_of(tasks[0].owner.id))


def moment(stores: Stores, task: Task) -> str:
    """Names what has just happened to a task, for keys: its number, and how much has happened to it."""
    return f"{task.id}:{len(stores.tasks.history(task.id))}"


def refresh_card(stores: Stores, done: Task, at: datetime) -> None:
    """Show a task as done on its card, and on the reminders what is left."""
    key, book = f"task.redraw:{moment(stores, done)}:{at.timestamp()}", Rulebook(stores)
    stores.outbox.refresh(card(done), key=f"{key}:card")
    if done.listed_at is not None:
        refresh_round(stores, done.group, at, book, key=f"{key}:round")
    if done.listed_at is not None or book.of(done.group).lamp.light(done.due_at, at).speaks:
        _refresh_digest(stores, done.owner.id, at, book, key=f"{key}:digest")
    stores.outbox.delete(formerly(done), key=f"{key}:formerly")


def refresh_cards(stores: Stores, tasks: Sequence[Task], at: datetime) -> None:
    """Show on their card, and on reminders, that tasks of one command have changed; they are as they were before."""
    key, book = f"task.redraw:{tasks[0].id}:{len(tasks)}:{at.timestamp()}", Rulebook(stores)
    stores.outbox.refresh(card(tasks[0]), key=f"{key}:card")
    listed = [task for task in tasks if task.listed_at is not None]
    if listed:
        refresh_round(stores, listed[0].group, at, book, key=f"{key}:round")
    lamp = book.of(tasks[0].group).lamp
    for owner in dict.fromkeys(one.owner.id for one in tasks if one in listed or lamp.light(one.due_at, at).speaks):
        _refresh_digest(stores, owner, at, book, key=f"{key}:{owner}:digest")
    for task in tasks:
        stores.outbox.delete(formerly(task), key=f"{key}:{task.id}:formerly")


def refresh_round(stores: Stores, group: ChatId, at: datetime, book: Rulebook, *, key: str) -> None:
    """Show on a group's reminder what is left; with nothing left it goes."""
    left = book.lit(stores.tasks.round(group))
    if left:
        stores.outbox.edit(
            round_in(group), round_message(group, left, at, going(stores, left, at, book)), key=key, every=CARD_EVERY
        )
    else:
        stores.outbox.delete(round_in(group), key=key)


def take_down(stores: Stores, chat: ChatId, about: Subject, at: datetime, *, key: str) -> None:
    """Let a reminder go before another takes its place; one that is too old to be deleted says that it is over."""
    number = stores.outbox.message_about(about)
    said_at = None if number is None else stores.outbox.said_at(chat, number)
    if said_at is None or at - said_at < SURELY_DELETED:
        stores.outbox.delete(about, key=key)
        return
    stores.outbox.edit(about, Message("task.reminder_over"), key=key)
    stores.outbox.rename(about, Subject(f"{about.kind}_over", *about.ids))


def to_tell(stores: Stores, owners: Collection[MemberId], at: datetime, book: Rulebook) -> dict[MemberId, list[Task]]:
    """What people's digests say: of each one's tasks those that are close or overdue, the first due first."""
    found: dict[MemberId, list[Task]] = {owner: [] for owner in owners}
    for task in book.lit(stores.tasks.in_hand(owners)):
        if task.light(at).speaks and book.of(task.group).group.is_admitted:
            found[task.owner.id].append(task)
    return found


def _refresh_digest(stores: Stores, owner: MemberId, at: datetime, book: Rulebook, *, key: str) -> None:
    left = to_tell(stores, [owner], at, book)[owner]
    if left:
        stores.outbox.edit(digest_of(owner), digest_message(left, at, going(stores, left, at, book)), key=key)
    else:
        stores.outbox.delete(digest_of(owner), key=key)
