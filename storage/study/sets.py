"""Sets of questions and challenges in the store."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
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
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from domain.ids import ChallengeId, ChatId, MemberId, QuestionId, QuestionSetId
from domain.study.sets.model import Challenge, QuestionSet, SetKind
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import within
from storage.feature import ERASED, GROUP, MEMBER, Feature, Personal, subject
from storage.study.question import study_questions

question_sets = Table(
    "question_sets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("opens_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("maker_id", Id, ForeignKey("members.id"), index=True),
    Column("closed_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "group_id", "closes_at"),
    Index(None, "closed_at", "closes_at"),
)

# Questions have their own feature: a question's number stands here without a foreign key.
set_questions = Table(
    "set_questions",
    metadata,
    Column("set_id", Id, ForeignKey("question_sets.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("question_id", Id, nullable=False),
)

# Whom a test is for; other sets are for everybody of their group.
set_people = Table(
    "set_people",
    metadata,
    Column("set_id", Id, ForeignKey("question_sets.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Index(None, "member_id"),
)

challenges = Table(
    "challenges",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("questions", Json, nullable=False),
    Column("length", Integer, nullable=False),
    Column("ended_at", Moment),
    Index(None, "member_id", "day"),
    Index(None, "group_id", "ended_at"),
)

one = question_sets.c
AT: BindParameter[Any] = bindparam("at", type_=Moment)
SETS: Select[Any] = select(
    one.id, one.kind, one.group_id, one.title, one.opens_at, one.closes_at, one.maker_id, one.closed_at
)
GET = SETS.where(one.id == bindparam("set"))
MADE_BY = SETS.where(one.source == bindparam("source"))
IS_OPEN = (one.closed_at.is_(None), one.opens_at <= AT, one.closes_at > AT)
OPEN_OF = SETS.where(one.group_id == bindparam("group"), one.kind != SetKind.TEST.value, *IS_OPEN).order_by(
    one.closes_at, one.id
)
who = set_people.c
NAMED = select(who.set_id).where(who.member_id == bindparam("member", type_=Id))
TESTS_OF = SETS.where(one.id.in_(NAMED), *IS_OPEN).order_by(one.closes_at, one.id)
PUT_PEOPLE, IS_FOR = insert(set_people), NAMED.where(who.set_id == bindparam("set", type_=Id))
KNOWN_SETS = select(who.set_id).where(who.member_id == bindparam("known", type_=Id))
DROP_DOUBLE = delete(set_people).where(
    who.member_id == bindparam("awaited", type_=Id), who.set_id.in_(KNOWN_SETS.scalar_subquery())
)
PASS_PLACE = (
    update(set_people)
    .where(who.member_id == bindparam("awaited", type_=Id))
    .values(member_id=bindparam("known", type_=Id))
)
TO_CLOSE = SETS.where(one.closed_at.is_(None), one.closes_at <= AT).order_by(one.id)
ADD = insert(question_sets).returning(one.id)
ADD_QUESTION = insert(set_questions)
QUESTIONS = (
    select(set_questions.c.question_id)
    .where(set_questions.c.set_id == bindparam("set"))
    .order_by(set_questions.c.place)
)
CLOSE = update(question_sets).where(one.id == bindparam("set")).values(closed_at=AT)
PASS_ON = (
    update(question_sets).where(one.maker_id == bindparam("awaited")).values(maker_id=bindparam("known", type_=Id))
)

ANY = select(study_questions.c.id).where(~study_questions.c.retired).limit(1)

run = challenges.c
OF_MEMBER = run.member_id == bindparam("member")
GET_CHALLENGE = select(challenges).where(run.id == bindparam("challenge"))
OPEN_CHALLENGE = select(challenges).where(OF_MEMBER, run.ended_at.is_(None)).order_by(run.id.desc()).limit(1)
FIRST_OF = select(challenges).where(OF_MEMBER, run.day == bindparam("on_day")).order_by(run.id).limit(1)
BEST = select(func.coalesce(func.max(run.length), 0)).where(OF_MEMBER)
BEGIN = insert(challenges).returning(run.id)
SAVE = (
    update(challenges)
    .where(run.id == bindparam("challenge"))
    .values(length=bindparam("new_length"), ended_at=bindparam("new_ended_at"))
)
TAKE_OVER = (
    update(challenges).where(run.member_id == bindparam("awaited")).values(member_id=bindparam("known", type_=Id))
)


class QuestionSets:
    """See `domain.study.sets.model.QuestionSets`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Select[Any], **values: Any) -> list[QuestionSet]:
        return [self._set(row) for row in self.connection.execute(statement, values).all()]

    def _set(self, row: Sequence[Any]) -> QuestionSet:
        id_, kind, group, title, opens_at, closes_at, maker, closed_at = row
        asked = self.connection.execute(QUESTIONS, {"set": id_}).scalars()
        return QuestionSet(
            QuestionSetId(id_),
            SetKind(kind),
            ChatId(group),
            title,
            tuple(map(QuestionId, asked)),
            opens_at,
            closes_at,
            None if maker is None else MemberId(maker),
            closed_at,
        )

    def get(self, number: QuestionSetId) -> QuestionSet | None:
        """One of them."""
        return next(iter(self._all(GET, set=number)), None)

    def add(self, one: QuestionSet, source: str) -> QuestionSet:
        """Remember a set; its id is given now."""
        values = {
            "kind": one.kind.value,
            "group_id": one.group,
            "title": one.title,
            "opens_at": one.opens_at,
            "closes_at": one.closes_at,
            "maker_id": one.maker,
            "source": source,
        }
        number = QuestionSetId(self.connection.execute(ADD, values).scalar_one())
        rows = [
            {"set_id": number, "place": place, "question_id": question}
            for place, question in enumerate(one.questions, 1)
        ]
        self.connection.execute(ADD_QUESTION, rows)
        return replace(one, id=number)

    def made_by(self, source: str) -> QuestionSet | None:
        """The set of a source."""
        return next(iter(self._all(MADE_BY, source=source)), None)

    def open_of(self, group: ChatId, at: datetime) -> Sequence[QuestionSet]:
        """The sets of a group that can be answered at a moment, those that close first before others; no tests."""
        return self._all(OPEN_OF, group=group, at=at)

    def put_people(self, number: QuestionSetId, members: Collection[MemberId]) -> None:
        """A test is for these people."""
        rows = [{"set_id": number, "member_id": member} for member in sorted(set(members))]
        if rows:
            self.connection.execute(PUT_PEOPLE, rows)

    def is_for(self, number: QuestionSetId, member: MemberId) -> bool:
        """Whether a test is for somebody."""
        return self.connection.execute(IS_FOR, {"set": number, "member": member}).first() is not None

    def tests_of(self, member: MemberId, at: datetime) -> Sequence[QuestionSet]:
        """The tests for somebody that can be answered at a moment, those that close first before others."""
        return self._all(TESTS_OF, member=member, at=at)

    def to_close(self, at: datetime) -> Sequence[QuestionSet]:
        """Sets whose time is over and whose results were not told."""
        return self._all(TO_CLOSE, at=at)

    def close(self, number: QuestionSetId, at: datetime) -> None:
        """The results of a set were told."""
        self.connection.execute(CLOSE, {"set": number, "at": at})

    def is_there_a_question(self) -> bool:
        """Whether there is anything to ask at all."""
        return self.connection.execute(ANY).first() is not None

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member has given out, or was given as a test, is now another's."""
        for statement in (PASS_ON, DROP_DOUBLE, PASS_PLACE):
            self.connection.execute(statement, {"awaited": awaited, "known": known})


