"""What the bot says, before any platform: messages, buttons, polls, files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import TypeAlias

MAX_ALBUM = 10  # photos; the platform's limit for an album
MAX_ACTION_BYTES = 64  # the platform's limit for what a button carries
Values: TypeAlias = Mapping[str, object]
Storable: TypeAlias = str | int | float | bool | Sequence["Storable"] | Mapping[str, "Storable"] | None


@dataclass(frozen=True, slots=True, init=False)
class Action:
    """What a button does: a name that never changes (`task.done`), and what it is about, as numbers or words.

    Written as `task.done:17`. A word is a value of an enum, never its position: a list may grow.
    """

    name: str
    arguments: tuple[int | str, ...]

    def __init__(self, name: str, *arguments: int | str) -> None:
        """Raises ValueError for what does not fit on a button."""
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "arguments", arguments)
        if len(str(self).encode()) > MAX_ACTION_BYTES:
            raise ValueError(f"more than {MAX_ACTION_BYTES} bytes on a button: {self}")

    def __str__(self) -> str:
        """As a button carries it."""
        return ":".join((self.name, *map(str, self.arguments)))


@dataclass(frozen=True, slots=True)
class DeepLink:
    """A button that opens the private chat with the bot and sends `/start PAYLOAD` there."""

    payload: str


@dataclass(frozen=True, slots=True, init=False)
class Subject:
    """What a message is about, so that it can be found again: a kind and the store's ids (`task:17`)."""

    kind: str
    ids: tuple[int, ...]

    def __init__(self, kind: str, *ids: int) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "ids", ids)

    def __str__(self) -> str:
        """As the store keeps it."""
        return ":".join((self.kind, *map(str, self.ids)))

    @classmethod
    def read(cls, text: str) -> Subject:
        """What the store kept."""
        kind, *ids = text.split(":")
        return cls(kind, *map(int, ids))


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its name, with the values that it shows. Texts may be values of other texts."""

    text: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; `text` names its label."""

    text: str
    action: Action | DeepLink
    values: Values = field(default_factory=dict)


Buttons: TypeAlias = Sequence[Sequence[Button]]
Keys: TypeAlias = Sequence[Sequence[Text]]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a message: its kind (`points.weekly`), and the values that it is painted from.

    It is painted when the message is sent, so the store keeps no bytes. Its words are texts of the kind's drawing; the
    values are figures and names.
    """

    kind: str
    values: Mapping[str, Storable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ValueError for values that the store would not give back as they are."""
        if not _is_storable(self.values):
            raise ValueError(f"a picture of {self.kind} has values that cannot be stored")


class AttachedKind(StrEnum):
    """How the platform shows an attached file."""

    PICTURE = "picture"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the platform keeps already, by its name there."""

    kind: AttachedKind
    id: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: a text by its name, its values, the buttons under it.

    By its `subject` it is found again, to be edited or deleted. In a group only what `sounds` makes a sound: what a day
    begins with, the week's summary, what names people. In private only a `silent` one makes none. A `prompt` opens a
    reply to it for whoever wrote the message that it answers, with these words in the empty field: in a group the bot
    may hear replies alone. The platform lets such a message have no buttons and be deleted, but not edited. In a
    `veiled` one, or the file above it, secrets are hidden until it is sent. `keys` are the labels of the fixed keyboard
    that a private chat has from this message on: the platform lets such a message have no buttons and no edits.

    With a `picture` the text is its caption, and must be understood without it: where no picture can be painted or
    sent, or the text is longer than a caption may be, the text is sent alone. Edited without a picture, a message keeps
    the one that it has; a message that was sent without one never gets one.

    With an `attached` file the text is its caption, too. Where it is longer than a caption may be, or the platform does
    not have the file any more, the text is sent alone.

    An `album` are photos that the platform keeps already, no more than `MAX_ALBUM`, shown as one with the text below
    them. The platform lets such a message have no buttons and no edits.
    """

    text: str
    values: Values = field(default_factory=dict)
    buttons: Buttons = ()
    subject: Subject | None = None
    silent: bool = False
    sounds: bool = False
    prompt: Text | None = None
    veiled: bool = False
    keys: Keys = ()
    picture: Picture | None = None
    attached: Attached | None = None
    album: tuple[str, ...] = ()

    @property
    def may_have_keys(self) -> bool:
        """Whether it can bring a fixed keyboard along."""
        return not self.buttons and self.subject is None and self.prompt is None


class Sign(StrEnum):
    """What a bot may react with; the platform has a fixed list, and ✅ is not in it."""

    DONE = "👍"


@dataclass(frozen=True, slots=True)
class Reaction:
    """An answer that needs no words in a group: a sign on the message that it answers.

    Its writer reads `words` in private if that chat is open. They are said in the chat itself where it is
    private, and, without a sound, where the platform refuses the sign.
    """

    words: Message
    sign: Sign = Sign.DONE


@dataclass(frozen=True, slots=True)
class Whisper:
    """An answer that is one person's affair: in a group they read `words` in private, and the others see a sign.

    `instead` is said in the group, without a sound, where their private chat is not open or the sign is refused.
    """

    words: Message
    instead: Message


Answer: TypeAlias = Message | Reaction | Whisper


@dataclass(frozen=True, slots=True)
class Poll:
    """A native poll, which makes no sound. With `correct` (index of the right option) it is a quiz.

    Options that are words of the program are texts. A poll may have buttons below it.
    """

    question: str
    options: tuple[str | Text, ...]
    anonymous: bool = False
    correct: int | None = None
    explanation: str = ""
    multiple: bool = False
    closes_at: datetime | None = None
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file for somebody: `text` names its name, `ending` is the name's last part (`xlsx`)."""

    text: str
    ending: str
    content: bytes = field(repr=False)
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thread:
    """Where in a chat an answer belongs: the message that it answers, and the forum topic."""

    reply_to: int | None = None
    topic: int | None = None


NOWHERE = Thread()


def _is_storable(value: object) -> bool:
    """Whether JSON keeps a value as it is; a tuple comes back as a list."""
    if isinstance(value, Mapping):
        return all(isinstance(name, str) and _is_storable(one) for name, one in value.items())
    if isinstance(value, list | tuple):
        return all(map(_is_storable, value))
    return isfinite(value) if isinstance(value, float) else value is None or isinstance(value, str | int)


def in_rows(buttons: Sequence[Button], size: int) -> Buttons:
    """Buttons in rows of so many."""
    return [buttons[first : first + size] for first in range(0, len(buttons), size)]
