"""The record of all calls of the Bot API."""

from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]

# Enough for any test; a sandbox that runs for days must not fill the memory.
KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what was given (numbers, booleans and objects as such) and what was answered.

    `status` is the HTTP status, 0 where the sandbox gave no answer on purpose; `at` is the sandbox's time.
    """

    id: int
    token: str
    method: str
    parameters: Json
    status: int
    response: Json
    at: datetime

    def as_dict(self) -> Json:
        """For JSON."""
        return asdict(self) | {"at": self.at.isoformat()}


class Calls:
    """The newest calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._next = 1

    def add(self, *, token: str, method: str, parameters: Json, status: int, response: Json, at: datetime) -> None:
        """Write down a call."""
        self._calls.append(Call(self._next, token, method, parameters, status, response, at))
        self._next += 1

    def after(self, number: int = 0) -> list[Call]:
        """The calls with an id above a number."""
        return [call for call in self._calls if call.id > number]

    def clear(self) -> None:
        """Forget them; ids go on rising."""
        self._calls.clear()
