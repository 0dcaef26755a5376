"""Appraisal: a settlement as a file, each person's score with every entry behind it, and what was corrected since."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import FILE_EXPORTED
from domain.messaging.message import Message
from domain.people.invitation.linking import answered_for
from domain.people.permission import Permission, require
from domain.points.event import RuleName
from domain.refusal import NoMore, Refusal
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, MemberId, SettlementId
    from domain.messaging.message import Document
    from domain.people.actor import Actor
    from domain.points.features import Stores
    from domain.points.scheme.versions import Versions
    from domain.points.settled import Part, Settlement

MAX_ENTRIES = 500_000  # a sheet has a million rows; a month of 20,000 people has some 440,000 entries
LISTED = 6  # settlements to choose from


class NothingSettled(Refusal):
    """There is no settlement."""

    text = "appraisal.nothing"


class TooMuch(Refusal):
    """More entries than a file should have."""

    text = "appraisal.too_much"


@dataclass(frozen=True, slots=True)
class Line:
    """One person's score, with who they are on the roster; `number` and `branch` are empty for who is not on it."""

    number: str
    name: str
    branch: str
    points: int
    late: int
    by_rule: Mapping[str, int]
    by_category: Mapping[str, Part] = field(default_factory=dict)
    vetoed_by: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """An entry behind a score, or after it, with whose it is."""

    number: str
    name: str
    entry: int
    day: date
    rule: RuleName
    cause: str
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Titles:
    """What the rules say of a settlement: the base that everybody had, and what rules and categories are called."""

    base: int
    versions: Versions


@dataclass(frozen=True, slots=True)
class Appraisal:
    """All that a file says of a settlement. Corrections are entries of the period, or about it, that came after it."""

    settlement: Settlement
    lines: Sequence[Line]
    entries: Sequence[Behind]
    corrections: Sequence[Behind]
    scheme: Titles


class Appraisals(Protocol):
    """What is in an appraisal, in the store; of some branches of the time, or (`None`) of everybody."""

    def lines(self, number: SettlementId, branches: Collection[BranchId] | None) -> list[Line]:
        """Everybody's score, by branch and name."""

    def entries(self, of: Settlement, branches: Collection[BranchId] | None, most: int) -> list[Behind]:
        """The entries behind the scores, by member; at most so many."""

    def corrections(self, of: Settlement, branches: Collection[BranchId] | None, most: int) -> list[Behind]:
        """Entries of the period that came after it, and those that name it."""


class HasAppraisals(Protocol):
    """Stores with this one among them."""

    @property
    def appraisals(self) -> Appraisals:
        """See `Appraisals`."""


def choices(stores: Stores, actor: Actor) -> Sequence[Settlement]:
    """The settlements that can be exported, the newest first. Raises NothingSettled."""
    require(stores, actor, Permission.ADJUST_POINTS)
    found = stores.settlements.newest(LISTED)
    if not found:
        raise NothingSettled
    return found


def look(stores: Stores, actor: Actor, *, number: SettlementId) -> Appraisal:
    """A settlement as far as somebody is in charge of its people. Raises NoMore, NothingSettled, TooMuch."""
    require(stores, actor, Permission.ADJUST_POINTS)
    roots = answered_for(stores, actor, Permission.ADJUST_POINTS)
    if roots is None:
        return whole(stores, number=number)
    return _of(stores, number, {below for root in roots for below in stores.branches.subtree(root)})


def whole(stores: Stores, *, number: SettlementId | None) -> Appraisal:
    """A settlement (`None`: the newest) with everybody. Raises NoMore, NothingSettled, TooMuch."""
    if number is None:
        newest = stores.settlements.newest(1)
        if not newest:
            raise NothingSettled
        number = newest[0].id
    return _of(stores, number, None)


def _of(stores: Stores, number: SettlementId, branches: Collection[BranchId] | None) -> Appraisal:
    settlement = stores.settlements.get(number)
    if settlement is None or settlement.is_cancelled:
        raise NoMore
    lines = stores.appraisals.lines(number, branches)
    if not lines:
        raise NothingSettled
    entries = stores.appraisals.entries(settlement, branches, MAX_ENTRIES + 1)
    corrections = stores.appraisals.corrections(settlement, branches, MAX_ENTRIES + 1)
    if max(len(entries), len(corrections)) > MAX_ENTRIES:
        raise TooMuch(most=MAX_ENTRIES)
    versions = stores.schemes.versions()
    scheme = versions.on(settlement.period.last)
    base = scheme.scoring.base if scheme.period is settlement.period.every else 0
    return Appraisal(settlement, lines, entries, corrections, Titles(base, versions))


ENTRY = ("number", "name", "day", "rule", "cause", "points", "entry", "at")


