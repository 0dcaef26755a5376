"""Goals as tables: what sheets read becomes the domain's lines, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plain
import sheets
from domain.refusal import Refusal
from domain.work.goal.importing import code_of
from domain.work.goal.lines import Fault, Goals, Line, Reason, WrongGoals
from domain.work.goal.model import MAX_CODE_CHARS, MAX_REASON_CHARS, MAX_TITLE_CHARS, YES_NO, Level, MeasureKind
from handlers.arguments import BadArguments
from handlers.label import Label
from handlers.work import goal_reading
from sheets import cells, goals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import TypeVar

    from domain.work.goal.importing import Written
    from domain.work.goal.model import Measure
    from sheets.goals import FoundGoals, GoalRow

    T = TypeVar("T")

XLSX, CSV = "xlsx", "csv"
FORMATS = (XLSX, CSV)
SEPARATOR = "/"  # between the names of a branch's path
MAX_CHARS_OF = {"title": MAX_TITLE_CHARS, "code": MAX_CODE_CHARS, "parent": MAX_TITLE_CHARS, "reason": MAX_REASON_CHARS}


class NoGoalFile(Refusal):
    """The file cannot be had or read; `wrong` is the Reason, `detail` says more."""

    text = "goal.no_file"


class FaultyGoals(Refusal):
    """Mistakes in a table; then nothing of it is imported."""

    text = "goal.faults"

    def __init__(self, wrong: WrongGoals) -> None:
        super().__init__(faults=list(wrong.faults))


def as_goals(found: FoundGoals) -> Goals:
    """What was found in a file. Raises WrongGoals."""
    faults: list[Fault] = []
    lines = [line for row in found.rows if (line := _line(row, faults)) is not None]
    if faults:
        raise WrongGoals(faults[:20])
    return Goals(lines, [one.name for one in found.unknown])


def _line(row: GoalRow, faults: list[Fault]) -> Line | None:
    said = row.fields
    title = plain.tidy(said.get("title", ""))

    def blame(field: str, reason: Reason, detail: str = "") -> None:
        faults.append(Fault(row.row, title, field, reason, detail[:60]))

    before = len(faults)
    for field in ("title", "due"):
        if not said.get(field):
            blame(field, Reason.MISSING)
    for field, most in MAX_CHARS_OF.items():
        if len(said.get(field, "")) > most:
            blame(field, Reason.TOO_LONG, str(most))
    measure = _read(_measure, said, "measure", Reason.BAD_MEASURE, blame) or YES_NO
    weight = _read(goal_reading.weight, said, "weight", Reason.BAD_WEIGHT, blame) or 0
    due = _read(_day, said, "due", Reason.BAD_DAY, blame)
    since = _read(_day, said, "since", Reason.BAD_DAY, blame)
    level = _read(_level, said, "level", Reason.BAD_LEVEL, blame)
    if due is None or len(faults) > before:
        return None
    names = {name: said.get(name, "") for name in ("code", "parent", "where", "owner", "reason")}
    return Line(row.row, title, measure, due, level=level, weight=weight, since=since, **names)


def _read(
    reader: Callable[[str], T],
    said: Mapping[str, str],
    field: str,
    reason: Reason,
    blame: Callable[[str, Reason, str], None],
) -> T | None:
    """A field that the row has; `None` for one that it has not, and for one that is blamed."""
    words = said.get(field, "")
    if not words:
        return None
    try:
        return reader(words)
    except (BadArguments, cells.Unclear, ValueError):
        blame(field, reason, words)
        return None


def _measure(words: str) -> Measure:
    return goal_reading.measure(words)


def _day(words: str) -> date:
    """Raises Unclear."""
    found = cells.day(words)
    if found is None:
        raise cells.Unclear
    return found


def _level(words: str) -> Level:
    """Raises ValueError."""
    return Level(goals.level_of(words) or words)


def write(written: Sequence[Written], ending: str, label: Label, language: str) -> bytes:
    """Goals as a file; without any, a form to be filled in. `label` gives a text by its name."""
    rows = [_row(one, label) for one in written]
    return sheets.write([goals.table(rows, language)], as_csv=ending == CSV)


def _row(one: Written, label: Label) -> Mapping[str, str | int | date | None]:
    goal = one.node.goal
    return {
        "code": code_of(goal),
        "parent": one.parent,
        "level": label("goal.level_button", level=goal.level),
        "title": goal.title,
        "where": SEPARATOR.join(one.where),
        "owner": one.owner,
        "measure": _told(goal.measure, label),
        "weight": goal.weight,
        "since": goal.since,
        "due": goal.due,
        "progress": f"{one.node.percent}%",
        "reason": None,
    }


def _told(measure: Measure, label: Label) -> str:
    """A measure as it is read back."""
    if measure.kind is MeasureKind.YES_NO:
        return label("goal.yes_no_cell")
    return f"{measure.target}{'%' if measure.kind is MeasureKind.SHARE else measure.unit}"
