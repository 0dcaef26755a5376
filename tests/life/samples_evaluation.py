from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from domain.admin.toml.problem import Fault, Problem
from domain.ids import BranchId, EvaluatedId, EvaluationId, MemberId
from domain.life.evaluation.cards import Desk
from domain.life.evaluation.flaw import Flaw
from domain.life.evaluation.indicator import NO_DATA, WITHHELD, Figure
from domain.life.evaluation.model import (
    MAX_REASON_CHARS,
    MAX_WORDS_CHARS,
    Change,
    Evaluated,
    Evaluation,
    Mark,
    Publish,
    Result,
    Sheet,
    Stage,
    Star,
    Version,
)
from domain.life.evaluation.opening import Standings
from domain.life.evaluation.overview import Overview
from domain.life.evaluation.publicity import MAX_PLACED, Board
from domain.life.evaluation.reading import MAX_ITEMS, MAX_TITLE_CHARS
from domain.life.evaluation.reviewing import OFFERED, Assigning
from domain.life.evaluation.rules import Because, Placed
from domain.life.evaluation.running import Outline, Wish
from domain.life.evaluation.scheme import Grade, Item, Kind, Quota, Satisfaction, Scheme, Veto
from domain.life.evaluation.schemes import Looked
from domain.people.branch import Branch, BranchKind
from tests.samples import AT, BOTH, MANY, MONDAY, TUESDAY, Samples, Values, Words, somebody

COUNTED, SCORED, VETO = "attendance", "feature", "accident"


def scheme(words: Words, kind: Kind = Kind.BRANCH) -> Scheme:
    title = words(MAX_TITLE_CHARS)
    counted = Item(COUNTED, title, 40, "attendance", 60, 100)
    items = (counted, Item(SCORED, title, 60, points=10, title_en=title), *[counted] * (MAX_ITEMS - 2))
    quotas = (Quota(5, 1, 20, BranchKind.BRANCH), Quota(5, most=0), Quota(5, percent=40))
    limit = Satisfaction(SCORED, 80, 0)
    return Scheme(
        title,
        kind,
        items,
        (Grade(5, title, 90, title), Grade(4, title, 80)),
        ("number",),
        frozenset(),
        quotas,
        (Veto(VETO, title),),
        limit,
    )


def evaluation(words: Words, stage: Stage = Stage.PUBLIC) -> Evaluation:
    return Evaluation(
        EvaluationId(1),
        1,
        words(MAX_TITLE_CHARS),
        Kind.BRANCH,
        BranchId(1),
        MONDAY,
        TUESDAY,
        Publish.ALL,
        MONDAY,
        TUESDAY,
        5,
        MemberId(1),
        AT,
        stage,
        TUESDAY,
    )


def evaluations(words: Words) -> list[Evaluation]:
    return [evaluation(words, stage) for stage in Stage]


RESULT = Result(9876, 2, 3, 5, tuple(Because), "number")
PLACED = Placed(1, 9876, 2, 3, 4, tuple(Because), "number", {COUNTED: 4000, SCORED: 5876})


def evaluated(words: Words) -> Evaluated:
    name = words(60)
    return Evaluated(EvaluatedId(1), EvaluationId(1), BranchId(1), None, name, BranchKind.BRANCH, result=RESULT)


def sheets(words: Words) -> list[Sheet]:
    """One of each stage, with and without points, words and corrections."""
    one, by = evaluated(words), words(60)
    full = replace(one, words=words(MAX_WORDS_CHARS), handed_in_at=AT, reviewed_at=AT, vetoes=(VETO,), result=None)
    marks = {SCORED: Mark(SCORED, None, 9, 7)}
    reason = words(MAX_REASON_CHARS)
    changes = [
        Change(SCORED, "9", "7", reason, MemberId(1), AT, by),
        Change(f"veto:{VETO}", "no", "yes", reason, MemberId(1), AT, by),
    ]
    figure = Figure(Fraction(2, 3), 12)
    found = [Sheet(of, scheme(words), full, marks, {COUNTED: figure}, PLACED, changes * 3) for of in evaluations(words)]
    plain = [Sheet(of, scheme(words), one, {}, {COUNTED: NO_DATA}, PLACED) for of in evaluations(words)]
    out = Sheet(found[0].evaluation, scheme(words), replace(one, out_at=AT), {}, {COUNTED: WITHHELD}, PLACED)
    return [*found, *plain, out]


def boards(words: Words) -> list[Board]:
    one = evaluated(words)
    return [
        Board(replace(of, publish=publish), scheme(words), lines, own, more)
        for of in evaluations(words)
        for publish in Publish
        for lines, own, more in [([one], [], 0), ([one] * MAX_PLACED, [one], 9)]
    ]


def overviews(words: Words) -> list[Overview]:
    version = Version(1, words(MAX_TITLE_CHARS), Kind.BRANCH, "", None, AT)
    some = evaluations(words)
    star = Star(words(30), Kind.BRANCH, 5, words(30), words(30), MONDAY, TUESDAY, 9000, EvaluationId(1))
    return [Overview([], [], [], [], may) for may in BOTH] + [
        Overview(some, [evaluated(words)] * 3, some[:2], [version], True, [star])
    ]


