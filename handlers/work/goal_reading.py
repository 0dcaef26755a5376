"""What people type about goals, as typed values."""

from __future__ import annotations

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
from language import amount, deadline
from language.deadline import DeadlineError

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.messaging.chat import Chat
    from language.deadline import Working

SHARE = "%"  # the unit of a share


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
    if amount.is_whether(words):
        return YES_NO
    found = amount.read(words)
    if found is None:
        raise BadArguments("goal.bad_measure")
    is_share = found.unit == SHARE
    if not 0 < found.number <= (WHOLE if is_share else MAX_NUMBER) or len(found.unit) > MAX_UNIT_CHARS:
        raise BadArguments("goal.bad_measure")
    return (
        Measure(MeasureKind.SHARE, found.number) if is_share else Measure(MeasureKind.NUMBER, found.number, found.unit)
    )


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
    said, note = amount.remarked(visible(text))
    return _value(plain.line(said), wanted), plain.tidy(note)[:MAX_REASON_CHARS]


def _value(words: str, wanted: Measure) -> Decimal:
    found = _said(words, wanted)
    if found is None or found > (WHOLE if wanted.kind is MeasureKind.SHARE else MAX_NUMBER):
        raise BadArguments("goal.bad_value", measure=wanted)
    return found


def _said(words: str, wanted: Measure) -> Decimal | None:
    if wanted.kind is MeasureKind.YES_NO:
        done = amount.is_done(words)
        return None if done is None else Decimal(int(done))
    found = amount.read(words)
    return found.number if found is not None and _fits(found.unit, wanted) else None


def _fits(unit: str, wanted: Measure) -> bool:
    """Whether what was typed behind a number is the measure's own unit, or nothing: other words change its meaning."""
    return unit in ("", SHARE if wanted.kind is MeasureKind.SHARE else wanted.unit)


def goal_number(text: str) -> GoalId:
    """The number of a goal: `12`, `#12`, `12 号`. Raises BadArguments."""
    found = amount.numbered(text)
    if found is None:
        raise BadArguments("goal.bad_number")
    return GoalId(found)
