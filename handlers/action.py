"""The data of a pressed button as typed values. It is untrusted: a client may send any data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from domain.refusal import Refusal

MAX_DIGITS = 15  # fits a button and an integer of both engines
E = TypeVar("E", bound=StrEnum)


class ButtonExpired(Refusal):
    """A button that no feature handles any more."""

    text = "general.button_over"


def name_of(data: str) -> str:
    """The name of a button by its untrusted data."""
    return data.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Pressed:
    """The untrusted data of a button (`task.done:17`): its name and the words after it.

    Each method raises ButtonExpired for data that no button of this program has.
    """

    name: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, data: str) -> Pressed:
        """Parse the data that came from the platform."""
        name, *words = data.split(":")
        return cls(name, tuple(words))

    def having(self, count: int) -> Pressed:
        """The same, if exactly `count` words follow the name."""
        if len(self.words) != count:
            raise ButtonExpired
        return self

    def number(self, place: int = 0) -> int:
        """The word at a position as a number."""
        word = self.word(place)
        if not word.isdecimal() or len(word) > MAX_DIGITS:
            raise ButtonExpired
        return int(word)

    def numbers(self, count: int) -> list[int]:
        """All words after the name, as exactly `count` numbers."""
        return [self.having(count).number(place) for place in range(count)]

    def word(self, place: int = 0) -> str:
        """The word at a position."""
        if place >= len(self.words):
            raise ButtonExpired
        return self.words[place]

    def member(self, kind: type[E], place: int = 0) -> E:
        """The member of an enum whose value is at a position."""
        try:
            return kind(self.word(place))
        except ValueError as error:
            raise ButtonExpired from error
