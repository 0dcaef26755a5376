"""The study library in the store: items, what was shown where, who has answered."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
)

from domain.ids import ChatId, MemberId, PromptId, StudyItemId
from domain.messaging.chat import Chat
from domain.study.day.model import PlanState
from domain.study.study import READ, Lesson, Prompt, Quiz, Studied, StudyItem
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import count_if, insert_new, upsert, within
from storage.feature import GROUP, MEMBER, Feature, Personal
from storage.messaging.chat import COLUMNS as CHAT
from storage.messaging.chat import chats, to_chat
from storage.points.tables import points_entries
from storage.prepared import Prepared
from storage.study.plan_tables import study_plan

study_items = Table(
    "study_items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("quiz", Json),
    Column("expires", Date),
)

study_prompts = Table(
    "study_prompts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("item_id", Id, ForeignKey("study_items.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("group_id", "day"),
    Index(None, "group_id", "item_id", "day"),
)

study_answers = Table(
    "study_answers",
    metadata,
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("item_id", Id, ForeignKey("study_items.id"), primary_key=True),
    Column("prompt_id", Id, ForeignKey("study_prompts.id"), nullable=False),
    Column("choice", Integer, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "prompt_id"),
)

study_reads = Table(
    "study_reads",
    metadata,
    Column("prompt_id", Id, ForeignKey("study_prompts.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "member_id"),
)

item = study_items.c
shown = study_prompts.c
answered = study_answers.c
ITEM = (item.id, item.code, item.title, item.topic, item.text, item.source, item.quiz, item.expires)
PUT = upsert(
    study_items,
    ("code",),
    **{name: bindparam(f"new_{name}") for name in ("title", "topic", "text", "source", "expires")},
    quiz=bindparam("new_quiz", type_=item.quiz.type),
)
NEXT_FOR = (
    select(*ITEM)
    .outerjoin(study_prompts, (shown.item_id == item.id) & (shown.group_id == bindparam("group")))
    .where(or_(item.expires.is_(None), item.expires >= bindparam("day")))
    .group_by(item.id)
    .order_by(func.max(shown.day).is_not(None), func.max(shown.day), item.id)
    .limit(1)
)
ANY = select(item.id).limit(1)
ADD_PROMPT = insert(study_prompts).returning(shown.id)
# A prompt that was withdrawn after it had been shown.
TAKEN_BACK = and_(
    study_plan.c.group_id == shown.group_id,
    study_plan.c.day == shown.day,
    study_plan.c.state == PlanState.WITHDRAWN.value,
)
PROMPTS = (
    select(shown.id, shown.day, shown.at, study_plan.c.day.is_not(None), *CHAT, *ITEM)
    .join_from(study_prompts, study_items)
    .join(chats, chats.c.id == shown.group_id)
    .outerjoin(study_plan, TAKEN_BACK)
)
PROMPT = Prepared(PROMPTS.where(shown.id == bindparam("prompt")))
PROMPT_ON = Prepared(PROMPTS.where(shown.group_id == bindparam("group"), shown.day == bindparam("day")))
NOTE_READ = Prepared(
    insert_new(study_reads, ("prompt_id", "member_id")).returning(study_reads.c.prompt_id),
    *("prompt_id", "member_id", "at"),
)
READERS = select(study_reads.c.member_id).where(study_reads.c.prompt_id == bindparam("prompt"))
HAS_ANSWERED = select(study_answers.c.choice).where(
    study_answers.c.member_id == bindparam("member"), study_answers.c.item_id == bindparam("item")
)
NOTE_ANSWER = insert_new(study_answers, ("member_id", "item_id"))

IN_SPAN: Select[Any] = (
    select(item.code, item.title, shown.day, shown.at, func.count(answered.member_id), count_if(answered.right))
    .select_from(study_prompts)
    .join(study_items)
    .outerjoin(study_answers, answered.prompt_id == shown.id)
    .where(shown.group_id == GROUP, *within(shown.at))
    .group_by(shown.id, item.id)
    .order_by(shown.at, shown.id)
    .limit(bindparam("most"))
)


def to_item(row: Sequence[Any]) -> StudyItem:
    """A row of ITEM as the domain's."""
    id_, code, title, topic, text, source, quiz, expires = row
    question = quiz and Quiz(quiz["question"], tuple(quiz["options"]), quiz["answer"], quiz["explanation"])
    return StudyItem(StudyItemId(id_), Lesson(code, title, topic, text, source, question, expires))


def from_quiz(quiz: Quiz | None) -> dict[str, Any] | None:
    """A quiz as the store keeps it."""
    return asdict(quiz) if quiz else None


def to_prompt(row: Sequence[Any]) -> Prompt:
    """A row of PROMPTS as the domain's."""
    id_, day, at, taken_back, *rest = row
    group, item = to_chat(rest[: len(CHAT)]), to_item(rest[len(CHAT) :])
    return Prompt(PromptId(id_), group, item, day, at, taken_back)


