from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import ChatId, TaskId
from domain.messaging.chat import Chat, ChatKind
from domain.people.naming import Chosen, Kind, Whole
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.work.follow import Level
from domain.work.task import (
    FEW,
    LISTED,
    MAX_OWNERS,
    NAMED,
    Around,
    Away,
    Card,
    Goes,
    Happening,
    Line,
    Listing,
    Plan,
    State,
    Task,
)
from domain.work.task.changes import A_FEW, Change
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, Samples, Values, Words, awaited, nameless, somebody

EVERYBODY = Chosen(Kind.EVERYBODY, 0)
GROUP = Chat(ChatId(1), -1, ChatKind.GROUP, "", "Asia/Shanghai", "zh", active=True)


def values(words: Words) -> Values:
    member = somebody(words)
    plan = Plan(words(200), words(500), words(500), words(500))
    around = Around(member, False, [awaited(words), member] * MAX_OWNERS, words(60))
    due_at = AT + timedelta(days=400)
    given = Task(TaskId(2**53), TaskId(1), ChatId(1), member, member, plan, due_at, AT)
    done, late = replace(given, done_at=AT), replace(given, done_at=AT + timedelta(days=401))
    overdue = replace(given, due_at=AT - timedelta(days=400), owner=awaited(words))
    shared = replace(given, together=True)
    waiting = replace(given, state=State.SUBMITTED, submitted_at=AT, reviewer=member.id)
    returned, seen = replace(waiting, state=State.RETURNED), replace(given, state=State.ACCEPTED)
    changed = [Change(Happening.POSTPONED, given.id, member, AT, due_at=AT)] * A_FEW
    listed = [given, overdue] * (LISTED // 2) + [given]
    return {
        "value": [1, MILLION],
        "change": [0, -3, 5],
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "above": [(), (words(255),)],
        "at": [AT],
        "away": [[], [Away(member, MONDAY), Away(awaited(words), None)] * MANY],
        "before": [member, awaited(words), None],
        "card": [
            Card(given, [given], 1, 0, [member]),
            Card(overdue, [done, late, given, overdue, given, late][:FEW], FEW, 3, [member] * 3),
            Card(given, (), MILLION, 0, [member] * NAMED),
            Card(given, (), MILLION, MILLION, []),
            Card(shared, [waiting, returned, seen], 3, 0, [member] * 3, around),
            Card(given, [given], 1, 0, [member], changes=changed),
        ],
        "credit": [
            Credit(RuleName("task.on_time"), 5, False, MILLION),
            Credit(RuleName("study.read"), 0, True, MILLION),
            None,
        ],
        "day": [AT.date()],
        "due_at": [AT],
        "later": [AT.date()],
        "goes": [{}, {given.id: Goes(MONDAY, Level.ABOVE)}, {TaskId(2**53): Goes(MONDAY, Level.GIVER)}],
        "gone": [[], [words(255)] * MANY],
        "group": [replace(GROUP, title=words(128))],
        "late": [0, MILLION],
        "length": [MILLION],
        "lines": [
            [Line(given, 1, [member], [])],
            [Line(overdue, MILLION, [member] * (NAMED // 2), [member] * (NAMED // 2))]
            + [Line(given, 9, [], [], Goes(MONDAY, level)) for level in Level] * 3,
        ],
        "listing": [Listing(tasks, MILLION, own, AT) for own in BOTH for tasks in (listed, [])],
        "member": [member, awaited(words), nameless(words)],
        "more": [0, MILLION],
        "most": [2000],
        "now": [AT],
        "name": [words(255)],
        "number": [2**53],
        "on_time": [0, MILLION],
        "title": [words(200)],
        "open": [MILLION],
        "overdue": [0, MILLION],
        "owner": [member, awaited(words)],
        "owners": [
            [member] * MAX_OWNERS,
            [awaited(words)],
            [Whole(words(255), 500, EVERYBODY), Whole("", 0, EVERYBODY)],
        ],
        "helpers": [[], [member] * MAX_OWNERS],
        "reviewers": [[], [awaited(words)]],
        "together": [False, True],
        "by_branch": [True, False],
        "part": [words(4000)],
        "plan": [plan, Plan(words(200))],
        "task": [done, late, given, overdue],
        "written": [words(4000)],
        "tail": ["023"],
        "username": ["a" * 32, None],
        "waiting": [[], [words(255)] * MANY],
        "where": [words(60), ""],
        "tasks": [[given], [overdue], [overdue, given], ([done, late, given, overdue] * LISTED)[:LISTED]],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """Some texts are about finished tasks only, one about somebody who had a task before."""
    if text == "reassigned":
        return shown["before"] is not None
    return text not in ("done", "done_toast", "already_done") or shown["task"].done_at is not None


SAMPLES = Samples(
    "task",
    values,
    occurs,
    differing={"upcoming": lambda _: {"open": [1, MILLION]}},
)
