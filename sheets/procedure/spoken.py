"""Words of procedures' files, Chinese and English (`spoken.toml`): headings, and the times of steps."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plain

_SPOKEN: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_LANGUAGES = ("zh", "en")
ANCHORS = ("start", "turn", "before", "after")
TODAY = "today"  # the event's own day
MAX_CHARS = 60


def _named(section: str) -> dict[str, str]:
    """What is meant by each word of a section: the names in both languages, and other ways of saying them."""
    names = {name.lower(): meant for one in _LANGUAGES for meant, name in _SPOKEN[section][one].items()}
    return names | {name: meant for meant, also in _SPOKEN[section]["also"].items() for name in also}


FIELDS: Mapping[str, Mapping[str, str]] = {one: _SPOKEN["fields"][one] for one in _LANGUAGES}
HEADED = _named("fields")
ABOVE: Mapping[str, Mapping[str, str]] = {one: _SPOKEN["above"][one] for one in _LANGUAGES}
HEADS = _named("above")
NONE = frozenset(_SPOKEN["waits"]["none"])
NO_WAITS: Mapping[str, str] = {one: _SPOKEN["waits"][one] for one in _LANGUAGES}
_PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in _SPOKEN["when"]["patterns"].items()}


def when(words: str) -> tuple[str, int] | None:
    """What the words of a time mean: one of ANCHORS, and days; `None` where they are no time."""
    line = plain.line(words)[:MAX_CHARS]
    for name, pattern in _PATTERNS.items():
        match = pattern.fullmatch(line)
        if match is not None:
            days = next((int(one) for one in match.groups() if one), 0)
            return ("before", 0) if name == TODAY else (name, days)
    return None


def said(anchor: str, days: int, language: str) -> str:
    """A time in words that `when` reads as the same."""
    words: Mapping[str, str] = _SPOKEN["when"].get(language, _SPOKEN["when"]["en"])
    name = TODAY if (anchor, days) == ("before", 0) else anchor
    return words[name].format(days=days)