class Studies:
    """See `domain.study.study.Studies`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, lesson: Lesson) -> None:
        """Add a lesson, or replace the one with its code."""
        values = {
            "title": lesson.title,
            "topic": lesson.topic,
            "text": lesson.text,
            "source": lesson.source,
            "quiz": from_quiz(lesson.quiz),
            "expires": lesson.expires,
        }
        changes = {f"new_{name}": value for name, value in values.items()}
        self.connection.execute(PUT, {"code": lesson.code, **values, **changes})

    def is_empty(self) -> bool:
        """Whether there is no lesson at all."""
        return self.connection.execute(ANY).first() is None

    def next_for(self, group: ChatId, day: date) -> StudyItem | None:
        """The item that a group has not seen for longest."""
        row = self.connection.execute(NEXT_FOR, {"group": group, "day": day}).one_or_none()
        return to_item(row) if row else None

    def add_prompt(self, group: Chat, item: StudyItem, day: date, at: datetime) -> Prompt:
        """Remember what a group was given on a day."""
        values = {"group_id": group.id, "item_id": item.id, "day": day, "at": at}
        return Prompt(PromptId(self.connection.execute(ADD_PROMPT, values).scalar_one()), group, item, day, at)

    def prompt(self, prompt: PromptId) -> Prompt | None:
        """One prompt."""
        return self._prompt(PROMPT, prompt=prompt)

    def prompt_on(self, group: ChatId, day: date) -> Prompt | None:
        """What a group was given on a day."""
        return self._prompt(PROMPT_ON, group=group, day=day)

    def _prompt(self, statement: Prepared, **values: Any) -> Prompt | None:
        rows = statement(self.connection, values)
        return to_prompt(rows[0]) if rows else None

    def note_read(self, prompt: PromptId, member: MemberId, at: datetime) -> bool:
        """Remember that a member has read what a group was given; whether that is new."""
        values = {"prompt_id": prompt, "member_id": member, "at": at}
        return bool(NOTE_READ(self.connection, values))

    def readers(self, prompt: PromptId) -> set[MemberId]:
        """Who has read what a group was given."""
        return {MemberId(member) for member in self.connection.execute(READERS, {"prompt": prompt}).scalars()}

    def has_answered(self, member: MemberId, item: StudyItemId) -> bool:
        """Whether a member's first answer to an item's quiz is known."""
        return self.connection.execute(HAS_ANSWERED, {"member": member, "item": item}).first() is not None

    def note_answer(self, member: MemberId, prompt: Prompt, choice: int, at: datetime) -> None:
        """Remember a member's first answer."""
        quiz = prompt.item.lesson.quiz
        self.connection.execute(
            NOTE_ANSWER,
            {
                "member_id": member,
                "item_id": prompt.item.id,
                "prompt_id": prompt.id,
                "choice": choice,
                "right": quiz is not None and quiz.answer == choice,
                "at": at,
            },
        )

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Studied]:
        """What a group was shown between two moments, oldest first."""
        rows = self.connection.execute(IN_SPAN, {"group": group, "since": since, "until": until, "most": most})
        return [Studied(code, title, day, at, answered, int(right)) for code, title, day, at, answered, right in rows]


OWN_ANSWERS = (
    select(item.title, answered.choice, answered.right, answered.at)
    .join(study_items, item.id == answered.item_id)
    .where(answered.member_id == MEMBER)
    .order_by(answered.at)
)
OWN_READS = (
    select(item.title, study_reads.c.at)
    .select_from(study_reads.join(study_prompts, shown.id == study_reads.c.prompt_id).join(study_items))
    .where(study_reads.c.member_id == MEMBER)
    .order_by(study_reads.c.at)
)
SHOWN_IN_WEEK = select(func.count().label("study_items")).where(shown.group_id == GROUP, *within(shown.at))
ANSWERED_IN_WEEK = (
    select(func.count().label("study_answered"), count_if(answered.right).label("study_right"))
    .select_from(study_answers.join(study_prompts, shown.id == answered.prompt_id))
    .where(shown.group_id == GROUP, *within(answered.at))
)
# A line of the ledger with an odd ordinal takes back the one before it.
HAS_READ = and_(points_entries.c.event == READ.name, points_entries.c.ordinal % 2 == 0)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """An answer, its option counted from one."""
    title, choice, right, at = line
    return title, choice + 1, right, at


FEATURE = Feature(
    tables=(study_items, study_prompts, study_answers, study_reads),
    personal=(Personal(430, "study_answers", OWN_ANSWERS, _told), Personal(435, "study_reads", OWN_READS)),
    not_erased=dict.fromkeys(("study_answers", "study_reads"), "kept under a number: the group's counts stay right"),
    week=(SHOWN_IN_WEEK, ANSWERED_IN_WEEK),
    ledger_week=(count_if(HAS_READ).label("study_read"),),
)
