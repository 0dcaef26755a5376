"""Meetings in reports: how many were held and how many came; meetings, attendance and decisions in an export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.meeting.decision import Decision, Stage
from domain.life.meeting.kinds import Kind
from domain.life.meeting.looking import roll_of
from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Code, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.features import Stores
    from domain.life.meeting.model import Roll
    from domain.reporting import Span, Week

MEETINGS = ("number", "kind", "starts_at", "place", "invited", "present", "late", "away", "missing")
ATTENDANCE = ("number", "name", "reply", "reason", "present_at")
DECISIONS = ("number", "title", "grounds", "way", "entitled", "for", "against", "abstained", "outcome", "ended_at")


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many meetings the group has held, how many people came, and what was adopted."""
    span = stores.meetings.in_span(week.group.id, week.since, week.until)
    found = [one for one in span if one.kind is not Kind.TRAINING]  # it has a line of its own
    if not found:
        return None
    rolls = [roll_of(stores, one) for one in found]
    present, invited = sum(len(one.present) for one in rolls), sum(len(one.people) for one in rolls)
    decided = [one for meeting in found for one in stores.decisions.of(meeting.id) if one.stage is Stage.DECIDED]
    values = {"held": len(found), "present": present, "invited": invited, "decided": len(decided)}
    return Told(Text("meeting.summary", values), happened=True)


def _read(stores: Stores, span: Span) -> Material:
    found = stores.meetings.in_span(span.group.id, span.since, span.until)[: span.max_rows]
    rolls = [roll_of(stores, one) for one in found]
    decided = [one for meeting in found for one in stores.decisions.of(meeting.id) if one.stage is Stage.DECIDED]
    return Material(sum(len(one.people) for one in rolls), partial(_tables, rolls, decided))


def _tables(rolls: Sequence[Roll], decided: Sequence[Decision]) -> list[Table]:
    held = [
        (
            one.meeting.id,
            Code(f"meeting.{one.meeting.kind}"),
            one.meeting.starts_at,
            one.meeting.place,
            *(len(some) for some in (one.people, one.present, one.late, one.away, one.missing)),
        )
        for one in rolls
    ]
    tables = [
        Table("held", MEETINGS, held, "meeting"),
        Table("attendance", ATTENDANCE, _attendance(rolls), "meeting"),
        Table("decisions", DECISIONS, list(map(_decision, decided)), "decision"),
    ]
    return [one for one in tables if one.rows]


def _attendance(rolls: Sequence[Roll]) -> list[tuple[object, ...]]:
    return [
        (roll.meeting.id, who.name, Code(f"reply.{who.reply}"), who.reason, who.present_at)
        for roll in rolls
        for who in roll.people
    ]


def _decision(one: Decision) -> tuple[object, ...]:
    count = one.count
    numbers = (count.entitled, count.for_, count.against, count.abstained)
    way, outcome = Code(f"way.{one.way}"), Code(f"vote.{one.outcome}")
    return one.meeting, one.title, one.grounds, way, *numbers, outcome, one.ended_at


SECTION, EXPORT = Section(70, _tell), Export(60, _read)
