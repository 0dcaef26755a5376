"""Questions as rows of a table, and the template that people fill in."""

from collections.abc import Sequence

from sheets.questions import spoken, tabular
from sheets.questions.as_text import answer_of
from sheets.questions.collecting import LETTERS, Collected
from sheets.questions.found import Format, Found, Kind, Question
from sheets.reading import Sheet
from sheets.writing import Column, Table

FEWEST_OPTIONS = 4  # columns
WIDTHS = {"text": 50, "kind": 10, "explanation": 30, "source": 20}
USUAL_WIDTH, OPTION_WIDTH = 12, 18
GUARDED = ("=", "+", "-", "@")


def table_of(questions: Sequence[Question], name: str, language: str) -> Table:
    """Questions as a sheet; without any it is a form to be filled in."""
    options = options_of(questions)
    columns = [
        Column(heading, OPTION_WIDTH if is_option else WIDTHS.get(field, USUAL_WIDTH))
        for field, heading, is_option in _headings(options, language)
    ]
    return Table(name, columns, [as_cells(one, options, language) for one in questions])


def options_of(questions: Sequence[Question]) -> int:
    """How many columns of options there are."""
    return max((len(_options(one)) for one in questions), default=0) or FEWEST_OPTIONS


def _headings(options: int, language: str) -> list[tuple[str, str, bool]]:
    """Field, heading, and whether it is one of the options."""
    found: list[tuple[str, str, bool]] = []
    for field, heading in spoken.FIELDS[language].items():
        if field == "options":
            blank = "" if language == "zh" else " "
            found += [(field, f"{heading}{blank}{letter}", True) for letter in LETTERS[:options]]
        else:
            found.append((field, heading, False))
    return found


def _options(one: Question) -> list[str]:
    if one.kind is not Kind.MATCHING:
        return list(one.options)
    return [f"{left}——{right}" for left, right in [*one.pairs, *(("", side) for side in one.distractors)]]


def as_cells(one: Question, options: int, language: str) -> list[str]:
    """A row."""
    given = _options(one)
    return [
        spoken.NAMES[language][one.kind],
        one.text,
        *given,
        *[""] * (options - len(given)),
        "" if one.kind is Kind.MATCHING else answer_of(one, language),
        one.explanation,
        one.source,
        one.topic,
        one.code,
        "" if one.tolerance is None else f"{one.tolerance:f}",
    ]


def reread_cells(row: Sequence[str], language: str, *, as_csv: bool) -> Found:
    """What a row is read as."""
    guarded = [f"'{cell}" if as_csv and cell.startswith(GUARDED) else cell for cell in row]
    fixed = len(spoken.FIELDS[language]) - 1
    headings = [heading for _, heading, _ in _headings(len(row) - fixed, language)]
    sheet = Sheet("", [headings, guarded], typed=not as_csv)
    heading = tabular.find(sheet.rows)
    into = Collected(Format.TABLE)
    if heading is not None:
        tabular.Rows(sheet, heading, into).read()
    return into.found()
