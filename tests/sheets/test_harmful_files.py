"""Files that ask for more than there is are refused by their reason, and honest ones near the limits are read."""

import resource
from random import Random

import pytest

from sheets import Reason, WrongFile
from sheets.child import PATIENT
from sheets.process import Files
from sheets.roster import ROSTER
from tests.faults.files import HEAD, MAKERS, text, with_rows
from tests.sheets.making import csv, xlsx

REASONS = {
    "small address far out": Reason.BROKEN,
    "address far out": Reason.TOO_MANY_ROWS,
    "address beyond the sheet": Reason.BROKEN,
    "address of many digits": Reason.BROKEN,
    "address as an entity": Reason.TOO_MANY_ROWS,
    "row of many digits": Reason.BROKEN,
    "row of letters": Reason.BROKEN,
    "row far down": Reason.TOO_MANY_ROWS,
    "last column in each row": Reason.TOO_MANY_COLUMNS,
    "stray cell": Reason.TOO_MANY_CELLS,
    "merged without end": Reason.NO_HEADER,
    "zip bomb": Reason.TOO_MUCH_INSIDE,
    "billion laughs": Reason.BROKEN,
    "two parts of one name": Reason.BROKEN,
    "elements in elements": Reason.BROKEN,
    "zip of something else": Reason.WRONG_KIND,
    "zips in zips": Reason.BROKEN,
    "sheet in UTF-16": Reason.BROKEN,
    "one cell of 150 MB": Reason.CELL_TOO_LONG,
    "commas": Reason.TOO_MANY_COLUMNS,
    "commas below a heading": Reason.TOO_MANY_COLUMNS,
    "commas in each row": Reason.TOO_MANY_COLUMNS,
    "newlines and a word": Reason.TOO_MANY_ROWS,
    "open quote": Reason.BROKEN,
    "one long cell": Reason.CELL_TOO_LONG,
    "one long line": Reason.TOO_MANY_COLUMNS,
    "many rows": Reason.TOO_MANY_ROWS,
    "surrogates": Reason.ENCODING,
    "zeros": Reason.BROKEN,
}


async def refused(data: bytes) -> Reason:
    with pytest.raises(WrongFile) as caught:
        await Files(PATIENT).read(ROSTER, data)
    return caught.value.reason


@pytest.mark.parametrize("name", REASONS)
async def test_a_harmful_file_is_refused_by_its_reason(name):
    assert await refused(MAKERS[name](Random(9))) is REASONS[name]  # noqa: S311


@pytest.mark.parametrize("name", ["newlines", "growing letters", "formulas without results", "slashes in a branch"])
async def test_what_only_looks_harmful_is_read(name):
    try:
        reading = await Files(PATIENT).read(ROSTER, MAKERS[name](Random(9)))  # noqa: S311
    except WrongFile as refusal:
        assert refusal.reason is Reason.NO_HEADER
    else:
        assert not reading.lines


async def test_a_part_is_what_the_list_of_parts_says_and_no_more():
    (line,) = (await Files(PATIENT).read(ROSTER, MAKERS["zip bomb that lies"](Random(9)))).lines  # noqa: S311
    assert line.name == "李伟"


async def test_the_parent_needs_no_memory_for_it():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    data = text("\n", 19_000_000)
    await Files(PATIENT).read(ROSTER, data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


async def test_a_hundred_thousand_people_are_read_and_one_more_is_too_many():
    rows = "".join(f"李伟,{number},一支部\n" for number in range(100_000))
    reading = await Files(PATIENT).read(ROSTER, f"{HEAD}\n{rows}".encode())
    assert (len(reading.lines), reading.lines[-1].number) == (100_000, "99999")
    assert await refused(f"{HEAD}\n{rows}李伟,x,一支部\n".encode()) is Reason.TOO_MANY_ROWS


async def test_a_thousand_columns_are_read_and_one_more_is_too_many():
    assert (await Files(PATIENT).read(ROSTER, csv(HEAD + ",x" * 997, "李伟,1,一支部"))).lines
    assert await refused(csv(HEAD + ",x" * 998, "李伟,1,一支部")) is Reason.TOO_MANY_COLUMNS
    wide = [*HEAD.split(","), *["x"] * 997]
    assert (await Files(PATIENT).read(ROSTER, xlsx([wide, ["李伟", "1", "一支部"]]))).lines
    assert await refused(xlsx([[*wide, "x"], ["李伟", "1", "一支部"]])) is Reason.TOO_MANY_COLUMNS


@pytest.mark.parametrize("as_csv", [True, False])
async def test_the_longest_cell_is_read_and_a_longer_one_is_too_long(as_csv):
    def table(length):
        rows = [[*HEAD.split(","), "备注"], ["李伟", "1", "一支部", "x" * length]]
        if as_csv:
            return csv(*(",".join(row) for row in rows))
        cells = "".join("<row>" + "".join(f'<c t="str"><v>{cell}</v></c>' for cell in row) + "</row>" for row in rows)
        return with_rows(cells)

    assert (await Files(PATIENT).read(ROSTER, table(32_767))).lines
    assert await refused(table(32_768)) is Reason.CELL_TOO_LONG


async def test_empty_cells_and_rows_at_the_ends_count_for_nothing():
    padded = "," * 16_000
    data = f"{HEAD}{padded}\n李伟,1,一支部{padded}\n" + f"{padded}\n" * 500
    assert len((await Files(PATIENT).read(ROSTER, data.encode())).lines) == 1
