"""Settlement of a period: everybody's score, first on show (公示), then final; a final one never changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.agreement import compared
from domain.admin.audit import AuditAction
from domain.admin.setting import Name
from domain.ids import SettlementId
from domain.people.permission import Permission, require, require_everywhere
from domain.points import counting
from domain.points.due import workdays_after
from domain.points.period import Every, containing
from domain.points.reason import check_reason
from domain.points.settled import Settlement, State
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from domain.admin.agreement import Unlogged
    from domain.people.actor import Actor
    from domain.points.counting import Made
    from domain.points.features import Stores
    from domain.points.period import Period
    from domain.points.settled import Score

BEGUN = AuditAction("settlement.begun")
CANCELLED = AuditAction("settlement.cancelled")
FINAL = AuditAction("settlement.final")
SHOWN = 6  # settlements on the page
KINDS = (Every.MONTH, Every.QUARTER, Every.YEAR)  # of periods that are settled


class NotOver(Refusal):
    """The period is not over, or there is no such period."""

    text = "settlement.not_over"


class AlreadySettled(Refusal):
    """Somebody has begun it, or it is final."""

    text = "settlement.already"


class IsFinal(Refusal):
    """What is final stays."""

    text = "settlement.is_final"


@dataclass(frozen=True, slots=True)
class Page:
    """What can be settled now, and what was."""

    possible: Sequence[Period]
    settlements: Sequence[Settlement]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to be settled, and until when it would be on show."""

    period: Period
    until: date
    days: int


def page(stores: Stores, actor: Actor) -> Page:
    """What can be settled, and what was; a time before the first points is not offered. Raises NotEverywhere."""
    require_settling(stores, actor)
    found = stores.settlements.newest(SHOWN)
    settled = {one.period for one in found}
    over, start = [containing(kind, actor.today).before for kind in KINDS], stores.settlements.ledger_start()
    return Page([one for one in over if one not in settled and start is not None and start <= one.last], found)


def require_settling(stores: Stores, actor: Actor) -> None:
    """Raises NotAllowed, NotEverywhere for somebody who may not settle everybody's points."""
    require(stores, actor, Permission.SETTLE_POINTS)
    require_everywhere(stores, actor, Permission.SETTLE_POINTS)


def propose(stores: Stores, actor: Actor, *, period: Period) -> Proposed:
    """What is to be settled, before it is. Raises NotEverywhere, NotOver, AlreadySettled."""
    require_settling(stores, actor)
    if period.every not in KINDS or period != containing(period.every, period.first) or period.last >= actor.today:
        raise NotOver
    if any(one.period == period for one in stores.settlements.over(period.first)):
        raise AlreadySettled
    days = setting.days_of(stores, Name.PUBLICITY_DAYS)
    return Proposed(period, workdays_after(stores, actor.today, days), days)


def begin(stores: Stores, actor: Actor, *, period: Period) -> Settlement:
    """Settle a period provisionally. Raises NotEverywhere, NotOver, AlreadySettled."""
    until, at = propose(stores, actor, period=period).until, actor.heard_at
    upto, covered = stores.settlements.ledger_end(), stores.settlements.covered(period.every)
    new = Settlement(SettlementId(0), period, until, actor.member.id, at, upto, covered)
    begun = stores.settlements.begin(new)
    if begun is None:
        raise AlreadySettled
    counted = _counted(stores, begun)
    words = f"{period.every} {period.first} {period.last}"
    stores.audit.note(actor.member.id, BEGUN, f"settlement:{begun.id}", old=None, new=words, at=at)
    return counted


def _counted(stores: Stores, settlement: Settlement) -> Settlement:
    """A settlement with everybody's score as the ledger and the rules have it."""
    period = settlement.period
    scheme = counting.scheme_of(stores, period)
    found = counting.scores(stores, period, upto=settlement.upto, covered=settlement.covered)
    stores.settlements.put(settlement.id, found)
    counted = replace(settlement, people=len(found), scheme=scheme)
    stores.settlements.save(counted)
    return counted


