"""What the bot says, before any platform: texts by name, buttons, polls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `text` names its label, `action` comes back when it is pressed (at most 64 bytes).

    An action that begins with `https://` is a link, which is opened instead.
    """

    text: str
    action: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Poll:
    """A native poll. With `correct` (index of the right option) it is a quiz."""

    question: str
    options: tuple[str, ...]
    anonymous: bool = False
    correct: int | None = None
    explanation: str = ""
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file for somebody: `text` names its name, `ending` is the name's last part (`xlsx`)."""

    text: str
    ending: str
    content: bytes = field(repr=False)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thread:
    """Where in a chat an answer belongs: the message that it answers, and the forum topic."""

    reply_to: int | None = None
    topic: int | None = None


NOWHERE = Thread()

Buttons: TypeAlias = Sequence[Sequence[Button]]
