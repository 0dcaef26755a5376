"""The sandbox's time: real time plus an offset that only grows, or a time that stands still until it is moved."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.errors import Refusal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Listener = Callable[[datetime], None]


@dataclass(order=True, slots=True)
class Alarm:
    """Something to be done at a moment of the sandbox's time."""

    moment: datetime
    number: int
    ring: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Let it pass in silence."""
        self.cancelled = True


class Clock:
    """A clock that can be moved forward.

    `Clock()` is real time and goes on by itself. `Clock(start=moment)` stands still at that moment until it is moved;
    with `frozen=False` it goes on from there. With `movable=False` every move is refused.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool | None = None, movable: bool = True) -> None:
        self.movable = movable
        self._listeners: list[Listener] = []
        self._alarms: list[Alarm] = []
        self._numbers = count()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._offset = timedelta()
        self._still: datetime | None = None
        if start is not None:
            self._offset = _utc(start) - datetime.now(UTC)
            self._still = _utc(start) if frozen is not False else None
        elif frozen:
            self._still = datetime.now(UTC)

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return self._still or datetime.now(UTC) + self._offset

    def timestamp(self) -> int:
        """This moment in Unix seconds, as the Bot API writes dates."""
        return int(self.now().timestamp())

    def move_to(self, moment: datetime) -> datetime:
        """Move forward to an aware moment, doing on the way whatever falls due; gives the moment.

        Raises Refusal: the moment lies behind (400), is naive (400), or this clock can't be moved (409).
        """
        moment = self._allowed(_utc(moment))
        while alarm := self._due(moment):
            self._jump(max(alarm.moment, self.now()))
            alarm.ring()
        self._jump(max(moment, self.now()))
        for listener in tuple(self._listeners):
            listener(moment)
        self._arm()
        return moment

    def move_by(self, span: timedelta | float) -> datetime:
        """Move forward by a span (a number is seconds); gives the new moment. Raises Refusal as `move_to` does."""
        span = span if isinstance(span, timedelta) else timedelta(seconds=span)
        return self.move_to(self.now() + span)

    def next(self, weekday: str, at: str | time, zone: str = "UTC") -> datetime:
        """Move to the next such moment, e.g. `next("monday", "09:00", "Asia/Shanghai")`; gives it.

        Raises Refusal: no such weekday, time or zone, and as `move_to` does.
        """
        return self.move_to(self.coming(weekday, at, zone))

    def coming(self, weekday: str, at: str | time, zone: str = "UTC") -> datetime:
        """The next such moment, in UTC, without moving there. Raises Refusal: no such weekday, time or zone."""
        local = self.now().astimezone(_zone(zone))
        days = (_weekday(weekday) - local.weekday()) % len(WEEKDAYS)
        moment = datetime.combine(local.date() + timedelta(days=days), _time(at), local.tzinfo)
        if moment <= local:
            moment += timedelta(days=len(WEEKDAYS))
        return moment.astimezone(UTC)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call back with the new moment after every move; gives a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def alarm(self, moment: datetime, ring: Callable[[], None]) -> Alarm:
        """Call back once when the sandbox's time reaches a moment, by a move or by itself while the sandbox runs."""
        alarm = Alarm(_utc(moment), next(self._numbers), ring)
        heappush(self._alarms, alarm)
        self._arm()
        return alarm

    def forget_alarms(self) -> None:
        """Let no alarm ring that was set so far."""
        self._alarms.clear()
        self._disarm()

    def start(self) -> None:
        """Let alarms ring by themselves, in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._arm()

    def stop(self) -> None:
        """Let alarms ring on moves only."""
        self._loop = None
        self._disarm()

    def _allowed(self, moment: datetime) -> datetime:
        if not self.movable:
            raise Refusal("This clock can't be moved.", 409)
        if moment < self.now():
            raise Refusal(f"The clock only goes forward: it is {self.now():%Y-%m-%d %H:%M:%S} UTC already.")
        return moment

    def _jump(self, moment: datetime) -> None:
        if self._still is not None:
            self._still = moment
        else:
            self._offset += moment - self.now()

    def _due(self, moment: datetime) -> Alarm | None:
        """The next alarm until a moment, taken out."""
        while self._alarms and self._alarms[0].moment <= moment:
            alarm = heappop(self._alarms)
            if not alarm.cancelled:
                return alarm
        return None

    def _ring(self) -> None:
        while alarm := self._due(self.now()):
            alarm.ring()
        self._arm()

    def _arm(self) -> None:
        self._disarm()
        if self._loop is not None and self._still is None and self._alarms:
            wait = (self._alarms[0].moment - self.now()).total_seconds()
            self._timer = self._loop.call_later(max(0.0, wait), self._ring)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise Refusal("A moment needs its zone, e.g. 2026-03-02T09:00:00+08:00.")
    return moment.astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal(f"There is no time zone {name!r}; one is Asia/Shanghai.") from None


def _weekday(name: str) -> int:
    try:
        return WEEKDAYS.index(name.strip().lower())
    except ValueError:
        raise Refusal(f"There is no weekday {name!r}; one is monday.") from None


def _time(text: str | time) -> time:
    try:
        return text if isinstance(text, time) else time.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(f"{text!r} is no time of day; one is 09:00.") from None
