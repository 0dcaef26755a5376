"""The library into files: TOML, Markdown and tables, which are read back as the same."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from sheets.study.found import DATES, FIELDS, LISTS, NUMBERS, Kind, Record
from sheets.study.markdown import FENCE, NEEDS_ESCAPE
from sheets.study.spoken import FIELDS as HEADINGS
from sheets.study.spoken import SHEETS, named
from sheets.study.tabular import together
from sheets.writing import Column, Table

WIDTHS = {"text": 60, "question": 40, "options": 30, "explanation": 30, "source": 30, "title": 24}
USUAL_WIDTH = 12
LINE_CHARS = 120
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def toml_of(records: Iterable[Record]) -> bytes:
    """Records as TOML."""
    return "\n\n".join(_table(record) for record in records).encode() + b"\n"


def _table(record: Record) -> str:
    lines = [f"[[{record.kind.value}]]"]
    places = record.fields.get("kind", ("single",)) in (("single",), ("multiple",))
    for name in FIELDS[record.kind]:
        values = record.fields.get(name)
        if values:
            lines.append(f"{name} = {_value(name, values, places=places)}")
    return "\n".join(lines)


def _value(name: str, values: Sequence[str], *, places: bool) -> str:
    if name == "answer" and places:
        numbers = [LETTERS.index(one) for one in values]
        return str(numbers[0] if len(numbers) == 1 else numbers)
    if name == "answer" and values[0] in ("true", "false"):
        return values[0]
    if name in LISTS:
        return f"[{', '.join(map(_string, values))}]"
    return values[0] if name in DATES or name in NUMBERS else _string(values[0])


def _string(text: str) -> str:
    """A basic string; JSON's escapes are TOML's, too, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def markdown_of(records: Iterable[Record]) -> bytes:
    """Records as Markdown, one document behind another."""
    return "\n".join(_document(record) for record in records).encode()


def _document(record: Record) -> str:
    front: dict[str, Any] = {} if record.kind is Kind.ITEM else {"type": record.kind.value}
    for name in FIELDS[record.kind]:
        values = record.fields.get(name)
        if values and name != "text":
            front[name] = list(values) if name in LISTS else values[0]
    told: str = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=LINE_CHARS)
    body = NEEDS_ESCAPE.sub(r"\\\1", record.fields.get("text", ("",))[0])
    return f"{FENCE}\n{told}{FENCE}\n{body}\n"


def tables(records: Sequence[Record], language: str) -> list[Table]:
    """Records as sheets: items, courses and campaigns, the latter where there are some; without any, empty forms."""
    kinds = [kind for kind in Kind if kind is Kind.ITEM or not records or any(one.kind is kind for one in records)]
    return [_sheet(kind, [one for one in records if one.kind is kind], language) for kind in kinds]


def _sheet(kind: Kind, records: Sequence[Record], language: str) -> Table:
    headings: Mapping[str, str] = HEADINGS.get(language, HEADINGS["en"])
    names = FIELDS[kind]
    columns = [Column(headings[name], WIDTHS.get(name, USUAL_WIDTH)) for name in names]
    rows = [[together(name, _named(record, name, language)) for name in names] for record in records]
    return Table(SHEETS.get(language, SHEETS["en"])[kind], columns, rows)


def _named(record: Record, name: str, language: str) -> tuple[str, ...]:
    kind = next(iter(record.fields.get("kind", ())), "")
    return named(name, record.fields.get(name, ()), kind, language)
