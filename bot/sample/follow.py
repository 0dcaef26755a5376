"""What the sample enterprise follows up: its overdue tasks were reported to who gave them, one has a measure."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.report.features import Stores
from domain.work.follow import FollowUp, Level
from domain.work.task import Happening, TaskEvent

MEASURE = "副书记协助，三天内补齐"


def report(stores: Stores, until: datetime) -> None:
    """Report what is overdue for a day at least."""
    late = [one.task for one in stores.follow_ups.candidates(until - timedelta(days=1))]
    for number, task in enumerate(late):
        at = task.due_at + timedelta(days=1)
        kept = FollowUp(task.id, task.due_at, 1, Level.GIVER, at)
        if number == 0:
            kept = replace(kept, measure=MEASURE, measured_by=task.giver.id, measured_at=at)
        stores.follow_ups.put([kept])
        stores.tasks.note(TaskEvent(task.id, Happening.ESCALATED, None, at, Level.GIVER))
