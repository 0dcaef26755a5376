"""Questionnaires as files: what is sent and written, in chat and on the command line."""

from collections.abc import Sequence

import sheets
from domain.refusal import Refusal
from domain.voice.questionnaire.model import Questionnaire
from handlers.label import Label
from handlers.voice.questionnaire_files.fitting import Fitted, fit, found_of
from sheets import Table
from sheets.questionnaire import READERS, Format, Found, Head, Wrong, table, yaml_of
from sheets.reader import Reader


class NoQuestionnaireFile(Refusal):
    """The file cannot be had or read; `wrong` is the Reason, `detail` says more."""

    text = "kept_questionnaire.no_file"


class FaultyQuestionnaire(Refusal):
    """Mistakes in a file; then nothing of it is kept."""

    text = "kept_questionnaire.faults"

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(faults=list(wrong))


def reader_for(language: str) -> Reader[Found]:
    """How a file is read for somebody who reads this language."""
    return READERS.get(language, READERS["en"])


def as_questionnaire(found: Found, name: str) -> Fitted:
    """What was found, as a questionnaire. Raises FaultyQuestionnaire."""
    fitted = fit(found, name.rpartition(".")[0] or name)
    if fitted.questionnaire is None:
        raise FaultyQuestionnaire(fitted.wrong)
    return fitted


def as_yaml(questionnaire: Questionnaire) -> bytes:
    """A questionnaire in our own format."""
    return yaml_of(found_of(questionnaire))


def as_table(questionnaire: Questionnaire | None, label: Label, language: str, *, as_csv: bool = False) -> bytes:
    """A questionnaire as a spreadsheet with notes; without one, a form to fill in."""
    found = Found(Head(Format.TABLE, "", ""), ()) if questionnaire is None else found_of(questionnaire)
    notes = [[line] for line in label("kept_questionnaire.table_notes").splitlines()]
    named = label("kept_questionnaire.table_sheet")
    tables = [
        table(found, named, language if language in READERS else "en"),
        Table(label("kept_questionnaire.notes_sheet"), [], notes),
    ]
    return sheets.write(tables, as_csv=as_csv)
