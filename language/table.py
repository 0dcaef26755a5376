"""The tag table in its file: what suggestions are about, with the cues by which that is told."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("tags.toml")


@dataclass(frozen=True, slots=True)
class Tag:
    """A row of the tag table, its cues as they stand there; only its words are the segmenter's and keywords."""

    name: str
    english: str
    words: frozenset[str]
    phrases: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()


class TagTableError(ValueError):
    """A tag table that cannot be used; the message names the file and the row."""


def read_table(path: Path) -> tuple[Tag, ...]:
    """The tags of a table; `tags.toml` explains the format. Raises TagTableError, OSError."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))["tag"]
        tags = tuple(map(_tag, rows))
    except (tomllib.TOMLDecodeError, UnicodeError, KeyError, TypeError) as error:
        raise TagTableError(f"{path}: {error}") from error
    if len({tag.name for tag in tags}) < len(tags):
        raise TagTableError(f"{path}: two tags have the same name")
    return tags


def _tag(row: Mapping[str, Any]) -> Tag:
    phrases, hints = (frozenset(row.get(kind, ())) for kind in ("phrases", "hints"))
    return Tag(row["name"], row["english"], frozenset(row["words"]), phrases, hints)
