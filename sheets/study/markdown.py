r"""The library as Markdown: front matter between lines of `---`, then the text; several documents may follow in a file.

A line of the text that is `---` itself is written `\---`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheets.questionnaire.found import NotRead as YamlNotRead
from sheets.questionnaire.tree import Fields, Items, Node, Scalar, read_yaml
from sheets.study.found import FIELDS, LISTS, Found, Kind, Mistake, NotRead, Place, Record, Wrong
from sheets.study.spoken import all_meant

FENCE = "---"
ESCAPED = re.compile(r"^\\(\\*---[ \t]*)$", re.MULTILINE)
NEEDS_ESCAPE = re.compile(r"^(\\*---[ \t]*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A document: its front matter, which begins behind a line, and its text."""

    line: int
    front: str
    body: str


def read(text: str) -> Found:
    """What is in a file. Raises NotRead, WrongFile."""
    found = Found()
    for part in _parts(text):
        _read_part(found, part)
    if not found.records and not found.wrong:
        found.blame(Place(1), Mistake.NOTHING)
    return found


def _parts(text: str) -> Iterator[_Part]:
    """Raises NotRead."""
    lines = text.replace("\r\n", "\n").split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if not fences or any(line.strip() for line in lines[: fences[0]]):
        raise NotRead(Wrong(Place(1), Mistake.NOTHING))
    if len(fences) % 2:
        raise NotRead(Wrong(Place(fences[-1] + 1), Mistake.NO_END))
    for place in range(0, len(fences), 2):
        start, end = fences[place], fences[place + 1]
        until = fences[place + 2] if place + 2 < len(fences) else len(lines)
        body = "\n".join(lines[end + 1 : until])
        yield _Part(start + 1, "\n".join(lines[start + 1 : end]), ESCAPED.sub(r"\1", body).strip())


def _read_part(found: Found, part: _Part) -> None:
    """Raises NotRead, WrongFile."""
    place = Place(part.line)
    try:
        node = read_yaml(part.front)
    except YamlNotRead as error:
        line = part.line + error.wrong.place.line
        found.blame(Place(line), Mistake.SYNTAX, detail=error.wrong.detail or str(error.wrong.mistake))
        return
    if not isinstance(node, Fields):
        found.blame(place, Mistake.NOT_A_TYPE)
        return
    told = _text(node.values.get("type")) or Kind.ITEM.value
    if told not in list(Kind):
        found.blame(Place(part.line + node.lines["type"]), Mistake.NOT_A_TYPE, field="type", detail=told)
        return
    found.add(_record(found, part, node, Kind(told)))


def _record(found: Found, part: _Part, node: Fields, kind: Kind) -> Record:
    name = _text(node.values.get("code")) or _text(node.values.get("title"))
    fields: dict[str, tuple[str, ...]] = {}
    places: dict[str, Place] = {}
    for field, value in node.values.items():
        place = Place(part.line + node.lines[field])
        if field == "type":
            continue
        wanted = "topics" if field == "topic" else field
        if wanted not in FIELDS[kind] or wanted == "text":
            found.lose(place, name, field)
            continue
        values = _values(value)
        if values is None or (wanted not in LISTS and len(values) > 1):
            found.blame(place, Mistake.NOT_A_TEXT, item=name, field=field)
            continue
        fields[wanted] = (*fields.get(wanted, ()), *values)
        places[wanted] = place
    if part.body and kind is Kind.ITEM:
        fields["text"] = (part.body,)
    elif part.body:
        found.lose(Place(part.line), name, "text")
    return Record(kind, Place(part.line), all_meant(fields), places)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _values(node: Node) -> Sequence[str] | None:
    """The texts of a value; `None` where it has others."""
    if isinstance(node, Scalar):
        return () if node.null else (node.text,)
    if isinstance(node, Items) and all(isinstance(one, Scalar) for one in node.items):
        return [one.text for one in node.items if isinstance(one, Scalar)]
    return None
