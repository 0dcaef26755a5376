"""Trainings in the store: the plan, its sessions, their tests, and who has done what."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    Select,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from domain.ids import BranchId, ChatId, MeetingId, MemberId, PersonId, QuestionSetId, RecordId, SessionId, TrainingId
from domain.life.training.model import Record, Scope, Session, Training
from storage.base import Id
from storage.columns import Moment
from storage.dialects import insert_new
from storage.feature import GROUP, MEMBER, PERSON, Feature, Personal, subject
from storage.life.meeting_tables import meetings
from storage.life.training_rows import to_record, to_session, to_training
from storage.life.training_tables import training_records, training_sessions, training_tests, trainings
from storage.people.branch import branches, subtree
from storage.people.tables import people
from storage.study.sets import question_sets, set_people

plan, held, tested, done = trainings.c, training_sessions.c, training_tests.c, training_records.c
NUMBER = bindparam("number", type_=Id)
COLUMNS = (
    plan.id,
    plan.group_id,
    plan.branch_id,
    plan.subject,
    plan.scope,
    plan.for_branch_id,
    plan.for_role,
    branches.c.name,
    plan.minutes,
    plan.year,
    plan.quarter,
    plan.required,
    plan.planner_id,
    plan.planned_at,
    plan.valid_months,
    plan.topic,
    plan.pass_mark,
    plan.need,
    plan.withdrawn_at,
)
ALL: Select[Any] = select(*COLUMNS).select_from(trainings.outerjoin(branches, branches.c.id == plan.for_branch_id))
IN_ORDER = (plan.year, plan.quarter, plan.id)
ADD = insert(trainings).returning(plan.id)
GET, PLANNED_BY = ALL.where(plan.id == NUMBER), ALL.where(plan.source == bindparam("source"))
WITHDRAW = update(trainings).where(plan.id == NUMBER).values(withdrawn_at=bindparam("at", type_=Moment))
STANDS = plan.withdrawn_at.is_(None)
OF_GROUP = ALL.where(plan.group_id == GROUP, STANDS).order_by(*IN_ORDER)
OVER = ALL.where(
    STANDS, or_(plan.group_id == GROUP, plan.branch_id.in_(bindparam("branches", expanding=True, type_=Id)))
).order_by(*IN_ORDER)

HOLD = insert_new(training_sessions, ("meeting_id",))
SESSION = select(held.id, held.training_id, held.meeting_id, held.settled_at)
GET_SESSION, SESSION_OF = SESSION.where(held.id == NUMBER), SESSION.where(held.meeting_id == NUMBER)
SESSIONS = SESSION.where(held.training_id == NUMBER).order_by(held.id)
SETTLE = update(training_sessions).where(held.id == NUMBER).values(settled_at=bindparam("at", type_=Moment))
PUT_TEST = insert(training_tests)
TESTS = select(tested.set_id).where(tested.session_id == NUMBER).order_by(tested.set_id)
TESTED = SESSION.join(training_tests, tested.session_id == held.id).where(tested.set_id == NUMBER)

RECORD_COLUMNS = (
    done.id,
    done.training_id,
    done.person_id,
    done.member_id,
    done.got_on,
    done.valid_until,
    done.percent,
    done.session_id,
)
RECORD = select(*RECORD_COLUMNS)
ADD_RECORD = insert(training_records).returning(done.id)
SAME_RECORD = select(done.id).where(
    done.training_id == bindparam("training", type_=Id),
    done.got_on == bindparam("got_on"),
    or_(done.person_id == bindparam("person", type_=Id), done.member_id == bindparam("member", type_=Id)),
)
GET_RECORD = RECORD.where(done.id == NUMBER)
ASKED = done.training_id.in_(bindparam("trainings", expanding=True, type_=Id))
RECORDS = RECORD.where(ASKED).order_by(done.got_on, done.id)
TREE = subtree(bindparam("branch"))
PEOPLE_WITHIN = select(people.c.id).where(people.c.branch_id.in_(select(TREE.c.id)))
RECORDS_WITHIN = RECORD.where(ASKED, or_(done.person_id.is_(None), done.person_id.in_(PEOPLE_WITHIN))).order_by(
    done.got_on, done.id
)
RECORDS_OF = RECORD.where(
    or_(done.person_id == bindparam("person", type_=Id), done.member_id == bindparam("member", type_=Id))
).order_by(done.got_on, done.id)
IN_SPAN = (
    select(*COLUMNS, *RECORD_COLUMNS)
    .select_from(
        training_records.join(trainings, plan.id == done.training_id)
        .outerjoin(branches, branches.c.id == plan.for_branch_id)
        .outerjoin(training_sessions, held.id == done.session_id)
        .outerjoin(meetings, meetings.c.id == held.meeting_id)
    )
    .where(
        or_(meetings.c.group_id == GROUP, done.session_id.is_(None) & (plan.group_id == GROUP)),
        done.got_on >= bindparam("since", type_=Date),
        done.got_on < bindparam("until", type_=Date),
    )
    .order_by(done.got_on, done.id)
)
AWAITED, KNOWN = bindparam("awaited", type_=Id), bindparam("known", type_=Id)
other = training_records.alias("other")
DROP_DOUBLE = delete(training_records).where(
    done.member_id == AWAITED,
    select(other.c.id)
    .where(other.c.member_id == KNOWN, other.c.training_id == done.training_id, other.c.got_on == done.got_on)
    .exists(),
)
HAND_OVER = (
    DROP_DOUBLE,
    update(training_records).where(done.member_id == AWAITED).values(member_id=KNOWN),
    update(trainings).where(plan.planner_id == AWAITED).values(planner_id=KNOWN),
)


class Trainings:
    """See `domain.life.training.model.Trainings`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, statement: Any, **values: Any) -> Sequence[Any]:
        return self.connection.execute(statement, values).all()

    def _trainings(self, statement: Any, **values: Any) -> list[Training]:
        return [to_training(row) for row in self._rows(statement, **values)]

    def _session(self, statement: Any, **values: Any) -> Session | None:
        return next((to_session(row) for row in self._rows(statement, **values)), None)

    def add(self, training: Training, source: str) -> Training:
        """Remember a training; its id is given now."""
        whom, test = training.whom, training.test
        values = {
            "group_id": training.group,
            "branch_id": training.branch,
            "subject": training.subject,
            "scope": whom.scope.value,
            "for_branch_id": whom.branch,
            "for_role": whom.name if whom.scope is Scope.ROLE else "",
            "minutes": training.minutes,
            "year": training.quarter.year,
            "quarter": training.quarter.number,
            "required": training.required,
            "planner_id": training.planner,
            "planned_at": training.planned_at,
            "valid_months": training.valid_months,
            "topic": None if test is None else test.topic,
            "pass_mark": None if test is None else test.pass_mark,
            "need": training.need,
            "source": source,
        }
        return replace(training, id=TrainingId(self.connection.execute(ADD, values).scalar_one()))

    def planned_by(self, source: str) -> Training | None:
        """The training of a source."""
        return next(iter(self._trainings(PLANNED_BY, source=source)), None)

    def get(self, training: TrainingId) -> Training | None:
        """One of them, also one that was withdrawn."""
        return next(iter(self._trainings(GET, number=training)), None)

    def withdraw(self, training: TrainingId, at: datetime) -> None:
        """It is not in the plan any more."""
        self.connection.execute(WITHDRAW, {"number": training, "at": at})

    def of_group(self, group: ChatId) -> list[Training]:
        """The plan of a group by quarter, without what was withdrawn."""
        return self._trainings(OF_GROUP, group=group)

    def over(self, branches: Collection[BranchId], group: ChatId | None) -> list[Training]:
        """What was planned by these branches or by a group, by quarter, without what was withdrawn."""
        return self._trainings(OVER, group=group, branches=list(branches))

    def hold(self, training: TrainingId, meeting: MeetingId) -> Session:
        """A meeting is a session of a training; once for each meeting."""
        self.connection.execute(HOLD, {"training_id": training, "meeting_id": meeting})
        return to_session(self.connection.execute(SESSION_OF, {"number": meeting}).one())

    def session(self, number: SessionId) -> Session | None:
        """One session."""
        return self._session(GET_SESSION, number=number)

    def session_of(self, meeting: MeetingId) -> Session | None:
        """The session that a meeting is."""
        return self._session(SESSION_OF, number=meeting)

    def sessions(self, training: TrainingId) -> list[Session]:
        """The sessions of a training, oldest first."""
        return [to_session(row) for row in self._rows(SESSIONS, number=training)]

    def settle(self, session: SessionId, at: datetime) -> None:
        """The attendance of a session was looked at."""
        self.connection.execute(SETTLE, {"number": session, "at": at})

    def put_test(self, session: SessionId, test: QuestionSetId) -> None:
        """A test was given to those of a session."""
        self.connection.execute(PUT_TEST, {"set_id": test, "session_id": session})

    def tests(self, session: SessionId) -> list[QuestionSetId]:
        """The tests of a session, oldest first."""
        return [QuestionSetId(one) for one in self.connection.execute(TESTS, {"number": session}).scalars()]

    def session_tested(self, test: QuestionSetId) -> Session | None:
        """The session that a test belongs to."""
        return self._session(TESTED, number=test)

    def record(self, record: Record) -> Record | None:
        """Remember that somebody has done it; its id is given now. `None` where that is known of the same day."""
        who = {"person": record.person, "member": record.member}
        if self._rows(SAME_RECORD, training=record.training, got_on=record.got_on, **who):
            return None
        values = {
            "training_id": record.training,
            "person_id": record.person,
            "member_id": record.member,
            "got_on": record.got_on,
            "valid_until": record.valid_until,
            "percent": record.percent,
            "session_id": record.session,
        }
        return replace(record, id=RecordId(self.connection.execute(ADD_RECORD, values).scalar_one()))

    def get_record(self, record: RecordId) -> Record | None:
        """One record."""
        return next((to_record(row) for row in self._rows(GET_RECORD, number=record)), None)

    def records(self, trainings: Collection[TrainingId], within: BranchId | None = None) -> list[Record]:
        """Who has done these trainings, oldest first; of people on the roster those of a branch and below alone."""
        numbers = list(trainings)
        if within is None:
            return [to_record(row) for row in self._rows(RECORDS, trainings=numbers)]
        return [to_record(row) for row in self._rows(RECORDS_WITHIN, trainings=numbers, branch=within)]

    def records_of(self, person: PersonId | None, member: MemberId) -> list[Record]:
        """What somebody has done, by person or by account, oldest first."""
        return [to_record(row) for row in self._rows(RECORDS_OF, person=person, member=member)]

    def in_span(self, group: ChatId, since: date, until: date) -> Sequence[tuple[Training, Record]]:
        """What was finished of a group's sessions and plan from a day up to, not including, another; oldest first."""
        rows = self._rows(IN_SPAN, group=group, since=since, until=until)
        return [(to_training(row[: len(COLUMNS)]), to_record(row[len(COLUMNS) :])) for row in rows]

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: what either has done or planned is the known one's."""
        for statement in HAND_OVER:
            self.connection.execute(statement, {"awaited": awaited, "known": known})


OWN_PLANNED = (
    select(plan.subject, plan.year, plan.quarter, plan.planned_at).where(plan.planner_id == MEMBER).order_by(plan.id)
)
OWN_RECORDS = (
    select(plan.subject, done.got_on, done.valid_until, done.percent)
    .select_from(training_records.join(trainings, plan.id == done.training_id))
    .where(or_(done.person_id == PERSON, done.member_id == MEMBER))
    .order_by(done.got_on, done.id)
)
given = set_people.c
OPEN_TESTS = (
    select(subject("training_test:", given.set_id, ":", given.member_id))
    .select_from(set_people.join(question_sets, question_sets.c.id == given.set_id))
    .where(question_sets.c.closed_at.is_(None))
)
KEPT = "kept under a number: the branch's record of its trainings stays right"
FEATURE = Feature(
    tables=(trainings, training_sessions, training_tests, training_records),
    personal=(
        Personal(360, "trainings_done", OWN_RECORDS, texts="training"),
        Personal(362, "trainings_planned", OWN_PLANNED, texts="training"),
    ),
    open_subjects=(OPEN_TESTS,),
    not_erased={"trainings": KEPT, "training_records": KEPT},
)
