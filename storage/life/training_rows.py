"""Trainings, sessions and records from their rows."""

from collections.abc import Sequence
from typing import Any

from domain.ids import BranchId, ChatId, MeetingId, MemberId, PersonId, RecordId, SessionId, TrainingId
from domain.life.training.model import Exam, Record, Scope, Session, Training, Whom
from domain.life.training.quarter import Quarter


def to_training(row: Sequence[Any]) -> Training:
    """A training from its row."""
    number, group, branch, subject, scope, for_branch, for_role, name, minutes, year, quarter, *rest = row
    required, planner, planned_at, months, topic, pass_mark, need, withdrawn_at = rest
    whom = Whom(Scope(scope), for_branch and BranchId(for_branch), name or for_role)
    return Training(
        TrainingId(number),
        ChatId(group),
        branch and BranchId(branch),
        subject,
        whom,
        minutes,
        Quarter(year, quarter),
        required,
        MemberId(planner),
        planned_at,
        months,
        None if topic is None else Exam(topic, pass_mark),
        need,
        withdrawn_at,
    )


def to_session(row: Sequence[Any]) -> Session:
    """A session from its row."""
    number, training, meeting, settled_at = row
    return Session(SessionId(number), TrainingId(training), MeetingId(meeting), settled_at)


def to_record(row: Sequence[Any]) -> Record:
    """A record from its row."""
    number, training, person, member, got_on, valid_until, percent, session = row
    return Record(
        RecordId(number),
        TrainingId(training),
        person and PersonId(person),
        member and MemberId(member),
        got_on,
        valid_until,
        percent,
        session and SessionId(session),
    )
