"""A training with a session and a certificate, for tests."""

from datetime import datetime, timedelta
from typing import Any

from domain.ids import MemberId, RecordId, TrainingId
from domain.life.meeting.kinds import Kind
from domain.life.meeting.model import State
from domain.life.training.model import Record, Session, Training, Whom
from domain.life.training.quarter import Quarter
from domain.messaging.chat import Chat
from tests.life.meetings import meeting


def training(stores: Any, group: Chat, planner: MemberId, at: datetime, **more: Any) -> Training:
    """A required training of a group in the quarter of a moment."""
    values: dict[str, Any] = {"required": True, "quarter": Quarter.of(group.day(at)), "whom": Whom(), **more}
    subject = values.pop("subject", "有限空间")
    new = Training(
        TrainingId(0), group.id, group.branch, subject, minutes=120, planner=planner, planned_at=at, **values
    )
    made: Training = stores.trainings.add(new, f"test:{subject}:{new.quarter}")
    return made


def session(stores: Any, one: Training, group: Chat, caller: MemberId, at: datetime) -> Session:
    """A session of a training that has ended, at which its caller was."""
    kind, state = Kind.TRAINING, State.ENDED
    called = meeting(stores, group, caller, at, kind=kind, state=state, starts_at=at - timedelta(hours=2))
    made: Session = stores.trainings.hold(one.id, called.id)
    stores.trainings.settle(made.id, at)
    return made


def record(stores: Any, one: Training, member: MemberId, at: datetime) -> Record:
    """Somebody has done a training."""
    made: Record = stores.trainings.record(Record(RecordId(0), one.id, None, member, at.date(), None))
    return made
