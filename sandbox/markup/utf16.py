"""UTF-16 code units, in which Telegram counts: a character beyond U+FFFF is two."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from sandbox.markup.errors import MarkupError

LAST_OF_ONE_UNIT = "\uffff"


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text has."""
    return len(text) + sum(char > LAST_OF_ONE_UNIT for char in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers; empty or cut where the entity lies outside.

    Raises UnicodeDecodeError where it cuts a character in two.
    """
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


class Units:
    """A text's character positions and their UTF-16 offsets."""

    def __init__(self, text: str) -> None:
        self._offsets = list(accumulate((1 + (char > LAST_OF_ONE_UNIT) for char in text), initial=0))

    def offset(self, position: int) -> int:
        """A character's UTF-16 offset; the text's length in units for the position after the last."""
        return self._offsets[position]

    def positions(self, start: int, end: int) -> tuple[int, int]:
        """The characters between two UTF-16 offsets.

        Raises MarkupError where they lie outside the text or within a character.
        """
        last = self._offsets[-1]
        if start > last:
            raise MarkupError(f"entity begins after the end of the text at UTF-16 offset {start}")
        if end > last:
            raise MarkupError(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
            )
        if start < 0 or end < start:
            raise MarkupError(f"receive an entity with incorrect offset {start} or length {end - start}")
        first, after = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        if self._offsets[first] != start:
            raise MarkupError(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {start}")
        if self._offsets[after] != end:
            raise MarkupError(f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol")
        return first, after
