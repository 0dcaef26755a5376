"""What a pressed button carries, as typed values; a client may send any data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from domain.refusal import Refusal

MAX_DIGITS = 15  # what a button may carry and both engines can hold
E = TypeVar("E", bound=StrEnum)


class ButtonExpired(Refusal):
    """A button that no feature knows any more."""

    text = "general.button_over"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button's data (`task.done:17`), not trusted yet: its name and what follows.

    Each reader raises ButtonExpired for what no button of this program carries.
    """

    name: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, data: str) -> Pressed:
        """What came from the platform."""
        name, *words = data.split(":")
        return cls(name, tuple(words))

    def having(self, count: int) -> Pressed:
        """The same, where so many words follow the name."""
        if len(self.words) != count:
            raise ButtonExpired
        return self

    def number(self, place: int = 0) -> int:
        """The number at a place."""
        word = self.word(place)
        if not word.isdecimal() or len(word) > MAX_DIGITS:
            raise ButtonExpired
        return int(word)

    def numbers(self, count: int) -> list[int]:
        """All that follows the name, as so many numbers."""
        return [self.having(count).number(place) for place in range(count)]

    def word(self, place: int = 0) -> str:
        """The word at a place."""
        if place >= len(self.words):
            raise ButtonExpired
        return self.words[place]

    def member(self, kind: type[E], place: int = 0) -> E:
        """The member of an enum whose value stands at a place."""
        try:
            return kind(self.word(place))
        except ValueError as error:
            raise ButtonExpired from error
