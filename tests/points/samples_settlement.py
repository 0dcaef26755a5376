from dataclasses import replace
from datetime import date

from domain.ids import MemberId, SettlementId
from domain.points.counting import Made, Share
from domain.points.event import CategoryName, RuleName
from domain.points.period import containing
from domain.points.publicity import Board
from domain.points.settled import Settlement, State
from domain.points.settlement import KINDS, Own, Page, Proposed
from storage.points.settlement import FEATURE
from tests.points.samples_points import board_of_members, boards
from tests.samples import AT, MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    sheet = FEATURE.personal[0]
    found = settlements(words)
    return {
        "board": [*public_boards(words), *(Board(one) for one in found)],
        "changed": [0, MILLION],
        "column": [column.key for column in sheet.statement.selected_columns],
        "own": [Own(one, points) for one in found[:2] for points in (None, MILLION)] + made(found[0], words),
        "page": [Page([one.period for one in found[:3]], found[:2] * 3), Page([], [])],
        "period": [one.period for one in found],
        "proposed": [Proposed(found[0].period, MONDAY, 5)],
        "reason": [words(200)],
        "settlement": found,
        "sheet": [sheet.name],
    }


def made(shown: Settlement, words: Words) -> list[Own]:
    """A score by a scheme: within its bounds, vetoed, with late entries alone."""
    category = CategoryName("study", words(30), words(30))
    shares = [Share(category, base, MILLION, MILLION - 1) for base in (0, 70)] * 4
    whole = Made(60, shares, -MILLION, 100, None, -5)
    veto = RuleName("discipline", words(30), words(30))
    return [Own(shown, 80, one) for one in (whole, replace(whole, vetoed_by=veto), Made(0, [], 0, None, None, 5))]


def settlements(words: Words) -> list[Settlement]:
    """One of each kind, in each state."""
    periods = [containing(kind, date(2026, 1, 1)) for kind in KINDS]
    shown, final, gone = (
        Settlement(SettlementId(1), period, MONDAY, MemberId(7), AT, 9, 0, MILLION, reason=words(200))
        for period in periods
    )
    return [shown, replace(final, state=State.FINAL), replace(gone, state=State.CANCELLED)]


def public_boards(words: Words) -> list[Board]:
    """By name and by branch."""
    shown, final, _ = settlements(words)
    by_name = Board(shown, board_of_members(words).standings, MILLION)
    return [by_name, Board(final, branches=boards(words)[1].branches)]


SAMPLES = Samples("settlement", values)
