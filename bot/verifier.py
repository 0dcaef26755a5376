"""Checks totals against the ledger, and follows the audit log's chain, while the bot runs."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import structlog

from bot.asked import Asked
from domain.admin import audit, seal
from domain.admin.audit import BrokenLink, Tip
from domain.admin.seal import Finding
from domain.messaging import alarm
from domain.messaging.alarm import Trouble
from domain.points import tampering, verify
from domain.points.verify import Difference
from domain.stores import Stores
from storage.database import Database

log = structlog.get_logger()
AT_ONCE = 100  # members in one snapshot: however big the ledger is, a look takes a moment


class Verifier(Asked):
    """Waits to be asked; then reads the ledger in slices, beside the writer, which it never holds up."""

    def __init__(self, database: Database, *, now: Callable[[], datetime]) -> None:
        """`now` tells the time of what it finds."""
        super().__init__("verifier", self.check)
        self._database = database
        self._now = now

    async def check(self) -> None:
        """All checks, one after the other."""
        await self.verify()
        await self.follow()
        await self.check_seals()

    async def verify(self) -> list[Difference]:
        """What differs; it is in the log, and administrators hear how much it is."""
        last = await self._database.read(verify.last_member)
        found: list[Difference] = []
        for first in range(0, last + 1, AT_ONCE):
            found += await self._database.read(verify.differences, first=first, last=first + AT_ONCE - 1)
        for one in found:
            monday = one.monday and str(one.monday)
            log.error("total", member=one.member, group=one.group, monday=monday, kept=one.kept, ledger=one.ledger)
        if found:
            await self._database.write(_note, found=found, at=self._now())
        log.info("totals verified", members=last, differences=len(found))
        return found

    async def follow(self) -> BrokenLink | None:
        """Where the chain of an audit log that was never sealed breaks; it is logged, and administrators hear of it."""
        if not seal.is_waiting(await self._database.read(seal.all_seals)):
            return None
        reached: Tip | BrokenLink = audit.START
        before: Tip | BrokenLink | None = None
        while isinstance(reached, Tip) and reached != before:
            reached, before = await self._database.read(audit.follow, since=reached), reached
        if isinstance(reached, Tip):
            log.info("audit log verified", records=reached.number, tip=reached.hash)
            return None
        log.error("audit log", broken_at=reached.number)
        await self._database.write(alarm.note, trouble=Trouble.CHAIN, subject=reached.number, at=self._now())
        return reached

    async def check_seals(self) -> list[Finding]:
        """What was changed by hand; it is in the log, and administrators hear how much it is."""
        seals = await self._database.read(seal.all_seals)
        if seal.is_waiting(seals):
            return []
        found = await self._database.read(tampering.whole)
        for walk in tampering.walks():
            while await self._database.read(walk.step):
                pass
            found += walk.findings
        for one in found:
            log.error("tampered", **told(one))
        if found:
            await self._database.write(_note_all, found=found, at=self._now())
        log.info("seals verified", differences=len(found), **{one.chain.value: one.number for one in seals})
        return found


def told(one: Finding) -> dict[str, Any]:
    """A finding in a line of the log."""
    return {name: value for name, value in asdict(one).items() if value not in (None, "")}


def _note_all(stores: Stores, *, found: list[Finding], at: datetime) -> None:
    for one in found:
        subject = ":".join(str(part) for part in (one.fault, one.chain, one.first, one.named) if part)
        alarm.note(stores, Trouble.SEAL, subject, at)


def _note(stores: Stores, *, found: list[Difference], at: datetime) -> None:
    for one in found:
        subject = ":".join(str(part) for part in (one.member, one.group, one.monday) if part is not None)
        alarm.note(stores, Trouble.DIFFERS, subject, at)
