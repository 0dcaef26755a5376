"""The possible meanings of a name, and its errors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.people.member import Mention
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.branch import Branch
    from domain.people.member import Member
    from domain.people.person import Person

MAX_DIGITS = 16


class Nobody(Refusal):
    """Nobody of the group goes by that name; `nearest` is the most similar one, if there is one."""

    text = "naming.nobody"


class NeverSpoken(Refusal):
    """Nobody known has that user name or one like it."""

    text = "naming.never_spoken"


class HasGone(Refusal):
    """The person has left the group or the enterprise."""

    text = "naming.has_gone"


class NobodyThere(Refusal):
    """Everybody of a group or party group is meant, but nobody in it is known."""

    text = "naming.nobody_there"


class Kind(StrEnum):
    """What a choice is."""

    MEMBER = "m"
    PERSON = "p"
    BRANCH = "b"
    EVERYBODY = "e"


@dataclass(frozen=True, slots=True)
class Called:
    """A written name: of a person, of a party group, or of everybody."""

    words: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody, or a party group, chosen by a button: written as `m7`, `p12` or `b3`."""

    kind: Kind
    number: int

    def __str__(self) -> str:
        """As it is kept."""
        return f"{self.kind.value}{self.number}"

    @classmethod
    def read(cls, kept: str) -> Chosen | None:
        """What was kept; `None` for anything else."""
        digits = kept[1:]
        if kept[:1] not in tuple(Kind) or not (digits.isascii() and digits.isdecimal() and len(digits) <= MAX_DIGITS):
            return None
        return cls(Kind(kept[0]), int(digits))


Wanted = Mention | Called | Chosen


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody of a group: on the roster, with an account, or both. `gone`: no longer of the group."""

    member: Member | None
    person: Person | None
    gone: bool = False

    @property
    def name(self) -> str:
        """What the roster calls them, else what they show."""
        return self.person.name if self.person else self.member.name if self.member else ""

    @property
    def keys(self) -> list[Chosen]:
        """All choices that mean them. A button for a person still works when their account is known later."""
        person = [] if self.person is None else [Chosen(Kind.PERSON, self.person.id)]
        return person if self.member is None else [Chosen(Kind.MEMBER, self.member.id), *person]

    @property
    def chosen(self) -> Chosen:
        """The choice that their button carries."""
        if self.member is not None:
            return Chosen(Kind.MEMBER, self.member.id)
        return Chosen(Kind.PERSON, self.person.id if self.person else 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A party group, or another part of a group's branch, with its path."""

    branch: Branch
    path: tuple[str, ...]

    @property
    def chosen(self) -> Chosen:
        """The choice that its button carries."""
        return Chosen(Kind.BRANCH, self.branch.id)


@dataclass(frozen=True, slots=True)
class Whole:
    """Everybody of a group, or of a part of its branch: `people` in all."""

    name: str
    people: int
    chosen: Chosen


class Unclear(Refusal):
    """A name that may mean several people, or an unknown user name like known ones: ask which of `choices` is meant."""

    text = "member.ambiguous_name"

    def __init__(self, wanted: Mention | Called, choices: Sequence[Somebody | Part]) -> None:
        super().__init__(name=wanted.name if isinstance(wanted, Mention) else wanted.words)
        self.wanted = wanted
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Meant:
    """The `people` who are meant; some may have no account yet. Those who have `gone` were left out.

    `whole`: they were named together (everybody, a party group), not one by one.
    """

    people: Sequence[Somebody]
    gone: Sequence[Somebody]
    whole: bool
