"""Whether a text tells of acute danger, so that somebody must hear of it at once.

read("2号面瓦斯超限，探头一直响")      # "瓦斯超限"
read("组织一次瓦斯超限应急演练")       # None

A clause counts for itself, but what makes a sentence calm (a drill, a lesson, "if") holds for all of it.
The table is `hazards.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plain

TABLE = Path(__file__).with_name("hazards.toml")
MAX_TEXT_CHARS = 2000  # a suggestion has no more
GAP, BEFORE = 6, 4  # signs between a thing and its state; between a denial and the danger
SENTENCE = re.compile(r"[。！!？?；;\n]+")
QUESTION = re.compile(r"[?？]")
CLAUSE = re.compile(r"[，,、:：]+")


@dataclass(frozen=True, slots=True)
class Hazards:
    """The table, as patterns that take linear time."""

    danger: re.Pattern[str]
    calm: re.Pattern[str]
    denied: re.Pattern[str]
    unreal: re.Pattern[str]
    after: re.Pattern[str]
    now: re.Pattern[str]

    def read(self, text: str) -> str | None:
        """The words of danger in a text; `None` where nothing acute is told of."""
        for sentence in SENTENCE.split(plain.line(text[:MAX_TEXT_CHARS]).lower()):
            is_now = bool(self.now.search(sentence))
            if self.calm.search(sentence) and not is_now:
                continue
            for clause in CLAUSE.split(sentence):
                found = self._in(clause)
                if found:
                    return found
        return None

    def _in(self, clause: str) -> str | None:
        for match in self.danger.finditer(clause):
            before = clause[max(0, match.start() - BEFORE) : match.start()]
            unreal = self.denied.search(before) or self.unreal.search(before + match[0])
            if not unreal and not self.after.match(clause, match.end()):
                return match[0]
        return None


def read(text: str) -> str | None:
    """The words of danger in a text; `None` where nothing acute is told of."""
    return _table().read(text)


@cache
def _table() -> Hazards:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    pairs = (f"(?:{_any(pair['things'])})[^，,。]{{0,{GAP}}}?(?:{_any(pair['states'])})" for pair in table["pairs"])
    danger = "|".join((_any(table["signs"]), *pairs))
    return Hazards(
        re.compile(danger),
        re.compile(_any(table["calm"])),
        re.compile(_any(table["denied"])),
        re.compile(_any(table["unreal"])),
        re.compile(_any(table["after"])),
        re.compile(_any(table["now"])),
    )


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
