"""Faults on demand: what goes wrong, for which program and method, and how often."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
EMPTY: Mapping[str, Any] = {}


class Kind(StrEnum):
    """What can go wrong."""

    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    FLOOD = "flood"
    ERROR = "error"
    REFUSE = "refuse"
    SLOW = "slow"


@dataclass(slots=True)
class Fault:
    """A fault that waits for its next `times` calls; `method` "*" is any, `token` None is any program's.

    With `chat` or `thread` it strikes calls for that chat or topic alone; `thread` 0 is a call that names no topic.
    """

    method: str
    kind: Kind
    times: int = 1
    token: str | None = None
    seconds: float = 1.0
    status: int = 502
    description: str = "Bad Gateway"
    retry_after: int = 1
    chat: int | None = None
    thread: int | None = None

    def fits(self, token: str, method: str, given: Mapping[str, Any]) -> bool:
        """Whether it strikes a call with these parameters."""
        if self.chat is not None and str(given.get("chat_id")) != str(self.chat):
            return False
        if self.thread is not None and str(given.get("message_thread_id") or 0) != str(self.thread):
            return False
        return self.token in {None, token} and self.method.lower() in {"*", method.lower()}

    def as_dict(self) -> Json:
        """For JSON."""
        return asdict(self) | {"kind": self.kind.value}


class Faults:
    """The faults that wait, struck in the order in which they were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Let something go wrong."""
        self._faults.append(fault)
        return fault

    def all(self) -> list[Fault]:
        """Those that still wait."""
        return list(self._faults)

    def clear(self) -> None:
        """Let all go right."""
        self._faults.clear()

    def strike(self, token: str, method: str, given: Mapping[str, Any] = EMPTY) -> Fault | None:
        """The fault of a call, counted as done; None if all goes right."""
        fault = next((fault for fault in self._faults if fault.fits(token, method, given)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
        return fault
