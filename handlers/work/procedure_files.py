"""Procedures as files: what sheets read becomes the domain's, and the other way round; and the samples."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import sheets
import texts
from domain.refusal import Refusal
from domain.work.procedure.template import Anchor, Fault, Procedure, Step, WrongProcedure, check
from sheets import procedure
from sheets.procedure import Found, Head, Line, Place, Wrong

SAMPLES = ("meeting", "party_day", "admission", "election", "joint_meeting")
FOLDER = Path(texts.__file__).parent
XLSX, YAML = "xlsx", "yaml"
FORMATS = (XLSX, YAML)


class NoProcedureFile(Refusal):
    """The file cannot be had or read; `wrong` is the Reason, `detail` says more."""

    text = "procedure.no_file"


class FaultyProcedure(Refusal):
    """Mistakes in a file; then nothing of it is kept."""

    text = "procedure.faults"

    def __init__(self, wrong: Sequence[Wrong], faults: Sequence[tuple[Place, Fault]]) -> None:
        super().__init__(wrong=list(wrong), faults=list(faults))


def as_procedure(found: Found) -> Procedure:
    """What was found in a file. Raises FaultyProcedure."""
    if found.wrong:
        raise FaultyProcedure(found.wrong, ())
    try:
        return check(Procedure(found.head.title, tuple(map(_step, found.lines)), found.head.source, found.head.about))
    except WrongProcedure as wrong:
        raise FaultyProcedure((), [(_place(found, one.step), one) for one in wrong.faults]) from wrong


def _step(line: Line) -> Step:
    return Step(
        line.key,
        line.title,
        line.who,
        Anchor(line.anchor),
        line.days,
        line.outcome,
        line.check,
        line.reviewer,
        line.waits,
    )


def _place(found: Found, step: int) -> Place:
    return found.lines[step - 1].place if step else found.head.place


def found_of(made: Procedure | None) -> Found:
    """A procedure as sheets write it; none as an empty form."""
    if made is None:
        return Found()
    lines = [
        Line(
            Place(),
            one.key,
            one.title,
            one.who,
            one.anchor.value,
            one.days,
            one.outcome,
            one.check,
            one.reviewer,
            one.waits,
        )
        for one in made.steps
    ]
    return Found(Head(made.title, made.source, made.about), lines)


def write(made: Procedure | None, ending: str, named: str, language: str) -> bytes:
    """A procedure as a file; `named` is what its sheet is called."""
    found = found_of(made)
    if ending == YAML:
        return procedure.yaml_of(found, language)
    return sheets.write([procedure.table(found, named, language)], as_csv=False)


def samples(language: str) -> Sequence[tuple[str, Procedure]]:
    """The samples by their names, in the order of SAMPLES."""
    return tuple(_read(language).items())


@cache
def _read(language: str) -> Mapping[str, Procedure]:
    known = language if language in texts.LANGUAGES else "en"
    folder = FOLDER / known / "procedures"
    return {name: as_procedure(procedure.read((folder / f"{name}.yaml").read_bytes())) for name in SAMPLES}
