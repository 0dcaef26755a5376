"""What people write about trainings: how long one takes, a quarter, how long a certificate holds, for whom."""

import re
from datetime import date
from decimal import Decimal

import plain

AMOUNT = re.compile(
    r"([0-9]{1,5}(?:\.[0-9]{1,2})?)\s?(小时|学时|课时|个小时|h|hours?|分钟|分|min|minutes?)?", re.IGNORECASE
)
MINUTE_WORDS = frozenset({"分钟", "分", "min", "minute", "minutes"})
QUARTER = re.compile(
    r"(?:(20[0-9]{2})\s?年?|(今年|明年|本年))?\s?[-/ ]?(?:第?([一二三四1-4])季度?|Q([1-4]))(?:\s(20[0-9]{2}))?",
    re.IGNORECASE,
)
RELATIVE = {"本季度": 0, "这季度": 0, "这个季度": 0, "this quarter": 0, "下季度": 1, "下个季度": 1, "next quarter": 1}
NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
MONTHS = re.compile(r"([0-9]{1,3})\s?(?:个)?(月|年|months?|years?)?", re.IGNORECASE)
YEARS = frozenset({"年", "year", "years"})
WHOM = {
    "全体": "everybody",
    "全体人员": "everybody",
    "所有人": "everybody",
    "全员": "everybody",
    "everybody": "everybody",
    "everyone": "everybody",
    "党员": "party",
    "全体党员": "party",
    "party members": "party",
}
MARK_DIGITS = 3
HALF = {"半天": 240, "一天": 480, "半小时": 30, "half a day": 240, "a day": 480}


def minutes(text: str) -> int | None:
    """How many minutes something takes; a bare number is hours. `None` for other words."""
    words = plain.line(text, 40).lower()
    if words in HALF:
        return HALF[words]
    found = AMOUNT.fullmatch(words)
    if found is None:
        return None
    amount = Decimal(found[1])
    return int(amount if (found[2] or "") in MINUTE_WORDS else amount * 60)


def quarter(text: str, today: date) -> tuple[int, int] | None:
    """A year and the number of its quarter; without a year the one that comes next. `None` for other words."""
    words, now = plain.line(text, 40).lower(), (today.month - 1) // 3
    if words in RELATIVE:
        year, place = divmod(today.year * 4 + now + RELATIVE[words], 4)
        return year, place + 1
    found = QUARTER.fullmatch(words)
    if found is None:
        return None
    number = int(found[4]) if found[4] else NUMBERS.get(found[3]) or int(found[3])
    if found[1] or found[5]:
        return int(found[1] or found[5]), number
    if found[2]:
        return today.year + (found[2] == "明年"), number
    return today.year + (number <= now), number


def months(text: str) -> int | None:
    """How many months; a bare number is months. `None` for other words."""
    found = MONTHS.fullmatch(plain.line(text, 20).lower())
    if found is None:
        return None
    return int(found[1]) * (12 if found[2] in YEARS else 1)


def mark(text: str) -> int | None:
    """A pass mark, with or without its unit; `None` for other words."""
    words = plain.line(text, 20).strip("分% ")
    return int(words) if words.isdecimal() and len(words) <= MARK_DIGITS else None


def whom(text: str) -> str | None:
    """Everybody or party members; `None` for other words."""
    return WHOM.get(plain.line(text, 40).lower())
