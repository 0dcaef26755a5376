from dataclasses import replace

from domain.admin.toml.problem import Fault, Problem
from domain.ids import BranchId, InspectionId, InspectionRoundId, MemberId, RubricId
from domain.life.inspection.cards import Progress
from domain.life.inspection.closing import Final
from domain.life.inspection.figures import Line, Measure, Results
from domain.life.inspection.keeping import Change
from domain.life.inspection.model import (
    MAX_NOTE_CHARS,
    MAX_WORDS_CHARS,
    Correction,
    Inspection,
    Kept,
    Party,
    Publish,
    Round,
    RoundState,
    Score,
    Sheet,
    Stage,
)
from domain.life.inspection.opening import Outline, Pair, Told, Wish
from domain.life.inspection.pairing_rules import Rule
from domain.life.inspection.rubric import MAX_ITEMS, MAX_POINTS, Balance, Item, Rubric
from domain.messaging.message import Attached, AttachedKind
from domain.people.branch import Branch, BranchKind
from sheets import Reason
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, TUESDAY, Samples, Values, Words, somebody

FAULTS = ("encoding", "syntax", "too_long", "unknown_key", "missing", "twice", "too_large", "too_many", "nothing")


def rubric(words: Words, items: int = 2) -> Rubric:
    item = Item(words(60), MAX_POINTS, words(200), words(200), words(60))
    return Rubric(words(40), (item, *[replace(item, evidence="", section="")] * (items - 1)))


def rounds(words: Words, items: int = 2) -> list[Round]:
    kept = Kept(RubricId(1), 3, rubric(words, items), AT)
    one = Round(InspectionRoundId(1), kept, MemberId(1), MONDAY, TUESDAY, 7, AT)
    return [one, *(replace(one, state=state, ended_at=AT) for state in RoundState)]


def inspection(words: Words) -> Inspection:
    by, of = Party(BranchId(1), words(60)), Party(BranchId(2), words(60))
    return Inspection(InspectionId(1), InspectionRoundId(1), by, of, MemberId(1), words(60))


def inspections(words: Words) -> list[Inspection]:
    one = inspection(words)
    told = {"words": words(MAX_WORDS_CHARS), "reply": words(MAX_WORDS_CHARS)}
    stages = [replace(one, stage=stage, handed_in_at=AT, **told) for stage in Stage]
    return [*stages, replace(one, inspector=None, inspector_name=""), replace(one, of=replace(one.of, is_closed=True))]


def correction(words: Words) -> Correction:
    return Correction(InspectionId(1), 1, 24, 0, words(MAX_NOTE_CHARS), MemberId(1), words(60), AT)


def scores(words: Words, count: int) -> dict[int, Score]:
    file = Attached(AttachedKind.PICTURE, "x")
    given = [Score(1, 0, words(MAX_NOTE_CHARS), file), Score(2, MAX_POINTS)]
    return {number: replace(given[number % 2], item=number) for number in range(1, count + 1)}


def sheets(words: Words) -> list[Sheet]:
    of, changes = rounds(words), [correction(words)]
    some = [Sheet(of[0], one, scores(words, 2), changes) for one in inspections(words)]
    full = Sheet(rounds(words, MAX_ITEMS)[0], inspections(words)[3], scores(words, MAX_ITEMS), changes * MANY)
    return [Sheet(of[0], inspection(words), {}), Sheet(of[2], inspection(words), scores(words, 1)), *some, full]


def changes(words: Words) -> list[Change]:
    kept, new = rounds(words)[0].kept, rubric(words, MAX_ITEMS)
    changed = Change(new, kept, [words(60)] * MANY, [words(60)], [words(60)] * MANY, 2)
    return [Change(new, None), changed, replace(changed, branch=BranchId(1), scope=words(60))]


def problems(words: Words) -> list[Problem]:
    found = [Problem(3, one, words(40), words(40)) for one in FAULTS]
    return [
        *found,
        *(Problem(3, Fault.WRONG_TYPE.value, words(40), other) for other in ("text", "balance", "kind", "number")),
    ]


def branch(words: Words) -> Branch:
    return Branch(BranchId(1), None, BranchKind.BRANCH, words(60))


def told(words: Words) -> list[list[Told]]:
    blocked = [(words(60), rule) for rule in (Rule.YEAR, Rule.CONFLICT)] * 3
    rules = [Told(rule, words(60), "", blocked, given_up, 3) for rule in Rule for given_up in BOTH]
    return [[one] for one in rules] + [[Told(Rule.MUTUAL, words(60), words(60), (), False, 0)], rules]


