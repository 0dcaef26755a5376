"""A LimeSurvey structure (`.lss`) as tables of rows. Read by expat; document types, so all entities, are refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from sheets.questionnaire.found import MAX_DETAIL_CHARS, Mistake, NotRead, Place, Wrong
from sheets.reading import Reason, WrongFile

Row: TypeAlias = Mapping[str, str]
DEEPEST = 12
MAX_ROWS = 50_000
MAX_TEXT_CHARS = 100_000  # of one field; a picture may be in it
ROOT, KIND = "document", "LimeSurveyDocType"
FIELD_DEPTH = 5  # document, section, rows, row, field


@dataclass(slots=True)
class Structure:
    """The rows of each section, the languages with the main one first, and the name of the document's type."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    kind: str = ""

    def of(self, section: str) -> list[dict[str, str]]:
        """The rows of a section."""
        return self.rows.get(section, [])


def read(data: bytes) -> Structure:
    """The tables in a file. Raises NotRead, WrongFile."""
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _refuse(error.lineno, Mistake.SYNTAX, expat.ErrorString(error.code)) from error
    return reader.structure


class _Reader:
    """Collects fields as they come."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.structure = Structure()
        self._path: list[str] = []
        self._row: dict[str, str] = {}
        self._parts: list[str] = []
        self._chars = self._rows = 0

    def _refuse_document_type(self, *_: object) -> None:
        raise _refuse(self.parser.CurrentLineNumber, Mistake.REFERENCE, "DOCTYPE")

    def _start(self, tag: str, _: Mapping[str, str]) -> None:
        self._path.append(tag)
        if len(self._path) > DEEPEST:
            raise _refuse(self.parser.CurrentLineNumber, Mistake.TOO_DEEP)
        if len(self._path) == 1 and tag != ROOT:
            raise WrongFile(Reason.WRONG_KIND)
        self._parts, self._chars = [], 0
        if tag == "row":
            self._row = {}

    def _text(self, words: str) -> None:
        self._chars += len(words)
        if self._chars <= MAX_TEXT_CHARS:
            self._parts.append(words)

    def _end(self, tag: str) -> None:
        text, depth = "".join(self._parts).strip(), len(self._path)
        if tag == KIND:
            self.structure.kind = text
        elif tag == "language" and self._path[1:2] == ["languages"]:
            self.structure.languages.append(text)
        elif depth == FIELD_DEPTH and self._path[2:4] == ["rows", "row"]:
            self._row[tag] = text
        elif depth == FIELD_DEPTH - 1 and tag == "row":
            self._keep()
        self._path.pop()
        self._parts, self._chars = [], 0

    def _keep(self) -> None:
        self._rows += 1
        if self._rows > MAX_ROWS:
            raise WrongFile(Reason.TOO_MANY_ROWS)
        self.structure.rows.setdefault(self._path[1], []).append(self._row)


def _refuse(line: int, mistake: Mistake, detail: str = "") -> NotRead:
    return NotRead(Wrong(Place(line=line), mistake, detail[:MAX_DETAIL_CHARS]))
