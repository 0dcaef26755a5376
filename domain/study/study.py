"""Study: one item a workday for each group, with a button and a quiz."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.ids import PromptId
from domain.messaging.message import NOWHERE, Action, Button, Message, Subject, Thread
from domain.people.permission import Permission, is_part_of, require, require_member
from domain.people.person import Rate, participation
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.points.points import Credit
from domain.refusal import Helper, Refusal
from domain.study.asking import daily
from domain.study.asking.answering import record
from domain.study.asking.daily import OPEN_FOR
from domain.study.asking.sheet import ask
from domain.study.attempt import Attempt
from domain.study.day import card, gathering
from domain.study.item import Candidate, Lesson, StudyItem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, StudyItemId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.study.course import Course
    from domain.study.features import Stores
    from domain.study.keeping import Shelved
    from domain.study.question import Change

READ = Event(EventName("study.read"), facts=(Fact("on_day", bool),))


class NothingToStudy(Refusal):
    """The library is empty, or everything in it has expired."""

    text = "study.nothing"
    helper = Helper.ADMINISTRATOR


class PromptOver(Refusal):
    """A button of a prompt that is older than a week."""

    text = "study.over"


class Withdrawn(Refusal):
    """An item that was withdrawn after it had been shown."""

    text = "day.taken_back"


class AlreadyRead(Refusal):
    """A member has said so before."""

    text = "study.already_read"


@dataclass(frozen=True, slots=True)
class Shown:
    """An item on a group's day without its words: all that a press of its button needs."""

    id: PromptId
    group: Chat
    code: str
    title: str
    day: date
    at: datetime
    is_withdrawn: bool = False

    @property
    def subject(self) -> Subject:
        """What the prompt's message is about."""
        return Subject("study", self.id)

    @property
    def source(self) -> str:
        """The cause of a credit: one for a person and an item, however often it is shown."""
        return f"study:{self.code}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """An item on a group's day; one that was withdrawn afterwards is read no more."""

    id: PromptId
    group: Chat
    item: StudyItem
    day: date
    at: datetime
    is_withdrawn: bool = False

    @property
    def shown(self) -> Shown:
        """It without the item's words."""
        lesson = self.item.lesson
        return Shown(self.id, self.group, lesson.code, lesson.title, self.day, self.at, self.is_withdrawn)

    @property
    def subject(self) -> Subject:
        """What the prompt's message is about."""
        return self.shown.subject

    @property
    def quiz(self) -> Subject:
        """What the prompt's quiz is about."""
        return Subject("quiz", self.id)

    @property
    def file(self) -> Subject:
        """What the messages with the item's picture or document alone are about."""
        return Subject("study_file", self.id)

    @property
    def private(self) -> Subject:
        """What the prompt's messages to single people are about."""
        return Subject("study_private", self.id)

    @property
    def buttons(self) -> Buttons:
        """我学完了, 为什么是这条."""
        read = Button("study.read_button", Action("study.read", self.id))
        return ((read, Button("day.why_button", Action("day.why", self.id))),)

    @property
    def source(self) -> str:
        """The cause of a credit."""
        return self.shown.source


@dataclass(frozen=True, slots=True)
class Read:
    """A member has read an item; there is no credit for one that they had read on another occasion."""

    shown: Shown
    credit: Credit | None


class Studied(NamedTuple):
    """An item on a day of a group: how many have answered its quiz there, and how many of them right."""

    code: str
    title: str
    day: date
    at: datetime
    answered: int
    right: int


