"""What a benchmark found: rows with their figures, and whether each reaches what it must."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from unicodedata import east_asian_width

Say = Callable[[str], None]


class WorkNotDone(Exception):  # noqa: N818 - named for what was found
    """What was measured did not do its work, so the time that it took means nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `least` and `most` are what it must reach; with neither it is told as information.

    `value` is None where it could not be measured; `note` says why, or what else a reader has to know.
    """

    benchmark: str
    what: str
    against: str
    value: float | None
    unit: str
    least: float | None = None
    most: float | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def target(self) -> str:
        """What it must reach, in words."""
        if self.least is not None:
            return f"≥ {self.least:g} {self.unit}"
        return f"≤ {self.most:g} {self.unit}" if self.most is not None else ""

    @property
    def met(self) -> bool | None:
        """Whether it reaches that; None where there is nothing to reach."""
        if self.least is None and self.most is None:
            return None
        if self.value is None:
            return False
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    @property
    def told(self) -> str:
        """The figure with its unit."""
        return "not measured" if self.value is None else f"{rounded(self.value)} {self.unit}"

    def as_dict(self) -> dict[str, Any]:
        """The row as `latest.json` has it."""
        names = ("benchmark", "what", "against", "value", "unit", "target", "met", "figures", "note")
        return {name: getattr(self, name) for name in names}


def rounded(value: float) -> str:
    """Three digits that say something; whole numbers from a hundred on."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as `as_dict` gives them, as a table in Markdown with its columns aligned."""
    heads = ("what", "against", "measured", "must reach", "met")
    lines = [heads, *((r["what"], r["against"], _told(r), r["target"], _mark(r["met"])) for r in rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(heads))]
    drawn = ["| " + " | ".join(_padded(c, w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(drawn)


def _told(row: Mapping[str, Any]) -> str:
    told = "not measured" if row["value"] is None else f"{rounded(row['value'])} {row['unit']}"
    return f"{told} ({row['note']})" if row["note"] else told


def _mark(met: bool | None) -> str:
    return {None: "", True: "yes", False: "NO"}[met]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
