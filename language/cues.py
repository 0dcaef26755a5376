"""Finding the cues of the tag table in a text, also those written with signs of the same sound."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

SYLLABLES = Path(__file__).with_name("syllables.txt")

GAP = "…"  # between the parts of a cue: up to six other signs, within one clause
_FAR = 6
_CLAUSES = str.maketrans(dict.fromkeys("，。；！？、,;!?", "\n"))
_SHORT = 2
_SOUNDING, _MAX_SOUNDING = 3, 6  # signs of a cue that is also found by its sound


class Cues:
    """The cues of a table. They are found in linear time, the longest at each place."""

    def __init__(self, cues: Iterable[str]) -> None:
        """Take folded cues."""
        every = set(cues)
        self._words = {cue for cue in every if GAP not in cue}
        self._longest = max(map(len, self._words), default=0)
        self._parted = [(cue, tuple(cue.split(GAP))) for cue in sorted(every - self._words)]
        self._syllables = _syllables()
        self._sounds = {self._sound(word): word for word in sorted(self._words) if _is_long(word)}

    def found(self, text: str, borders: Sequence[int]) -> dict[str, None]:
        """The cues of a folded text, each once, in their order. `borders` are the places between its words."""
        found = dict.fromkeys(self._plain(text, set(borders)))
        clauses = text.translate(_CLAUSES)
        found.update(dict.fromkeys(cue for cue, parts in self._parted if _has(clauses, parts)))
        return found

    def _plain(self, text: str, borders: set[int]) -> Iterator[str]:
        start = 0
        while start < len(text):
            cue, length = self._at(text, start, borders)
            if cue:
                yield cue
            start += length or 1

    def _at(self, text: str, start: int, borders: set[int]) -> tuple[str, int]:
        """The longest cue at a place and its length, else one of the same sound, else none."""
        longest = min(self._longest, len(text) - start)
        whole = (length for length in range(longest, 0, -1) if self._is_cue(text, start, start + length, borders))
        length = next(whole, 0)
        if length <= 1 and start in borders:
            for sounding in range(min(longest, _MAX_SOUNDING), _SOUNDING - 1, -1):
                cue = self._sounds.get(self._sound(text[start : start + sounding]), "")
                if cue:
                    return cue, sounding
        return text[start : start + length], length

    def _is_cue(self, text: str, start: int, end: int, borders: set[int]) -> bool:
        cue = text[start:end]
        return cue in self._words and _stands(cue, start, end, borders)

    def _sound(self, word: str) -> tuple[str, ...]:
        return tuple(self._syllables.get(sign, sign) for sign in word)


def _is_long(word: str) -> bool:
    return len(word) >= _SOUNDING and all("\u4e00" <= sign <= "\u9fff" for sign in word)


def _stands(cue: str, start: int, end: int, borders: set[int]) -> bool:
    """Whether a cue is no part of other words: one of two signs may begin or end a longer word, one of one may not."""
    if cue.isascii() or len(cue) == 1:
        return start in borders and end in borders
    return len(cue) > _SHORT or start in borders or end in borders


def _has(text: str, parts: tuple[str, ...]) -> bool:
    """Whether the parts follow each other within a clause (a line of `text`)."""
    return all(part in text for part in parts) and any(_follow(text, end, parts[1:]) for end in _ends(text, parts[0]))


def _ends(text: str, part: str) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place + len(part)
        place = text.find(part, place + 1)


def _follow(text: str, end: int, parts: tuple[str, ...]) -> bool:
    for part in parts:
        place = text.find(part, end, end + _FAR + len(part))
        if place < 0 or "\n" in text[end:place]:
            return False
        end = place + len(part)
    return True


@cache
def _syllables() -> dict[str, str]:
    """How each sign sounds, without its tone."""
    lines = SYLLABLES.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {sign: sound for sound, signs in rows for sign in signs}
