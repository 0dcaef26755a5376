"""Answers to questions as people type them: letters of options, right or wrong, words for blanks."""

import re

import plain

MAX_CHARS = 2000  # of an answer; more is not looked at
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TRUE = frozenset(
    ("对", "对的", "是", "是的", "正确", "正确的", "没错", "√", "✓", "✔", "t", "true", "y", "yes", "right")
)
FALSE = frozenset(
    ("错", "错的", "错误", "否", "不是", "不对", "不正确", "×", "✗", "✘", "f", "false", "n", "no", "wrong")
)
LEAD = re.compile(r"(?:我?选择?|答案)(?:是|为)? ?[::]? ?")
BETWEEN = re.compile(r"[,，、;；。./\\|>→和及与 -]+")
SEPARATORS = tuple(map(re.compile, ("[;；]", "[|｜]", "、", "[,，]", " ")))  # those that may stand in an answer last
DIGITS = 2


def truth(text: str) -> bool | None:
    """Whether somebody says that something is true; `None` where they say neither."""
    said = _folded(text).rstrip("。.!！ ")
    if said in TRUE:
        return True
    return False if said in FALSE else None


def places(text: str, count: int) -> tuple[int, ...] | None:
    """The places of options, from 0, by letters or numbers: `B`, `ABD`, `a、c`, `1 3`, `选B`.

    `None` where that is not all that was said, or one lies beyond `count`.
    """
    said = _folded(text)
    lead = LEAD.match(said)
    words = [word for word in BETWEEN.split(said[lead.end() if lead else 0 :]) if word]
    found: list[int] = []
    for word in words:
        if word.isdecimal() and len(word) <= DIGITS:
            found.append(int(word) - 1)
        elif word.isascii() and word.isalpha() and len(word) <= len(LETTERS):
            found.extend(map(LETTERS.index, word))
        else:
            return None
    return tuple(found) if found and all(0 <= place < count for place in found) else None


def blanks(text: str, count: int) -> tuple[str, ...] | None:
    """The words for so many blanks: one a line, else between semicolons, bars or commas; `None` for another number."""
    lines = tuple(filter(None, map(plain.tidy, text[:MAX_CHARS].splitlines())))
    whole = " ".join(lines)
    if count == 1:
        return (whole,) if whole else None
    if len(lines) == count:
        return lines
    for signs in SEPARATORS:
        parts = tuple(filter(None, (part.strip() for part in signs.split(whole))))
        if len(parts) == count:
            return parts
    return None


def _folded(text: str) -> str:
    return plain.line(text, MAX_CHARS).casefold()
