"""`/sandbox/clock`, `limits`, `faults`, `calls`, `reset`: how the sandbox works."""

from datetime import datetime

from sandbox.control.desk import Desk, Entry, Json
from sandbox.control.wish import Wish
from sandbox.errors import Refusal
from sandbox.faults import Kind as FaultKind


class WorkingCalls(Desk):
    """The workings of a sandbox."""

    def entries(self) -> list[Entry]:
        """What is answered here."""
        return [
            ("GET", "clock", self.clock),
            ("POST", "clock", self.move_clock),
            ("GET", "limits", self.limits),
            ("POST", "limits", self.change_limits),
            ("GET", "faults", self.faults),
            ("POST", "faults", self.add_fault),
            ("DELETE", "faults", self.clear_faults),
            ("GET", "calls", self.calls),
            ("DELETE", "calls", self.clear_calls),
            ("POST", "reset", self.reset),
        ]

    def clock(self, _: Wish) -> Json:
        """The sandbox's time."""
        clock = {"now": self.sandbox.clock.now().isoformat(), "movable": self.sandbox.clock.movable}
        return clock | ({"zone": self.sandbox.zone} if self.sandbox.zone else {})

    def move_clock(self, wish: Wish) -> Json:
        """Move it forward: to a moment, by seconds, or to the next such moment of a week."""
        clock = self.sandbox.clock
        if coming := wish.maybe_text("next"):
            weekday, _, at = coming.strip().partition(" ")
            clock.next(weekday, at, wish.maybe_text("zone") or self.sandbox.zone or "UTC")
        elif to := wish.maybe_text("to"):
            clock.move_to(_moment(to))
        else:
            clock.move_by(wish.number("by"))
        return self.clock(wish)

    def limits(self, _: Wish) -> Json:
        """The flood limits."""
        return self.sandbox.limits.as_dict()

    def change_limits(self, wish: Wish) -> Json:
        """Let them hold or not, or allow more."""
        limits = self.sandbox.limits
        enforced, factor = wish.maybe_flag("enforced"), wish.maybe_number("factor")
        if factor is not None and factor <= 0:
            raise Refusal('"factor" is above 0.')
        limits.enforced = limits.enforced if enforced is None else enforced
        limits.factor = limits.factor if factor is None else factor
        limits.forget()
        return limits.as_dict()

    def faults(self, _: Wish | None = None) -> list[Json]:
        """The faults that wait."""
        return [fault.as_dict() for fault in self.sandbox.faults.all()]

    def add_fault(self, wish: Wish) -> list[Json]:
        """Let something go wrong."""
        values = {
            "times": wish.maybe_whole("times"),
            "token": wish.maybe_text("token"),
            "seconds": wish.maybe_number("seconds"),
            "status": wish.maybe_whole("status"),
            "description": wish.maybe_text("description"),
            "retry_after": wish.maybe_whole("retry_after"),
            "chat": wish.maybe_whole("chat"),
            "thread": wish.maybe_whole("thread"),
        }
        given = {name: value for name, value in values.items() if value is not None}
        kind = wish.text("kind")
        if kind not in set(FaultKind):
            raise Refusal(f"A fault is one of {', '.join(FaultKind)}.")
        self.sandbox.fault(wish.text("method"), kind=kind, **given)  # type: ignore[arg-type]
        return self.faults()

    def clear_faults(self, _: Wish) -> list[Json]:
        """Let all go right."""
        self.sandbox.faults.clear()
        return []

    def calls(self, wish: Wish) -> list[Json]:
        """Calls of the Bot API."""
        return [call.as_dict() for call in self.sandbox.record.after(wish.maybe_whole("after") or 0)]

    def clear_calls(self, _: Wish) -> Json:
        """Forget them."""
        self.sandbox.record.clear()
        return {}

    def reset(self, _: Wish) -> Json:
        """Start anew."""
        self.sandbox.reset()
        return {}


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{text!r} is no moment; one is 2026-03-02T09:00:00+08:00.") from None
