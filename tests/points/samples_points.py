from dataclasses import replace

from domain.admin.setting import Ranking
from domain.features import RULES
from domain.ids import ChatId, MemberId
from domain.people.person import Rate
from domain.points.board import Board, BranchStanding, Standing
from domain.points.period import Every
from domain.points.points import Account, Entry
from tests.samples import AT, MANY, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    return {
        "rest": [1, MILLION],
        "name": ["rate", "each", "active"],
        "value": [0, 815],
        "change": [0, -3, 5],
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "active": [1, MILLION],
        "account": [Account(MILLION, MILLION, entries(words)[:10]), Account(0, 0, [])],
        "board": boards(words),
        "category": ["study", "-", words(60)],
        "every": list(Every),
        "line": [Standing(3, somebody(words), 1, before) for before in (None, 1, 3, MILLION)],
        "rank": [1, MILLION],
        "rate": [Rate(1, 3), None],
        "rule": [rule.name for rule in RULES],
        "total": [0, MILLION],
        "week": [0, 1, MILLION],
    }


def entries(words: Words) -> list[Entry]:
    """The longest entries of each rule: taken back, without points, credited."""
    return [
        Entry(somebody(words).id, ChatId(1), rule.name, "x", words(500), points, MONDAY, AT)
        for rule in RULES
        for points in (-rule.points, 0, rule.points)
    ]


def board_of_members(words: Words) -> Board:
    """A full board, and somebody who is not on it."""
    member = somebody(words)
    ranks = [Standing(n, member, MILLION) for n in range(1, MANY + 1)]
    own = Standing(99, replace(member, id=MemberId(MILLION)), 3, 101)
    near = [Standing(98, member, 4), own, Standing(100, member, 2)]
    return Board(MONDAY, ranks, MILLION, own, near=near, compared=True)


def boards(words: Words) -> list[Board]:
    """Boards of each ranking, full and empty."""
    ranks = [BranchStanding(1, words(60), 10.5, True)] * 11
    by_branch = Board(MONDAY, (), 0, ranking=Ranking.BRANCH, branches=ranks)
    nothing = [Board(MONDAY, [], 0), replace(by_branch, branches=()), Board(MONDAY, (), 0, ranking=Ranking.PRIVATE)]
    full = board_of_members(words)
    longer = [replace(full, every=every, category=words(60), near=()) for every in Every]
    return [full, by_branch, *longer, *nothing, Board(MONDAY, [], 0, every=Every.YEAR, category="study")]


SAMPLES = Samples("points", values)
