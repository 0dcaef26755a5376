"""The program's own YAML: docs/questionnaire-files.md."""

import re
from collections.abc import Iterator, Mapping

from sheets.questionnaire import tree, words
from sheets.questionnaire.found import (
    CHOICES,
    MAX_DETAIL_CHARS,
    MAX_QUESTIONS,
    MAX_WRONG,
    Asked,
    Choice,
    Format,
    Found,
    Head,
    Kind,
    Mistake,
    NotRead,
    Place,
    When,
    Wrong,
    found_wrong,
)
from sheets.questionnaire.spoken import KINDS, TRUTHS
from sheets.questionnaire.tree import Fields, Items, Node, Scalar

WHOLE = frozenset({"title", "introduction", "questions"})
QUESTION = frozenset(
    {"key", "kind", "text", "options", "required", "shuffled", "most", "low", "high", "when"},
)
KEY = re.compile(r"[^\s=＝:：;；|｜]{1,32}")  # without what a table has between a key and options
NUMBER = re.compile(r"[+-]?\d{1,9}")


def read(text: str) -> Found:
    """The questionnaire in a YAML, or all that is wrong with it."""
    try:
        return _Reader().read(tree.read_yaml(text))
    except NotRead as error:
        return found_wrong(Format.YAML, [error.wrong])


