"""What the importers of other programs share: names become keys, conditions become ours, and losses are listed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sheets.questionnaire import expression
from sheets.questionnaire.expression import Target, TooComplex
from sheets.questionnaire.found import (
    MAX_DETAIL_CHARS,
    MAX_LOST,
    MAX_QUESTIONS,
    Asked,
    Choice,
    Format,
    Found,
    Head,
    Kind,
    Loss,
    Lost,
    Place,
    When,
)
from sheets.questionnaire.own import scale_of
from sheets.questionnaire.words import Plain, has_tags, lines, one_line

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}")
FOLDER = Path(__file__).parent
OPTION_KEY = re.compile(r"[A-Za-z0-9_]{1,16}")


def known(program: str) -> Mapping[str, Loss | None]:
    """What becomes of named values in another program's files.

    `None`: it is carried over, or only tells how a page looks, and nothing needs to be said about it.
    """
    lines = (FOLDER / f"{program}.txt").read_text(encoding="utf-8").splitlines()
    return {name: Loss(loss) if loss else None for name, _, loss in (line.partition(" ") for line in lines)}


class Collected:
    """The questions so far, in order, and what was lost on the way."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self.lost: list[Lost] = []
        self.questions: list[Asked] = []
        self._targets: dict[str, Target] = {}
        self._keys: set[str] = set()

    def lose(self, element: str, loss: Loss, detail: str = "") -> None:
        """Something is not carried over; each is told once."""
        one = Lost(Place(element=one_line(element)[:MAX_DETAIL_CHARS]), loss, one_line(detail)[:MAX_DETAIL_CHARS])
        if len(self.lost) < MAX_LOST and one not in self.lost[-20:]:
            self.lost.append(one)

    def words(self, element: str, text: str) -> str:
        """A text without its tags; pictures and scripts in it are lost."""
        if not has_tags(text):
            return lines(text)
        found = Plain(text)
        if found.has_picture:
            self.lose(element, Loss.IMAGE)
        if found.has_script:
            self.lose(element, Loss.SCRIPT)
        return found.text

    def key(self, name: str) -> str:
        """A key for a question that no other has; its own name where that will do."""
        name = name.replace(".", "_")
        wanted = name if KEY.fullmatch(name) else f"q{len(self.questions) + 1}"
        key, number = wanted, 2
        while key in self._keys:
            key, number = f"{wanted}_{number}", number + 1
        self._keys.add(key)
        return key

    def options(self, element: str, given: Iterable[tuple[str, str]]) -> tuple[tuple[Choice, ...], dict[str, str]]:
        """Options of values and texts, and their keys by these values."""
        given = list(given)
        own = all(OPTION_KEY.fullmatch(value) for value, _ in given)
        made, keys = [], dict[str, str]()
        for number, (value, text) in enumerate(given, start=1):
            key = value if own else str(number)
            keys.setdefault(value, key)
            made.append(Choice(key, one_line(self.words(element, text))))
        return tuple(made), keys

    def add(
        self,
        one: Asked,
        names: Sequence[str],
        *,
        keys: dict[str, str] | None = None,
        conditions: Sequence[str] = (),
        single_options: dict[str, str] | None = None,
    ) -> None:
        """Take a question that the file calls by these names, and is asked under these conditions.

        `single_options` are names of single options of it, with their keys.
        """
        if len(self.questions) >= MAX_QUESTIONS:
            self.lose(one.place.element, Loss.TOO_MANY)
            return
        one = replace(one, when=self._when(one.place.element, conditions))
        self.questions.append(one)
        sure = one.required and not conditions
        target = Target(one.key, one.kind, keys or {}, scale_of(one) if one.kind is Kind.RATING else (), sure)
        for name in names:
            self._targets.setdefault(name, target)
        for name, key in (single_options or {}).items():
            self._targets.setdefault(name, replace(target, only=key))

    def _when(self, element: str, conditions: Sequence[str]) -> When | None:
        if not conditions:
            return None
        if len(set(conditions)) == 1:
            try:
                return expression.resolve(conditions[0], self._targets)
            except TooComplex:
                pass
        self.lose(element, Loss.CONDITION, " & ".join(conditions))
        return None

    def found(self, title: str, introduction: str) -> Found:
        """All of it."""
        head = Head(self.format, one_line(title), introduction)
        return Found(head, tuple(self.questions), tuple(self.lost))
