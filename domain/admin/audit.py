"""The audit log: who did what to whom, when, from what to what; only added to, each record chained to the one before.

A record's hash covers its own words and the hash before it, so that one changed, taken out or put in between breaks
the chain from there on. Where the program has a key, the hash is made with it (`domain.admin.seal`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NewType, Protocol

from domain.feature import Feature
from domain.people.permission import EVERYWHERE, Permission, require_over
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from domain.admin.seal import Key, Word
    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.stores import Stores

FIRST = "0" * 64  # what the first record has for the hash before it
MAX_VALUE_CHARS = 200  # characters of a value; a longer one is cut
LISTED = 8  # records on a page
AT_ONCE = 1000  # records followed in one look
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


# What is noted (`role.granted`); each feature declares its own. The word before the point is its kind, by which one
# can search.
AuditAction = NewType("AuditAction", str)
FILE_IMPORTED = AuditAction("file.imported")
FILE_EXPORTED = AuditAction("file.exported")


def kind_of(action: AuditAction) -> str:
    """The kind of an action: what stands before the point."""
    return action.partition(".")[0]


class NoSuchPerson(Refusal):
    """Nobody has the number that an old or a forged button names."""

    text = "general.button_over"


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the log. `actor` is missing where the program or the command line acted; `action` is an AuditAction.

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

    def sealed(self, key: Key | None = None) -> str:
        """The hash that this record has to have: over all its fields, as a JSON array in ASCII.

        SHA-256, with a key HMAC-SHA-256.
        """
        words: list[Word] = [self.id, (self.at - EPOCH) // MICROSECOND, self.actor, str(self.action)]
        words += [self.subject, self.old, self.new, self.previous]
        if key is not None:
            return key.mac(*words)
        return hashlib.sha256(json.dumps(words, separators=(",", ":")).encode("ascii")).hexdigest()

    @property
    def number(self) -> int:
        """Its place in the chain."""
        return self.id

    @property
    def mark(self) -> str:
        """Its mark."""
        return self.hash

    def facts(self) -> Sequence[Word]:
        """All of it."""
        words: list[Word] = [(self.at - EPOCH) // MICROSECOND, self.actor, str(self.action)]
        return [*words, self.subject, self.old, self.new, self.previous, self.hash]

    def is_sound(self, key: Key, previous: str) -> bool:
        """Whether it follows the record with that hash and is as it was written."""
        return self.previous == previous and self.hash == self.sealed(key)


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest record's number and hash; none and `FIRST` in a log without records."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for: records by or about somebody, of a kind, of days from one up to and with another."""

    person: MemberId | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a subject or a value: what something is called, or a word of the program's own."""

    text: str
    named: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, as a cell of a table; a `change` says it more exactly (`added` of a branch)."""

    action: str
    change: str


@dataclass(frozen=True, slots=True)
class Told:
    """A subject or a value, as a cell of a table; `action` is that of the record where it is a value."""

    action: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Line:
    """A record for people to read: the store's numbers in it are what they are called now."""

    record: Record
    actor: Member | None
    subject: Sequence[Part]
    old: Sequence[Part]
    new: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Searched:
    """One page of what was searched for, newest first; `is_first` tells whether there are no newer ones.

    `further` is the number to go on from, if there is more.
    """

    wanted: Wanted
    person: Member | None
    lines: Sequence[Line]
    further: int | None
    is_first: bool
    at: datetime


START = Tip(0, FIRST)


class Audit(Protocol):
    """The log in the store."""

    def note(
        self,
        actor: MemberId | None,
        action: AuditAction,
        subject: str,
        *,
        old: str | None,
        new: str | None,
        at: datetime,
    ) -> None:
        """Add a record, in the transaction of what it is about."""

    def tip(self) -> Tip:
        """The end of the chain."""

    def search(self, wanted: Wanted, span: tuple[datetime, datetime], before: int | None, limit: int) -> list[Record]:
        """Records between two moments, numbered less than `before`, newest first."""

    def chain(self, after: int = 0, most: int = AT_ONCE) -> list[Record]:
        """Records behind a number (0: all that there are), oldest first."""

    def of_kinds(self, kinds: Collection[AuditAction]) -> list[Record]:
        """All records of some actions, oldest first."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first record that does not fit what stands before it."""

    number: int