def tables(found: Appraisal) -> list[Table]:
    """The sheets: people, branches, entries, corrections, and what it all is."""
    made = [
        _people(found),
        Table("branches", ("branch", "people", "points", "each"), _branches(found.lines)),
        Table("entries", ENTRY, [_row(one, found.scheme) for one in found.entries]),
        Table("corrections", ENTRY, [_row(one, found.scheme) for one in found.corrections]),
        Table("about", ("what", "value"), _about(found.settlement)),
    ]
    return [one for one in made if one.rows]


def _people(found: Appraisal) -> Table:
    """A row for each person: the score, what it is made of, and what each rule has given."""
    versions = found.scheme.versions
    rules = sorted({rule for line in found.lines for rule in line.by_rule})
    parts = sorted({name for line in found.lines for name in line.by_category}, key=lambda name: (not name, name))
    made = ("base", *(versions.titled_category(name) if name else "other" for name in parts)) if parts else ()
    veto = ("vetoed_by",) if any(line.vetoed_by for line in found.lines) else ()

    def row(line: Line) -> tuple[object, ...]:
        counted = [line.by_category[name].points if name in line.by_category else 0 for name in parts]
        return (
            *(line.number, line.name, line.branch, line.points, line.late),
            *((found.scheme.base, *counted) if parts else ()),
            *((_titled(found, line.vetoed_by) if line.vetoed_by else "",) if veto else ()),
            *(line.by_rule.get(rule, 0) for rule in rules),
        )

    called = (_titled(found, rule) for rule in rules)
    columns = ("number", "name", "branch", "points", "late", *made, *veto, *called)
    return Table("people", columns, [row(line) for line in found.lines])


def _titled(found: Appraisal, rule: str) -> RuleName:
    return found.scheme.versions.titled_rule(RuleName(rule))


def flat(found: Appraisal) -> Table:
    """The same in one table, for a format that has only one: a row for each score, part of it, entry and correction."""
    scores = [row for line in found.lines for row in _score(found, line)]
    entries = [
        (kind, one.number, one.name, "", one.day, _titled(found, one.rule), one.cause, one.points, one.entry)
        for kind, some in (("entry", found.entries), ("correction", found.corrections))
        for one in some
    ]
    columns = ("kind", "number", "name", "branch", "day", "rule", "cause", "points", "entry")
    return Table("people", columns, [*scores, *entries])


def _score(found: Appraisal, line: Line) -> list[tuple[object, ...]]:
    """A person's score, and below it what it is made of where the scheme has categories."""

    def row(kind: str, rule: object, points: int) -> tuple[object, ...]:
        return kind, line.number, line.name, line.branch, None, rule, "", points, None

    veto = _titled(found, line.vetoed_by) if line.vetoed_by else None
    titled = found.scheme.versions.titled_category
    parts = [
        row("category" if name else "other", titled(name) if name else None, part.points)
        for name, part in sorted(line.by_category.items(), key=lambda one: (not one[0], one[0]))
    ]
    base = [row("base", None, found.scheme.base)] if parts else []
    return [row("score", veto, line.points), *base, *parts]


def _row(one: Behind, scheme: Titles) -> tuple[object, ...]:
    rule = scheme.versions.titled_rule(one.rule)
    return one.number, one.name, one.day, rule, one.cause, one.points, one.entry, one.at


def _branches(lines: Sequence[Line]) -> list[tuple[object, ...]]:
    sums: dict[str, list[int]] = {}
    for line in lines:
        sums.setdefault(line.branch, []).append(line.points)
    return [(name, len(each), sum(each), f"{sum(each) / len(each):.1f}") for name, each in sums.items()]


def _about(one: Settlement) -> list[tuple[object, object]]:
    period = one.period
    facts: list[tuple[object, object]] = [("first", period.first), ("last", period.last), ("state", one.state.value)]
    made = ("scheme", one.scheme or "default"), ("digest", one.hash or "–")
    return [*facts, ("settled_at", one.ended_at or one.at), *made]


def checksum(content: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def note(stores: Stores, *, by: MemberId | None, of: Settlement, content: bytes, at: datetime) -> str:
    """Write into the audit log who has got which file; its checksum."""
    found = checksum(content)
    stores.audit.note(by, FILE_EXPORTED, f"appraisal settlement:{of.id}", old=None, new=found, at=at)
    return found


def deliver(stores: Stores, actor: Actor, *, of: Settlement, document: Document, key: str) -> None:
    """Send the file to whoever asked, in private, and note that they have it. Raises NoMore."""
    require(stores, actor, Permission.ADJUST_POINTS)
    private = stores.members.get(actor.member.id).private
    if private is None:
        raise NoMore
    found = note(stores, by=actor.member.id, of=of, content=document.content, at=actor.heard_at)
    caption = Message("appraisal.file", {"settlement": of, "checksum": found})
    stores.outbox.send_document(private, document, caption, key=key, urgent=True)
