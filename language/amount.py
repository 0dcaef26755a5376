"""Amounts as people write them: `12 次`, `不少于95%`, `9次，还差三次`; and whether something is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import plain

AMOUNT = re.compile(
    r"(?:[≥>]|达到|不少于|至少|完成|at least)? ?(\d{1,12}(?:\.\d{1,4})?) ?(%|[^\d\s%][^\d%]{0,20})?", re.IGNORECASE
)
YES = frozenset({"是", "已完成", "完成", "完成了", "达成", "yes", "done", "1"})
NO = frozenset({"否", "没有", "未完成", "没完成", "未达成", "no", "0"})
WHETHER = frozenset({"是否", "是/否", "是否完成", "完成与否", "完成", "是或否", "yes/no", "done or not"})
REMARK = re.compile(r"[|｜\n,，;；。]|(?<=[\d%次项人个场篇]) ")
SIGNS = "#号 "  # around a number that names something
MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a unit; of a share the unit is `%`."""

    number: Decimal
    unit: str


def read(words: str) -> Amount | None:
    """An amount, where the text has nothing else; it went through `plain.line`."""
    match = AMOUNT.fullmatch(words)
    return None if match is None else Amount(Decimal(match[1]), (match[2] or "").strip())


def is_whether(words: str) -> bool:
    """Whether a text says that something is measured by being done or not."""
    return words.casefold() in WHETHER


def is_done(words: str) -> bool | None:
    """Yes or no; `None` for other words."""
    said = words.casefold()
    return said in YES if said in YES | NO else None


def remarked(text: str) -> tuple[str, str]:
    """What stands before the first comma or line end, and the remark behind it."""
    said, *rest = REMARK.split(text, maxsplit=1)
    return said, rest[0] if rest else ""


def numbered(text: str) -> int | None:
    """The number in `12`, `#12`, `12 号`; `None` for other words, and for 0."""
    digits = plain.line(text).strip(SIGNS)
    return int(digits) or None if digits.isdecimal() and len(digits) <= MAX_DIGITS else None
