"""What a name may mean, and what may be wrong with one."""

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
    """Nobody has been seen under that user name, and nobody is likely to be meant."""

    text = "naming.never_spoken"


class HasGone(Refusal):
    """Whoever is meant has left the group or the enterprise."""

    text = "naming.has_gone"


class NobodyThere(Refusal):
    """The whole of a group or party group is meant, and nobody is known of it."""

    text = "naming.nobody_there"


class Kind(StrEnum):
    """What a choice is."""

    MEMBER = "m"
    PERSON = "p"
    BRANCH = "b"
    EVERYBODY = "e"


@dataclass(frozen=True, slots=True)
class Called:
    """A name as it was written, of one of a group's people, of a party group, or of everybody."""

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
        """What a button for them may say: that of a person goes on to mean them once their account is known."""
        person = [] if self.person is None else [Chosen(Kind.PERSON, self.person.id)]
        return person if self.member is None else [Chosen(Kind.MEMBER, self.member.id), *person]

    @property
    def chosen(self) -> Chosen:
        """What their button stands for."""
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
        """What its button stands for."""
        return Chosen(Kind.BRANCH, self.branch.id)


@dataclass(frozen=True, slots=True)
class Whole:
    """Everybody of a group, or of a part of its branch: `people` in all."""

    name: str
    people: int
    chosen: Chosen


class Unclear(Refusal):
    """A name that may mean several, or a user name that nobody was seen under: `choices` are to be asked about."""

    text = "member.ambiguous_name"

    def __init__(self, wanted: Mention | Called, choices: Sequence[Somebody | Part]) -> None:
        super().__init__(name=wanted.name if isinstance(wanted, Mention) else wanted.words)
        self.wanted = wanted
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant: `people`, of whom some may have no account yet; `gone` were left out, since they are no more there.

    `whole`: a group of people was named, not each of them.
    """

    people: Sequence[Somebody]
    gone: Sequence[Somebody]
    whole: bool
