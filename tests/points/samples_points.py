from dataclasses import replace

from domain.admin.setting import Ranking
from domain.ids import ChatId, MemberId
from domain.people.person import Rate
from domain.points.account import Account, Item
from domain.points.board import RANKED, Board, BranchStanding, Standing
from domain.points.chain import LedgerLine
from domain.points.event import NO_RULE, CategoryName, RuleName
from domain.points.period import Every
from domain.points.points import Entry
from domain.points.scheme import default
from domain.points.score import Possible
from tests.samples import AT, MANY, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    return {
        "rest": [1, MILLION],
        "name": ["rate", "each", "active"],
        "value": [0, 815],
        "change": [0, -3, 5],
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "active": [1, MILLION],
        "account": accounts(words),
        "board": boards(words),
        "category": ["study", "-", words(60), CategoryName("study", words(30), words(30))],
        "every": list(RANKED),
        "line": [Standing(3, somebody(words), 1, before) for before in (None, 1, 3, MILLION)],
        "rank": [1, MILLION],
        "rate": [Rate(1, 3), None],
        "rule": [*(rule.name for rule in default.scheme().rules), NO_RULE, RuleName("x", words(30), words(30))],
        "total": [0, MILLION],
        "week": [0, 1, MILLION],
    }


def accounts(words: Words) -> list[Account]:
    """A full page, an empty one, and one behind the last."""
    rules = default.scheme().rules
    possible = [Possible(rule.name, rule.points, left) for rule, left in zip(rules, (1, 3, MILLION), strict=False)]
    full = Account(MILLION, MILLION, MILLION, items(words), 8, True, possible, [MONDAY], True, True)
    return [full, Account(0, 0, 0, []), Account(0, 0, 0, [], 8)]


def items(words: Words) -> list[Item]:
    """The longest items: credited twice, over the cap, taken back with a reason, asked about."""
    given, capped = entries(words)[2], entries(words)[1]
    lines = [LedgerLine(number, one, 0) for number, one in enumerate((given, given, capped, given))]
    last = LedgerLine(4, replace(given, points=-given.points, cause=words(200)), 1)
    return [Item(lines[:2]), Item(lines[2:3]), Item([lines[3], last]), Item(lines[3:4], MONDAY)] * 2


def entries(words: Words) -> list[Entry]:
    """The longest entries of each rule: taken back, without points, credited."""
    return [
        Entry(somebody(words).id, ChatId(1), rule.name, "x", words(500), points, MONDAY, AT)
        for rule in default.scheme().rules
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
    longer = [replace(full, every=every, category=CategoryName(words(60)), near=()) for every in RANKED]
    return [full, by_branch, *longer, *nothing, Board(MONDAY, [], 0, every=Every.YEAR, category=CategoryName("study"))]


SAMPLES = Samples("points", values)
