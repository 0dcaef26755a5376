"""Whether a text tells of acute danger, so that somebody must hear of it at once.

read("2号面瓦斯超限，探头一直响")      # "瓦斯超限"
read("组织一次瓦斯超限应急演练")       # None

A clause counts for itself, but what makes a sentence calm (a drill, a lesson, "if") holds for all of it.
The table is `hazards.toml`. Where it finds nothing, a linear model over runs of signs (`hazards.weights`, made by
`benchmarks/tagging/hazards.py`) reads what the table does not call calm.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plain
from language import model

TABLE = Path(__file__).with_name("hazards.toml")
WEIGHTS = Path(__file__).with_name("hazards.weights")
MAX_TEXT_CHARS = 2000  # a suggestion has no more
MAX_WORD_CHARS = 24
GAP, BEFORE = 6, 4  # signs between a thing and its state; between a denial and the danger
WHOLE = 12  # a shorter sentence says too little by itself: it is read with the next
AT_ONCE = 3  # clauses: what a long sentence says besides would drown the danger
DANGER = "danger"  # the model's only tag
LIKELY = 0.73  # the lowest at which cross-validation rings for at most 3 % of calm sentences with tags
SENTENCE = re.compile(r"[。！!？?；;\n]+")
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

    def happening(self, text: str) -> list[list[str]]:
        """The clauses of each sentence that nothing makes calm."""
        sentences = SENTENCE.split(plain.line(text[:MAX_TEXT_CHARS]).lower())
        return [
            [clause.strip() for clause in CLAUSE.split(one) if clause.strip()]
            for one in sentences
            if self.now.search(one) or not self.calm.search(one)
        ]

    def found(self, clause: str) -> str | None:
        """The words of danger in a clause; `None` where there are none, or all are denied."""
        for match in self.danger.finditer(clause):
            before = clause[max(0, match.start() - BEFORE) : match.start()]
            unreal = self.denied.search(before) or self.unreal.search(before + match[0])
            if not unreal and not self.after.match(clause, match.end()):
                return match[0]
        return None


def read(text: str) -> str | None:
    """The words of danger in a text; `None` where nothing acute is told of."""
    return by_table(text) or _likely_in(text)


def by_table(text: str) -> str | None:
    """The words of danger that the table knows."""
    table = _table()
    found = (table.found(clause) for sentence in table.happening(text) for clause in sentence)
    return next(filter(None, found), None)


def _likely_in(text: str) -> str | None:
    """The likeliest clause of what the model takes for danger."""
    for clauses in spans(text):
        if likely(",".join(clauses)) >= LIKELY:
            return max(clauses, key=likely)[:MAX_WORD_CHARS]
    return None


def spans(text: str) -> Iterator[list[str]]:
    """What the model reads of a text at once: a few neighbouring clauses."""
    for unit in _units(text):
        for first in range(max(1, len(unit) - AT_ONCE + 1)):
            yield unit[first : first + AT_ONCE]


def _units(text: str) -> Iterator[list[str]]:
    """The clauses of sentences, short ones together, without what the table denies."""
    unit: list[str] = []
    for sentence in _table().happening(text):
        unit += [clause for clause in sentence if not _table().danger.search(clause)]
        if sum(map(len, unit)) >= WHOLE:
            yield unit
            unit = []
    if unit:
        yield unit


def likely(text: str) -> float:
    """How likely the model takes a folded text to tell of danger (0 to 1)."""
    return _model().likely(text)[DANGER]


@cache
def _model() -> model.Model:
    return model.read(WEIGHTS)


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
