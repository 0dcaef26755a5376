"""Items that expire soon: their owners are told once, in private; of the others the secretaries of the enterprise."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.messaging.administrators import administrators
from domain.messaging.message import Message
from domain.people.permission import Role
from domain.study.item import SOON

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.people.member import Member
    from domain.study.features import Stores
    from domain.study.item import StudyItem

EXPIRING = Schedule(
    "library.expiring", cron="40 8 * * *", scope=Scope.ENTERPRISE, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY
)
MAX_GRANTS = 1000
LISTED = 10


def tell(stores: Stores, slot: datetime) -> None:
    """Tell of what expires within a fortnight; nobody is told of an item and its day twice."""
    today = slot.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()
    found = stores.studies.expiring(today, today + SOON)
    keepers = _keepers(stores) if found else []
    told: dict[Member, list[StudyItem]] = defaultdict(list)
    for item in found:
        for member in _whom(stores, item, keepers):
            told[member].append(item)
            stores.studies.note_told(item.id, item.lesson.expires)
    for member, items in told.items():
        if member.private is not None:
            values = {"items": items, "today": today, "listed": LISTED}
            key = f"library.expiring:{today}:{member.id}"
            stores.outbox.send(member.private, Message("library.expiring", values), key=key)


def _whom(stores: Stores, item: StudyItem, keepers: Sequence[Member]) -> Sequence[Member]:
    """The owner who can be written to and has not left, else those who keep the library."""
    owner = item.lesson.owner
    if owner is not None:
        person, member = stores.people.of_member(owner), stores.members.get(owner)
        if member.private is not None and (person is None or person.left_on is None):
            return [member]
    return keepers


def _keepers(stores: Stores) -> list[Member]:
    """The secretaries who can be written to; else the administrators."""
    grants = stores.grants.all(0, MAX_GRANTS)
    secretaries = {one.member.id: one.member for one in grants if one.role is Role.SECRETARY}
    found = [one for one in secretaries.values() if one.private is not None]
    return found or [one for one in administrators(stores) if one.private is not None]
