"""The indicators that a scheme may weigh, each read for all branches at once; docs/evaluation-figures.md.

Every figure is that of the end of its period, and opens to what happened.
"""

from typing import Final

from domain.life.evaluation.indicator.model import (
    NO_DATA,
    WITHHELD,
    Entry,
    Figure,
    HasIndicators,
    Indicator,
    Indicators,
    Page,
    Period,
    Reach,
    Tally,
    Unit,
    Window,
    Word,
    of_branches,
    of_people,
)

ATTENDANCE: Final = Word("attendance")
INDICATORS: Final = (Indicator(ATTENDANCE, Unit.SHARE, of_branches(ATTENDANCE), of_people(ATTENDANCE)),)
BY_WORD: Final = {one.word: one for one in INDICATORS}

__all__ = [
    "ATTENDANCE",
    "BY_WORD",
    "INDICATORS",
    "NO_DATA",
    "WITHHELD",
    "Entry",
    "Figure",
    "HasIndicators",
    "Indicator",
    "Indicators",
    "Page",
    "Period",
    "Reach",
    "Tally",
    "Unit",
    "Window",
    "Word",
]
