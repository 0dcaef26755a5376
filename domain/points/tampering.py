"""Whether somebody has changed the store by hand: seals, chains, and what the audit log says of what holds now.

What is promised, and what is not, is in docs/verification.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin import seal
from domain.admin.audit import AuditAction
from domain.admin.seal import Chain, Fault, Finding, Walk
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.messaging.administrators import private_chats
from domain.messaging.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.admin.audit import Record
    from domain.admin.seal import Key
    from domain.points.chain import LedgerLine
    from domain.points.features import Stores

SEALED = AuditAction("store.sealed")


def walks() -> tuple[Walk[Stores], Walk[Stores]]:
    """Both chains, to be followed from their beginnings."""
    return Walk(Chain.AUDIT, _records), Walk(Chain.LEDGER, _lines)


def _records(stores: Stores, after: int, most: int) -> Sequence[Record]:
    return stores.audit.chain(after, most)


def _lines(stores: Stores, after: int, most: int) -> Sequence[LedgerLine]:
    return stores.points.lines(after, most)


def take_over(stores: Stores, *, at: datetime) -> None:
    """Seal what there is, as it is, with the program's key.

    What holds and does not follow from the audit log gets a record, so that it does from now on.
    """
    key = stores.seals.key
    if key is None:
        raise ValueError("there is no key to seal with")
    audit = seal.begin(stores, Chain.AUDIT, seal.rows_of(_records, stores), key=key, at=at)
    ledger = seal.begin(stores, Chain.LEDGER, seal.rows_of(_lines, stores), key=key, at=at)
    stores.members.mark_all(key)
    if not audit.first and not ledger.first and not stores.hooks.unlogged():
        return  # a new store
    stores.audit.note(None, SEALED, "store", old=None, new=f"{audit.first} {ledger.first} {key.fingerprint}", at=at)
    for one in stores.hooks.unlogged():
        stores.audit.note(None, one.action, one.subject, old=one.old, new=one.new, at=at)


def take_over_once(stores: Stores, *, at: datetime) -> bool:
    """Seal a store that has never been sealed; whether it was so."""
    waiting = seal.is_waiting(stores.seals.all())
    if waiting:
        take_over(stores, at=at)
    return waiting


def findings(stores: Stores) -> list[Finding]:
    """All that is wrong, but for the totals."""
    found = whole(stores)
    for walk in walks():
        while walk.step(stores):
            pass
        found += walk.findings
    return found


def whole(stores: Stores) -> list[Finding]:
    """What is wrong with all but the rows of the chains."""
    found = seal.seal_findings(stores)
    if seal.is_waiting(stores.seals.all()) and not found:
        return []  # nothing has been sealed by anybody yet
    found += [Finding(Fault.GUARD, named=name) for name in stores.seals.missing_guards()]
    key = stores.seals.key
    if key is None or any(one.fault in (Fault.NOT_SEALED, Fault.KEY_CHANGED) for one in found):
        return found
    return found + [one.finding for one in stores.hooks.unlogged()] + _strays(stores, key)


def _strays(stores: Stores, key: Key) -> list[Finding]:
    strays = stores.members.stray(key)
    return [Finding(Fault.MEMBERSHIP, named=f"chat:{chat} member:{member}") for chat, member in strays]


def tell(stores: Stores, slot: datetime) -> None:
    """Tell administrators how far the chains have come: who keeps that can show later that nothing is missing."""
    seals = stores.seals.all()
    if seal.is_waiting(seals):
        return
    for member, chat in private_chats(stores):
        message = Message("seal.weekly", {"seals": seals}, silent=True)
        stores.outbox.send(chat, message, key=f"seal:{slot:%Y-%m-%d}:{member}")


# Behind the weekly summaries, without a sound.
WEEKLY = Schedule("seal.told", cron="10 9 * * 1", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("tampering", jobs=(EnterpriseJob(WEEKLY, tell),), audit=(SEALED,))
