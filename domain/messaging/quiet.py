"""Quiet hours: when the clock has nothing to say, so that nobody is woken; people are answered all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from domain.refusal import Refusal

if TYPE_CHECKING:
    from domain.ids import ChatId
    from domain.messaging.chat import Chat

MAX_QUIET_TIME = timedelta(hours=16)
MINUTES_A_DAY = 24 * 60


class QuietTooLong(Refusal):
    """Quiet hours that leave hardly any of the day; most likely the two times were exchanged."""

    text = "schedule.quiet_too_long"


@dataclass(frozen=True, slots=True)
class Quiet:
    """From a time of day until another, over midnight where the second is the earlier. Raises QuietTooLong."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        minutes = (_minutes(self.ends) - _minutes(self.begins)) % MINUTES_A_DAY or MINUTES_A_DAY
        if timedelta(minutes=minutes) > MAX_QUIET_TIME:
            raise QuietTooLong(hours=MAX_QUIET_TIME // timedelta(hours=1))

    def __str__(self) -> str:
        """As the store has it: `21:30-07:30`."""
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"

    @classmethod
    def of(cls, written: str) -> Quiet:
        """What the store has."""
        begins, ends = (time.fromisoformat(part) for part in written.split("-"))
        return cls(begins, ends)

    def covers(self, clock: time) -> bool:
        """Whether a time of day is quiet."""
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def end(self, local: datetime) -> datetime:
        """The first moment from one on, on the same wall clock, that is not quiet."""
        if not self.covers(local.time()):
            return local
        day = local.date() if local.time() < self.ends else local.date() + timedelta(days=1)
        end = datetime.combine(day, self.ends, local.tzinfo)
        # In UTC: two moments of one zone compare by their clocks, and in autumn an hour comes twice.
        return max(local, end, key=lambda moment: moment.astimezone(UTC))


def _minutes(clock: time) -> int:
    return 60 * clock.hour + clock.minute


USUAL = Quiet(time(21, 30), time(7, 30))


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
