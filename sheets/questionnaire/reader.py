"""A questionnaire's file is read in a child process; its content decides what it is, whatever its name says."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sheets import reading
from sheets.questionnaire import limesurvey, own, surveyjs, tabular
from sheets.questionnaire.found import Asked, Found, Head, Item, Lost, Wrong
from sheets.reader import Progress, Reader
from sheets.reading import MAX_FILE_BYTES, OLD_OFFICE, ZIPPED, Reason, WrongFile
from sheets.wire import Garbled

LOOKED_AT_CHARS = 20_000
MAX_JSON_BYTES = 8 * 1024 * 1024  # bytes; as a tree it takes ten times that
NAMES = ("title:", "questions:", "introduction:", "---", "%YAML")


def read(data: bytes, language: str) -> Found:
    """The questionnaire in a file; of several languages this one, where it is there. Raises WrongFile."""
    if len(data) > MAX_FILE_BYTES:
        raise WrongFile(Reason.TOO_LARGE)
    if not data.strip(b"\0 \r\n\t"):
        raise WrongFile(Reason.EMPTY)
    if data.startswith(OLD_OFFICE):
        raise WrongFile(Reason.OLD_OR_PROTECTED)
    if data.startswith(ZIPPED):
        return tabular.read(reading.read(data))
    return _read_text(data, language)


def _read_text(data: bytes, language: str) -> Found:
    """Raises WrongFile."""
    if _is_xml(data):
        return limesurvey.read(data, language)
    text = reading.decode(data)
    head = text[:LOOKED_AT_CHARS].lstrip()
    if head.startswith("{"):
        if len(data) > MAX_JSON_BYTES:
            raise WrongFile(Reason.TOO_LARGE)
        return surveyjs.read(text, language)
    if _is_yaml(head):
        return own.read(text)
    if tabular.fields_in([line.replace("\t", ",").replace(";", ",").split(",") for line in head.splitlines()]) > 1:
        return tabular.read(reading.read(data, tabular.fields_in))
    raise WrongFile(Reason.WRONG_KIND)


def _is_xml(data: bytes) -> bool:
    """Whether the first sign is `<`, in UTF-8 or UTF-16."""
    return data[:200].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe\0 \r\n\t").startswith(b"<")


def _is_yaml(head: str) -> bool:
    """Whether a line begins with one of the names of our YAML."""
    return any(line.startswith(NAMES) for line in head.splitlines())


def looks_like_table(data: bytes) -> bool:
    """Whether a file can be a table, and so a roster as well as a questionnaire: no JSON, XML or YAML."""
    if data.startswith((ZIPPED, OLD_OFFICE)):
        return True
    head = data[:LOOKED_AT_CHARS].removeprefix(b"\xef\xbb\xbf")
    return not (_is_xml(data) or head.lstrip().startswith(b"{") or _is_yaml(head.decode("utf-8", "replace")))


def chinese(data: bytes, _: Progress) -> Iterator[Item]:
    """What is found in a file, in Chinese where it has several languages. Raises WrongFile."""
    return _items(read(data, "zh"))


def english(data: bytes, _: Progress) -> Iterator[Item]:
    """What is found in a file, in English where it has several languages. Raises WrongFile."""
    return _items(read(data, "en"))


def _items(found: Found) -> Iterator[Item]:
    yield found.head
    yield from found.questions
    yield from found.lost
    yield from found.wrong


def build(items: Sequence[Item]) -> Found:
    """What was told piece by piece. Raises Garbled."""
    head = items[0] if items else None
    if not isinstance(head, Head):
        raise Garbled("no head")
    return Found(
        head,
        tuple(one for one in items if isinstance(one, Asked)),
        tuple(one for one in items if isinstance(one, Lost)),
        tuple(one for one in items if isinstance(one, Wrong)),
    )


def _reader(entry: Callable[[bytes, Progress], Iterator[Item]]) -> Reader[Found]:
    return Reader(f"{__name__}:{entry.__name__}", (Head, Asked, Lost, Wrong), build)


READERS: Mapping[str, Reader[Found]] = {"zh": _reader(chinese), "en": _reader(english)}
