"""Conditions of SurveyJS and LimeSurvey, as far as they are simple: one earlier question has one of some answers.

`{q} = 'a'`, `{q} anyof ['a', 'b']`, `{q} contains 'a'`, `Q1.NAOK == "A1"`, `Q1 >= 4`, in brackets, several
about one question joined by `or`. Anything else is TooComplex.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets.questionnaire.found import Kind, When

MAX_CHARS = 2_000
DEEPEST = 10
TOKEN = re.compile(
    r"""\s*(?:(?P<text>'[^']*'|"[^"]*")|\{(?P<name>[^{}]*)\}|(?P<sign>\|\||&&|[<>=!]=|<>|[=<>()\[\],!])"""
    r"""|(?P<word>[^\s()\[\],=<>!'"{}|&]+))"""
)
OPERATORS = {
    "=": "=", "==": "=", "eq": "=", "equal": "=", "!=": "!=", "<>": "!=", "ne": "!=", "notequal": "!=",
    ">": ">", "gt": ">", "greater": ">", "<": "<", "lt": "<", "less": "<",
    ">=": ">=", "ge": ">=", "greaterorequal": ">=", "<=": "<=", "le": "<=", "lessorequal": "<=",
    "contains": "contains", "contain": "contains", "anyof": "anyof",
}  # fmt: skip
COMPARED = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
}
NUMBER = re.compile(r"-?\d{1,6}(?:\.0{1,6})?")


class TooComplex(ValueError):  # noqa: N818 - named for what it is
    """A condition that cannot be carried over."""


@dataclass(frozen=True, slots=True)
class Test:
    """A question's name, an operator, and what its answer is compared with."""

    name: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """An earlier question: its options' keys by the values of the file. `sure`: everybody answers it.

    `only` is set for the name of one option of a multiple choice (`Q2_SQ001 == "Y"`).
    """

    key: str
    kind: Kind
    options: Mapping[str, str]
    scale: Sequence[int] = ()
    sure: bool = False
    only: str = ""


def read(words: str) -> list[Test]:
    """The tests of which one must hold. Raises TooComplex."""
    if len(words) > MAX_CHARS:
        raise TooComplex
    reader = _Reader(list(_tokens(words)))
    tests = reader.any(0)
    if reader.rest:
        raise TooComplex
    return tests


def _tokens(words: str) -> Iterator[tuple[str, str]]:
    place, words = 0, words.strip()
    while place < len(words):
        match = TOKEN.match(words, place)
        if match is None:
            raise TooComplex
        place = match.end()
        kind = match.lastgroup or ""
        value = match[kind]
        yield kind, value[1:-1] if kind == "text" else value.strip()


class _Reader:
    """Reads tokens from the left."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def rest(self) -> bool:
        """Whether there are more."""
        return self._place < len(self._tokens)

    def _next(self) -> tuple[str, str]:
        if not self.rest:
            raise TooComplex
        self._place += 1
        return self._tokens[self._place - 1]

    def _skip(self, *signs: str) -> bool:
        """Take the next token if it is one of these signs or words."""
        if self.rest and self._tokens[self._place][0] in ("sign", "word"):
            found = self._tokens[self._place][1].lower() in signs
            self._place += found
            return found
        return False

    def any(self, depth: int) -> list[Test]:
        """Tests joined by `or`."""
        if depth > DEEPEST:
            raise TooComplex
        tests = self._one(depth)
        while self._skip("or", "||"):
            tests += self._one(depth)
        return tests

    def _one(self, depth: int) -> list[Test]:
        if self._skip("("):
            tests = self.any(depth + 1)
            if not self._skip(")"):
                raise TooComplex
            return tests
        kind, name = self._next()
        if kind not in ("name", "word") or not name:
            raise TooComplex
        operator = OPERATORS.get(self._next()[1].lower())
        if operator is None:
            raise TooComplex
        return [Test(name.removesuffix(".NAOK"), operator, self._values())]

    def _values(self) -> tuple[str, ...]:
        if not self._skip("["):
            return (self._value(),)
        values = [self._value()]
        while self._skip(","):
            values.append(self._value())
        if not self._skip("]"):
            raise TooComplex
        return tuple(values)

    def _value(self) -> str:
        kind, value = self._next()
        if kind not in ("text", "word"):
            raise TooComplex
        return value


def resolve(words: str, targets: Mapping[str, Target]) -> When:
    """What a condition says of an earlier question. Raises TooComplex."""
    question, options = "", set[str]()
    for test in read(words):
        target = targets.get(test.name)
        if target is None or question not in ("", target.key):
            raise TooComplex
        question = target.key
        options |= set(_chosen(target, test))
    if not options:
        raise TooComplex
    return When(question, tuple(sorted(options)), words)


def _chosen(target: Target, test: Test) -> Collection[str]:
    if test.operator == "!=" and not target.sure:  # it also holds where nothing was answered
        raise TooComplex
    if target.only:
        if test.operator != "=" or test.values != ("Y",):
            raise TooComplex
        return {target.only}
    if target.kind is Kind.RATING:
        return _ratings(target, test)
    if target.kind is Kind.MULTIPLE:
        if test.operator != "anyof" and (test.operator != "contains" or len(test.values) > 1):
            raise TooComplex
        return _keys(target, test.values)
    if target.kind is Kind.SINGLE and test.operator in ("=", "anyof", "!="):
        if test.operator != "anyof" and len(test.values) > 1:
            raise TooComplex
        keys = _keys(target, test.values)
        return keys if test.operator != "!=" else set(target.options.values()) - keys
    raise TooComplex


def _keys(target: Target, values: Sequence[str]) -> set[str]:
    if any(value not in target.options for value in values):
        raise TooComplex
    return {target.options[value] for value in values}


def _ratings(target: Target, test: Test) -> set[str]:
    if not all(NUMBER.fullmatch(value) for value in test.values):
        raise TooComplex
    numbers = [int(float(value)) for value in test.values]
    if test.operator == "anyof":
        return {str(number) for number in numbers if number in target.scale}
    holds = COMPARED.get(test.operator)
    if holds is None or len(numbers) > 1:
        raise TooComplex
    return {str(one) for one in target.scale if holds(one, numbers[0])}