class Studies(Protocol):
    """The library, what was shown where, and who has read and answered."""

    def put(self, lesson: Lesson) -> Change:
        """Add a lesson with its question, or replace the one with its code, which is then one version on."""

    def is_empty(self) -> bool:
        """Whether there is no lesson at all."""

    def count(self) -> int:
        """How many items there are."""

    def all(self) -> list[StudyItem]:
        """All items, by their ids."""

    def by_codes(self, codes: Collection[str]) -> list[StudyItem]:
        """Those of these names that are there."""

    def shelf(self, offset: int, most: int) -> list[Shelved]:
        """Items by their ids, behind so many, each with the day when any group was shown it last."""

    def shelved(self, item: StudyItemId) -> Shelved | None:
        """One item likewise."""

    def withdraw(self, item: StudyItemId, at: datetime | None) -> None:
        """Take an item out of the library; without a moment put it back."""

    def expiring(self, since: date, until: date) -> list[StudyItem]:
        """Items whose last day is one of these and that nobody was told of yet; none that are withdrawn."""

    def note_told(self, item: StudyItemId, expires: date | None) -> None:
        """Remember that somebody was told of an item's last day."""

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member owns is now another's."""

    def candidates(self, group: ChatId, day: date) -> list[Candidate]:
        """All items that may be shown on a day, each with the day when the group was shown it last.

        Those never shown come first, in the library's order, then the ones not seen for longest.
        """

    def add_prompt(self, group: Chat, item: StudyItem, day: date, at: datetime) -> Prompt:
        """Remember what a group was given on a day."""

    def prompt(self, prompt: PromptId) -> Prompt | None:
        """One prompt."""

    def prompt_on(self, group: ChatId, day: date) -> Prompt | None:
        """What a group was given on a day."""

    def shown(self, prompt: PromptId) -> Shown | None:
        """One prompt without its item's words."""

    def note_read(self, prompt: PromptId, member: MemberId, at: datetime) -> Callable[[], bool]:
        """Remember that a member has read what a group was given; call the result to learn whether that is new."""

    def readers(self, prompt: PromptId) -> set[MemberId]:
        """Who has read what a group was given."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Studied]:
        """What a group was shown between two moments, oldest first; at most so many items."""


def load(stores: Stores, *, lessons: Sequence[Lesson]) -> int:
    """Put lessons into the library; how many there were."""
    for lesson in lessons:
        stores.studies.put(lesson)
    return len(lessons)


def load_first(stores: Stores, *, lessons: Sequence[Lesson], courses: Sequence[Course] = ()) -> int:
    """Fill a library that is empty; how many lessons were put in."""
    if not stores.studies.is_empty():
        return 0
    for course in courses:
        stores.courses.put(course)
    return load(stores, lessons=lessons)


def prompt(stores: Stores, group: Chat, at: datetime) -> Prompt | None:
    """Show a group its item of the day, with button and quiz, once a day; `None` when there is nothing."""
    return _bring(stores, group, at, urgent=False)


def _bring(stores: Stores, group: Chat, at: datetime, *, urgent: bool) -> Prompt | None:
    given = item_of_the_day(stores, group, at)
    if given is not None:
        _show(stores, given, key=str(given.subject), urgent=urgent, at=at)
        card.send_file(stores, given, given.group.id, key=str(given.file), urgent=urgent)
        daily.pose(stores, given, key=str(given.quiz), urgent=urgent)
    return given


def item_of_the_day(stores: Stores, group: Chat, at: datetime) -> Prompt | None:
    """What a group has on a day: chosen by the first who asks, be it in private before the group has seen it."""
    day = group.day(at)
    given = stores.studies.prompt_on(group.id, day)
    if given is not None:
        return None if given.is_withdrawn else given
    chosen = gathering.chosen(stores, group, day)
    if chosen is None:
        return None
    item, choice = chosen
    given = stores.studies.add_prompt(group, item, day, at)
    stores.plans.note_choice(given.id, choice)
    return given


def _show(stores: Stores, given: Prompt, *, key: str, at: datetime, urgent: bool, thread: Thread = NOWHERE) -> None:
    """Show a group its item, once under a key; what stands there is kept up to date."""
    whole = card.with_file(_card(stores, given, at), given.item.lesson)
    shown = replace(whole, subject=given.subject, sounds=not urgent)
    stores.outbox.send(given.group.id, shown, key=key, thread=thread, urgent=urgent)


def current_prompt(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """A group's item of a day, with how many have read it."""
    given = stores.studies.prompt(PromptId(about.ids[0]))
    return None if given is None else _card(stores, given, at)


