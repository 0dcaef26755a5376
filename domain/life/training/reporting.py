"""Trainings in reports: sessions held and trainings finished in a week; the plan and what was done in an export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.meeting.kinds import Kind
from domain.life.training.certificates import holder
from domain.life.training.coverage import covered
from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Code, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.features import Stores
    from domain.life.training.model import Record, Training
    from domain.reporting import Span, Week

PLANNED = ("number", "subject", "whom", "hours", "year", "quarter", "required", "valid_months", "pass_mark")
DUTY = {True: "required", False: "voluntary"}
DONE = ("certificate", "subject", "name", "got_on", "valid_until", "percent", "hours")


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many sessions there were and how many people have finished one; how much of what is required is done."""
    first, last = week.group.day(week.since), week.group.day(week.until)
    finished = stores.trainings.in_span(week.group.id, first, last)
    held = [one for one in stores.meetings.in_span(week.group.id, week.since, week.until) if one.kind is Kind.TRAINING]
    if not finished and not held:
        return None
    whole = covered(stores, week.group, last)
    values = {"sessions": len(held), "finished": len(finished), "percent": whole.percent, "of": whole.of}
    return Told(Text("training.summary", values), happened=True)


def _read(stores: Stores, span: Span) -> Material:
    first, last = span.group.day(span.since), span.group.day(span.until)
    plan = stores.trainings.of_group(span.group.id)[: span.max_rows]
    done = [
        (training, record, holder(stores, record))
        for training, record in stores.trainings.in_span(span.group.id, first, last)[: span.max_rows]
    ]
    return Material(max(len(plan), len(done)), partial(_tables, plan, done))


def _tables(plan: Sequence[Training], done: Sequence[tuple[Training, Record, str]]) -> list[Table]:
    lines = [
        (
            one.id,
            one.subject,
            one.whom.name or Code(f"training.{one.whom.scope}"),
            one.hours,
            one.quarter.year,
            one.quarter.number,
            Code(f"training.{DUTY[one.required]}"),
            one.valid_months,
            None if one.test is None else one.test.pass_mark,
        )
        for one in plan
    ]
    finished = [
        (record.number, training.subject, name, record.got_on, record.valid_until, record.percent, training.hours)
        for training, record, name in done
    ]
    tables = [
        Table("plan", PLANNED, lines, "training"),
        Table("finished", DONE, finished, "training"),
    ]
    return [one for one in tables if one.rows]


SECTION, EXPORT = Section(75, _tell), Export(65, _read)
