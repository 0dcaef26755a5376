"""YAML and JSON as trees that know where each value stands.

All scalars are texts: whoever wants a number or a truth reads it. No anchors, aliases, tags, or second documents; no
key twice in a mapping. Built from events, so that depth costs no stack.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from sheets.questionnaire.found import MAX_DETAIL_CHARS, Mistake, NotRead, Place, Wrong
from sheets.reading import Reason, WrongFile

DEEPEST = 8  # levels in a YAML; a questionnaire has five
MAX_YAML_CHARS = 400_000  # the largest questionnaire that there may be has half of it


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text."""

    line: int
    text: str
    null: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    line: int
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping: its keys, each with its line and its value."""

    line: int
    values: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node: TypeAlias = Scalar | Items | Fields


def refuse(line: int, mistake: Mistake, detail: str = "") -> NotRead:
    """A mistake in a line, to be raised."""
    return NotRead(Wrong(Place(line=line), mistake, detail[:MAX_DETAIL_CHARS]))


def read_yaml(text: str) -> Node:
    """A YAML's tree. Raises NotRead, WrongFile."""
    if len(text) > MAX_YAML_CHARS:
        raise WrongFile(Reason.TOO_LARGE)
    try:
        return _Builder().build(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise refuse(line, Mistake.SYNTAX, f"U+{int(error.character):04X}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refuse(mark.line + 1 if mark else 1, Mistake.SYNTAX, error.problem or "") from error


class _Builder:
    """Makes a tree of events."""

    def __init__(self) -> None:
        self._open: list[tuple[Items | Fields, list[Scalar]]] = []  # with the key that waits for its value
        self._root: Node | None = None

    def build(self, events: Iterator[yaml.Event]) -> Node:
        """The tree. Raises NotRead, YAMLError."""
        documents = 0
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 1
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise refuse(line, Mistake.SYNTAX, "---")
            if isinstance(event, yaml.NodeEvent):
                _check_plain(event, line)
            self._take(event, line)
        if self._root is None:
            raise refuse(1, Mistake.NOT_A_MAP)
        return self._root

    def _take(self, event: yaml.Event, line: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._put(Scalar(line, event.value, null=event.implicit[0] and event.value in ("", "~", "null")))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(Items(line))
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(Fields(line))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _begin(self, node: Items | Fields) -> None:
        if len(self._open) >= DEEPEST:
            raise refuse(node.line, Mistake.TOO_DEEP)
        self._put(node)
        self._open.append((node, []))

    def _put(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent, waiting = self._open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif waiting:
            key = waiting.pop()
            parent.values[key.text], parent.lines[key.text] = node, key.line
        elif not isinstance(node, Scalar):
            raise refuse(node.line, Mistake.NOT_A_TEXT)
        elif node.text in parent.values:
            raise refuse(node.line, Mistake.TWICE, node.text)
        else:
            waiting.append(node)


def _check_plain(event: yaml.NodeEvent, line: int) -> None:
    """Raises NotRead for what makes one value of another."""
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise refuse(line, Mistake.REFERENCE, f"{'*' if isinstance(event, yaml.AliasEvent) else '&'}{event.anchor}")
    tag = getattr(event, "tag", None)
    if tag is not None and tag != "!":
        raise refuse(line, Mistake.REFERENCE, tag)


def read_json(text: str) -> Any:
    """A JSON's value. Raises NotRead."""
    try:
        return json.loads(text, object_pairs_hook=_once(text), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise refuse(error.lineno, Mistake.SYNTAX, error.msg) from error
    except RecursionError as error:
        raise refuse(1, Mistake.TOO_DEEP) from error
    except NotRead:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise refuse(1, Mistake.SYNTAX) from error


def _once(text: str) -> Callable[[Sequence[tuple[str, Any]]], dict[str, Any]]:
    """Makes a dictionary of pairs. Raises NotRead where a key stands twice."""

    def made(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise NotRead(Wrong(_about(text, key), Mistake.TWICE, key[:MAX_DETAIL_CHARS]))
        return found

    return made


def _about(text: str, key: str) -> Place:
    """The first line in which a key stands."""
    at = text.find(json.dumps(key, ensure_ascii=False))
    return Place(line=text.count("\n", 0, at) + 1 if at >= 0 else 1)


def _refuse_constant(name: str) -> None:
    raise refuse(1, Mistake.SYNTAX, name)
