"""Rosters as files: converts between the types of `sheets` and of the domain."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import sheets
from domain.people.branch import BranchKind
from domain.people.roster import Listed, Roster, Row, Unused
from domain.refusal import Refusal
from handlers.label import Label
from sheets import Column, Line, Reading, Table

COLUMNS = (
    ("roster.column_name", 12, False),
    ("roster.column_number", 12, False),
    ("roster.column_branch", 36, False),
    ("roster.column_role", 16, False),
    ("roster.column_phone", 16, False),
    ("roster.column_joined_on", 12, True),
    ("roster.column_leave_from", 12, True),
    ("roster.column_leave_to", 12, True),
)
FIELDS = tuple(field.name for field in fields(Row) if field.name != "gone")


class NotARoster(Refusal):
    """The file cannot be read, or it does not contain a roster."""

    text = "roster.wrong_file"


def as_roster(reading: Reading, day: date) -> Roster:
    """A roster that was read without errors, as the domain's type, and as it holds on a day."""
    rows = [_row(line, day) for line in reading.lines]
    kinds = {name: BranchKind(kind) for name, kind in reading.kinds.items()}
    return Roster(rows, reading.told, kinds, [Unused(one.heading, one.like, one.instead) for one in reading.unused])


def _row(line: Line, day: date) -> Row:
    gone = line.gone or (line.left_on is not None and line.left_on < day)
    return Row(**{name: getattr(line, name) for name in FIELDS}, gone=gone)


def export(people: Sequence[Listed], label: Label, *, as_csv: bool) -> bytes:
    """The roster as a file that can be imported again."""
    return sheets.write([_table("roster.sheet", [_cells(one) for one in people], label)], as_csv=as_csv)


def template(label: Label, *, as_csv: bool) -> bytes:
    """An empty roster: the heading, an example that an import leaves out, and a sheet that explains."""
    example: list[Any] = [label(f"roster.example_{name}") for name in ("name", "number", "branch", "role", "phone")]
    notes = [[line] for line in label("roster.template_notes").splitlines()]
    tables = [
        _table("roster.sheet", [[*example, None, None, None]], label),
        Table(label("roster.notes_sheet"), [], notes),
    ]
    return sheets.write(tables, as_csv=as_csv)


def _table(name: str, rows: Sequence[Sequence[Any]], label: Label) -> Table:
    columns = [Column(label(heading), width, is_date) for heading, width, is_date in COLUMNS]
    return Table(label(name), columns, rows)


def _cells(one: Listed) -> list[Any]:
    person = one.person
    branch = "/".join(one.branch)
    return [
        person.name, person.number, branch, person.role, person.phone, person.joined_on, one.leave_from, one.leave_to
    ]  # fmt: skip
