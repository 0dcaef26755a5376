from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from domain.ids import BranchId, GoalId
from domain.people.permission import Area
from domain.work.goal.importing import Changes, Off
from domain.work.goal.lines import MAX_FAULTS, Fault, Reason
from domain.work.goal.model import (
    YES_NO,
    Counted,
    Goal,
    GoalState,
    Happened,
    Level,
    Measure,
    MeasureKind,
    Report,
    Version,
)
from domain.work.goal.monthly import MAX_ADJUSTED, MAX_ROWS, Month, Row
from domain.work.goal.reading import MAX_LINES_SHOWN, Line, Opened, Past, Place, Shown, Told
from domain.work.goal.service import Wish
from domain.work.goal.tree import Node, Source
from handlers.work.goal_adjusting import Aspect
from sheets.reading import Reason as WrongFile
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, Samples, Values, Words, awaited, nameless, somebody

SINCE, DUE, LONG_AGO = date(2026, 1, 1), date(2026, 12, 31), date(2025, 12, 31)
HOME = Area(branch=BranchId(1))


def year(home: Area) -> Wish:
    """A goal of a year that somebody asks for."""
    return Wish(home, None, Level.YEAR, "安全年", YES_NO, 0, SINCE, DUE)


def values(words: Words) -> Values:
    member = somebody(words)
    times = Measure(MeasureKind.NUMBER, Decimal(10**12), words(8))
    share = Measure(MeasureKind.SHARE, Decimal("99.5"))
    goal = Goal(GoalId(2**53), None, Level.YEAR, HOME, words(120), times, 100, SINCE, DUE, member, words(30))
    late = replace(goal, due=LONG_AGO, owner=awaited(words), measure=YES_NO, weight=0)
    dropped = replace(goal, state=GoalState.DROPPED, owner=None, measure=share)
    leaf = Node(goal, Fraction(1, 3), Source.REPORTED, Decimal("333.5"), Counted(MILLION, 1))
    overdue = Node(late, Fraction(0), Source.NOTHING, None, Counted())
    done = Node(late, Fraction(1), Source.REPORTED, Decimal(1), Counted())
    root = Node(goal, Fraction(1, 2), Source.BELOW, None, Counted(), (leaf, leaf, overdue))
    place = Place(HOME, words(60))
    lines = [Line(number % 8, (root, overdue, done)[number % 3], words(60)) for number in range(MAX_LINES_SHOWN)]
    reports = [Report(goal.id, Decimal(1), words(300), who, AT) for who in (member, None)]
    version = Version(goal, Happened.CHANGED, member, AT, words(300))
    fields = [
        ("title", words(120), words(120)),
        ("measure", times, YES_NO),
        ("owner", None, member),
        ("parent", "", words(120)),
    ]
    dates = [("due", SINCE, DUE), ("since", SINCE, DUE), ("weight", 0, 100), ("level", Level.YEAR, Level.BRANCH)]
    told = [Told(version, fields), Told(replace(version, by=None, what=Happened.OWNER_LEFT, reason=""), dates)] * 10
    rows = [Row(number % 6, (leaf, overdue, done)[number % 3], 10) for number in range(MAX_ROWS)]
    opened = Opened(root, place, [goal] * 4, lines, MILLION, MILLION, True, True, True, reports[:1], 3, MONDAY)
    month = Month(
        place,
        date(2026, 11, 1),
        MONDAY,
        rows,
        MILLION,
        MILLION,
        3,
        [overdue] * MAX_ADJUSTED,
        50,
        10,
        [version] * MAX_ADJUSTED,
    )
    off = tuple(Off(words(120), 130) for _ in range(MANY))
    changes = Changes((words(120),) * MANY, (words(120),) * MANY, MILLION, off, (words(60),) * MANY)
    return {
        "above": [goal, late],
        "aspect": list(Aspect),
        "changes": [changes, Changes(added=(words(120),)), Changes(same=1)],
        "column": ["number", "title", "since", "due", "value", "note", "at", "parent", "owner", "weight", "progress"],
        "count": [0, MILLION],
        "day": [DUE],
        "detail": ["", words(60)],
        "due": [SINCE],
        "fault": [Fault(7, words(120), "title", one, words(60)) for one in Reason] + [Fault(0, "", "", Reason.NOTHING)],
        "faults": [[Fault(7, words(120), "measure", Reason.BAD_MEASURE, words(60))] * MAX_FAULTS],
        "file": [words(200)],
        "first": [date(2026, 11, 1)],
        "goal": [goal, late, dropped, replace(goal, measure=share)],
        "late": [0, MILLION],
        "level": list(Level),
        "measure": [times, share, YES_NO],
        "month": [month, replace(month, rows=[], adjusted=[], late=[]), replace(month, progress=10, before=10)],
        "more": [0, MILLION],
        "most": [120],
        "name": [words(120)],
        "node": [leaf, overdue, done],
        "nodes": [[leaf], [overdue, leaf, done]],
        "open": [MILLION],
        "opened": [
            opened,
            replace(opened, node=overdue, above=[], lines=[], more=0, hidden=0, reports=[]),
            replace(opened, node=replace(done, goal=dropped), reports=reports),
        ],
        "owner": [member, nameless(words), None],
        "past": [Past(goal, told, reports * 10), Past(late, told[:1], [])],
        "place": [place],
        "progress": [0, 100],
        "reached": [MILLION],
        "sheet": ["goals", "goal_reports"],
        "shown": [
            Shown(place, 2026, [root], lines, MILLION, 50, True, [2025], MONDAY),
            *(Shown(place, 2026, [], [], 0, 0, plans, [], MONDAY) for plans in BOTH),
        ],
        "since": [DUE],
        "step": [{}, {"goals": 5}],
        "title": [words(120)],
        "titles": [[words(120)] * MANY],
        "today": [MONDAY],
        "weight": [0, 100],
        "wrong": [one.value for one in WrongFile],
        "year": [2026],
    }


def of_pictures(words: Words) -> Values:
    """What a picture's words are made of."""
    return {"place": [words(60)], "year": [2026], "month": [0, 11]}


SAMPLES = Samples("goal", values, differing={"picture_title": of_pictures})
