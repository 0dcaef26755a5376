"""What people type about goals, as typed values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import plain
from domain.ids import GoalId
from domain.work.goal.model import (
    MAX_NUMBER,
    MAX_REASON_CHARS,
    MAX_TITLE_CHARS,
    MAX_UNIT_CHARS,
    WHOLE,
    YES_NO,
    Measure,
    MeasureKind,
)
from handlers.arguments import BadArguments, visible
from language import deadline
from language.deadline import DeadlineError

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.messaging.chat import Chat
    from language.deadline import Working

AMOUNT = re.compile(
    r"(?:[≥>]|达到|不少于|至少|完成|at least)? ?(\d{1,12}(?:\.\d{1,4})?) ?(%|[^\d\s%][^\d%]{0,20})?", re.IGNORECASE
)
YES = frozenset({"是", "已完成", "完成", "完成了", "达成", "yes", "done", "1"})
NO = frozenset({"否", "没有", "未完成", "没完成", "未达成", "no", "0"})
AS_YES_NO = frozenset({"是否", "是/否", "是否完成", "完成与否", "完成", "是或否", "yes/no", "done or not"})
MAX_DIGITS = 9  # of a goal's number
NOTE = re.compile(r"[|｜\n,，;；。]|(?<=[\d%次项人个场篇]) ")


def title(text: str) -> str:
    """What a goal is called. Raises BadArguments."""
    words = plain.tidy(visible(text))
    if not 0 < len(words) <= MAX_TITLE_CHARS:
        raise BadArguments("goal.bad_title", most=MAX_TITLE_CHARS)
    return words


def reason(text: str) -> str:
    """Why a goal is adjusted. Raises BadArguments."""
    words = plain.tidy(visible(text))
    if not 0 < len(words) <= MAX_REASON_CHARS:
        raise BadArguments("goal.bad_reason", most=MAX_REASON_CHARS)
    return words


def measure(text: str) -> Measure:
    """`12 次`, `95%`, `是否完成`. Raises BadArguments."""
    words = plain.line(visible(text))
    if words.casefold() in AS_YES_NO:
        return YES_NO
    match = AMOUNT.fullmatch(words)
    if match is None:
        raise BadArguments("goal.bad_measure")
    target, unit = Decimal(match[1]), (match[2] or "").strip()
    if not 0 < target <= MAX_NUMBER or len(unit) > MAX_UNIT_CHARS or (unit == "%" and target > WHOLE):
        raise BadArguments("goal.bad_measure")
    return Measure(MeasureKind.SHARE, target) if unit == "%" else Measure(MeasureKind.NUMBER, target, unit)


def keep_measure(one: Measure) -> str:
    """A measure as a draft keeps it."""
    return f"{one.kind.value}:{one.target}:{one.unit}"


def load_measure(kept: str) -> Measure:
    """What a draft has kept."""
    kind, target, unit = kept.split(":", 2)
    return Measure(MeasureKind(kind), Decimal(target), unit)


def weight(text: str) -> int:
    """A weight in percent, from 0 to 100. Raises BadArguments."""
    words = plain.line(text).removesuffix("%").strip()
    if not (words.isdecimal() and len(words) <= 3 and int(words) <= WHOLE):  # noqa: PLR2004 - digits of 100
        raise BadArguments("goal.bad_weight")
    return int(words)


def day(text: str, chat: Chat, now: datetime, working: Working) -> date:
    """The last day of a goal, from a text that has nothing else. Raises BadArguments."""
    try:
        reading = deadline.read(text, chat.local(now), working=working)
    except DeadlineError as error:
        raise BadArguments("goal.bad_day") from error
    if reading is None or visible(reading.rest):
        raise BadArguments("goal.bad_day")
    return chat.day(reading.due)


def value(text: str, wanted: Measure) -> tuple[Decimal, str]:
    """A reported value and the note behind it: `8 次，还差两场`. Raises BadArguments."""
    said, *rest = NOTE.split(visible(text), maxsplit=1)
    note = plain.tidy(rest[0])[:MAX_REASON_CHARS] if rest else ""
    return _value(plain.line(said), wanted), note


def _value(words: str, wanted: Measure) -> Decimal:
    if wanted.kind is MeasureKind.YES_NO:
        if words.casefold() not in YES | NO:
            raise BadArguments("goal.bad_value", measure=wanted)
        return Decimal(int(words.casefold() in YES))
    match = AMOUNT.fullmatch(words)
    if match is None or not _fits((match[2] or "").strip(), wanted):
        raise BadArguments("goal.bad_value", measure=wanted)
    found = Decimal(match[1])
    if found > (WHOLE if wanted.kind is MeasureKind.SHARE else MAX_NUMBER):
        raise BadArguments("goal.bad_value", measure=wanted)
    return found


def _fits(unit: str, wanted: Measure) -> bool:
    """Whether what was typed behind a number is the measure's own unit, or nothing: other words change its meaning."""
    return unit in ("", "%" if wanted.kind is MeasureKind.SHARE else wanted.unit)


def goal_number(text: str) -> GoalId:
    """The number of a goal: `12`, `#12`, `12 号`. Raises BadArguments."""
    digits = plain.line(text).strip("#号 ")
    if not digits.isdecimal() or len(digits) > MAX_DIGITS or not int(digits):
        raise BadArguments("goal.bad_number")
    return GoalId(int(digits))
