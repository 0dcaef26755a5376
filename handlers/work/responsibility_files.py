"""Lists of responsibilities as files: what sheets read becomes the domain's entries, and the other way round."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
import sheets
from domain.refusal import Refusal
from domain.work.responsibility import MAX_PART_CHARS, MAX_ROLE_CHARS, MAX_WHAT_CHARS, Entry
from domain.work.rhythm import Rhythm
from domain.work.task import Plan
from handlers.arguments import BadArguments
from handlers.work import rhythms
from sheets import Column, Table, responsibility
from sheets.responsibility import FIELDS, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.label import Label

WIDTHS = {"role": 14, "what": 40, "rhythm": 30, "outcome": 24, "standard": 24, "basis": 48}
SHOWN = 8  # faults


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: the field, and the words that stand there."""

    row: int
    field: str
    words: str


class NoListFile(Refusal):
    """The file cannot be had or read; `wrong` is the Reason, `detail` says more."""

    text = "responsibility.no_file"


class FaultyList(Refusal):
    """Mistakes in a file; then nothing of it is adopted."""

    text = "responsibility.faults"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults=list(faults[:SHOWN]), more=len(faults[SHOWN:]))


def as_entries(rows: Sequence[Row]) -> list[Entry]:
    """The entries of a list's rows. Raises FaultyList."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for row in rows:
        found = _entry(row)
        (faults if isinstance(found, Fault) else entries).append(found)  # type: ignore[arg-type]  # each in its list
    if faults:
        raise FaultyList(faults)
    return entries


def _entry(row: Row) -> Entry | Fault:
    for name, most in (("role", MAX_ROLE_CHARS), ("what", MAX_WHAT_CHARS)):
        words = getattr(row, name)
        if not plain.line(words) or len(words) > most:
            return Fault(row.row, name, words)
    for name in ("outcome", "standard", "basis"):
        if len(getattr(row, name)) > MAX_PART_CHARS:
            return Fault(row.row, name, getattr(row, name))
    try:
        read = rhythms.read(row.rhythm)
    except BadArguments:
        read = None
    if read is None or read[1]:  # all of a cell has to be understood
        return Fault(row.row, "rhythm", row.rhythm)
    plan = Plan(plain.tidy(row.what), plain.tidy(row.standard), plain.tidy(row.outcome))
    return Entry(plain.tidy(row.role), plan, read[0], plain.tidy(row.basis))


def sample(number: int) -> tuple[responsibility.Sample, list[Entry]] | None:
    """A sample list and its entries, by its place; `None` where there is none."""
    found = responsibility.samples()
    if not 0 <= number < len(found):
        return None
    return found[number], as_entries(found[number].rows)


def write(entries: Sequence[Entry], label: Label) -> bytes:
    """Entries as a spreadsheet that is read back as the same; without entries a form to be filled in."""
    columns = [Column(label("responsibility.column", column=name), WIDTHS[name]) for name in FIELDS]
    rows = [_cells(entry, label) for entry in entries]
    notes = [[line] for line in label("responsibility.notes").splitlines()]
    tables = [
        Table(label("responsibility.file_sheet"), columns, rows),
        Table(label("responsibility.notes_sheet"), [], notes),
    ]
    return sheets.write(tables, as_csv=False)


def _cells(entry: Entry, label: Label) -> list[str]:
    plan = entry.plan
    return [
        entry.role,
        plan.title,
        label("recurring.rhythm", rhythm=entry.rhythm).strip(),
        plan.outcome,
        plan.standard,
        entry.basis,
    ]


def keep(entries: Sequence[Entry]) -> str:
    """Entries as a draft keeps them."""
    rows = [
        [one.role, one.plan.title, one.plan.standard, one.plan.outcome, str(one.rhythm), one.basis] for one in entries
    ]
    return json.dumps(rows, ensure_ascii=False)


def load(kept: str) -> list[Entry]:
    """What a draft kept."""
    return [
        Entry(role, Plan(title, standard, outcome), Rhythm.read(rhythm), basis)
        for role, title, standard, outcome, rhythm, basis in json.loads(kept)
    ]
