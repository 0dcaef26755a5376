"""The audit log: who did what to whom, when, from what to what; only added to, each record chained to the one before.

A record's hash covers its own words and the hash before it, so that one changed, taken out or put in between breaks
the chain from there on. Records taken off the end break nothing: whoever has noted the newest hash sees that too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.ids import MemberId
    from domain.stores import Stores

FIRST = "0" * 64  # what the first record has for the hash before it
LONGEST = 200  # characters of a value; a longer one is cut
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Action(StrEnum):
    """What is noted. The word before the point is its kind, by which one can search."""

    ROLE_GRANTED = "role.granted"
    ROLE_WITHDRAWN = "role.withdrawn"
    SETTING_CHANGED = "setting.changed"
    SCHEDULE_CHANGED = "schedule.changed"
    POINTS_ADJUSTED = "points.adjusted"
    RESULT_PUBLISHED = "result.published"
    BRANCH_CHANGED = "branch.changed"
    PERSON_CHANGED = "person.changed"
    PERSON_INVITED = "person.invited"
    PERSON_LINKED = "person.linked"
    PERSON_ERASED = "person.erased"
    FILE_IMPORTED = "file.imported"
    FILE_EXPORTED = "file.exported"


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the log. `actor` is missing where the program or the command line acted; `action` is one of Action.

    `subject` names what was acted on by the store's ids (`member:3`, `zone chat:1`); `old` and `new` are its value
    before and after, `None` where there was none. No telephone number, no name, no message is ever among them.
    """

    id: int
    at: datetime
    actor: MemberId | None
    action: str
    subject: str
    old: str | None
    new: str | None
    previous: str
    hash: str = ""

    def sealed(self) -> str:
        """The hash that this record has to have: SHA-256 over all its fields, as a JSON array in ASCII."""
        words = [self.id, (self.at - EPOCH) // MICROSECOND, self.actor, str(self.action)]
        words += [self.subject, self.old, self.new, self.previous]
        return hashlib.sha256(json.dumps(words, separators=(",", ":")).encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest record's number and hash; none and `FIRST` in a log without records."""

    number: int
    hash: str


class Audit(Protocol):
    """The log in the store."""

    def note(
        self, actor: MemberId | None, action: Action, subject: str, *, old: str | None, new: str | None, at: datetime
    ) -> None:
        """Add a record, in the transaction of what it is about."""

    def tip(self) -> Tip:
        """The end of the chain."""

    def chain(self) -> Iterator[Record]:
        """All records, oldest first."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first record that does not fit what stands before it."""

    number: int


def broken_link(stores: Stores) -> BrokenLink | None:
    """Where the chain breaks first: a number left out, a hash that is not the one before, a record that was changed."""
    previous = FIRST
    for number, record in enumerate(stores.audit.chain(), 1):
        if (record.id, record.previous) != (number, previous) or record.hash != record.sealed():
            return BrokenLink(min(number, record.id))
        previous = record.hash
    return None


def tip(stores: Stores) -> Tip:
    """The end of the chain; kept elsewhere, it shows later that nothing was taken off the end."""
    return stores.audit.tip()


def cut(value: str | None) -> str | None:
    """A value as the log keeps it."""
    return value if value is None or len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
