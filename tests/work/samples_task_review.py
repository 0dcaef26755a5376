from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import ChatId, EvidenceId, MemberId, TaskId
from domain.messaging.message import Attached, AttachedKind
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.work.task import Evidence, EvidenceKind, Grade, Plan, State, Task, Waiting
from domain.work.task.evidence import MAX_PIECES, MAX_TEXT_CHARS
from domain.work.task.gathering import Gathered
from tests.samples import AT, MILLION, Samples, Values, Words, awaited, somebody


def values(words: Words) -> Values:
    member = somebody(words)
    plan = Plan(words(200), words(500), words(500), words(500))
    due_at = AT + timedelta(days=400)
    given = Task(TaskId(2**53), TaskId(1), ChatId(1), member, member, plan, due_at, AT)
    waiting = replace(given, state=State.SUBMITTED, submitted_at=AT, reviewer=MemberId(9))
    late = replace(waiting, due_at=AT - timedelta(days=400), owner=awaited(words))
    returned = replace(waiting, state=State.RETURNED)
    done = [replace(waiting, state=State.DONE, done_at=AT, grade=grade) for grade in Grade]
    said = Evidence(EvidenceId(1), None, member.id, AT, EvidenceKind.TEXT, "-1/1", words(MAX_TEXT_CHARS))
    picture = Attached(AttachedKind.PICTURE, "x")
    shot = replace(said, kind=EvidenceKind.PICTURE, text="", file=picture)
    file = replace(said, kind=EvidenceKind.DOCUMENT, file=picture, name=words(120))
    many = [said, file] * (MAX_PIECES // 2)
    return {
        "at": [AT],
        "by": [member, awaited(words), None],
        "branch": [words(60)],
        "column": ["at", "number", "title", "kind", "text", "name", "due_at"],
        "count": [1, MILLION],
        "credit": [Credit(RuleName("task.on_time"), 5, False, MILLION), None],
        "evidence": [said, shot, file],
        "gathered": [Gathered(given, [said]), Gathered(given, [shot]), Gathered(None, many, [given] * 20)],
        "grade": list(Grade),
        "most": [2000],
        "name": [words(255)],
        "place": [1, MILLION],
        "reason": [words(300)],
        "reviewer": [member, awaited(words), None],
        "sheet": ["task_evidence", "task_helpers"],
        "task": [given, waiting, late, returned, *done],
        "waiting": [Waiting(waiting, [], 0), Waiting(late, [shot], 1), Waiting(waiting, many, MILLION)],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """Grades are of results that were accepted; who owns or returns a task is known."""
    if text in ("accepted", "accepted_notice"):
        return shown["task"].grade is not None and shown.get("by", True) is not None
    if text == "returned":
        return shown["by"] is not None
    return text != "reviewer_owns" or shown["reviewer"] is not None


SAMPLES = Samples("task_review", values, occurs)
