"""Reads what is written about a round of cross-inspection: its branches, its days, pairs of branches.

names_in("除了 一支部、二支部")      # ["一支部", "二支部"]; leaves_out: True
days_in("12月1日到12月20日")        # ["12月1日", "12月20日"]
pair_in("一支部 查 二支部")         # ("一支部", "二支部")
"""

import re

BETWEEN_NAMES = re.compile(r"[、,，;；\n]+")
BETWEEN_DAYS = re.compile(r"到|至|~|～|—+| - ")
PAIRED = re.compile(r"[、,，]| *查 *|→|->")
EXCEPT = re.compile(r"^(?:除了?|不含|except)[ :：]*", re.IGNORECASE)


def leaves_out(words: str) -> bool:
    """Whether a list of branches names those that do not take part."""
    return EXCEPT.match(words) is not None


def names_in(words: str) -> list[str]:
    """The names in a list of branches, without the word for leaving them out."""
    return [one for one in BETWEEN_NAMES.split(EXCEPT.sub("", words)) if one.strip()]


def days_in(words: str) -> list[str]:
    """The words for the first and the last day."""
    return [one for one in BETWEEN_DAYS.split(words) if one.strip()]


def pair_in(line: str) -> tuple[str, str] | None:
    """The names of two branches; `None` where there are not two."""
    parts = [one for one in PAIRED.split(line) if one.strip()]
    return (parts[0], parts[1]) if len(parts) == 2 else None  # noqa: PLR2004 - a pair