def _card(stores: Stores, given: Prompt, at: datetime) -> Message:
    values = {"lesson": given.item.lesson, "day": given.day, "readers": _readers(stores, given, at)}
    return Message("study.prompt", values, given.buttons)


def _readers(stores: Stores, given: Prompt, at: datetime) -> Rate:
    """How many have read an item, of those of the group's branch, else of those who are known to be in the group."""
    readers = stores.studies.readers(given.id)
    rate = participation(stores, given.group, readers, given.at, at)
    return rate or Rate(len(readers), max(len(readers), stores.members.how_many(given.group.id)))


def again(stores: Stores, actor: Actor, *, key: str, thread: Thread) -> Prompt:
    """Show a group's item of today again, in place of the one that stands there; in private, `day.menu` shows it.

    A group whose day has none yet gets it now. Raises WrongPlace, NothingToStudy.
    """
    require(stores, actor, Permission.TAKE_PART)
    group, at = actor.group, actor.now
    first = stores.studies.prompt_on(group.id, group.day(at)) is None
    given = _bring(stores, group, at, urgent=True) if first else item_of_the_day(stores, group, at)
    if given is None:
        raise NothingToStudy
    if not first:
        stores.outbox.delete(given.subject, key=f"{key}:before")
        _show(stores, given, key=key, at=at, urgent=True, thread=thread)
    return given


def ask_alone(stores: Stores, actor: Actor, given: Prompt, *, key: str) -> None:
    """Ask somebody a day's question in private, where it is still to be answered."""
    require(stores, actor, Permission.TAKE_PART)
    stored = daily.question_of(stores, given)
    if stored is not None and not daily.has_answered(stores, given, actor.member.id):
        ask(
            stores,
            actor.member.id,
            stored,
            daily.occasion(given),
            chat=actor.chat.id,
            key=key,
            at=actor.heard_at,
        )


def read(stores: Stores, actor: Actor, *, prompt_id: PromptId) -> Read:
    """Note that somebody has read an item, show it to the group, and credit it, once for each item.

    Raises PromptOver for a button older than a week, NotAMember, AlreadyRead.
    """
    require(stores, actor, Permission.TAKE_PART)
    given, at = stores.studies.shown(prompt_id), actor.now
    if given is None or at - given.at > OPEN_FOR or not given.group.is_admitted:
        raise PromptOver
    return note_read(stores, actor, given)


def note_read(stores: Stores, actor: Actor, given: Shown) -> Read:
    """Note that somebody has read what their group was given. Raises NotAMember, Withdrawn, AlreadyRead."""
    require(stores, actor, Permission.TAKE_PART)
    by, at = actor.member.id, actor.now
    if given.is_withdrawn:
        raise Withdrawn
    require_member(stores, actor, given.group)
    facts = {"on_day": given.group.day(at) == given.day}
    is_new = stores.studies.note_read(given.id, by, at)
    credit = points.award(stores, by, given.group, READ, facts, source=given.source, cause=given.title, at=at)
    if not is_new():
        raise AlreadyRead
    subject = given.subject
    stores.outbox.refresh(subject, key=f"{subject}:read:{by}")
    return Read(given, credit)


def answer(stores: Stores, *, prompt_id: PromptId, by: MemberId, choice: int, at: datetime) -> None:
    """Note the first answer of somebody in a quiz's group, and report it; later ones change nothing.

    How long it was thought about nobody knows: the quiz stands in the group.
    """
    given = stores.studies.prompt(prompt_id)
    if given is None or given.is_withdrawn or not given.group.is_admitted:
        return
    if not is_part_of(stores, by, given.group):
        return
    posed = daily.posed(stores, given)
    if posed is None or not 0 <= choice < posed.options or at - given.at > OPEN_FOR:
        return
    record(stores, Attempt(by, posed.question, daily.occasion(given), (choice,), choice == posed.right, at))
