from dataclasses import replace

from domain.ids import BranchId, ChatId, EvaluationId, HonourId, MemberId
from domain.life.branch_card.model import MAX_MOTTO_CHARS, Card, Shown, Size
from domain.life.branch_card.showing import LISTED, MAX_SECRETARIES
from domain.life.evaluation.model import Star
from domain.life.evaluation.scheme import Kind
from domain.people.branch import Branch, BranchKind
from domain.points.honour import Honour
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, awaited, somebody


def values(words: Words) -> Values:
    branch = Branch(BranchId(1), BranchId(2), BranchKind.BRANCH, words(60))
    one = Honour(
        HonourId(1), ChatId(1), words(40), somebody(words), None, "", words(300), words(60), MemberId(1), MONDAY, AT
    )
    team = replace(one, member=None, branch=BranchId(1), branch_name=words(60))
    bare = Shown(branch, "", Size(0, None), (), Card(BranchId(1)), ())
    honours = ([one, team, replace(one, member=awaited(words))] * LISTED)[:LISTED]
    full = Shown(
        branch,
        words(60),
        Size(MILLION, MILLION),
        [words(60)] * MAX_SECRETARIES,
        Card(BranchId(1), words(MAX_MOTTO_CHARS), "photo"),
        honours,
        1,
        Star(words(40), Kind.BRANCH, 5, words(20), words(20), MONDAY, MONDAY, 9000, EvaluationId(1)),
    )
    return {
        "column": ["motto", "changed_at"],
        "has": BOTH,
        "length": [MILLION],
        "most": [MAX_MOTTO_CHARS],
        "sheet": ["branch_cards"],
        "shown": [bare, replace(bare, size=Size(1, None)), full],
    }


SAMPLES = Samples("branch_card", values)
