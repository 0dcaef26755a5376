"""The enterprise's tag table: what suggestions may be about, with the words by which that is told.

The program brings a table. What people have changed is kept as changes to it, so that a newer program's table is theirs
too, with their changes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import plain
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from domain.ids import MemberId

GAP = "…"  # in a phrase: some other signs
DOTS = re.compile(r"[.．]{3,12}|…{1,4}")
MAX_TAGS = 60
MAX_CUES = 30_000  # of all tags
MAX_NAME_CHARS, MAX_CUE_CHARS = 20, 20


class Kind(StrEnum):
    """What is changed: a tag itself, or one of its kinds of cues, the strongest first."""

    TAG = "tag"  # its cue is the tag's English name
    WORDS = "words"
    PHRASES = "phrases"
    HINTS = "hints"


CUES = (Kind.WORDS, Kind.PHRASES, Kind.HINTS)


class Wrong(StrEnum):
    """What is wrong with a name or a cue."""

    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NO_CUE = "no_cue"
    LONG_CUE = "long_cue"
    SHORT_CUE = "short_cue"  # a word of one sign is found everywhere
    GAP = "gap"  # … in a word, or with nothing on one side
    NO_KIND = "no_kind"


class WrongCue(Refusal):
    """A name or a cue that cannot be used; `wrong` says why."""

    text = "tags.wrong_cue"


class NoSuchTag(Refusal):
    """A tag that is not in the table; `names` are those that are."""

    text = "tags.no_such_tag"


class TooMuch(Refusal):
    """More tags or cues than the table may have."""

    text = "tags.too_much"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the table: its names, and its cues by their kinds."""

    name: str
    english: str
    cues: Mapping[Kind, frozenset[str]]

    @property
    def count(self) -> int:
        """How many cues it has."""
        return sum(map(len, self.cues.values()))


@dataclass(frozen=True, slots=True)
class Change:
    """A tag or a cue that was added or removed."""

    tag: str
    kind: Kind
    cue: str
    added: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The table in use; `version` counts how often people have changed it."""

    version: int
    tags: Sequence[Tag]

    def tag(self, name: str) -> Tag:
        """A tag by its name. Raises NoSuchTag."""
        found = next((one for one in self.tags if one.name == name), None)
        if found is None:
            raise NoSuchTag(words=name, names=[one.name for one in self.tags])
        return found


class TagChanges(Protocol):
    """What was changed, in the store."""

    def state(self) -> int:
        """A number that grows with every change, whichever program has made it."""

    def version(self) -> int:
        """How often the table was changed."""

    def all(self) -> list[Change]:
        """All changes, oldest first."""

    def add(self, version: int, changes: Sequence[Change], by: MemberId, at: datetime) -> None:
        """Remember changes that were made together."""


class HasTagChanges(Protocol):
    """Stores with this one among them."""

    @property
    def tag_changes(self) -> TagChanges:
        """See `TagChanges`."""


def changed(tags: Iterable[Tag], changes: Iterable[Change]) -> tuple[Tag, ...]:
    """A table after changes. What is changed about a tag that is not there is left out."""
    english = {one.name: one.english for one in tags}
    cues = {one.name: {kind: set(one.cues.get(kind, ())) for kind in CUES} for one in tags}
    for one in changes:
        if one.kind is Kind.TAG and one.added:
            english[one.tag] = one.cue
            cues.setdefault(one.tag, {kind: set() for kind in CUES})
        elif one.kind is Kind.TAG:
            english.pop(one.tag, None)
            cues.pop(one.tag, None)
        elif one.tag in cues and one.added:
            cues[one.tag][one.kind].add(one.cue)
        elif one.tag in cues:
            cues[one.tag][one.kind].discard(one.cue)
    return tuple(
        Tag(name, english[name], {kind: frozenset(found) for kind, found in own.items()}) for name, own in cues.items()
    )


def differences(old: Iterable[Tag], new: Iterable[Tag]) -> list[Change]:
    """What has to be changed about one table so that it is the other."""
    before, after = {one.name: one for one in old}, {one.name: one for one in new}
    found = [Change(name, Kind.TAG, "", added=False) for name in before if name not in after]
    for name, tag in after.items():
        was = before.get(name) or Tag(name, "", {})
        if name not in before or was.english != tag.english:
            found.append(Change(name, Kind.TAG, tag.english, added=True))
        for kind in CUES:
            had, has = was.cues.get(kind, frozenset()), tag.cues.get(kind, frozenset())
            found += [Change(name, kind, cue, added=False) for cue in sorted(had - has)]
            found += [Change(name, kind, cue, added=True) for cue in sorted(has - had)]
    return found


def check_table(tags: Sequence[Tag]) -> None:
    """Raises TooMuch."""
    if len(tags) > MAX_TAGS or sum(one.count for one in tags) > MAX_CUES:
        raise TooMuch(tags=MAX_TAGS, cues=MAX_CUES)


def wrong_name(name: str) -> Wrong | None:
    """What is wrong with a tag's name."""
    if not plain.key(name):
        return Wrong.NO_NAME
    return Wrong.LONG_NAME if len(name) > MAX_NAME_CHARS or len(name.encode()) > 3 * MAX_NAME_CHARS else None


def wrong_cue(kind: Kind, cue: str) -> Wrong | None:
    """What is wrong with a cue of a kind."""
    parts = cue.split(GAP)
    if not plain.key(cue):
        return Wrong.NO_CUE
    if len(cue) > MAX_CUE_CHARS:
        return Wrong.LONG_CUE
    if len(parts) > 1 and (kind is Kind.WORDS or sum(map(bool, map(plain.key, parts))) < 2):  # noqa: PLR2004 - one on each side
        return Wrong.GAP
    return Wrong.SHORT_CUE if kind is Kind.WORDS and len(cue) < 2 else None  # noqa: PLR2004 - signs


def cue_of(words: str) -> str:
    """A cue as it is kept: dots stand for the gap, too."""
    return DOTS.sub(GAP, words).strip()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much changes: tags that come and go, and cues of each tag that stays or comes."""

    new: Sequence[str]
    gone: Sequence[str]
    added: Mapping[str, int]
    removed: Mapping[str, int]
    renamed: int = 0  # tags with another English name

    @property
    def in_all(self) -> tuple[int, int]:
        """Cues that come and that go, of all tags."""
        return sum(self.added.values()), sum(self.removed.values())


def counts(tags: Iterable[Tag], changes: Sequence[Change]) -> Counts:
    """How much changes make of a table."""
    known = {one.name for one in tags}
    of_tags = [one for one in changes if one.kind is Kind.TAG]
    of_cues = [one for one in changes if one.kind is not Kind.TAG]
    return Counts(
        [one.tag for one in of_tags if one.added and one.tag not in known],
        [one.tag for one in of_tags if not one.added],
        Counter(one.tag for one in of_cues if one.added),
        Counter(one.tag for one in of_cues if not one.added),
        sum(one.added and one.tag in known for one in of_tags),
    )
