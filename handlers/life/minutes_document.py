"""The words of the document of a meeting: attendance, agenda, decisions, minutes, tasks, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.life.meeting.minutes import Record
    from domain.life.meeting.model import Invited, Roll
    from handlers.label import Label

NAMES_A_LINE = 50


def words_of(record: Record, label: Label) -> str:
    """The lines of the document, as `sheets.documents.writing` takes them."""
    return "\n".join(_lines(record, label))


def _lines(record: Record, label: Label) -> Iterator[str]:
    meeting = record.roll.meeting
    yield label("minutes.document_title", meeting=meeting)
    yield from _part("people", list(_people(record.roll, label)), label)
    yield from _part("agenda", _agenda(record.roll, label), label)
    decided = [label("minutes.document_decision", decision=one) for one in record.decisions]
    yield from _part("decisions", decided, label)
    yield from _part("content", [meeting.minutes or label("minutes.document_unwritten")], label)
    yield from _part("tasks", [label("minutes.document_task", task=one) for one in record.tasks], label)
    found = [label("minutes.document_finding", finding=one) for one in record.findings]
    yield from _part("findings", found, label)
    yield from _part("left", _listed(record.left), label)


def _listed(items: Sequence[str]) -> list[str]:
    return [f"- {one}" for one in items]


def _agenda(roll: Roll, label: Label) -> list[str]:
    return [label("minutes.document_item", item=item, people=people) for item, people in roll.agenda]


def _part(name: str, lines: Sequence[str], label: Label) -> Iterator[str]:
    if lines:
        yield label("minutes.document_heading", part=name)
        yield from lines


def _people(roll: Roll, label: Label) -> Iterator[str]:
    yield label("minutes.document_count", roll=roll)
    groups: tuple[tuple[str, Sequence[Invited]], ...] = (("present", roll.present), ("late", roll.late))
    for part, people in (*groups, ("missing", roll.missing)):
        for first in range(0, len(people), NAMES_A_LINE):
            yield label("minutes.document_people", part=part, people=people[first : first + NAMES_A_LINE])
    yield from (label("minutes.document_late", who=one) for one in roll.late if one.reason)
    yield from (label("minutes.document_leave", who=one) for one in roll.away)
