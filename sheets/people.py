"""Reads from a row whether it is about one person, and whether that person is still there."""

import re
from datetime import date
from typing import Final

import plain
from sheets.cells import GROUPED, Unclear, day, text
from sheets.columns import HEADERS
from sheets.reading import Cell

LISTS = re.compile(r"[、;/\n\r|&]")
LISTS_OF_HAN = re.compile(r"[、,;/\n\r|&]")  # Smith, John is one
LISTS_OF_NUMBERS = re.compile(r"[、,;\n\r\s]+")
HAN = re.compile(r"[\u3400-\u9fff]{1,4}")
DIGITS = re.compile(r"\d{3,}")
MAX_CHARS = 200  # of a cell are looked at: longer ones are refused anyway
SURNAMES = frozenset(HEADERS["names"]["surnames"])
COMPOUND = tuple(HEADERS["names"]["compound"])
STATUS = HEADERS["status"]
GONE, THERE = (frozenset(map(plain.line, STATUS[which])) for which in ("gone", "there"))
DOUBTFUL = tuple(STATUS["doubtful"])
ALREADY = re.compile("^(?:{})|(?:{})$".format(*("|".join(STATUS[which]) for which in ("before", "behind"))))
IN_BRACKETS = re.compile(r"[(\[【][^)\]】]*+[)\]】]?")
FOLDED: Final = str.maketrans("，；／｜＆︐﹐﹑", ",;/|&,,、")
WHETHER: str = STATUS["whether"]
YES, NO = frozenset(STATUS["yes"]), frozenset(STATUS["no"])
NO_DAY = frozenset(("", *STATUS["no_day"]))


def several_names(cell: Cell) -> bool:
    """Whether a cell names two people or more."""
    if not isinstance(cell, str):
        return False
    words = _folded(cell[:MAX_CHARS])
    return _listed(words) or _side_by_side(words)


def _listed(words: str) -> bool:
    parts = [part for part in map(text, LISTS_OF_HAN.split(words)) if part]
    if len(parts) > 1 and all(HAN.fullmatch(part) and len(part) > 1 for part in parts):
        return True
    parts = [part for part in map(text, LISTS.split(words)) if part]
    return len(parts) > 1 and all(len(part) > 1 for part in parts)


def _side_by_side(words: str) -> bool:
    """Chinese names with a blank between them; 李　伟 and 欧阳 建国 are one."""
    parts = words.split()
    return len(parts) > 1 and all(
        HAN.fullmatch(part) and len(part) > 1 and part[0] in SURNAMES and not part.startswith(COMPOUND)
        for part in parts
    )


def several_numbers(cell: Cell) -> bool:
    """Whether a cell holds two employee numbers or more; 10,023 is one."""
    if not isinstance(cell, str):
        return False
    words = _folded(cell[:MAX_CHARS]).strip()
    parts = [part for part in LISTS_OF_NUMBERS.split(words) if part]
    if len(parts) == 1 or GROUPED.fullmatch(words) or not all(DIGITS.fullmatch(part) for part in parts):
        return False
    return len({len(part) for part in parts}) == 1


def _folded(words: str) -> str:
    """With the signs of a list as ASCII has them; the ends of lines stay."""
    return words.translate(FOLDED)


def is_gone(heading: str, cell: Cell) -> bool:
    """Whether a status says that somebody is not there any more. Raises Unclear for one that may say so."""
    status = text(cell).lower()
    if heading.startswith(WHETHER):
        return _is_gone_by_answer(heading, status)
    bare = ALREADY.sub("", ALREADY.sub("", IN_BRACKETS.sub("", status).strip())).strip()
    if status in THERE or bare in THERE:
        return False
    if bare in GONE or status in GONE:
        return True
    if any(word in status for word in DOUBTFUL):
        raise Unclear
    return False


def _is_gone_by_answer(heading: str, status: str) -> bool:
    if status and status not in YES | NO:
        raise Unclear
    asks_whether_gone = any(word in heading for word in DOUBTFUL)
    return status in (YES if asks_whether_gone else NO)


def left_on(cell: Cell) -> date | None:
    """A last day; nothing for the signs that offices write if there is none. Raises Unclear."""
    return None if text(cell) in NO_DAY else day(cell)
