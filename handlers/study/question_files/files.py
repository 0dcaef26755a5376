"""Questions as files: what is sent and written, in chat and on the command line."""

from collections.abc import Sequence

from domain.refusal import Refusal
from domain.study.question import Question
from handlers.label import Label
from handlers.study.question_files.fitting import Fitted, fit, to_file
from sheets import Table
from sheets.questions import Format, Found, Written, Wrong, write, write_table

ENDINGS = {".txt": Format.CHINESE, ".gift": Format.GIFT, ".aiken": Format.AIKEN, ".xml": Format.MOODLE}
TABLES = (".xlsx", ".csv")
LANGUAGES = ("zh", "en")


class NoQuestionFile(Refusal):
    """The file cannot be had or read; `wrong` is the Reason, `detail` says more."""

    text = "question_files.no_file"


class FaultyQuestions(Refusal):
    """Mistakes in a file; then nothing of it is imported."""

    text = "question_files.faults"

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(faults=list(wrong))


def as_questions(found: Found) -> Fitted:
    """What was found, as questions of the library. Raises FaultyQuestions."""
    fitted = fit(found)
    if fitted.wrong:
        raise FaultyQuestions(fitted.wrong)
    return fitted


def as_file(questions: Sequence[Question], ending: str, label: Label, language: str) -> Written:
    """Questions as a file of this kind; without any a table to be filled in, with notes."""
    told = [to_file(one) for one in questions]
    if ending not in TABLES:
        return write(told, ENDINGS[ending])
    notes = [[line] for line in label("question_files.table_notes").splitlines()]
    more = [Table(label("question_files.notes_sheet"), [], notes)]
    name = label("question_files.table_sheet")
    known = language if language in LANGUAGES else "en"
    return write_table(told, name, known, as_csv=ending == ".csv", more=more)
