"""The tag table between the rooms: the program's own, the tagger's, and that in files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sheets
from domain.voice import tags
from domain.voice.tags import CUES, Kind, Tag, Wrong
from handlers.label import Label
from language import table as language
from sheets import Column, Table
from sheets.tags import Row

WIDE, WIDTH = 24, 14


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row of a file."""

    row: int
    wrong: Wrong
    words: str


@cache
def shipped() -> tuple[Tag, ...]:
    """The program's own table."""
    return tuple(map(_tag, language.read_table(language.TABLE)))


def _tag(tag: language.Tag) -> Tag:
    cues = {Kind.WORDS: tag.words, Kind.PHRASES: tag.phrases, Kind.HINTS: tag.hints}
    return Tag(tag.name, tag.english, cues)


def for_tagger(found: Sequence[Tag]) -> tuple[language.Tag, ...]:
    """A table as the tagger takes it."""
    return tuple(language.Tag(one.name, one.english, *(one.cues[kind] for kind in CUES)) for one in found)


def as_tags(rows: Sequence[Row]) -> tuple[list[Tag], list[Fault]]:
    """The table in a file's rows, and what is wrong with them; the same row twice is one."""
    faults: list[Fault] = []
    english: dict[str, str] = {}
    cues: dict[str, dict[Kind, set[str]]] = {}
    for row in rows:
        kind = next((one for one in CUES if one.value == row.kind), None)
        cue = tags.cue_of(row.cue)
        wrong = tags.wrong_name(row.tag) or (Wrong.NO_KIND if kind is None else tags.wrong_cue(kind, cue))
        if wrong is not None or kind is None:
            words = {Wrong.NO_KIND: row.kind, Wrong.LONG_NAME: row.tag}
            faults.append(Fault(row.row, wrong or Wrong.NO_KIND, words.get(wrong or Wrong.NO_KIND, row.cue)))
            continue
        cues.setdefault(row.tag, {one: set() for one in CUES})[kind].add(cue)
        english[row.tag] = english.get(row.tag) or row.english[: tags.MAX_NAME_CHARS * 2]
    made = [
        Tag(name, english[name] or name, {kind: frozenset(some) for kind, some in own.items()})
        for name, own in cues.items()
    ]
    return made, faults


def as_file(found: Sequence[Tag], label: Label) -> bytes:
    """A table as a spreadsheet, a row a cue."""
    rows = [
        (tag.name, tag.english, label("tags.kind", kind=kind), cue)
        for tag in found
        for kind in CUES
        for cue in sorted(tag.cues[kind])
    ]
    columns = [
        Column(label("tags.heading", heading=name), WIDE if name == "cue" else WIDTH)
        for name in ("tag", "english", "kind", "cue")
    ]
    notes = [[line] for line in label("tags.notes").splitlines()]
    tables = [Table(label("tags.file_sheet"), columns, rows), Table(label("tags.notes_sheet"), [], notes)]
    return sheets.write(tables, as_csv=False)