def outlines(words: Words) -> list[Outline]:
    barred, one = frozenset({(BranchId(1), BranchId(1))}), branch(words)
    wish = Wish(RubricId(1), MONDAY, TUESDAY, 7, (BranchId(1),), conflicts=barred)
    kept, pair = rounds(words)[0].kept, Pair(one, one, somebody(words))
    made = Outline(wish, kept, {BranchId(1): one}, [pair] * 50, [one] * MANY, [somebody(words)] * MANY)
    return [replace(made, idle=[], unreachable=[], pairs=[pair]), made, replace(made, pairs=[], reasons=told(words)[0])]


def progresses(words: Words) -> list[Progress]:
    some = sheets(words)
    waiting = [one.inspection for one in some]
    return [
        *(Progress(one, some, waiting, [words(60)] * MANY) for one in rounds(words)),
        Progress(rounds(words)[0], some * 6, (), ()),
        Progress(rounds(words)[0], [], (), ()),
    ]


def results(words: Words) -> list[Results]:
    party = Party(BranchId(1), words(60))
    lines = [Line(1, party, 98.4, 98.4, 1), Line(2, party, 50.0, 47.5, 2)]
    measures = [Measure(MemberId(1), words(60), 1, 90.0, -3.2), Measure(None, "", 2, 90.0, 3.2)]
    return [Results(lines, measures, one) for one in Balance] + [Results(lines * 200, measures * MANY, Balance.Z)]


def values(words: Words) -> Values:
    some, found = sheets(words), results(words)
    items = [Item(words(60), MAX_POINTS, words(200), words(200), words(60)), Item(words(60), 1, words(200))]
    given = [None, Score(1, MAX_POINTS), Score(1, 0), Score(1, 0, words(200), Attached(AttachedKind.PICTURE, "x"))]
    return {
        "answers": [[], some[:4]],
        "change": changes(words),
        "chosen": BOTH,
        "column": ["round", "branch", "by", "item", "points", "full", "note", "handed_in_at", "old", "new", "reason"],
        "correction": [correction(words)],
        "count": [3, 400],
        "each": [1, 5],
        "ending": ["docx", "xlsx"],
        "branch": [words(60)],
        "fault": problems(words),
        "final": [
            Final(progresses(words)[1], found[0], 0, ()),
            Final(progresses(words)[1], found[3], 9, [words(60)] * 50),
        ],
        "findings": [0, MILLION],
        "inspection": inspections(words),
        "item": items,
        "kept": [rounds(words)[0].kept],
        "line": found[0].lines,
        "lines": [[], found[0].lines, found[3].lines],
        "may_open": BOTH,
        "has_rubric": BOTH,
        "measure": found[0].measures,
        "mine": [[], some[:4]],
        "missing": [[1], list(range(1, 41))],
        "more": [380],
        "most": [120],
        "name": ["", words(120)],
        "number": [1, 40],
        "outline": outlines(words),
        "own": found[0].lines,
        "page": [0, 39],
        "part": ["ranking", "inspectors", "findings", "corrections"],
        "percent": [98.4],
        "points": [0, MAX_POINTS],
        "problems": [problems(words)[:1], problems(words) * 5],
        "progress": progresses(words),
        "publish": list(Publish),
        "reason": [words(MAX_NOTE_CHARS)],
        "reasons": told(words),
        "results": found,
        "round_": rounds(words),
        "rounds": [[], rounds(words)[:4]],
        "score": given,
        "sheet": some,
        "sheets": [some[:1], some],
        "since": [MONDAY],
        "step": [{}],
        "title": [words(40)],
        "until": [TUESDAY],
        "waiting": [inspections(words), inspections(words) * 6],
        "words": [words(100)],
        "wrong": list(Reason),
    }


SHEETS = ("scores", "corrections", "ranking", "measures", "inspections", "inspection_answers", "inspection_rounds")
COLUMNS = (
    *("round", "branch", "by", "item", "points", "full", "note", "handed_in_at", "old", "new", "reason", "at", "name"),
    *("since", "until", "stage", "reply", "words", "answered_at", "title", "version", "brought_at", "opened_at"),
    *("rank", "raw", "percent", "inspections", "count", "mean", "deviation"),
)


def occurs(text: str, shown: dict[str, object]) -> bool:
    """Buttons of items that have points, and files that are there before."""
    if text in ("note_button", "item_button", "file_shown", "document_finding"):
        return shown["score"] is not None
    if text == "today":
        return any(shown[one] for one in ("mine", "answers", "rounds"))
    if text == "rubric_same":
        return getattr(shown["change"], "before", None) is not None
    return True


SAMPLES = Samples(
    "inspection",
    values,
    occurs,
    differing={
        "sheet": lambda _: {"sheet": [*SHEETS, "inspection_rubrics", "inspection_corrections"]},
        "column": lambda _: {"column": list(COLUMNS)},
        "published": lambda words: {
            "round_": rounds(words)[2:3],
            "lines": [[], results(words)[3].lines],
            "count": [400],
        },
        "today": lambda words: {
            "rounds": [[], [one for one in progresses(words) if one.round.is_running][:2]],
        },
    },
)