def follow(stores: Stores, *, since: Tip, most: int = AT_ONCE) -> Tip | BrokenLink:
    """The next records of the chain after a sound part of it: how far that goes on, or where it breaks first.

    It breaks at a number left out, a hash that is not the one before, a record that was changed.
    """
    number, previous = since.number, since.hash
    for record in stores.audit.chain(since.number, most):
        number += 1
        if (record.id, record.previous) != (number, previous) or record.hash != record.sealed():
            return BrokenLink(min(number, record.id))
        previous = record.hash
    return Tip(number, previous)


def broken_link(stores: Stores) -> BrokenLink | None:
    """Where the whole chain breaks first."""
    before, reached = None, follow(stores, since=START)
    while isinstance(reached, Tip) and reached != before:
        before, reached = reached, follow(stores, since=reached)
    return reached if isinstance(reached, BrokenLink) else None


def tip(stores: Stores) -> Tip:
    """The end of the chain; kept elsewhere, it shows later that nothing was taken off the end."""
    return stores.audit.tip()


def search(stores: Stores, actor: Actor, *, wanted: Wanted, before: int | None = None) -> Searched:
    """A page of the log; days are those of the chat in which it is asked for.

    Raises NotAllowed, NoSuchPerson.
    """
    require_access(stores, actor)
    person = None if wanted.person is None else stores.members.look_up(wanted.person)
    if person is None and wanted.person is not None:
        raise NoSuchPerson
    found = stores.audit.search(wanted, _span(actor.chat, wanted), before, LISTED + 1)
    lines = [_line(stores, record) for record in found[:LISTED]]
    further = found[LISTED - 1].id if len(found) > LISTED else None
    return Searched(wanted, person, lines, further, is_first=before is None, at=actor.heard_at)


def require_access(stores: Stores, actor: Actor) -> None:
    """The log is of the whole enterprise: a role over a part of it is not enough. Raises NotAllowed."""
    require_over(stores, actor, Permission.SEARCH_AUDIT, EVERYWHERE)


def _span(chat: Chat, wanted: Wanted) -> tuple[datetime, datetime]:
    since = chat.start_of(wanted.since) if wanted.since else EPOCH
    until = chat.start_of(wanted.until + timedelta(days=1)) if wanted.until else FOREVER
    return since, until


def _line(stores: Stores, record: Record) -> Line:
    actor = None if record.actor is None else stores.members.get(record.actor)
    subject, old, new = (_parts(stores, words) for words in (record.subject, record.old, record.new))
    return Line(record, actor, subject, old, new)


def _parts(stores: Stores, words: str | None) -> Sequence[Part]:
    return [_part(stores, word) for word in (words or "").split()]


def _part(stores: Stores, word: str) -> Part:
    """What a word like `member:3` is called; any other word is itself."""
    kind, _, number = word.partition(":")
    if not number.isdecimal():
        return Part(word, named=False)
    called = stores.hooks.called(kind, int(number))
    return Part(word, named=False) if called is None else Part(called, named=True)


def spoken(stores: Stores, action: str, words: Sequence[str | None]) -> tuple[Deed, Told, Told, Told]:
    """A record's action, subject, old and new value for the cells of a table."""
    subject, old, new = (_parts(stores, one) for one in words)
    return Deed(action, new[0].text if new else ""), Told("", subject), Told(action, old), Told(action, new)


def cut(value: str | None) -> str | None:
    """A value as the log keeps it."""
    return value if value is None or len(value) <= MAX_VALUE_CHARS else f"{value[: MAX_VALUE_CHARS - 1]}…"


FEATURE = Feature("audit", audit=(FILE_IMPORTED, FILE_EXPORTED))