def to_challenge(row: Any) -> Challenge:
    """A row as the domain's."""
    number, member, group = ChallengeId(row.id), MemberId(row.member_id), ChatId(row.group_id)
    questions = tuple(map(QuestionId, row.questions))
    return Challenge(number, member, group, row.day, row.began_at, questions, row.length, row.ended_at)


class Challenges:
    """See `domain.study.sets.model.Challenges`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _one(self, statement: Select[Any], **values: Any) -> Challenge | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_challenge(row) if row else None

    def get(self, number: ChallengeId) -> Challenge | None:
        """One of them."""
        return self._one(GET_CHALLENGE, challenge=number)

    def begin(self, one: Challenge) -> Challenge:
        """Remember one; its id is given now."""
        values = {
            "member_id": one.member,
            "group_id": one.group,
            "day": one.day,
            "began_at": one.began_at,
            "questions": list(one.questions),
            "length": one.length,
            "ended_at": one.ended_at,
        }
        return replace(one, id=ChallengeId(self.connection.execute(BEGIN, values).scalar_one()))

    def save(self, one: Challenge) -> None:
        """Remember its length, and whether it has ended."""
        values = {"challenge": one.id, "new_length": one.length, "new_ended_at": one.ended_at}
        self.connection.execute(SAVE, values)

    def open_of(self, member: MemberId) -> Challenge | None:
        """The one in which somebody is."""
        return self._one(OPEN_CHALLENGE, member=member)

    def first_of(self, member: MemberId, day: date) -> Challenge | None:
        """Somebody's first one of a day."""
        return self._one(FIRST_OF, member=member, on_day=day)

    def best(self, member: MemberId) -> int:
        """Somebody's longest one; 0 without any."""
        return int(self.connection.execute(BEST, {"member": member}).scalar_one())

    def take_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one."""
        self.connection.execute(TAKE_OVER, {"awaited": awaited, "known": known})


CHALLENGED_IN_WEEK = select(
    func.count(func.distinct(run.member_id)).label("study_challengers"),
    func.coalesce(func.max(run.length), 0).label("study_longest"),
).where(run.group_id == GROUP, *within(run.ended_at))
OWN_SETS = select(one.title, one.opens_at.label("at")).where(one.maker_id == MEMBER).order_by(one.id)
OWN_CHALLENGES = select(run.day, run.length).where(run.member_id == MEMBER).order_by(run.id)
FEATURE = Feature(
    tables=(question_sets, set_questions, set_people, challenges),
    personal=(
        Personal(433, "question_sets", OWN_SETS, texts="asking"),
        Personal(434, "challenges", OWN_CHALLENGES, texts="asking"),
    ),
    not_shown={"set_people": "whom a test was for; what they have answered is shown as answers"},
    erase_member=(
        update(question_sets).where(one.maker_id == ERASED).values(maker_id=None),
        delete(set_people).where(who.member_id == ERASED),
    ),
    not_erased={"challenges": "kept under a number: what was credited stays explained"},
    open_subjects=(select(subject("question_set:", one.id)).where(one.closed_at.is_(None)),),
    week=(CHALLENGED_IN_WEEK,),
)
