"""Telegram's flood limits, in real time: about 30 messages a second in all, one a second and 20 a minute in a group."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil
from time import monotonic

from sandbox.chats import Chat
from sandbox.errors import too_many_requests
from sandbox.people import Bot


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages in so many seconds."""

    messages: int
    seconds: float


IN_ALL = Rate(30, 1.0)
# "Avoid sending more than one message per second" allows short bursts.
IN_A_CHAT = Rate(5, 5.0)
IN_A_GROUP = Rate(20, 60.0)


@dataclass(slots=True)
class Limits:
    """Whether the limits hold, and how much more than Telegram's they allow (`factor` 2: twice as many messages)."""

    enforced: bool = False
    factor: float = 1.0
    _sent: dict[tuple[int, int | None, Rate], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, bot: Bot, chat: Chat, messages: int = 1) -> None:
        """Count messages that a bot sends to a chat. Raises ApiError 429, counting nothing, when they are too many."""
        if not self.enforced:
            return
        windows = [(self._sent[key], key[2]) for key in _keys(bot, chat)]
        now = monotonic()
        wait = max(self._wait(sent, rate, messages, now) for sent, rate in windows)
        if wait > 0:
            raise too_many_requests(ceil(wait))
        for sent, _ in windows:
            sent.extend([now] * messages)

    def forget(self) -> None:
        """Start counting anew."""
        self._sent.clear()

    def as_dict(self) -> dict[str, object]:
        """`{enforced, factor}`."""
        return {"enforced": self.enforced, "factor": self.factor}

    def _wait(self, sent: deque[float], rate: Rate, messages: int, now: float) -> float:
        while sent and sent[0] <= now - rate.seconds:
            sent.popleft()
        allowed = max(messages, int(rate.messages * self.factor))
        excess = len(sent) + messages - allowed
        return sent[excess - 1] + rate.seconds - now if excess > 0 else 0.0


def _keys(bot: Bot, chat: Chat) -> list[tuple[int, int | None, Rate]]:
    keys: list[tuple[int, int | None, Rate]] = [(bot.id, None, IN_ALL), (bot.id, chat.id, IN_A_CHAT)]
    return keys if chat.is_private else [*keys, (bot.id, chat.id, IN_A_GROUP)]
