from dataclasses import replace

from domain.admin.setting import Ranking
from domain.features import RULES
from domain.ids import ChatId
from domain.people.person import Rate
from domain.points.board import Board, BranchStanding, Standing
from domain.points.points import Account, Entry
from tests.samples import AT, MANY, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    return {
        "active": [1, MILLION],
        "account": [Account(MILLION, MILLION, entries(words)[:10]), Account(0, 0, [])],
        "board": boards(words),
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
    return Board(MONDAY, ranks, MILLION, Standing(99, member, 3))


def boards(words: Words) -> list[Board]:
    """Boards of each ranking, full and empty."""
    ranks = [BranchStanding(1, words(60), 10.5, True)] * 11
    by_branch = Board(MONDAY, (), 0, ranking=Ranking.BRANCH, branches=ranks)
    nothing = [Board(MONDAY, [], 0), replace(by_branch, branches=()), Board(MONDAY, (), 0, ranking=Ranking.PRIVATE)]
    return [board_of_members(words), by_branch, *nothing]


SAMPLES = Samples("points", values)
