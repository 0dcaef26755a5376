"""Lists of responsibilities: a row is what a role does in which rhythm. What words mean is not this room's business.

The sample lists are a file beside this one, in the same fields.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sheets.columns import plain
from sheets.headed import Headed
from sheets.reader import Reader

FOLDER = Path(__file__).parent
TABLE = tomllib.loads((FOLDER / "responsibility.toml").read_text(encoding="utf-8"))
HEADINGS = {plain(word): name for name, words in TABLE["headings"].items() for word in words}
FIELDS = ("role", "what", "rhythm", "outcome", "standard", "basis")
TABLES = Headed(HEADINGS, frozenset({"role", "what", "rhythm"}), most=2_000, step=200)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list and its number, 0 in a sample list."""

    row: int
    role: str
    what: str
    rhythm: str
    outcome: str = ""
    standard: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A list that ships with the program, and where it comes from."""

    name: str
    english: str
    source: str
    rows: tuple[Row, ...]


@cache
def samples() -> tuple[Sample, ...]:
    """The sample lists; the first is the usual one."""
    kept = tomllib.loads((FOLDER / "responsibility_lists.toml").read_text(encoding="utf-8"))
    return tuple(
        Sample(one["name"], one["english"], one["source"], tuple(Row(0, **entry) for entry in one["entry"]))
        for one in kept["list"]
    )


def rows(data: bytes, progress: Callable[[int, int], None]) -> Iterator[Row]:
    """The rows of the list in a file, blank ones left out; a merged role stands in each row. Raises WrongFile."""
    for sheet, top in TABLES.find(data):
        for number, said in TABLES.below(sheet, top, progress):
            yield Row(number, **said)


LIST = Reader("sheets.responsibility:rows", (Row,), lambda found: [one for one in found if isinstance(one, Row)])
