"""At which line of a TOML file a table or a key stands: the standard library's reader does not tell.

The text is known to be TOML. What stands inside an inline table or an array has its key's line.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[str | int, ...]
TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)
HEADER = re.compile(r"\[\[?([^\]\n]{1,80})\]")
KEY = re.compile(r"\"[^\"]*\"|'[^']*'|[\w-]+")


class Lines:
    """The lines of one file."""

    def __init__(self, text: str) -> None:
        self._found: dict[Place, int] = {}
        tables: Counter[Place] = Counter()
        where: Place = ()
        for line, words in _statements(text):
            header = HEADER.match(words)
            names = [name.strip("\"'") for name in KEY.findall(header[1] if header else words.partition("=")[0])]
            if not header:
                self._found.setdefault((*where, *names[:1]), line)
                continue
            where = _path(names[:-1], tables)
            last: Place = (*where, names[-1])
            if words.startswith("[["):
                tables[last] += 1
                where = (*last, tables[last] - 1)
            else:
                where = _path(names, tables)
            self._found.setdefault(where, line)
            self._found.setdefault(last, line)

    def of(self, *place: str | int) -> int:
        """The line of a place (`"rule", 2, "caps"`), or of what it stands in; 1 where nothing is known."""
        for end in range(len(place), 0, -1):
            if place[:end] in self._found:
                return self._found[place[:end]]
        return 1


def _path(names: list[str], tables: Counter[Place]) -> Place:
    """The place that the names of a header lead to: of an array of tables, to the newest of them."""
    path: Place = ()
    for name in names:
        path = (*path, name)
        if path in tables:
            path = (*path, tables[path] - 1)
    return path


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Headers and keys with their values, each with the line on which it begins."""
    line, depth, begun = 1, 0, 0
    begun_at = 1
    for token in TOKEN.finditer(text + "\n"):
        mark = token[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif mark == "\n" and depth <= 0:
            words = text[begun : token.start()].strip()
            if words and not words.startswith("#"):
                yield begun_at, words
            begun, begun_at, depth = token.end(), line + 1, 0
        line += mark.count("\n")
