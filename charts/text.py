"""Texts made ready for a picture: only signs that the fonts have, no longer than there is room."""

import unicodedata
from functools import lru_cache

import plain
from charts import fonts
from charts.fonts import UNITS, Font

UNKNOWN = "〓"  # the sign that printers set for one they lack
ELLIPSIS = "…"
MAX_CHARS = 400  # of one text
# Emoji that stand for a rank or a direction say the same in signs of the font.
SPOKEN = {"🥇": "①", "🥈": "②", "🥉": "③", "⬆": "↑", "⬇": "↓", "➡": "→", "⬅": "←", "✅": "✓", "⭐": "★", "🌟": "★"}
_SPOKEN = str.maketrans(SPOKEN)
_IN_PARTS = ("M", "Sk")  # categories of signs that belong to the one before them


class Type:
    """The two weights, and measuring with them."""

    def __init__(self) -> None:
        self.regular, self.bold = map(Font, fonts.FILES)

    def of(self, *, bold: bool) -> Font:
        """The font of a weight."""
        return self.bold if bold else self.regular

    @property
    def signs(self) -> frozenset[str]:
        """What can be drawn, in both weights alike."""
        return self.regular.signs & self.bold.signs

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a text is drawn, in pixels."""
        return self.of(bold=bold).width(text) * size / UNITS

    def fit(self, text: str, width: float, size: float, *, bold: bool = False) -> str:
        """The text, shortened with an ellipsis where it is wider than `width`."""
        font, room = self.of(bold=bold), width * UNITS / size
        if font.width(text) <= room:
            return text
        room -= font.width(ELLIPSIS)
        end = 0
        for sign in text:
            room -= font.width(sign)
            if room < 0:
                break
            end += 1
        return text[:end].rstrip() + ELLIPSIS

    def lines(self, text: str, width: float, size: float, most: int) -> list[str]:
        """The text broken into at most `most` lines; the last one is shortened."""
        lines = [""]
        for word in _words(text):
            if lines[-1] and self.width(lines[-1] + word.rstrip(), size) > width:
                lines.append("")
            lines[-1] += word if lines[-1] else word.lstrip()
        if len(lines) > most:
            lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
        return [self.fit(line.rstrip(), width, size) for line in lines]


@lru_cache(maxsize=1)
def type_() -> Type:
    """The fonts, read once in a process."""
    return Type()


@lru_cache(maxsize=4096)
def known(text: str) -> str:
    """A text on one line in signs that the fonts have; a run of others becomes one 〓."""
    spoken = plain.appearance(plain.bounded(text, MAX_CHARS)).translate(_SPOKEN)
    found: list[str] = []
    for sign in spoken:
        new = _known(sign)
        if new and (new != UNKNOWN or found[-1:] != [UNKNOWN]):
            found.append(new)
    return " ".join("".join(found).split())


def _known(sign: str) -> str:
    """One sign as it is drawn."""
    signs = type_().signs
    if sign in signs:
        return sign
    if unicodedata.category(sign).startswith(_IN_PARTS) or unicodedata.combining(sign) or not sign.isprintable():
        return ""
    likewise = plain.line(sign)
    return likewise if likewise and set(likewise) <= signs else UNKNOWN


def _words(text: str) -> list[str]:
    """What is not broken: a word of Latin letters with its blank, a Chinese character with the mark after it."""
    words: list[str] = []
    for sign in text:
        if words and (_is_joined(words[-1][-1], sign) or sign in NEVER_FIRST):
            words[-1] += sign
        else:
            words.append(sign)
    return words


NEVER_FIRST = frozenset("，。、；：？！”’）》】〉」』…%,.;:?!)")


def _is_joined(before: str, sign: str) -> bool:
    """Whether two signs belong to one Latin word; the blank after it is part of it."""
    return before.isascii() and sign.isascii() and not before.isspace()
