"""Elements of a Moodle XML, one question after the other, read by expat; document types, so all entities, are refused.

What is in files (`<file encoding="base64">`) is passed over without being kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from sheets.questions.found import MAX_DETAIL_CHARS, Mistake, NotRead, Place, Wrong
from sheets.reading import Reason, WrongFile

DEEPEST = 20
ROOT = "quiz"
MAX_ELEMENTS = 10_000  # of one question
CHUNK = 256 * 1024  # bytes
NOT_KEPT = "file"


@dataclass(slots=True)
class Element:
    """An element with its words."""

    tag: str
    line: int
    attributes: Mapping[str, str]
    inner: list["Element"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its own words."""
        return "".join(self.parts)

    def all(self, tag: str) -> list["Element"]:
        """The elements of a name within it."""
        return [one for one in self.inner if one.tag == tag]

    def one(self, tag: str) -> "Element | None":
        """The first of a name."""
        return next((one for one in self.inner if one.tag == tag), None)

    def said(self, *path: str) -> str:
        """The words of an element within it, empty where there is none."""
        found: Element | None = self
        for tag in path:
            found = found.one(tag) if found else None
        return found.words.strip() if found else ""


def questions(data: bytes) -> Iterator[Element]:
    """The elements below the root. Raises NotRead, WrongFile."""
    reader = _Reader()
    try:
        for start in range(0, len(data), CHUNK):
            reader.parser.Parse(data[start : start + CHUNK])
            yield from reader.taken()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from reader.taken()
        raise _refuse(error.lineno, Mistake.SYNTAX, expat.ErrorString(error.code)) from error
    yield from reader.taken()


class _Reader:
    """Collects elements as they come."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._path: list[Element] = []
        self._done: list[Element] = []
        self._count = 0

    def taken(self) -> list[Element]:
        """What is complete."""
        done, self._done = self._done, []
        return done

    def _refuse_document_type(self, *_: object) -> None:
        raise _refuse(self.parser.CurrentLineNumber, Mistake.DOCUMENT_TYPE)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path and tag != ROOT:
            raise WrongFile(Reason.WRONG_KIND)
        made = Element(tag, self.parser.CurrentLineNumber, attributes)
        self._count = 0 if len(self._path) == 1 else self._count + 1
        if len(self._path) >= DEEPEST or self._count > MAX_ELEMENTS:
            raise _refuse(made.line, Mistake.TOO_DEEP)
        if len(self._path) > 1:
            self._path[-1].inner.append(made)
        self._path.append(made)

    def _text(self, words: str) -> None:
        if self._path[-1].tag != NOT_KEPT:
            self._path[-1].parts.append(words)

    def _end(self, _: str) -> None:
        made = self._path.pop()
        if len(self._path) == 1:
            self._done.append(made)


def _refuse(line: int, mistake: Mistake, detail: str = "") -> NotRead:
    return NotRead(Wrong(Place(line=line), mistake, detail[:MAX_DETAIL_CHARS]))
