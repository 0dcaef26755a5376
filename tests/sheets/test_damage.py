"""Whatever is in a file, it is read or refused: nothing else comes out, and the process goes on."""

import io
import zipfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets import Reason, WrongFile, read_roster
from tests.sheets.making import xlsx

PEOPLE = [["姓名", "工号", "支部", "入党日期"], *([f"张{n}", f"{n}", "一支部", "2020-01-01"] for n in range(20))]
WHOLE = xlsx(PEOPLE)
EVIL = (
    b'<c r="ZZZ9999999">',
    b"9999999999",
    b"&#x0;",
    b'r="A0"',
    b't="s"',
    b"<v>-5</v>",
    b'ref="Z9:A1"',
    b"<f/>",
    b"]]>",
)
ROUNDS = 400


def rezipped(change):
    """The workbook with its parts changed by `change(name, content)`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def damaged(content, dice):
    """Some bytes other, gone, or put in between."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 5)):
        place = dice.randrange(len(made) + 1)
        match dice.randrange(3):
            case 0:
                made[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del made[place : place + dice.randint(1, 40)]
            case _:
                made[place:place] = dice.choice(EVIL)
    return bytes(made)


def take(data):
    """Read it or be refused."""
    try:
        reading = read_roster(data)
    except WrongFile as error:
        assert error.reason in Reason
    else:
        assert all(fault.row > 0 and fault.column.isalpha() for fault in reading.faults)


def test_a_damaged_part_is_read_or_refused():
    dice = Random(7)  # noqa: S311
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        names = archive.namelist()
    for _ in range(ROUNDS):
        victim = dice.choice(names)
        take(rezipped(lambda name, content, v=victim: damaged(content, dice) if name == v else content))


def test_a_damaged_file_is_read_or_refused():
    dice = Random(8)  # noqa: S311
    for _ in range(ROUNDS):
        take(damaged(WHOLE, dice))


def test_merged_cells_that_overlap_without_end_are_a_broken_file():
    merged = b"<mergeCells>" + b'<mergeCell ref="A1:D21"/>' * 100_000 + b"</mergeCells><pageMargins"

    def overlap(name, content):
        return content.replace(b"<pageMargins", merged) if name.endswith("sheet1.xml") else content

    with pytest.raises(WrongFile) as caught:
        read_roster(rezipped(overlap))
    assert caught.value.reason is Reason.BROKEN


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    take(data)


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_text_below_a_heading_is_read_or_refused(text, encoding):
    take(f"姓名,工号,支部\n{text}".encode(encoding, "ignore"))


@pytest.mark.parametrize("count", [b"9" * 13, b"+99999999999", b"0000999999999"])
def test_a_part_that_promises_more_than_can_be_reserves_nothing(count):
    def promise(name, content):
        return content.replace(b'uniqueCount="', b'uniqueCount="' + count) if "sharedStrings" in name else content

    with pytest.raises(WrongFile) as caught:
        read_roster(rezipped(promise))
    assert caught.value.reason is Reason.BROKEN