def cancel(stores: Stores, actor: Actor, *, number: SettlementId, reason: str) -> Settlement:
    """Take back a settlement that is on show. Raises NotEverywhere, NoReason, NoMore, IsFinal."""
    found, why = cancellable(stores, actor, number=number), check_reason(reason)
    gone = replace(found, state=State.CANCELLED, reason=why, ended_at=actor.heard_at)
    stores.settlements.save(gone)
    stores.settlements.put(number, ())
    stores.audit.note(
        actor.member.id, CANCELLED, f"settlement:{number}", old=str(found.period.first), new=None, at=actor.heard_at
    )
    return gone


def cancellable(stores: Stores, actor: Actor, *, number: SettlementId) -> Settlement:
    """A settlement that is on show. Raises NotEverywhere, NoMore, IsFinal."""
    require_settling(stores, actor)
    found = stores.settlements.get(number)
    if found is None or found.is_cancelled:
        raise NoMore
    if found.is_final:
        raise IsFinal
    return found


@dataclass(frozen=True, slots=True)
class Own:
    """One's own score in a settlement; `None` where there is none."""

    settlement: Settlement
    points: int | None
    made: Made | None = None


def mine(stores: Stores, actor: Actor, *, number: SettlementId) -> Own:
    """One's own score. Raises NoMore."""
    require(stores, actor, Permission.SEE_OWN)
    found = stores.settlements.get(number)
    if found is None or found.is_cancelled:
        raise NoMore
    line = stores.settlements.line(number, actor.member.id)
    if line is None:
        return Own(found, None)
    return Own(found, line.points, counting.explained(stores, found.period, line))


def due(stores: Stores, day: date) -> list[Settlement]:
    """Those that have been on show long enough and about which no question is open."""
    shown = [one for one in stores.settlements.provisional() if one.until < day]
    return [one for one in shown if not stores.appeals.open_within(one.period.first, one.period.last)]


def finish(stores: Stores, settlement: Settlement, at: datetime) -> tuple[Settlement, int]:
    """Count anew and make it final; how many scores are others than those that were on show."""
    before = {line.member: line.points for line in stores.settlements.lines(settlement.id)}
    upto, covered = stores.settlements.ledger_end(), stores.settlements.covered(settlement.period.every)
    counted = _counted(stores, replace(settlement, upto=upto, covered=covered))
    lines = stores.settlements.lines(settlement.id)
    final = replace(counted, state=State.FINAL, ended_at=at, hash=digest(counted, lines))
    stores.settlements.save(final)
    stores.audit.note(None, FINAL, f"settlement:{final.id}", old=None, new=final.hash, at=at)
    after = {line.member: line.points for line in lines}
    return final, sum(before.get(one) != after.get(one) for one in {*before, *after})


def digest(settlement: Settlement, lines: Iterable[Score]) -> str:
    """The SHA-256 of a settlement's lines; those from before there were schemes have their old one."""
    words = " ".join([str(settlement.id), settlement.period.every, str(settlement.period.first), settlement.scheme])
    made = hashlib.sha256(f"{words.rstrip()}\n".encode("ascii"))
    for line in lines:
        told = f"{line.member} {line.branch} {line.points} {line.late} {_told(line.by_rule)}"
        made.update(f"{told}{_by_scheme(line)}\n".encode())
    return made.hexdigest()


def _by_scheme(line: Score) -> str:
    """What only a scheme with categories, bounds or a veto makes."""
    return f" {_told(line.by_category)} {line.vetoed_by}" if line.by_category or line.vetoed_by else ""


def _told(figures: Mapping[str, object]) -> str:
    return json.dumps(dict(figures), sort_keys=True, separators=(",", ":"))


def unlogged(stores: Stores) -> Sequence[Unlogged]:
    """Final settlements whose lines are not those that the audit log has noted."""
    final = stores.settlements.final()
    now = {f"settlement:{one.id}": digest(one, stores.settlements.lines(one.id)) for one in final}
    return compared(stores, FINAL, now)
