"""A procedure in YAML: docs/procedures.md."""

import re

from sheets.procedure import spoken
from sheets.procedure.found import MAX_LINES, Found, Head, Line, Mistake, Place, Wrong
from sheets.questionnaire import tree, words
from sheets.questionnaire.found import NotRead
from sheets.questionnaire.tree import Fields, Items, Node, Scalar

WHOLE = frozenset({"title", "source", "about", "steps"})
STEP = frozenset({"key", "title", "who", "when", "outcome", "check", "reviewer", "waits"})
BETWEEN = re.compile(r"[,，、;；\s]+")


def read(text: str) -> Found:
    """The procedure in a YAML, or all that is wrong with it. Raises WrongFile."""
    found = Found()
    try:
        _Reader(found).read(tree.read_yaml(text))
    except NotRead as error:
        wrong = error.wrong
        found.wrong.append(Wrong(Place(wrong.place.line), Mistake(wrong.mistake.value), wrong.detail))
    return found


class _Reader:
    """Reads the whole; collects what is wrong on the way."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def blame(self, line: int, mistake: Mistake, detail: str = "") -> None:
        """Something is wrong in a line."""
        self.found.blame(Place(line), mistake, detail)

    def read(self, node: Node) -> None:
        """The whole."""
        if not isinstance(node, Fields):
            self.blame(node.line, Mistake.NOT_A_MAP)
            return
        self._check_names(node, WHOLE)
        said = {name: self._words(node, name) for name in ("title", "source", "about")}
        self.found.head = Head(said["title"], said["source"], said["about"], Place(node.lines.get("title", node.line)))
        for one in self._items(node, "steps")[:MAX_LINES]:
            self._step(one)

    def _check_names(self, node: Fields, known: frozenset[str]) -> None:
        for name, line in node.lines.items():
            if name not in known:
                self.blame(line, Mistake.UNKNOWN, name)

    def _words(self, node: Fields, name: str) -> str:
        value = node.values.get(name)
        if value is None or (isinstance(value, Scalar) and value.null):
            return ""
        if not isinstance(value, Scalar):
            self.blame(value.line, Mistake.NOT_A_TEXT, name)
            return ""
        return words.one_line(value.text)

    def _items(self, node: Fields, name: str) -> list[Node]:
        value = node.values.get(name)
        if not isinstance(value, Items):
            self.blame(node.line if value is None else value.line, Mistake.NOT_A_LIST, name)
            return []
        return value.items

    def _step(self, node: Node) -> None:
        if not isinstance(node, Fields):
            self.blame(node.line, Mistake.NOT_A_MAP)
            return
        self._check_names(node, STEP)
        anchor, days = self._when(node)
        said = {name: self._words(node, name) for name in STEP - {"when", "waits"}}
        self.found.lines.append(
            Line(
                Place(node.line),
                said["key"] or self.found.next_key(),
                said["title"],
                said["who"],
                anchor,
                days,
                said["outcome"],
                said["check"],
                said["reviewer"],
                self._waits(node),
            )
        )

    def _when(self, node: Fields) -> tuple[str, int]:
        said = self._words(node, "when")
        meant = spoken.when(said)
        if meant is None:
            mistake = Mistake.WHEN if said else Mistake.MISSING
            self.blame(node.lines.get("when", node.line), mistake, said or "when")
        return meant or ("turn", 0)

    def _waits(self, node: Fields) -> tuple[str, ...]:
        """Keys as a list or in one text; the step before where nothing is said, none where that is empty."""
        if "waits" not in node.values:
            return self.found.before()
        value = node.values["waits"]
        if isinstance(value, Fields):
            self.blame(value.line, Mistake.NOT_A_LIST, "waits")
            return ()
        parts = [value] if isinstance(value, Scalar) else value.items
        texts = [one.text for one in parts if isinstance(one, Scalar) and not one.null]
        if any(not isinstance(one, Scalar) for one in parts):
            self.blame(value.line, Mistake.NOT_A_TEXT, "waits")
        return waits_in(" ".join(texts))


def waits_in(text: str) -> tuple[str, ...]:
    """The keys in a text; words that say that there is nothing to wait for are none."""
    keys = [key for key in BETWEEN.split(text) if key]
    return () if len(keys) == 1 and keys[0].lower() in spoken.NONE else tuple(dict.fromkeys(keys))
