"""Study: one item a workday for each group, with a button and a quiz."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.ids import PromptId
from domain.messaging.message import NOWHERE, Action, Button, Message, Poll, Subject, Thread
from domain.people.permission import Permission, is_part_of, require, require_member
from domain.people.person import Rate, participation
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.points.points import Credit
from domain.refusal import Helper, Refusal
from domain.study.day import gathering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, StudyItemId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.study.features import Stores

OPEN_FOR = timedelta(days=7)
READ = Event(EventName("study.read"), facts=(Fact("on_day", bool),))
ANSWERED = Event(EventName("quiz.answered"), facts=(Fact("correct", bool), Fact("full_marks", bool)))


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
class Quiz:
    """A question with one right option (`answer` is its index) and why it is right."""

    question: str
    options: tuple[str, ...]
    answer: int
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the library holds of one item; `code` is its stable name, `expires` the last day it may be shown."""

    code: str
    title: str
    topic: str
    text: str
    source: str
    quiz: Quiz | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class StudyItem:
    """A lesson in the store."""

    id: StudyItemId
    lesson: Lesson


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
    def subject(self) -> Subject:
        """What the prompt's message is about."""
        return Subject("study", self.id)

    @property
    def quiz(self) -> Subject:
        """What the prompt's quiz is about."""
        return Subject("quiz", self.id)

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
        """The cause of a credit: one for a person and an item, however often it is shown."""
        return f"study:{self.item.lesson.code}"


@dataclass(frozen=True, slots=True)
class Read:
    """A member has read an item; there is no credit for one that they had read on another occasion."""

    prompt: Prompt
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

    def put(self, lesson: Lesson) -> None:
        """Add a lesson, or replace the one with its code."""

    def is_empty(self) -> bool:
        """Whether there is no lesson at all."""

    def next_for(self, group: ChatId, day: date) -> StudyItem | None:
        """The item that a group has not seen for longest: never shown first, then in the library's order."""

    def add_prompt(self, group: Chat, item: StudyItem, day: date, at: datetime) -> Prompt:
        """Remember what a group was given on a day."""

    def prompt(self, prompt: PromptId) -> Prompt | None:
        """One prompt."""

    def prompt_on(self, group: ChatId, day: date) -> Prompt | None:
        """What a group was given on a day."""

    def note_read(self, prompt: PromptId, member: MemberId, at: datetime) -> bool:
        """Remember that a member has read what a group was given; whether that is new."""

    def readers(self, prompt: PromptId) -> set[MemberId]:
        """Who has read what a group was given."""

    def has_answered(self, member: MemberId, item: StudyItemId) -> bool:
        """Whether a member's first answer to an item's quiz is known."""

    def note_answer(self, member: MemberId, prompt: Prompt, choice: int, at: datetime) -> None:
        """Remember a member's first answer."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Studied]:
        """What a group was shown between two moments, oldest first; at most so many items."""


def load(stores: Stores, *, lessons: Sequence[Lesson]) -> int:
    """Put lessons into the library; how many there were."""
    for lesson in lessons:
        stores.studies.put(lesson)
    return len(lessons)


def load_first(stores: Stores, *, lessons: Sequence[Lesson]) -> int:
    """Fill a library that is empty; how many lessons were put in."""
    return load(stores, lessons=lessons) if stores.studies.is_empty() else 0


def prompt(stores: Stores, group: Chat, at: datetime) -> Prompt | None:
    """Show a group its item of the day, with button and quiz, once a day; `None` when there is nothing."""
    return _bring(stores, group, at, urgent=False)


def _bring(stores: Stores, group: Chat, at: datetime, *, urgent: bool) -> Prompt | None:
    given = item_of_the_day(stores, group, at)
    if given is not None:
        _show(stores, given, key=str(given.subject), urgent=urgent, at=at)
        ask(stores, given, group.id, key=str(given.quiz), urgent=urgent)
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
    card = replace(_card(stores, given, at), subject=given.subject, sounds=not urgent)
    stores.outbox.send(given.group.id, card, key=key, thread=thread, urgent=urgent)


def drawn(stores: Stores, about: Subject, at: datetime) -> Message | None:
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


def ask(stores: Stores, given: Prompt, chat: ChatId, *, key: str, urgent: bool) -> None:
    """Put an item's question beside it, where it has one."""
    quiz = given.item.lesson.quiz
    if quiz:
        poll = Poll(quiz.question, quiz.options, correct=quiz.answer, explanation=quiz.explanation)
        stores.outbox.send_poll(chat, poll, key=key, subject=given.quiz, urgent=urgent)


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


def read(stores: Stores, actor: Actor, *, prompt_id: PromptId) -> Read:
    """Note that somebody has read an item, show it to the group, and credit it, once for each item.

    Raises PromptOver for a button older than a week, NotAMember, AlreadyRead.
    """
    require(stores, actor, Permission.TAKE_PART)
    given, at = stores.studies.prompt(prompt_id), actor.now
    if given is None or at - given.at > OPEN_FOR or not given.group.is_admitted:
        raise PromptOver
    return note_read(stores, actor, given)


def note_read(stores: Stores, actor: Actor, given: Prompt) -> Read:
    """Note that somebody has read what their group was given. Raises NotAMember, Withdrawn, AlreadyRead."""
    require(stores, actor, Permission.TAKE_PART)
    by, at = actor.member.id, actor.now
    if given.is_withdrawn:
        raise Withdrawn
    require_member(stores, actor, given.group)
    lesson = given.item.lesson
    facts = {"on_day": given.group.day(at) == given.day}
    credit = points.award(stores, by, given.group, READ, facts, source=given.source, cause=lesson.title, at=at)
    if not stores.studies.note_read(given.id, by, at):
        raise AlreadyRead
    key = f"{given.subject}:read:{by}"
    stores.outbox.redraw(given.subject, key=key)
    return Read(given, credit)


def answer(stores: Stores, *, prompt_id: PromptId, by: MemberId, choice: int, at: datetime) -> None:
    """Note the first answer of somebody in a quiz's group, and report it; later ones change nothing."""
    given = stores.studies.prompt(prompt_id)
    if given is None or given.is_withdrawn or not given.group.is_admitted:
        return
    if not is_part_of(stores, by, given.group):
        return
    if stores.studies.has_answered(by, given.item.id):
        return
    stores.studies.note_answer(by, given, choice, at)
    lesson = given.item.lesson
    right = lesson.quiz is not None and choice == lesson.quiz.answer
    facts = {"correct": right, "full_marks": right}  # a quiz has one question
    points.award(stores, by, given.group, ANSWERED, facts, source=given.source, cause=lesson.title, at=at)
