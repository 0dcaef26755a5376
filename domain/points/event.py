"""Events: what features report as having happened; the scheme in force says how many points one is worth."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

FactValue = bool | int | str
Facts = dict[str, FactValue]
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class EventName(str):
    """An event as the ledger has it: its feature and what happened (`task.done`)."""

    __slots__ = ()


class Titled(str):
    """A name out of a scheme; `called` where the scheme says what people call it."""

    __slots__ = ("called", "called_en")
    called: str
    called_en: str

    def __new__(cls, name: str, title: str = "", title_en: str = "") -> Self:
        """Without a title it is called by the text of its feature: `task.late` is the text `task.rule_late`."""
        made = super().__new__(cls, name)
        made.called, made.called_en = title, title_en
        return made


class RuleName(Titled):
    """A rule as the ledger has it (`task.on_time`)."""

    __slots__ = ()


class CategoryName(Titled):
    """A category as the ledger has it; without one of its scheme, the feature or the rule of an entry."""

    __slots__ = ()


NO_RULE = RuleName("points.none")  # of an entry that no rule fits: it is there so that events can be played again


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known of each event of a kind, by which rules may tell them apart."""

    name: str
    kind: type[bool | int | str]


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event; each feature declares its own.

    An outcome, never volume or time online: what is reported can earn points. `is_own` tells whether people bring it
    about themselves; nobody is invited to wait for what others do.
    """

    name: EventName
    facts: tuple[Fact, ...] = ()
    is_own: bool = True
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(fact.name for fact in self.facts))

    def kind_of(self, fact: str) -> type[bool | int | str] | None:
        """The type of a fact; `None` where this event has none of that name."""
        return next((one.kind for one in self.facts if one.name == fact), None)


ITEM_APPROVED = Event(EventName("item.approved"), facts=(Fact("item", str),), is_own=False)


def told(facts: Mapping[str, FactValue]) -> str:
    """Facts as the ledger keeps them: JSON without spaces, in the order of the alphabet."""
    return _told(tuple([(name, value, value.__class__) for name, value in facts.items()])) if facts else "{}"


@lru_cache(maxsize=256)
def _told(facts: tuple[tuple[str, FactValue, type], ...]) -> str:
    """There are few combinations, and every press has one. The types are there since 1 equals true."""
    return ENCODE({name: value for name, value, _ in facts})


def understood(words: str) -> Facts:
    """Facts from the ledger's words. Raises ValueError."""
    found = json.loads(words)
    if not isinstance(found, dict):
        raise ValueError("facts are no object")
    return found
