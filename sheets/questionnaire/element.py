"""An element of a SurveyJS questionnaire, and how its values are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sheets.questionnaire.found import MAX_DETAIL_CHARS, Mistake, NotRead, Place, Wrong
from sheets.questionnaire.words import one_line

MAX_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Element:
    """A question as SurveyJS has it, with its words, and the conditions of all that it stands in."""

    made: Mapping[str, Any]
    name: str
    text: str
    conditions: tuple[str, ...]

    def part(self, value: str, text: str) -> "Element":
        """One row of it."""
        return replace(self, name=f"{self.name}.{value}", text=f"{self.text}：{text}")

    @property
    def names(self) -> list[str]:
        """How conditions call it."""
        other = self.made.get("valueName")
        return [self.name, other] if isinstance(other, str) and self.name == self.made.get("name") else [self.name]


def counted(low: Any, high: Any, step: Any) -> Iterator[tuple[str, str]]:
    """The figures of a scale, as options."""
    if all(type(one) is int for one in (low, high, step)) and step > 0:
        yield from ((str(one), str(one)) for one in range(low, high + 1, step)[:MAX_COUNTED])


def under(conditions: tuple[str, ...], made: Mapping[str, Any]) -> tuple[str, ...]:
    """The conditions of something that stands under others."""
    own = made.get("visibleIf")
    return (*conditions, own) if isinstance(own, str) and own.strip() else conditions


def value_of(value: Any) -> str:
    """A value as conditions write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)[:10_000]


def short(name: str) -> str:
    """A name as it is told."""
    return one_line(name)[:MAX_DETAIL_CHARS]


def refuse(element: str, mistake: Mistake, detail: str = "") -> NotRead:
    """A mistake in an element, to be raised."""
    return NotRead(Wrong(Place(element=short(element)), mistake, detail[:MAX_DETAIL_CHARS]))
