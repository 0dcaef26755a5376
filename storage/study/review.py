"""Questions that come back to people, in the store."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MemberId, QuestionId
from domain.study.review.model import Review
from domain.study.review.schedule import Memory
from storage.base import Id, metadata
from storage.dialects import insert_new, upsert
from storage.feature import ERASED, MEMBER, Feature, Personal
from storage.people.membership import memberships
from storage.study.question import study_questions
from storage.study.tables import study_items

study_reviews = Table(
    "study_reviews",
    metadata,
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("question_id", Id, ForeignKey("study_questions.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("known_on", Date),
    Index(None, "member_id", "due_on"),
    Index(None, "question_id"),
)

review_pauses = Table(
    "review_pauses",
    metadata,
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("since", Date, nullable=False),
)

row, question, item = study_reviews.c, study_questions.c, study_items.c
REVIEW = (
    row.member_id,
    row.question_id,
    row.version,
    row.stability,
    row.difficulty,
    row.asked_on,
    row.due_on,
    row.known_on,
)
CHANGED = ("version", "stability", "difficulty", "asked_on", "due_on", "known_on")
GET = select(*REVIEW).where(row.member_id == bindparam("member"), row.question_id == bindparam("number"))
SAVE = upsert(
    study_reviews,
    ("member_id", "question_id"),
    **{name: bindparam(f"new_{name}", type_=row[name].type) for name in CHANGED},
)
ASKED = study_reviews.join(study_questions, question.id == row.question_id).outerjoin(
    study_items, item.id == question.item_id
)
MAY_BE_ASKED = (
    row.known_on.is_(None),
    ~question.retired,
    item.withdrawn_at.is_(None),
    or_(item.expires.is_(None), item.expires >= bindparam("day", type_=row.due_on.type)),
)
DUE = (
    select(*REVIEW)
    .select_from(ASKED)
    .where(row.member_id == bindparam("member"), row.due_on <= bindparam("day"), *MAY_BE_ASKED)
    .order_by(row.due_on, row.stability, row.question_id)
    .limit(bindparam("most"))
)
NEXT_ON = select(func.min(row.due_on)).select_from(ASKED).where(row.member_id == bindparam("member"), *MAY_BE_ASKED[:3])
PEOPLE_DUE = (
    select(row.member_id)
    .distinct()
    .select_from(ASKED.join(memberships, memberships.c.member_id == row.member_id))
    .outerjoin(review_pauses, review_pauses.c.member_id == row.member_id)
    .where(
        memberships.c.group_id == bindparam("group"),
        memberships.c.left_at.is_(None),
        review_pauses.c.member_id.is_(None),
        row.due_on <= bindparam("day"),
        *MAY_BE_ASKED,
    )
    .order_by(row.member_id)
)
PAUSED = select(review_pauses.c.since).where(review_pauses.c.member_id == bindparam("member"))
PAUSE = insert_new(review_pauses, ("member_id",))
RESUME = delete(review_pauses).where(review_pauses.c.member_id == bindparam("member"))
DROP = delete(study_reviews).where(row.member_id == bindparam("member"))
OF_BOTH = delete(study_reviews).where(
    row.member_id == bindparam("awaited"),
    row.question_id.in_(select(row.question_id).where(row.member_id == bindparam("known"))),
)
HAND_OVER = update(study_reviews).where(row.member_id == bindparam("awaited")).values(member_id=bindparam("known"))


def to_review(found: Sequence[Any]) -> Review:
    """A row of REVIEW as the domain's."""
    member, question, version, stability, difficulty, asked_on, due_on, known_on = found
    memory = Memory(stability, difficulty, asked_on, due_on)
    return Review(MemberId(member), QuestionId(question), version, memory, known_on)


class Reviews:
    """See `domain.study.review.model.Reviews`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, member: MemberId, question: QuestionId) -> Review | None:
        """A question that comes back to somebody, or did."""
        found = self.connection.execute(GET, {"member": member, "number": question}).one_or_none()
        return None if found is None else to_review(found)

    def save(self, review: Review) -> None:
        """Remember when it comes back."""
        values = {
            "version": review.version,
            "stability": review.memory.stability,
            "difficulty": review.memory.difficulty,
            "asked_on": review.memory.asked_on,
            "due_on": review.memory.due_on,
            "known_on": review.known_on,
        }
        changes = {f"new_{name}": value for name, value in values.items()}
        key = {"member_id": review.member, "question_id": review.question}
        self.connection.execute(SAVE, {**key, **values, **changes})

    def due(self, member: MemberId, day: date, most: int) -> list[Review]:
        """What is due on a day: the longest overdue first, then what is known least."""
        found = self.connection.execute(DUE, {"member": member, "day": day, "most": most})
        return [to_review(one) for one in found]

    def next_on(self, member: MemberId) -> date | None:
        """The day on which something is due next; it may be past."""
        found: date | None = self.connection.execute(NEXT_ON, {"member": member}).scalar_one()
        return found

    def people_due(self, group: ChatId, day: date) -> Collection[MemberId]:
        """Who is in a group, has something due on a day, and has not paused."""
        found = self.connection.execute(PEOPLE_DUE, {"group": group, "day": day}).scalars()
        return [MemberId(one) for one in found]

    def is_paused(self, member: MemberId) -> bool:
        """Whether somebody does not want to be asked."""
        return self.connection.execute(PAUSED, {"member": member}).first() is not None

    def pause(self, member: MemberId, since: date) -> None:
        """Somebody does not want to be asked."""
        self.connection.execute(PAUSE, {"member_id": member, "since": since})

    def resume(self, member: MemberId) -> None:
        """Somebody wants to be asked again."""
        self.connection.execute(RESUME, {"member": member})

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What comes back to a stand-in comes back to their account, but for what does so already."""
        if awaited != known:
            values = {"awaited": awaited, "known": known}
            self.connection.execute(OF_BOTH, values)
            self.connection.execute(HAND_OVER, values)

    def drop(self, member: MemberId) -> None:
        """Nothing comes back to somebody any more."""
        self.connection.execute(DROP, {"member": member})


OWN = (
    select(question.text, row.asked_on, row.due_on, row.known_on)
    .join(study_questions, question.id == row.question_id)
    .where(row.member_id == MEMBER)
    .order_by(row.due_on, row.question_id)
)
OWN_PAUSE = select(review_pauses.c.since).where(review_pauses.c.member_id == MEMBER)
FEATURE = Feature(
    tables=(study_reviews, review_pauses),
    personal=(
        Personal(443, "study_reviews", OWN, texts="review"),
        Personal(444, "review_pauses", OWN_PAUSE, texts="review"),
    ),
    erase_member=(
        delete(study_reviews).where(row.member_id == ERASED),
        delete(review_pauses).where(review_pauses.c.member_id == ERASED),
    ),
)
