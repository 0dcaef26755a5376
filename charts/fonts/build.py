"""Make the two fonts anew: `python charts/fonts/build.py`, by hand; needs fonttools.

The glyphs are those of Noto Sans CJK SC, from Debian's package fonts-noto-cjk. The characters are the 8105 of the Table
of General Standard Chinese Characters (2013), which Unicode's Unihan database marks with `kTGH`, from Debian's package
unicode-data; and the letters, digits and signs below.
"""

import bz2
import re
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
FAMILY = "Noto Sans CJK SC"
IN_THE_TABLE = 8105
WEIGHTS = {"Regular": "regular.otf", "Bold": "bold.otf"}
# Latin letters, Greek ones, punctuation, units, numerals, arrows, circled numbers, shapes, CJK punctuation, full width.
SIGNS = (
    (0x20, 0x7F), (0xA0, 0x180), (0x391, 0x3CA), (0x2010, 0x2028), (0x2030, 0x2040), (0x20AC, 0x20AD), (0x2100, 0x2130),
    (0x2150, 0x2180), (0x2190, 0x219A), (0x2200, 0x2270), (0x2460, 0x249C), (0x25A0, 0x25F0), (0x2605, 0x2607),
    (0x2713, 0x2718), (0x3000, 0x3020), (0x30FB, 0x30FC), (0x3200, 0x3400), (0xFF01, 0xFFE7),
)  # fmt: skip
DROPPED = ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]  # all lines are horizontal, and each sign has its own width


def main() -> None:
    """Write regular.otf and bold.otf."""
    characters = table()
    if len(characters) != IN_THE_TABLE:
        raise SystemExit(f"{len(characters)} characters in {UNIHAN}")
    wanted = characters | {code for first, end in SIGNS for code in range(first, end)}
    for weight, name in WEIGHTS.items():
        subset(SOURCE.format(weight), HERE / name, wanted)
    (HERE / "characters.txt").write_text("".join(map(chr, sorted(characters))) + "\n", encoding="utf-8")


def table() -> set[int]:
    """The characters of the table, as code points."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        found = (re.match(r"U\+([0-9A-F]+)\tkTGH\t", line) for line in lines)
        return {int(one[1], 16) for one in found if one}


def subset(source: str, target: Path, wanted: Iterable[int]) -> None:
    """Write what is wanted of one weight, without hints and layout."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - needed here only
    from fontTools.ttLib import TTCollection  # noqa: PLC0415 - likewise

    fonts = TTCollection(source, lazy=True).fonts
    (font,) = [one for one in fonts if one["name"].getDebugName(1) == FAMILY]
    options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.drop_tables += DROPPED
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main()
