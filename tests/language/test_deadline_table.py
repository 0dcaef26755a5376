"""Deadlines of daily use, row by row of `deadlines.tsv`: read as a whole, or asked about; the title as it was typed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from language import deadline
from language.deadline import DeadlineError, Reading

SHANGHAI = ZoneInfo("Asia/Shanghai")
TABLE = Path(__file__).with_name("deadlines.tsv")
ASKED, NONE = "?", "-"


@dataclass(frozen=True, slots=True)
class Row:
    now: datetime
    text: str
    allowed: tuple[str, ...]
    rest: str | None


def rows() -> list[Row]:
    found: list[Row] = []
    now: datetime | None = None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# at "):
            now = datetime.strptime(line[5:21], "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
        elif not line.startswith("#"):
            assert now is not None, "the table begins with a moment"
            text, allowed, *rest = line.split("\t")
            found.append(Row(now, text, tuple(allowed.replace("EOD", "18:00").split("|")), rest[0] if rest else None))
    return found


ROWS = rows()


def read(row: Row) -> Reading | str:
    """What was read, or that it asks, or that there is none: the answer to both is a question."""
    try:
        return deadline.read(row.text, row.now) or NONE
    except DeadlineError:
        return ASKED


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text)
def test_a_deadline_is_read_as_a_whole_or_asked_about(row: Row) -> None:
    got = read(row)
    if isinstance(got, str):
        assert got in row.allowed or (got == NONE and ASKED in row.allowed)
        return
    assert f"{got.due:%Y-%m-%d %H:%M}" in row.allowed
    assert got.rest == (row.rest or "")
    assert row.text.endswith(got.rest)


def test_the_table_is_as_long_as_it_was() -> None:
    assert len(ROWS) >= 400