class _Reader:
    """Reads the whole; collects what is wrong on the way."""

    def __init__(self) -> None:
        self.wrong: list[Wrong] = []
        self.questions: dict[str, Asked] = {}

    def blame(self, line: int, mistake: Mistake, detail: str = "") -> None:
        """Something is wrong in a line."""
        if len(self.wrong) < MAX_WRONG:
            self.wrong.append(Wrong(Place(line=line), mistake, detail[:MAX_DETAIL_CHARS]))

    def read(self, node: Node) -> Found:
        """The whole. Raises NotRead."""
        if not isinstance(node, Fields):
            raise tree.refuse(node.line, Mistake.NOT_A_MAP)
        self._check_names(node, WHOLE)
        title = self._words(node, "title")
        introduction = words.lines(self._words(node, "introduction", needed=False))
        for number, one in enumerate(self._items(node, "questions")[:MAX_QUESTIONS], start=1):
            self._question(one, number)
        if not self.questions and not self.wrong:
            self.blame(node.lines.get("questions", node.line), Mistake.NO_QUESTIONS)
        head = Head(
            Format.YAML,
            words.one_line(title),
            introduction,
            Place(line=node.lines.get("title", node.line)),
            Place(line=node.lines.get("introduction", node.line)),
        )
        return Found(head, tuple(self.questions.values()), wrong=tuple(self.wrong))

    def _check_names(self, node: Fields, known: frozenset[str]) -> None:
        for name, line in node.lines.items():
            if name not in known:
                self.blame(line, Mistake.UNKNOWN, name)

    def _words(self, node: Fields, name: str, *, needed: bool = True) -> str:
        value = node.values.get(name)
        if value is None or (isinstance(value, Scalar) and value.null):
            if needed:
                self.blame(node.line, Mistake.MISSING, name)
            return ""
        if not isinstance(value, Scalar):
            self.blame(value.line, Mistake.NOT_A_TEXT, name)
            return ""
        return value.text

    def _items(self, node: Fields, name: str, *, needed: bool = True) -> list[Node]:
        value = node.values.get(name)
        if value is None:
            if needed:
                self.blame(node.line, Mistake.MISSING, name)
            return []
        if not isinstance(value, Items):
            self.blame(value.line, Mistake.NOT_A_LIST, name)
            return []
        return value.items

    def _question(self, node: Node, number: int) -> None:
        if not isinstance(node, Fields):
            self.blame(node.line, Mistake.NOT_A_MAP)
            return
        self._check_names(node, QUESTION)
        before = len(self.wrong)
        key = self._key(node, f"q{number}")
        made = Asked(
            place=Place(line=node.line),
            key=key,
            kind=self._kind(node),
            text=words.lines(self._words(node, "text")),
            options=tuple(self._options(node)),
            required=self._truth(node, "required", usual=True),
            shuffled=self._truth(node, "shuffled", usual=False),
            most=self._number(node, "most"),
            low=self._number(node, "low"),
            high=self._number(node, "high"),
            when=self._when(node),
        )
        if key in self.questions:
            self.blame(node.lines.get("key", node.line), Mistake.TWICE, key)
        if len(self.wrong) == before or key not in self.questions:
            self.questions[key] = made

    def _key(self, node: Fields, usual: str) -> str:
        if "key" not in node.values:
            return usual
        key = self._words(node, "key")
        if key and not KEY.fullmatch(key):
            self.blame(node.lines["key"], Mistake.RULE, "key")
        return key or usual

    def _kind(self, node: Fields) -> Kind:
        named = self._words(node, "kind")
        kind = KINDS.get(words.one_line(named).lower())
        if kind is None and named:
            self.blame(node.lines["kind"], Mistake.NOT_A_KIND, named)
        return kind or (Kind.SINGLE if "options" in node.values else Kind.TEXT)  # conditions on it are looked at, too

    def _options(self, node: Fields) -> Iterator[Choice]:
        """Options are texts, or mappings with a key and a text."""
        for number, one in enumerate(self._items(node, "options", needed=False), start=1):
            if isinstance(one, Scalar):
                yield Choice(str(number), words.one_line(one.text))
            elif isinstance(one, Fields):
                self._check_names(one, frozenset({"key", "text"}))
                yield Choice(self._key(one, str(number)), words.one_line(self._words(one, "text")))
            else:
                self.blame(one.line, Mistake.NOT_A_TEXT, "options")

    def _truth(self, node: Fields, name: str, *, usual: bool) -> bool:
        said = self._words(node, name, needed=False)
        if said.lower() not in TRUTHS and said:
            self.blame(node.lines[name], Mistake.NOT_A_TRUTH, name)
        return TRUTHS.get(said.lower(), usual)

    def _number(self, node: Fields, name: str) -> int | None:
        said = self._words(node, name, needed=False)
        if not said:
            return None
        if not NUMBER.fullmatch(said):
            self.blame(node.lines[name], Mistake.NOT_A_NUMBER, name)
            return None
        return int(said)

    def _when(self, node: Fields) -> When | None:
        value = node.values.get("when")
        if value is None or (isinstance(value, Scalar) and value.null):
            return None
        if not isinstance(value, Fields):
            self.blame(value.line, Mistake.NOT_A_MAP, "when")
            return None
        self._check_names(value, frozenset({"question", "options"}))
        asked = self.questions.get(self._words(value, "question"))
        if asked is None:
            self.blame(value.lines.get("question", value.line), Mistake.NO_SUCH_QUESTION, "when")
            return None
        options = [self._option_of(asked, one) for one in self._items(value, "options")]
        return When(asked.key, tuple(sorted({one for one in options if one})))

    def _option_of(self, asked: Asked, node: Node) -> str:
        """The key of an option that is named by its key or its text."""
        named = node.text if isinstance(node, Scalar) else ""
        keys = keys_of(asked)
        found = keys.get(named) or keys.get(words.one_line(named), "")
        if not found:
            self.blame(node.line, Mistake.NO_SUCH_OPTION, named)
        return found


def keys_of(asked: Asked, *, by_text: bool = False) -> Mapping[str, str]:
    """The keys of a question's options (of a rating: its figures) by themselves and by their texts.

    A text that is the key of another option means that other one, unless it goes `by_text`.
    """
    if asked.kind is Kind.RATING:
        return {str(one): str(one) for one in scale_of(asked)}
    if asked.kind not in CHOICES:
        return {}
    texts, keys = {one.text: one.key for one in asked.options}, {one.key: one.key for one in asked.options}
    return keys | texts if by_text else texts | keys


def scale_of(asked: Asked) -> range:
    """The ratings that there are, where they can be counted."""
    if asked.low is None or asked.high is None or asked.high - asked.low > MAX_QUESTIONS:
        return range(0)
    return range(asked.low, asked.high + 1)
