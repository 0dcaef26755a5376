"""Quiet hours: when the clock has nothing to say, so that nobody is woken; people are answered all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from domain.refusal import Refusal

if TYPE_CHECKING:
    from domain.ids import ChatId
    from domain.messaging.chat import Chat

MAX_QUIET_TIME = timedelta(hours=16)  # of a day, all spans together
MAX_SPANS = 4
MINUTES_A_DAY = 24 * 60


class QuietTooLong(Refusal):
    """Quiet hours that leave hardly any of the day; most likely the two times were exchanged."""

    text = "schedule.quiet_too_long"


class TooManySpans(Refusal):
    """One more quiet span than a chat may have."""

    text = "schedule.too_many_spans"


class NoSuchSpan(Refusal):
    """There is no such quiet span to end."""

    text = "schedule.no_such_span"


@dataclass(frozen=True, slots=True)
class Span:
    """From a time of day until another, over midnight where the second is the earlier. Raises QuietTooLong."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        _check(self.minutes)

    def __str__(self) -> str:
        """As the store has it: `21:30-07:30`."""
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"

    @classmethod
    def of(cls, written: str) -> Span:
        """What the store has."""
        begins, ends = (time.fromisoformat(part) for part in written.split("-"))
        return cls(begins, ends)

    @property
    def minutes(self) -> int:
        """How long it lasts; a whole day where it ends when it begins."""
        return _minutes_between(self.begins, self.ends) or MINUTES_A_DAY

    def covers(self, clock: time) -> bool:
        """Whether a time of day is in it."""
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def holds(self, other: Span) -> bool:
        """Whether another lies within it."""
        return _minutes_between(self.begins, other.begins) + other.minutes <= self.minutes

    def touches(self, other: Span) -> bool:
        """Whether there is no time between it and another."""
        return any(
            _minutes_between(one.begins, two.begins) <= one.minutes for one, two in ((self, other), (other, self))
        )

    def joined(self, other: Span) -> Span:
        """One span in place of two that touch. Raises QuietTooLong."""
        first, second = self, other
        if _minutes_between(first.begins, second.begins) > first.minutes:
            first, second = second, first
        later = _minutes_between(first.begins, second.begins)
        _check(max(first.minutes, later + second.minutes))
        return first if later + second.minutes <= first.minutes else Span(first.begins, second.ends)

    def end(self, local: datetime) -> datetime:
        """The first moment from one on, on the same wall clock, that is not in it."""
        if not self.covers(local.time()):
            return local
        day = local.date() if local.time() < self.ends else local.date() + timedelta(days=1)
        end = datetime.combine(day, self.ends, local.tzinfo)
        # In UTC: two moments of one zone compare by their clocks, and in autumn an hour comes twice.
        return max(local, end, key=lambda moment: moment.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours: spans of the day in order, at least one, with time between them.

    Spans that touch are joined when it is made. Raises QuietTooLong, TooManySpans.
    """

    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", _joined(self.spans))
        _check(sum(span.minutes for span in self.spans))
        if len(self.spans) > MAX_SPANS:
            raise TooManySpans(most=MAX_SPANS)

    def __str__(self) -> str:
        """As the store has it: `12:00-13:30 21:30-07:30`."""
        return " ".join(map(str, self.spans))

    @classmethod
    def of(cls, written: str) -> Quiet:
        """What the store has."""
        return cls(tuple(map(Span.of, written.split())))

    @classmethod
    def at(cls, begins: time, ends: time) -> Quiet:
        """A single span. Raises QuietTooLong."""
        return cls((Span(begins, ends),))

    def covers(self, clock: time) -> bool:
        """Whether a time of day is quiet."""
        return any(span.covers(clock) for span in self.spans)

    def end(self, local: datetime) -> datetime:
        """The first moment from one on, on the same wall clock, that is not quiet.

        Where clocks are changed, one span may end in another: it is followed from each span into the next.
        """
        for _ in self.spans:
            span = next((one for one in self.spans if one.covers(local.time())), None)
            if span is None:
                break
            local = _shown(span.end(local))
        return local


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans in order, those that touch as one. Raises QuietTooLong."""
    apart: list[Span] = []
    for span in spans:
        whole = span
        while touched := next((one for one in apart if one.touches(whole)), None):
            apart.remove(touched)
            whole = touched.joined(whole)
        apart.append(whole)
    return tuple(sorted(apart, key=lambda span: span.begins))


def with_span(quiet: Quiet | None, span: Span) -> Quiet:
    """Quiet hours with one more span.

    One within a span that is there takes its place: it can only be meant to be shorter. One that touches others is
    joined with them. Raises QuietTooLong, TooManySpans.
    """
    others = () if quiet is None else tuple(one for one in quiet.spans if not one.holds(span))
    return Quiet((*others, span))


def with_span_instead(quiet: Quiet | None, span: Span) -> Quiet:
    """Quiet hours with a span in place of those that it touches. Raises QuietTooLong, TooManySpans."""
    others = () if quiet is None else tuple(one for one in quiet.spans if not one.touches(span))
    return Quiet((*others, span))


def without_span(quiet: Quiet | None, span: Span) -> Quiet | None:
    """Quiet hours without one of their spans, `None` without their last. Raises NoSuchSpan."""
    if quiet is None or span not in quiet.spans:
        raise NoSuchSpan(span=span, quiet=quiet)
    left = tuple(one for one in quiet.spans if one != span)
    return Quiet(left) if left else None


def _check(minutes: int) -> None:
    if timedelta(minutes=minutes) > MAX_QUIET_TIME:
        raise QuietTooLong(hours=MAX_QUIET_TIME // timedelta(hours=1))


def _minutes_between(first: time, then: time) -> int:
    """How long it takes from one time of day to another."""
    return (60 * (then.hour - first.hour) + then.minute - first.minute) % MINUTES_A_DAY


def _shown(local: datetime) -> datetime:
    """A moment as the wall clock shows it: a time that a change of clocks leaves out is an hour later."""
    return local.astimezone(UTC).astimezone(local.tzinfo)


USUAL = Quiet.at(time(21, 30), time(7, 30))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The quiet hours that hold in a chat (`None`: none do), and whether it has `chosen` them for itself."""

    quiet: Quiet | None = USUAL
    chosen: bool = False

    def end(self, chat: Chat, at: datetime) -> datetime:
        """When the clock may speak in the chat that has something to say at a moment: then, or after the quiet."""
        return at if self.quiet is None else self.quiet.end(chat.local(at)).astimezone(UTC)


class Quiets(Protocol):
    """Quiet hours in the store."""

    def of(self, chat: ChatId | None) -> QuietHours:
        """What holds in a chat: its own, else the enterprise's (`None` asks for these), else the usual ones."""

    def choose(self, chat: ChatId | None, quiet: Quiet | None) -> None:
        """Set a chat's quiet hours, or the enterprise's; no quiet hours are a choice too."""

    def follow(self, chat: ChatId) -> None:
        """Let a chat have what the enterprise has."""
