"""Two weights of one font, and all that is asked of them: which signs they have, how wide they are, how they look.

Texts are drawn as outlines. An SVG's own texts would be set by resvg, which reads the whole font anew for each of them.
"""

import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import uharfbuzz

HERE = Path(__file__).parent
FILES = (HERE / "regular.otf", HERE / "bold.otf")
UNITS = 1000  # of an em
CENTRE = 370  # units from the base line to the middle of a digit
MAX_CACHED_GLYPHS = 4000  # of one weight


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign's outline: where it begins, the rest relative to that, and how far it is to the next sign."""

    x: int
    y: int
    rest: str
    advance: int


class _Outline:
    """Collects an outline as commands of an SVG path, each relative to the one before, with y downwards."""

    def __init__(self) -> None:
        self.begin: tuple[int, int] | None = None
        self.parts: list[str] = []
        self._at = self._start = (0, 0)

    def move(self, x: float, y: float) -> None:
        to = (round(x), -round(y))
        if self.begin is None:
            self.begin = to
        else:
            self.parts.append(f"m{to[0] - self._start[0]} {to[1] - self._start[1]}")
        self._at = self._start = to

    def line(self, x: float, y: float) -> None:
        self._add("l", x, y)

    def curve(self, *numbers: float) -> None:
        self._add("c", *numbers)

    def close(self) -> None:
        self.parts.append("z")

    def _add(self, command: str, *numbers: float) -> None:
        points = [(round(x), -round(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        self.parts.append(command + " ".join(f"{x - self._at[0]} {y - self._at[1]}" for x, y in points))
        self._at = points[-1]


def _pen() -> uharfbuzz.DrawFuncs:
    pen = uharfbuzz.DrawFuncs()
    pen.set_move_to_func(lambda x, y, outline: outline.move(x, y))
    pen.set_line_to_func(lambda x, y, outline: outline.line(x, y))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, outline: outline.curve(a, b, c, d, x, y))
    pen.set_close_path_func(lambda outline: outline.close())
    return pen


class Font:
    """One weight. Signs that it lacks have no glyph: `text.known` replaces them before."""

    def __init__(self, file: Path) -> None:
        face = uharfbuzz.Face(uharfbuzz.Blob(file.read_bytes()))
        self._font = uharfbuzz.Font(face)
        self._pen = _pen()
        self._glyphs: dict[str, Glyph] = {}
        self.signs = frozenset(map(chr, face.unicodes))

    @cached_property
    def narrow(self) -> dict[str, int]:
        """The widths of the signs that are not as wide as a Chinese one."""
        widths = ((sign, self._advance(sign)) for sign in sorted(self.signs))
        return {sign: width for sign, width in widths if width != UNITS}

    def width(self, text: str) -> int:
        """How wide a text is, in units."""
        return sum(self.narrow.get(sign, UNITS) for sign in text)

    def path(self, text: str) -> str:
        """The outlines of a text as one SVG path in units, beginning at 0 on the base line."""
        parts, at = [], 0
        for sign in text:
            glyph = self._glyph(sign)
            if glyph.rest:
                parts.append(f"M{at + glyph.x} {glyph.y}{glyph.rest}")
            at += glyph.advance
        return "".join(parts)

    def lacks(self, signs: Iterable[str]) -> set[str]:
        """Those of some signs that it does not have."""
        return set(signs) - self.signs

    def _glyph(self, sign: str) -> Glyph:
        if sign not in self._glyphs:
            if len(self._glyphs) >= MAX_CACHED_GLYPHS:
                self._glyphs.clear()
            self._glyphs[sign] = self._drawn(sign)
        return self._glyphs[sign]

    def _drawn(self, sign: str) -> Glyph:
        number, outline = self._font.get_nominal_glyph(ord(sign)), _Outline()
        if number is None:
            return Glyph(0, 0, "", UNITS)
        self._font.draw_glyph(number, self._pen, outline)
        x, y = outline.begin or (0, 0)
        return Glyph(x, y, "".join(outline.parts), self._advance(sign))

    def _advance(self, sign: str) -> int:
        return int(self._font.get_glyph_h_advance(self._font.get_nominal_glyph(ord(sign))))


def table() -> str:
    """The characters of the Table of General Standard Chinese Characters."""
    return (HERE / "characters.txt").read_text(encoding="utf-8").strip()


def lacking() -> set[str]:
    """What a weight lacks of the table, letters and digits. Raises OSError where a file is missing."""
    wanted = table() + string.ascii_letters + string.digits
    return {sign for file in FILES for sign in Font(file).lacks(wanted)}
