from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import BranchId, FindingId, MemberId, TaskId
from domain.life.rectification.figures import Figures
from domain.life.rectification.model import (
    MAX_CAUSE_CHARS,
    MAX_REASON_CHARS,
    MAX_TITLE_CHARS,
    Entry,
    Finding,
    Kind,
    Round,
    Shown,
    Source,
    State,
)
from domain.life.rectification.opening import Report
from domain.life.rectification.overview import Line, Listing, Overview
from domain.life.rectification.shared import Shared
from domain.messaging.message import Attached, AttachedKind
from domain.people.naming import Somebody
from domain.work.task import Plan, Task
from domain.work.task import State as TaskState
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, awaited, group_of, somebody

DAY = timedelta(days=1)
SOME = Figures(found=MILLION, closed=3, on_time=2, open=4, overdue=1, repeated=2, days=12.5)


def finding(words: Words) -> Finding:
    """One that waits for a measure."""
    return Finding(
        FindingId(7),
        group_of(words).id,
        None,
        words(MAX_TITLE_CHARS),
        words(600),
        Kind.RECORDS,
        Source.INSPECTION,
        3,
        "3.2",
        MemberId(1),
        MemberId(2),
        AT,
        State.OPEN,
        Round(1, AT, last_at=AT + DAY),
    )


def planned(words: Words) -> Round:
    """A round with a measure."""
    return Round(
        2,
        AT,
        AT + DAY,
        AT + DAY,
        words(MAX_CAUSE_CHARS),
        words(200),
        MemberId(1),
        AT,
        TaskId(9),
        MemberId(3),
        note=words(300),
    )


def findings(words: Words) -> list[Finding]:
    """In each state."""
    one, its_round = finding(words), planned(words)
    closed = replace(its_round, rectified_at=AT, closed_at=AT + DAY, closed_by=MemberId(2), look_on=MONDAY)
    return [
        one,
        replace(one, detail="", item="", round=Round(1, AT)),
        replace(one, state=State.UNDERWAY, round=its_round),
        replace(one, state=State.UNDERWAY, round=replace(its_round, rectified_at=AT)),
        replace(one, state=State.CLOSED, round=closed),
        replace(one, state=State.CLOSED, round=replace(closed, rectified_at=AT + 2 * DAY, looked_at=AT, holds=True)),
        replace(one, state=State.DROPPED, reason=words(MAX_REASON_CHARS)),
    ]


def shown(words: Words) -> list[Shown]:
    group, who, earlier = group_of(words), somebody(words), replace(planned(words), closed_at=AT)
    task = Task(TaskId(2**53), TaskId(1), group.id, who, who, Plan(words(200)), AT + DAY, AT)
    tasks = [task, replace(task, state=TaskState.SUBMITTED), replace(task, state=TaskState.RETURNED)]
    every = [Shown(one, group, finder=who) for one in findings(words)]
    return [
        *every,
        *(replace(one, earlier=[earlier] * 5, tasks=tasks * 3, verifier=who, branch=words(60)) for one in every),
    ]


def listings(words: Words) -> list[Listing]:
    lines = [Line(one, group_of(words), owner) for one in findings(words) for owner in (None, somebody(words))]
    return [Listing([], 0, own, AT) for own in BOTH] + [
        Listing(lines[:12], MILLION, own, AT + 2 * DAY, MILLION, 3) for own in BOTH
    ]


def overviews(words: Words) -> list[Overview]:
    entries = lines(words)
    branches = [(words(60), SOME)] * 14
    kinds = [(kind, SOME) for kind in Kind]
    return [
        Overview(90, AT, AT, Figures(), [], [], []),
        Overview(365, AT, AT, SOME, branches, kinds, [one for one, _ in entries]),
    ]


def lines(words: Words) -> list[tuple[Entry, str]]:
    """Rounds with the names of their branches."""
    rounds = [one.round for one in findings(words)]
    return [
        (
            Entry(FindingId(7), BranchId(1), group_of(words).id, Kind.SITE, Source.MEETING, words(200), "", one, owner),
            name,
        )
        for one in rounds
        for owner, name in ((words(60), words(60)), ("", ""))
    ]


def values(words: Words) -> Values:
    every, who = findings(words), somebody(words)
    return {
        "at": [AT],
        "by": [who, awaited(words), None],
        "cause": [words(MAX_CAUSE_CHARS)],
        "closed": [0, MILLION],
        "column": [
            *("number", "title", "kind", "source", "found_at", "cause", "measure", "owner", "due_at", "rectified_at"),
            *("closed_at", "verifier", "came_back", "state", "looked_at", "note", "planned_at"),
        ],
        "count": [1, MILLION],
        "day": [MONDAY],
        "days": [90, 365],
        "due_at": [AT],
        "finder": [who],
        "finding": every,
        "findings": [every[4:6]],
        "found": [*listings(words), *overviews(words)],
        "group": [group_of(words)],
        "items": [[(one, group_of(words)) for one in every[:2]]],
        "kind": list(Kind),
        "last": [None, AT],
        "leads": BOTH,
        "lines": [[], lines(words)],
        "looks": [0, 3],
        "more": [0, MILLION],
        "most": [300],
        "new": [MILLION],
        "open": [MILLION],
        "overdue": [0, MILLION],
        "owner": [words(60)],
        "owners": [[Somebody(who, None)] * 3],
        "plan": [Plan(words(200)), Plan(words(200), words(200))],
        "shared": [[], [Shared(words(200), [words(60)] * 7)]],
        "sheet": ["findings", "findings_found", "findings_rectified", "findings_verified", "findings_planned"],
        "shown": shown(words),
        "source": list(Source),
        "step": [{}],
        "verifier": [who, None],
        "view": ["mine", "branch", "figures"],
        "what": ["open", "overdue", "closed", "repeated"],
        "wish": [
            Report(words(MAX_TITLE_CHARS), Kind.OTHER, Source.SELF_CHECK),
            Report(words(MAX_TITLE_CHARS), Kind.OTHER, Source.SUPERVISION, AT, words(600), PHOTO),
        ],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """Lists and figures are of their own; some texts are about findings in one state."""
    found, one, last = shown.get("found"), shown.get("finding"), None
    if one is not None:
        last = one.round
    needed = {
        "list": isinstance(found, Listing),
        "figures": isinstance(found, Overview),
        "closed": text == "closed" and shown["shown"].finding.state is State.CLOSED,
        "has_measure": last is not None and bool(last.measure),
        "extended": last is not None and last.last_at is not None,
        "extended_by_you": last is not None and last.last_at is not None,
        "too_late": shown.get("last") is not None,
        "own_verifier": shown.get("verifier") is not None,
    }
    return needed.get(text, True)


PHOTO = Attached(AttachedKind.PICTURE, "AgAD")
LINKED = [Source.SUGGESTION, Source.MEETING, Source.INSPECTION]
SAMPLES = Samples("rectification", values, occurs, differing={"source_of_button": lambda _: {"source": LINKED}})
