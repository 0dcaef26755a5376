"""Tag tables in files: a row is a cue, with its tag and its kind. What the words mean is not this room's business."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sheets.headed import Headed
from sheets.reader import Reader
from sheets.reading import MAX_LINES

TABLE = tomllib.loads((Path(__file__).parent / "tags.toml").read_text(encoding="utf-8"))
HEADINGS, KINDS = (
    {word: name for name, some in TABLE[part].items() for word in some} for part in ("headings", "kinds")
)
TABLES = Headed(HEADINGS, frozenset({"tag", "kind", "cue"}), MAX_LINES, step=500)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a tag table and its number. `kind` is one of words, phrases, hints, or what stands there."""

    row: int
    tag: str
    english: str
    kind: str
    cue: str


def rows(data: bytes, progress: Callable[[int, int], None]) -> Iterator[Row]:
    """The rows of the tag table in a file, blank ones left out. Raises WrongFile."""
    sheet, top = TABLES.find(data)[0]
    for number, said in TABLES.below(sheet, top, progress):
        kind = KINDS.get(said["kind"].lower(), said["kind"])
        yield Row(number, said["tag"], said.get("english", ""), kind, said["cue"])


TAGS = Reader("sheets.tags:rows", (Row,), lambda found: [one for one in found if isinstance(one, Row)])
