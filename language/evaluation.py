"""Reads what is written about an evaluation: points, and the days of a period.

points_in("8分")                          # 8
dates_in("2026-01-01 到 12月31日", 2027)    # [date(2026, 1, 1), date(2026, 12, 31)]
"""

import re
from datetime import date

MAX_DIGITS = 4
DATES = re.compile(r"(?:(20\d\d)[-年./])?(?<!\d)(\d{1,2})[-月./](\d{1,2})(?!\d)")


def points_in(words: str) -> int | None:
    """The number, with or without the word for points; `None` where there is nothing but that."""
    number = words.strip().removesuffix("分").rstrip()
    return int(number) if number.isdecimal() and len(number) <= MAX_DIGITS else None


def dates_in(words: str, year: int) -> list[date]:
    """The days in their order; none where no calendar has one of them.

    A day without its year is of the year of the one before it, the first of `year`.
    """
    found: list[date] = []
    try:
        for written, month, day in DATES.findall(words):
            year = int(written) if written else year
            found.append(date(year, int(month), int(day)))
    except ValueError:
        return []
    return found
