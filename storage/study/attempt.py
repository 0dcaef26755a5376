"""Answers to questions, in the store: of a member, a question and an occasion the first alone."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    func,
    select,
    update,
)

from domain.ids import ChatId, MemberId, PromptId, QuestionId
from domain.study.attempt import Attempt, Occasion, OccasionKind, Posed, Result
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import count_if, insert_new
from storage.feature import MEMBER, Feature, Personal
from storage.study.question import study_questions

KEY = ("member_id", "question_id", "occasion", "occasion_id")
MILLISECOND = timedelta(milliseconds=1)

# Questions and what they are asked for have their own features: their numbers stand here without a foreign key.
study_attempts = Table(
    "study_attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("question_id", Id, nullable=False),
    Column("occasion", String(16), nullable=False),
    Column("occasion_id", Id, nullable=False),
    Column("group_id", Id, ForeignKey("chats.id")),
    Column("answer", Json, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("took_ms", Integer),
    Column("hasty", Boolean, nullable=False),
    UniqueConstraint(*KEY),
    Index(None, "question_id"),
    Index(None, "occasion", "occasion_id"),
    Index(None, "group_id", "at"),
)

posed_quizzes = Table(
    "posed_quizzes",
    metadata,
    Column("prompt_id", Id, primary_key=True, autoincrement=False),
    Column("question_id", Id, nullable=False),
    Column("options", Integer, nullable=False),
    Column("right", Integer, nullable=False),
)

one = study_attempts.c
COLUMNS = tuple(column for column in one if column.name != "id")
OF_MEMBER = one.member_id == bindparam("member")
AMONG = one.question_id.in_(bindparam("questions", expanding=True))
ON_OCCASION = (one.occasion == bindparam("kind"), one.occasion_id == bindparam("number"))
NOTE = insert_new(study_attempts, KEY).returning(one.id)
ALL = select(*COLUMNS).order_by(one.at, one.id)
FIRST = ALL.where(OF_MEMBER, one.question_id == bindparam("question")).limit(1)
ON, ON_OF = ALL.where(*ON_OCCASION), ALL.where(*ON_OCCASION, OF_MEMBER)
OF_QUESTIONS = ALL.where(OF_MEMBER, AMONG)
ANSWERED = select(one.question_id).where(OF_MEMBER, AMONG).distinct()
RESULTS = (
    select(one.question_id, func.count(), count_if(one.right))
    .where(one.group_id == bindparam("group"))
    .group_by(one.question_id)
)
theirs = study_attempts.alias("theirs")
BOTH = exists().where(
    theirs.c.member_id == bindparam("known"), *(theirs.c[name] == one[name] for name in KEY if name != "member_id")
)
OF_AWAITED = one.member_id == bindparam("awaited")
DROP_DOUBLE = delete(study_attempts).where(OF_AWAITED, BOTH)
TAKE_OVER = update(study_attempts).where(OF_AWAITED).values(member_id=bindparam("known"))
POSE = insert_new(posed_quizzes, ("prompt_id",))
POSED = select(posed_quizzes.c.question_id, posed_quizzes.c.options, posed_quizzes.c.right).where(
    posed_quizzes.c.prompt_id == bindparam("prompt")
)
OWN = (
    select(study_questions.c.text.label("question"), one.answer, one.right, one.at)
    .join_from(study_attempts, study_questions, study_questions.c.id == one.question_id)
    .where(one.member_id == MEMBER)
    .order_by(one.at, one.id)
)


def to_attempt(row: Sequence[Any]) -> Attempt:
    """A row of COLUMNS as the domain's."""
    member, question, kind, number, group, answer, right, at, took, hasty = row
    return Attempt(
        MemberId(member),
        QuestionId(question),
        Occasion(OccasionKind(kind), number, group and ChatId(group)),
        tuple(answer),
        right,
        at,
        None if took is None else took * MILLISECOND,
        hasty,
    )


class Attempts:
    """See `domain.study.attempt.Attempts`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def pose(self, prompt: PromptId, posed: Posed) -> None:
        """Remember what the quiz of a day asks; it stays so when the question changes."""
        values = {"question_id": posed.question, "options": posed.options, "right": posed.right}
        self.connection.execute(POSE, {"prompt_id": prompt, **values})

    def posed(self, prompt: PromptId) -> Posed | None:
        """What the quiz of a day asks, where it was posted as one."""
        row = self.connection.execute(POSED, {"prompt": prompt}).one_or_none()
        return Posed(QuestionId(row[0]), row[1], row[2]) if row else None

    def note(self, attempt: Attempt) -> bool:
        """Remember an answer; whether it is the first on its occasion."""
        values = {
            "member_id": attempt.member,
            "question_id": attempt.question,
            "occasion": attempt.occasion.kind.value,
            "occasion_id": attempt.occasion.id,
            "group_id": attempt.occasion.group,
            "answer": list(attempt.answer),
            "right": attempt.is_right,
            "at": attempt.at,
            "took_ms": None if attempt.took is None else attempt.took // MILLISECOND,
            "hasty": attempt.is_hasty,
        }
        return self.connection.execute(NOTE, values).first() is not None

    def first(self, member: MemberId, question: QuestionId) -> Attempt | None:
        """Somebody's first answer to a question, on whatever occasion."""
        row = self.connection.execute(FIRST, {"member": member, "question": question}).one_or_none()
        return to_attempt(row) if row else None

    def on(self, occasion: OccasionKind, id_: int, member: MemberId | None = None) -> list[Attempt]:
        """The answers on an occasion, oldest first; of one member if one is given."""
        values = {"kind": occasion.value, "number": id_, "member": member}
        statement = ON if member is None else ON_OF
        return list(map(to_attempt, self.connection.execute(statement, values)))

    def last(self, member: MemberId, questions: Collection[QuestionId]) -> dict[QuestionId, Attempt]:
        """Somebody's newest answer to each of these questions that they have answered."""
        rows = self.connection.execute(OF_QUESTIONS, {"member": member, "questions": list(questions)})
        return {attempt.question: attempt for attempt in map(to_attempt, rows)}

    def results(self, group: ChatId) -> dict[QuestionId, Result]:
        """How the people of a group did with the questions that they were asked."""
        rows = self.connection.execute(RESULTS, {"group": group})
        return {QuestionId(question): Result(answers, int(right)) for question, answers, right in rows}

    def answered(self, member: MemberId, questions: Collection[QuestionId]) -> set[QuestionId]:
        """Those of these questions that somebody has answered."""
        values = {"member": member, "questions": list(questions)}
        return {QuestionId(question) for question in self.connection.execute(ANSWERED, values).scalars()}

    def take_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: of what both have answered, what the known one has stands."""
        values = {"awaited": awaited, "known": known}
        self.connection.execute(DROP_DOUBLE, values)
        self.connection.execute(TAKE_OVER, values)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """An answer as people read it: places count from one."""
    question, answer, right, at = line
    return question, ", ".join(str(part + 1 if isinstance(part, int) else part) for part in answer), right, at


FEATURE = Feature(
    tables=(study_attempts, posed_quizzes),
    personal=(Personal(430, "study_attempts", OWN, _told, texts="asking"),),
    not_erased={"study_attempts": "kept under a number: what a group has learnt stays right"},
)
