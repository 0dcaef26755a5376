"""Files that are made to harm whoever reads them: `python -m tests.faults.files --rounds 200`.

`MAKERS` has a maker for each kind, which draws its details from dice; `attack` reads them in children as the program
does, and says what went wrong.
"""

import argparse
import asyncio
import io
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from random import Random

from sheets import WrongFile
from sheets.child import LIMITS, Limits
from sheets.process import Files
from sheets.roster import ROSTER
from tests.sheets.making import xlsx

Maker = Callable[[Random], bytes]
MB = 1024 * 1024
HEAD = "姓名,工号,支部"
PEOPLE = [["姓名", "工号", "支部"], ["李伟", "1", "一支部"]]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'


def parts() -> dict[str, bytes]:
    """A good workbook's parts."""
    with zipfile.ZipFile(io.BytesIO(xlsx(PEOPLE))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_part(name: str, content: bytes | str) -> bytes:
    return zipped({**parts(), name: content})


def with_rows(rows: str, after: str = "") -> bytes:
    """A workbook whose sheet has these rows."""
    return with_part(SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>')


def with_cell(address: str) -> bytes:
    return with_rows(f"<row>{WORD.format(address)}</row>")


def bomb(dice: Random) -> bytes:
    """Half a gigabyte of blanks in some hundred kilobytes, honestly declared."""
    made = zlib.compressobj(9, wbits=-15)
    blanks, size = b" " * MB, dice.randint(300, 500)
    body = b"".join(made.compress(blanks) for _ in range(size)) + made.flush()
    return with_raw_part(body, size * MB, zlib.crc32(blanks * size))


def lying_bomb(dice: Random) -> bytes:
    """A part that unpacks to much more than it says, with the checksum of its beginning."""
    beginning = parts()[SHEET]
    made = zlib.compressobj(9, wbits=-15)
    body = made.compress(beginning) + b"".join(made.compress(b" " * MB) for _ in range(dice.randint(200, 400)))
    return with_raw_part(body + made.flush(), len(beginning), zlib.crc32(beginning))


def with_raw_part(body: bytes, size: int, checksum: int) -> bytes:
    """A workbook whose sheet is this compressed content, whatever the list of parts says of it."""
    whole = with_part(SHEET, "")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = archive.namelist()
        content = {name: archive.read(name) for name in names if name != SHEET}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
        offset = archive.start_dir
        fields = (20, 0, 8, 0, 0, checksum, len(body), size, len(SHEET), 0)
        file.seek(offset)
        file.write(b"PK\x03\x04" + struct.pack("<HHHHHLLLHH", *fields) + SHEET.encode() + body)
        listed = zipfile.ZipInfo(SHEET)
        listed.compress_type, listed.header_offset = zipfile.ZIP_DEFLATED, offset
        listed.CRC, listed.compress_size, listed.file_size = checksum, len(body), size
        archive.filelist.append(listed)
        archive.NameToInfo[SHEET] = listed
        archive.start_dir = file.tell()
    return file.getvalue()


def laughs(_: Random) -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row>'
    return with_part(
        SHEET, f'<!DOCTYPE w [{entities}]><worksheet xmlns="{MAIN}"><sheetData>{cell}</sheetData></worksheet>'
    )


def twice(_: Random) -> bytes:
    """A good sheet, and another one by nearly its name that goes far out."""
    far = f'<worksheet xmlns="{MAIN}"><sheetData><row>{WORD.format("XFD1048576")}</row></sheetData></worksheet>'
    return zipped({SHEET.upper(): far, **parts(), SHEET.replace("sheet1", "Sheet1"): far})


def strings(count: int) -> bytes:
    return with_part("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * count}</sst>')


def deep(dice: Random) -> bytes:
    return with_rows("<row>" + "<c>" * dice.randint(10_000, 200_000))


def torn(dice: Random) -> bytes:
    whole = xlsx(PEOPLE)
    return whole[: dice.randrange(4, len(whole))]


def nested(dice: Random) -> bytes:
    inner = xlsx(PEOPLE)
    for _ in range(dice.randint(1, 5)):
        inner = with_part(SHEET, inner)
    return inner


def text(line: str, count: int, encoding: str = "utf-8") -> bytes:
    return f"{HEAD}\n{line * count}".encode(encoding)


MAKERS: Mapping[str, Maker] = {
    "small address far out": lambda _: with_cell("xfd1048576"),
    "address far out": lambda _: with_cell("XFD1048576"),
    "address beyond the sheet": lambda dice: with_cell(f"ZZZ{dice.randint(1_048_577, 9_999_999)}"),
    "address of many digits": lambda dice: with_cell("A" + "9" * dice.randint(8, 5_000)),
    "address as an entity": lambda _: with_cell("&#88;&#70;&#68;1048576"),
    "row of many digits": lambda dice: with_rows(f'<row r="{10 ** dice.randint(7, 60)}"><c><v>1</v></c></row>'),
    "row of letters": lambda _: with_rows('<row r="1e9"><c><v>1</v></c></row>'),
    "row far down": lambda _: with_rows('<row r="1048576"><c><v>1</v></c></row>'),
    "last column in each row": lambda dice: with_rows(
        "".join(f'<row r="{n}">{WORD.format(f"XFD{n}")}</row>' for n in range(1, dice.randint(10, 2_000)))
    ),
    "stray cell": lambda _: with_rows(f"<row>{WORD.format('A1')}{WORD.format('ALL90000')}</row>"),
    "rows without end": lambda dice: with_rows("<row/>" * dice.randint(10_000, 2_000_000)),
    "cells without values": lambda dice: with_rows("<row>" + "<c/>" * dice.randint(10_000, 2_000_000) + "</row>"),
    "merged without end": lambda _: with_rows(
        "<row><c><v>1</v></c></row>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "formulas without results": lambda dice: with_rows(
        "".join(f"<row>{'<c><f>1</f></c>' * 10}</row>" for _ in range(dice.randint(100, 20_000)))
    ),
    "zip bomb": bomb,
    "zip bomb that lies": lying_bomb,
    "billion laughs": laughs,
    "two parts of one name": twice,
    "strings without end": lambda dice: strings(dice.randint(2_000_001, 3_000_000)),
    "one cell of 150 MB": lambda _: with_rows(f'<row><c t="str"><v>{"x" * (150 * MB)}</v></c></row>'),
    "elements in elements": deep,
    "torn zip": torn,
    "zip of something else": lambda _: zipped({"word/document.xml": "<w/>", "a.zip": zipped({"b": "c"})}),
    "zips in zips": nested,
    "sheet in UTF-16": lambda _: with_part(SHEET, f'<worksheet xmlns="{MAIN}"/>'.encode("utf-16")),
    "commas": lambda dice: b"," * dice.randint(MB, 20 * MB),
    "commas below a heading": lambda dice: text(",", dice.randint(MB, 19 * MB)),
    "commas in each row": lambda dice: text("," * 2_000 + "x\n", dice.randint(10, 5_000)),
    "newlines": lambda dice: text("\n", dice.randint(MB, 19 * MB)),
    "newlines and a word": lambda dice: text("\n", dice.randint(MB, 19 * MB)) + b"x",
    "carriage returns": lambda dice: text("\r", dice.randint(MB, 19 * MB)),
    "quotes": lambda dice: text('"', dice.randint(MB, 19 * MB)),
    "quotes and newlines": lambda dice: text('"\n', dice.randint(MB, 9 * MB)),
    "open quote": lambda dice: text("", 0) + b'"' + b"x\n" * dice.randint(MB, 9 * MB),
    "one long cell": lambda dice: text("x", dice.randint(40_000, 120_000)),
    "one long line": lambda dice: text("x", dice.randint(2 * MB, 19 * MB)),
    "many rows": lambda dice: text("李,,支\n", dice.randint(100_100, MB)),
    "UTF-16 garbage": lambda dice: b"\xff\xfe" + dice.randbytes(dice.randint(1, MB)),
    "garbage": lambda dice: dice.randbytes(dice.randint(1, MB)),
    "surrogates": lambda dice: b"\xff\xfe" + b"\x00\xd8" * dice.randint(1, MB),
    "zeros": lambda dice: b"PK\x03\x04" + bytes(dice.randint(1, 19 * MB)),
    "growing letters": lambda dice: text("\ufdfa" * 5_000 + ",1,支\n", dice.randint(10, 1_000)),
    "blanks in a cell": lambda dice: text("支" + " " * 30_000 + "部,1,支 部\n", dice.randint(10, 500)),
    "slashes in a branch": lambda dice: text("李,1," + "/ " * 16_000 + "\n", dice.randint(10, 500)),
}


async def attack(rounds: int, seed: int) -> tuple[dict[str, float], list[str]]:
    """Read files drawn from `MAKERS`: the longest time of each kind in seconds, and what went wrong.

    A reader that had to be killed is no fault of the program, but one of the reader: it is listed, too.
    """
    dice, files = Random(seed), Files(Limits(seconds=600))  # noqa: S311 - must repeat
    longest: dict[str, float] = {}
    wrong: list[str] = []
    for number, (name, data) in enumerate(_drawn(dice, rounds)):
        begun = time.monotonic()
        try:
            await files.read(ROSTER, data)
        except WrongFile as refused:
            if refused.reason == "too_costly":
                wrong.append(f"file {number} ({name}) of seed {seed}: {refused.__cause__}")
        except Exception as error:  # whatever it is, it is what is looked for
            wrong.append(f"file {number} ({name}) of seed {seed}: {error!r}")
        longest[name] = max(longest.get(name, 0), time.monotonic() - begun)
    return longest, wrong


def _drawn(dice: Random, rounds: int) -> Iterator[tuple[str, bytes]]:
    for number in range(rounds):
        name = [*MAKERS][number] if number < len(MAKERS) else dice.choice([*MAKERS])
        yield name, MAKERS[name](Random(dice.random()))  # noqa: S311


def main() -> int:
    """Run; the exit code is 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.files", description=__doc__)
    parser.add_argument("--rounds", type=int, default=len(MAKERS))
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args()
    seed = Random().randrange(2**32) if given.seed is None else given.seed  # noqa: S311
    longest, wrong = asyncio.run(attack(given.rounds, seed))
    for name, seconds in sorted(longest.items(), key=lambda one: -one[1]):
        print(f"{seconds:6.1f} s of {LIMITS.seconds} {name}")
    print("\n".join(wrong) or f"seed {seed}: {given.rounds} files, each read or refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
