"""What there is about findings: one's own, a branch's, and the figures of all that somebody answers for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.life.rectification.figures import Figures, counted
from domain.life.rectification.model import Entry, Finding, Kind
from domain.people.invitation.linking import answered_for
from domain.people.permission import Permission, allows, require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.ids import BranchId, ChatId, MemberId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member

LISTED, LOOKED_AT = 12, 200
SEE = Permission.SEE_SUMMARY
DAYS = (90, 365)  # of the figures
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in a list: the name of its group, and who rectifies it, once that is known."""

    finding: Finding
    group: Chat
    owner: Member | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Findings that are open, those that are overdue first; `more` are not listed. `own`: what concerns oneself."""

    lines: Sequence[Line]
    more: int
    own: bool
    at: datetime
    overdue: int = 0
    looks: int = 0


def mine(stores: Stores, actor: Actor) -> Listing:
    """What somebody rectifies, verifies or has found and is open."""
    require(stores, actor, Permission.TAKE_PART)
    looks = len(stores.findings.asked_of(actor.member.id))
    return _listed(stores, actor, stores.findings.mine(actor.member.id, LOOKED_AT), own=True, looks=looks)


def of_groups(stores: Stores, actor: Actor, there: Sequence[Actor]) -> Listing:
    """What is open in the branches that somebody answers for, and in groups whose summary they see.

    `there` is them as an actor in each.
    """
    require(stores, actor, Permission.TAKE_PART)
    found = stores.findings.begun_in(_seen(stores, there), _branches(stores, actor))
    return _listed(stores, actor, found, own=False)


def _seen(stores: Stores, there: Sequence[Actor]) -> list[ChatId]:
    return [one.group.id for one in there if allows(stores, one, SEE)]


def _listed(stores: Stores, actor: Actor, found: Sequence[Finding], *, own: bool, looks: int = 0) -> Listing:
    at = actor.heard_at
    ordered = sorted(found, key=lambda one: (not one.round.is_late(at), one.round.deadline or at, one.id))
    lines = [
        Line(one, stores.chats.get(one.group), None if one.round.owner is None else stores.members.get(one.round.owner))
        for one in ordered[:LISTED]
    ]
    overdue = sum(one.round.is_late(at) for one in found)
    return Listing(lines, len(found[LISTED:]), own, at, overdue, looks)


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures of the last `days` days: of all, by branch (those with most open first) and by kind; what they count.

    `names` are those of the branches.
    """

    days: int
    since: datetime
    until: datetime
    total: Figures
    branches: Sequence[tuple[str, Figures]]
    kinds: Sequence[tuple[Kind, Figures]]
    entries: Sequence[Entry]
    names: Mapping[BranchId, str] = field(default_factory=dict)


def figures_for(stores: Stores, actor: Actor, there: Sequence[Actor], *, days: int) -> Overview:
    """The figures of all branches that somebody answers for, with those below, and of groups whose summary they see."""
    require(stores, actor, Permission.TAKE_PART)
    until = actor.heard_at + A_MOMENT  # with what has just happened
    since = until - timedelta(days=days)
    entries = stores.findings.entries(since, until, _branches(stores, actor), _seen(stores, there))
    by_branch: dict[BranchId, list[Entry]] = {}
    by_kind: dict[Kind, list[Entry]] = {}
    for one in entries:
        by_kind.setdefault(one.kind, []).append(one)
        if one.branch is not None:
            by_branch.setdefault(one.branch, []).append(one)
    names = {number: stores.branches.get(number).name for number in by_branch}
    lines = [(names[number], counted(some, since, until)) for number, some in by_branch.items()]
    kinds = [(kind, counted(by_kind[kind], since, until)) for kind in Kind if kind in by_kind]
    lines.sort(key=lambda line: (-line[1].overdue, -line[1].open, line[0]))
    return Overview(days, since, until, counted(entries, since, until), lines, kinds, entries, names)


def _branches(stores: Stores, actor: Actor) -> list[BranchId] | None:
    """The branches that somebody sees by a role, with all below them; `None` is all."""
    roots = answered_for(stores, actor, SEE)
    return None if roots is None else sorted({one for root in roots for one in stores.branches.subtree(root)})


def ledger(stores: Stores, actor: Actor) -> Sequence[tuple[Finding, str]]:
    """All findings of the actor's group with the name of who rectifies each, the oldest first."""
    require(stores, actor, SEE)
    found = stores.findings.newest_in([actor.group.id], LOOKED_AT)[::-1]
    return [(one, _name(stores, one.round.owner)) for one in found]


def _name(stores: Stores, member: MemberId | None) -> str:
    return "" if member is None else stores.members.get(member).name


def counted_as(found: Overview, what: str) -> list[Entry]:
    """What a figure of an overview counts: `open`, `overdue`, `closed` or `repeated`, the oldest first."""
    since, until = found.since, found.until
    return [one for one in found.entries if getattr(counted([one], since, until), what)]
