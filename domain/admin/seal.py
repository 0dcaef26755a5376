"""Seals: a key outside the store signs the audit log and the ledger, so that `verify` finds what was changed by hand.

Each row's mark covers the row and the mark before it. The seal of a chain holds the newest row's number and mark and is
written in the same transaction, so rows that are missing at the end are found, too. Rows that were there before the
key was are covered by one digest, as they were when the store was taken over.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.stores import Stores

AT_ONCE = 1000  # rows followed in one look
BEFORE_ALL = -(2**62)  # below every number
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SHORT = 8  # characters of a mark that people compare
Word = str | int | None
ENCODE = json.JSONEncoder(separators=(",", ":")).encode  # made once: that takes longer than one encoding


class Chain(StrEnum):
    """What is sealed."""

    AUDIT = "audit"
    LEDGER = "ledger"


class KeyMissing(Refusal):
    """The store is sealed and the key is nowhere."""

    text = "seal.key_missing"


class KeyChanged(Refusal):
    """The key is not the one that the store was sealed with."""

    text = "seal.key_changed"


@dataclass(frozen=True, slots=True)
class Key:
    """The key; it is never shown, only its fingerprint."""

    secret: bytes = field(repr=False)

    def mac(self, *words: Word) -> str:
        """The mark (HMAC-SHA-256) of these words in this order."""
        return self.of(ENCODE(words))

    def of(self, text: str) -> str:
        """The mark of a text."""
        return hmac.digest(self.secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()

    @property
    def fingerprint(self) -> str:
        """By which a key is told from another."""
        return self.mac("fingerprint")[:SHORT]


@dataclass(frozen=True, slots=True)
class Seal:
    """The end of a chain. Up to `first` rows are from before the seal, and `first_hash` is the digest of them.

    `number` and `hash` are the newest row's. Without `made_with` (a key's fingerprint) nothing has been sealed yet.
    """

    chain: Chain
    begun_at: datetime | None
    first: int
    first_hash: str
    number: int
    hash: str
    made_with: str = ""
    mac: str = ""

    def signed(self, key: Key) -> Seal:
        """The same, signed."""
        return replace(self, made_with=key.fingerprint, mac=self.mac_at(key, self.number, self.hash))

    def holds(self, key: Key) -> bool:
        """Whether it was signed with this key and not changed since."""
        return hmac.compare_digest(self.mac, self.mac_at(key, self.number, self.hash))

    def mac_at(self, key: Key, number: int, hash_: str) -> str:
        """The signature of this seal where the chain has come to another row."""
        begun = None if self.begun_at is None else microseconds(self.begun_at)
        return key.mac("seal", self.chain, begun, self.first, self.first_hash, number, hash_)


class Link(Protocol):
    """A row of a chain."""

    @property
    def number(self) -> int:
        """Its place."""

    @property
    def mark(self) -> str | None:
        """Its mark, as it stands in the store."""

    def facts(self) -> Sequence[Word]:
        """What is fixed of it for ever."""

    def is_sound(self, key: Key, previous: str) -> bool:
        """Whether its mark is right where it follows the row with that mark."""


class Seals(Protocol):
    """Seals in the store."""

    @property
    def key(self) -> Key | None:
        """The key of this program, where it has one."""

    def all(self) -> list[Seal]:
        """What there is; each chain has one."""

    def put(self, seal: Seal) -> None:
        """Set a chain's seal in place of an earlier one."""

    def missing_guards(self) -> list[str]:
        """The names of triggers that protect the audit log and are not there."""


