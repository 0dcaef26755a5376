"""Hours and minutes from now: “两小时内”, “一小时五十分后”, “in 30 minutes”."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from language.deadline.script import AFTER, NUMBER, WITHIN, number, pattern

_MINUTES = {"分": 1, "刻": 15, "小": 60, "钟": 60, "h": 60, "m": 1}
_COUNT = rf"(?P<n>半|[0-9]{{1,4}}(?P<tenth>\.5)?|{NUMBER})"
_FORMS = (
    pattern(rf"{_COUNT} 个?(?P<half>半)? (?P<unit>分钟|分|刻钟|小时|钟头|h) (?:{WITHIN}|{AFTER})"),
    pattern(
        rf"{_COUNT} 个?(?P<half>) (?P<unit>小时|钟头|h) 零?又? (?P<minutes>{NUMBER}|半|一刻|三刻) (?:分钟"
        rf"|分|钟|) (?:{WITHIN}|{AFTER})"
    ),
    pattern(
        r"(?:in|within) (?P<n>[0-9]{1,4}|an?|one|two|three)(?P<tenth>\.5)?(?P<half>)[\x20-]?(?P<unit>hour"
        r"|minute|min|h|m)s?\b"
    ),
)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_FRACTIONS = {"半": 30, "一刻": 15, "三刻": 45}


@dataclass(frozen=True, slots=True)
class Passed:
    """When so much time has passed, and where the text goes on."""

    due: datetime
    end: int


def read(text: str, start: int, now: datetime) -> Passed | None:
    """A stretch of time from now that stands at `start` of a folded text."""
    match = next(filter(None, (form.match(text, start) for form in _FORMS)), None)
    if not match:
        return None
    minutes = _count(match) * _MINUTES[match["unit"][0].lower()] + _more(match.groupdict().get("minutes"))
    due = now.astimezone(UTC) + timedelta(minutes=minutes)
    return Passed(due.astimezone(now.tzinfo), match.end())


def _count(match: re.Match[str]) -> float:
    half = 0.5 if match["tenth"] or match["half"] else 0.0
    written = match["n"].removesuffix(".5").lower()
    if written == "半":
        return 0.5
    return half + (_WORDS.get(written) or number(written))


def _more(written: str | None) -> int:
    if not written:
        return 0
    return _FRACTIONS.get(written) or number(written)
