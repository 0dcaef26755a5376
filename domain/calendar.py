"""The official days off: whoever looks after the program hears in good time that a year's are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from domain.stores import Stores

DECEMBER = 12  # the State Council publishes the next year's days in November


def alarm(
    stores: Stores, slot: datetime, *, administrators: Collection[int], zone: str, knows: Callable[[int], bool]
) -> None:
    """Tell administrators (the platform's ids) that a year's days are missing: this one's or, in December, the next's.

    They hear it where they have opened a private chat. `knows` tells whether a year is there.
    """
    local = slot.astimezone(ZoneInfo(zone))
    year = local.year + (local.month == DECEMBER)
    if knows(year):
        return
    for platform_id in sorted(administrators):
        member = stores.members.find(platform_id)
        if member is not None and member.private is not None:
            key = f"calendar.missing:{local:%F}:{member.id}"
            stores.outbox.say(member.private, "calendar.missing", {"year": year}, key=key)