class Fault(StrEnum):
    """What is wrong with a store; each has words of its own."""

    NOT_SEALED = "not_sealed"
    KEY_MISSING = "key_missing"
    KEY_CHANGED = "key_changed"
    SEAL_GONE = "seal_gone"
    SEAL_CHANGED = "seal_changed"
    OLD_ROWS = "old_rows"
    CHANGED = "changed"
    GONE = "gone"
    FORGED = "forged"
    GUARD = "guard"
    GRANT_FORGED = "grant_forged"
    GRANT_GONE = "grant_gone"
    STATE = "state"
    MEMBERSHIP = "membership"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: with rows of a chain from `first` to `last`, or with what is `named`.

    `kept` is what stands in the store, `logged` what the audit log says.
    """

    fault: Fault
    chain: Chain | None = None
    first: int | None = None
    last: int | None = None
    named: str = ""
    kept: str | None = None
    logged: str | None = None


S = TypeVar("S", bound="Stores")


@dataclass(slots=True)
class Walk(Generic[S]):
    """A chain followed from its beginning, some rows at a time; `findings` are what was met so far.

    `read` gives so many rows behind a number, oldest first.
    """

    chain: Chain
    read: Callable[[S, int, int], Sequence[Link]]
    position: int = BEFORE_ALL  # how far it was read
    number: int = BEFORE_ALL  # how far it holds together, or was said not to
    hash: str = ""
    digest: str = ""
    findings: list[Finding] = field(default_factory=list)
    crossed: bool = False
    before_doubt: str = ""  # the mark before a row that does not fit

    def step(self, stores: S, most: int = AT_ONCE) -> bool:
        """Follow the next rows, as they are at this moment; false once the end is reached."""
        seal = find(stores.seals.all(), self.chain)
        key = stores.seals.key
        if seal is None or key is None or not seal.holds(key):
            return False  # `seal_findings` says it
        rows = self.read(stores, self.position, most)
        for row in rows:
            self._take(row, seal, key)
            self.position = row.number
        if len(rows) == most:
            return True
        self._cross(seal)
        if self.number < seal.number:
            self._find(Fault.GONE, max(self.number, seal.first) + 1, seal.number)
        elif self.hash != seal.hash:
            self._find(Fault.CHANGED, self.number)
        return False

    def _take(self, row: Link, seal: Seal, key: Key) -> None:
        if row.number <= seal.first:
            self.digest = digest(key, self.digest, row)
            self.number = row.number
            return
        self._cross(seal)
        if row.number > seal.number:
            self._find(Fault.FORGED, row.number)
            return
        if row.number > self.number + 1:  # what this row follows is not known then
            self._find(Fault.GONE, self.number + 1, row.number - 1)
        elif self.before_doubt and row.is_sound(key, self.before_doubt):  # the row before was put in between
            self.findings.pop()
            self._find(Fault.FORGED, self.number)
            self.before_doubt = ""
        elif row.is_sound(key, self.hash):
            self.before_doubt = ""
        else:
            self._find(Fault.CHANGED, row.number)
            self.before_doubt = self.hash
        self.number, self.hash = row.number, row.mark or ""

    def _cross(self, seal: Seal) -> None:
        """Go on from the rows that were taken over to those that were sealed one by one."""
        if self.crossed:
            return
        self.crossed = True
        if self.digest != seal.first_hash:
            self._find(Fault.OLD_ROWS, seal.first)
        self.number, self.hash = seal.first, start_of(seal)

    def _find(self, fault: Fault, first: int, last: int | None = None) -> None:
        """Note what was met; rows beside each other that are wrong alike are one finding."""
        found = Finding(fault, self.chain, first, first if last is None else last)
        newest = self.findings[-1] if self.findings else None
        if newest is not None and newest.fault is fault and newest.last in (first - 1, first):
            found = replace(found, first=newest.first)
            self.findings.pop()
        self.findings.append(found)


def start_of(seal: Seal) -> str:
    """What the first sealed row has for the mark before it."""
    return seal.first_hash or seal.chain.value


def digest(key: Key, before: str, row: Link) -> str:
    """The digest of the rows up to one, from that of the rows before it."""
    return key.mac("old", before, row.number, *row.facts())


def rows_of(read: Callable[[S, int, int], Sequence[Link]], stores: S) -> Iterator[Link]:
    """All rows of a chain, oldest first."""
    number = BEFORE_ALL
    while rows := read(stores, number, AT_ONCE):
        yield from rows
        number = rows[-1].number


def begin(stores: Stores, chain: Chain, rows: Iterator[Link], *, key: Key, at: datetime) -> Seal:
    """Seal what a chain has now, as it is."""
    number, before = 0, ""
    for row in rows:
        number, before = row.number, digest(key, before, row)
    seal = Seal(chain, at, number, before, number, "")
    seal = replace(seal, hash=start_of(seal)).signed(key)
    stores.seals.put(seal)
    return seal


def find(seals: Sequence[Seal], chain: Chain) -> Seal | None:
    """The seal of a chain."""
    return next((seal for seal in seals if seal.chain is chain), None)


def all_seals(stores: Stores) -> list[Seal]:
    """The ends of both chains."""
    return stores.seals.all()


def is_waiting(seals: Sequence[Seal]) -> bool:
    """Whether a store has never been sealed: its schema was made or upgraded since the last start."""
    return len(seals) == len(Chain) and not any(seal.made_with for seal in seals)


def check_key(seals: Sequence[Seal], key: Key | None) -> None:
    """Raises KeyMissing, KeyChanged."""
    made_with = next((seal.made_with for seal in seals if seal.made_with), None)
    if made_with is not None and key is None:
        raise KeyMissing(made_with=made_with)
    if made_with is not None and key is not None and made_with != key.fingerprint:
        raise KeyChanged(made_with=made_with, found=key.fingerprint)


def seal_findings(stores: Stores) -> list[Finding]:
    """What is wrong with the seals themselves, before any row is looked at."""
    seals, key = stores.seals.all(), stores.seals.key
    if is_waiting(seals):
        return [] if key is None else [Finding(Fault.NOT_SEALED)]
    if key is None:
        return [Finding(Fault.KEY_MISSING)]
    gone = [Finding(Fault.SEAL_GONE, chain) for chain in Chain if find(seals, chain) is None]
    return gone + [_broken(seal, key) for seal in seals if not seal.holds(key)]


def _broken(seal: Seal, key: Key) -> Finding:
    if seal.made_with and seal.made_with != key.fingerprint:
        return Finding(Fault.KEY_CHANGED, seal.chain, kept=seal.made_with, logged=key.fingerprint)
    return Finding(Fault.SEAL_CHANGED, seal.chain)


def microseconds(at: datetime) -> int:
    """A moment as marks have it."""
    return (at - EPOCH) // MICROSECOND
