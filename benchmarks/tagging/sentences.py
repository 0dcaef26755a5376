"""The sentences that tags are measured on."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "tests" / "language"
TUNING = FOLDER / "tags_tuning.tsv"
KEPT = FOLDER / "tags_kept.tsv"
FRESH = FOLDER / "tags_fresh.tsv"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the tags that a person gives it."""

    trade: str
    tags: frozenset[str]
    text: str


def read(path: Path) -> list[Sentence]:
    """The sentences of a file; its head says what it holds."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [Sentence(trade, frozenset(tags.replace("-", "").split()), text) for trade, tags, text in rows]
