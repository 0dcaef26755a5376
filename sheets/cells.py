"""What stands in one cell becomes a value: names, numbers, days, telephone numbers."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import plain
from sheets.reading import Cell

EXCEL_DAY_0 = date(1899, 12, 30)  # 1 is 1900-01-01 and, as Lotus had it, 60 a 29th of February that never was
EARLIEST, LATEST = date(1920, 1, 1), date(2100, 12, 31)
SERIALS = range((EARLIEST - EXCEL_DAY_0).days, (LATEST - EXCEL_DAY_0).days + 1)
EXACT = 2**53  # a larger number in a spreadsheet has lost its last digits
MAX_TEXT_CHARS = 2_000  # of a cell are read: no field is so long, and NFKC makes up to eighteen of one
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!")
# Of a cell that went through `plain.line`: there are no two blanks side by side.
BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
GUARDED = re.compile(r"'(?=[=+\-@\t\r\d])")  # how a CSV keeps a text from being taken for a formula or a number
AS_TEXT = re.compile(r'\s*=\s*"([^"]*)"\s*')  # another way: ="00025"
YEAR_MONTH_DAY = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?(?:[-/.月] ?(\d{1,2}) ?日?|月)?(?:[ T]+[\d:.]+)?")
DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
BRACKETS = re.compile(r"[()]")
DASH = re.compile(r"(?<=\d)-(?=\d{3})")
QUOTES = "'\u2018\u2019`"
WHOLE = re.compile(r"(\d{1,40})\.0{0,40}")  # 10023.0
GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.0*)?")  # 10,023
POWER = re.compile(r"(?:(\d)\.(\d*)e\+?|(\d)e\+)0*(\d{1,2})", re.IGNORECASE)  # 1.0024E+4
DECIMAL = re.compile(r"\d+")
FRACTION = re.compile(r"(?:0|[1-9]\d{0,40})\.0{0,40}[1-9]\d{0,40}")
PHONE = re.compile(r"\+?[0-9]{5,20}(?:[-转x#][0-9]{1,8})?")


class Unclear(ValueError):  # noqa: N818 - named for what it is
    """A cell that does not say what its column wants."""


def text(cell: Cell) -> str:
    """A cell as it is read aloud; blanks around it, within Chinese names, and invisible characters are gone."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    return _spoken(str(cell)[:MAX_TEXT_CHARS])


@lru_cache(maxsize=4096)  # a row's cells are asked for several times
def _spoken(words: str) -> str:
    wrapped = AS_TEXT.fullmatch(words)
    return BETWEEN_HAN.sub("", plain.line(GUARDED.sub("", plain.bounded(wrapped[1] if wrapped else words), count=1)))


def is_number(cell: Cell) -> bool:
    """Whether a spreadsheet keeps the cell as a number, so that leading noughts are lost."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def number(cell: Cell, *, typed: bool = True) -> str:
    """An employee number. Raises Unclear for a fraction, a number that is not exact any more, a day or a truth.

    A text that is a number as a spreadsheet writes it into a CSV (`10023.0`, `1.0024E+4`, `10,023`) is that number;
    any other text, also one with noughts before it, is kept as it stands. `typed`: the file tells numbers from texts.
    """
    if isinstance(cell, bool | date | time | timedelta) or (isinstance(cell, float) and not cell.is_integer()):
        raise Unclear
    if isinstance(cell, int | float) and not 0 <= cell < EXACT:
        raise Unclear
    words = text(cell).replace(" ", "").strip(QUOTES)
    if not typed and FRACTION.fullmatch(words):
        raise Unclear
    return _as_number(words) or words


def is_bare(cell: Cell) -> bool:
    """Whether a cell of a file that has texts alone may have been a number once, so that noughts before it are lost."""
    if not isinstance(cell, str) or AS_TEXT.fullmatch(cell) or cell.strip().startswith(tuple(QUOTES)):
        return False
    words = text(cell)
    return words[:1] != "0" and any(kind.fullmatch(words) for kind in (WHOLE, GROUPED, POWER, DECIMAL))


def _as_number(words: str) -> str | None:
    """The whole number that a text says in a spreadsheet's manner; `None` for any other text. Raises Unclear."""
    if GROUPED.fullmatch(words):
        return words.partition(".")[0].replace(",", "")
    whole = WHOLE.fullmatch(words)
    if whole:
        return whole[1]
    power = POWER.fullmatch(words)
    if power:
        return _raised(power[1] or power[3], power[2] or "", int(power[4]))
    return None


def _raised(first: str, decimals: str, power: int) -> str:
    """A number with a power of ten. Raises Unclear if digits of it are lost."""
    if len(decimals) < power or decimals[power:].strip("0"):
        raise Unclear
    return first + decimals[:power]


def phone(cell: Cell) -> str:
    """A telephone number, digits together. Raises Unclear."""
    words = text(cell).replace(" ", "")
    bare = BRACKETS.sub("", words)
    compact = DASH.sub("", bare) if bare.count("-") else bare
    if words and not PHONE.fullmatch(compact):
        raise Unclear
    return compact


def day(cell: Cell, *, whole: bool = True) -> date | None:
    """A day; an empty cell has none. `whole`: a month alone (its first day) will not do. Raises Unclear."""
    if isinstance(cell, datetime):
        return _sensible(cell.date())
    if isinstance(cell, date):
        return _sensible(cell)
    if is_number(cell):
        return _of_number(float(cell))  # type: ignore[arg-type]  # `is_number` has looked
    words = text(cell)
    if not words:
        return None
    match = YEAR_MONTH_DAY.fullmatch(words) or DIGITS.fullmatch(words)
    if match is None or (whole and match[3] is None):
        raise Unclear
    return _made(int(match[1]), int(match[2]), int(match[3] or 1))


def _of_number(value: float) -> date:
    """A day that is kept as a number: Excel's own count, or written as 20230501. Raises Unclear."""
    whole = int(value)
    if whole in SERIALS:
        return EXCEL_DAY_0 + timedelta(days=whole)
    match = DIGITS.fullmatch(str(whole)) if value == whole else None
    if match is None:  # 2023.1 may be January or, as 2023.10 loses its nought, October
        raise Unclear
    return _made(int(match[1]), int(match[2]), int(match[3]))


def _made(year: int, month: int, day_of_month: int) -> date:
    try:
        return _sensible(date(year, month, day_of_month))
    except ValueError as error:
        raise Unclear from error


def _sensible(made: date) -> date:
    if not EARLIEST <= made <= LATEST:
        raise Unclear
    return made