def outlines(words: Words) -> list[Outline]:
    branch, title = Branch(BranchId(1), None, BranchKind.COMMITTEE, words(60)), words(MAX_TITLE_CHARS)
    found = []
    for publish in Publish:
        wish = Wish(1, branch.id, MONDAY, TUESDAY, (3, 5, 5), publish)
        found += [
            Outline(wish, scheme(words), branch, [words(60)], [], []),
            Outline(wish, scheme(words), branch, [words(60)] * MANY, [words(60)] * MANY, [(title, 0), (title, 9)]),
        ]
    return found


def lookeds(words: Words) -> list[Looked]:
    version = Version(1, words(MAX_TITLE_CHARS), Kind.BRANCH, "", None, AT)
    bare = replace(scheme(words, Kind.PERSON), quotas=(), vetoes=(), satisfaction=None)
    return [Looked(scheme(words), "", version, BranchId(1), words(60)), Looked(bare, "", None)]


def problems(words: Words) -> list[Problem]:
    kinds = [*(one.value for one in Flaw), *(one.value for one in Fault)]
    return [Problem(7, one, words(40), words(200)) for one in dict.fromkeys(kinds)]


def values(words: Words) -> Values:
    one, of, member = evaluated(words), evaluations(words), somebody(words)
    change = Change(SCORED, "9", "7", words(MAX_REASON_CHARS), MemberId(1), AT, words(60))
    wrong = problems(words)
    title = words(MAX_TITLE_CHARS)
    standings = [Standings(each, scheme(words), [(one, PLACED)] * 15) for each in of]
    return {
        "assigning": [Assigning(of[0], one, some) for some in ([], [member] * OFFERED)],
        "board": boards(words),
        "branch": [Branch(BranchId(1), None, BranchKind.BRANCH, words(60))],
        "change": [change, replace(change, item=f"veto:{VETO}", old="no", new="yes")],
        "column": [
            *("evaluation", "title", "first", "last", "place", "name", "score", "grade", "words", "stars", "item"),
            *("own", "given", "reviewed_at", "handed_in_at", "old", "new", "reason", "at", "text", "made_at"),
            *("answer", "answered_at", "begun_at"),
        ],
        "days": [(3, 3, 5)],
        "desk": [Desk(each, some, waiting) for each in of for some, waiting in (([one], 0), ([one] * MANY, 3))],
        "evaluated": [one],
        "evaluation": of,
        "fault": wrong,
        "found": overviews(words),
        "item": list(scheme(words).items[:2]),
        "kind": list(Kind),
        "lines": [[(one, PLACED)] * 15],
        "looked": lookeds(words),
        "member": [member],
        "most": [60],
        "name": [words(60)],
        "outline": outlines(words),
        "page": [0],
        "part": ["result", "rules", "changes"],
        "placed": [PLACED, replace(PLACED, because=(), stars=0)],
        "problems": [wrong[:1], wrong],
        "publish": list(Publish),
        "reviews": [0, 3],
        "scheme": [scheme(words)],
        "sheet": [
            "evaluations",
            "changes",
            "evaluation_results",
            "evaluation_points",
            "evaluation_reviews",
            "evaluation_handed_in",
            "evaluation_changes",
            "evaluation_objections",
            "evaluations_begun",
        ],
        "span": [Wish(1, BranchId(1), MONDAY, TUESDAY, (1, 1, 1), Publish.ALL)],
        "standings": standings,
        "stage": list(Stage),
        "stars": [5, 0],
        "step": [{}],
        "stuck": [[(of[0], 3)] * 3, []],
        "version": [Version(1, title, kind, "", None, AT) for kind in Kind],
        "waiting": [2, 0],
        "who": [member],
    }


def _stars(words: Words) -> Values:
    title = words(MAX_TITLE_CHARS)
    star = Star(title, Kind.BRANCH, 5, title, title, MONDAY, TUESDAY, 9000, EvaluationId(1))
    return {"stars": [[], [star, replace(star, grade="", grade_en="")] * 3]}


def _summary(words: Words) -> Values:
    one, of = evaluated(words), evaluation(words)
    return {"lines": [[(of, scheme(words), one, 3), (of, scheme(words), None, 12)]]}


def _reviewers(words: Words) -> Values:
    one = evaluated(words)
    return {"lines": [[(one, None), (replace(one, reviewed_at=AT), somebody(words))] * 7]}


DIFFERING: dict[str, Callable[[Words], Values]] = {
    "stars": _stars,
    "summary": _summary,
    "reviewers": _reviewers,
    "result": lambda words: {"lines": [[], [(evaluated(words), PLACED)] * 15]},
}
SAMPLES = Samples(
    "evaluation",
    values,
    lambda text, shown: text != "today" or bool(shown["reviews"] or shown["waiting"] or shown["stuck"]),
    differing=DIFFERING,
)
