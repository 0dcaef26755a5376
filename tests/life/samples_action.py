from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from domain.ids import MemberId
from domain.life.action.model import (
    MAX_NOTE_CHARS,
    MAX_PROBLEM_CHARS,
    MAX_TEAM,
    MAX_UNIT_CHARS,
    Kind,
    Page,
    Reported,
    State,
)
from domain.life.action.overview import LISTED, Overview
from domain.life.action.service import Wish
from domain.people.naming import Somebody
from tests.life.activities import action_of
from tests.samples import AT, MILLION, MONDAY, Samples, Values, Words, awaited, somebody


def listed(words: Words) -> list[Page]:
    """One of each state and kind, with and without figures."""
    one = replace(
        action_of(), problem=words(MAX_PROBLEM_CHARS), unit=words(MAX_UNIT_CHARS), words=words(MAX_NOTE_CHARS)
    )
    far = replace(one, baseline=Decimal("999999999999.1234"), target=Decimal("0.0001"), unit="")
    figures = [
        Reported(1, Decimal(value), note, MemberId(1), AT) for value, note in ((14, ""), (9, words(MAX_NOTE_CHARS)))
    ]
    met = [*figures, replace(figures[0], value=Decimal(4))]
    team = [somebody(words), awaited(words)]
    pages = [Page(replace(one, state=state, kind=kind), team, figures) for state in State for kind in Kind]
    return [*pages, Page(far, team * MAX_TEAM, []), Page(one, team[:1], met * 9)]


def values(words: Words) -> Values:
    pages = listed(words)
    figures = Decimal("999999999999.1234"), Decimal(5)
    wish = Wish(Kind.ZONE, words(MAX_PROBLEM_CHARS), words(MAX_UNIT_CHARS), *figures, MONDAY + timedelta(days=9), ())
    return {
        "action": [pages[0].action],
        "baseline": [Decimal(12)],
        "column": [
            *("number", "kind", "problem", "unit", "baseline", "target", "now", "share", "lead", "until", "state"),
            *("words", "value", "note", "reported_at", "opened_at", "at"),
        ],
        "ended": [0, MILLION],
        "found": [Overview([], 0, True), Overview(pages[:LISTED], 9, False)],
        "kind": list(Kind),
        "met": [0, MILLION],
        "opened": [MILLION],
        "page": pages,
        "pages": [pages[:1], pages[-3:]],
        "sheet": ["actions", "figures", "own_actions", "own_teams", "own_figures"],
        "step": [{}],
        "team": [[Somebody(somebody(words), None)], [Somebody(somebody(words), None)] * MAX_TEAM],
        "unit": ["", words(MAX_UNIT_CHARS)],
        "wish": [wish],
        "written": [words(20)],
    }


SAMPLES = Samples("action", values, differing={"ask_value": lambda words: {"page": [None, *listed(words)]}})
