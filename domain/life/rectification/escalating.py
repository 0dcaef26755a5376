"""Findings for which nobody says what is done go to the next level, once; what is late after that is a late task.

Overdue tasks of findings are reported as all tasks are (`domain.work.follow`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name
from domain.clock.calendar import workdays
from domain.life.rectification import seeing
from domain.life.rectification.card import show_button
from domain.messaging.message import Message, Subject
from domain.points.due import A_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.life.features import Stores
    from domain.life.rectification.model import Finding
    from domain.messaging.chat import Chat
    from domain.people.member import Member

LISTED = 8


def escalate(stores: Stores, slot: datetime) -> None:
    """Report what nobody has planned in time; each of the next level reads of all of it in one message."""
    works, patience = workdays(stores), setting.days_of(stores, Name.MEASURE_DAYS)

    def waited(since: date, today: date) -> bool:
        return sum(works(since + A_DAY * number) for number in range(1, (today - since).days + 1)) > patience

    told: dict[MemberId, tuple[Member, list[tuple[Finding, Chat]]]] = {}
    for finding in stores.findings.unplanned():
        group = stores.chats.get(finding.group)
        if not (group.active and group.is_admitted) or not _is_late(finding, group, slot, waited):
            continue
        first = {one.id for one in seeing.planners(stores, finding)}
        people = [one for one in seeing.above(stores, group) if one.id not in first]
        stores.findings.save(replace(finding, round=replace(finding.round, escalated_at=slot)))
        for one in people:
            told.setdefault(one.id, (one, []))[1].append((finding, group))
    for member, items in told.values():
        _report(stores, member, items, slot)


def _is_late(finding: Finding, group: Chat, slot: datetime, waited: Callable[[date, date], bool]) -> bool:
    """Whether its deadline has passed, or it has `waited` too long since it was found."""
    if finding.round.last_at is not None and finding.round.last_at < slot:
        return True
    return waited(group.day(finding.round.opened_at), group.day(slot))


def _report(stores: Stores, member: Member, items: Sequence[tuple[Finding, Chat]], slot: datetime) -> None:
    if member.private is None:
        return
    about, first = Subject("findings_late", member.id), items[:LISTED]
    values = {"items": first, "more": len(items[LISTED:])}
    key, rows = f"{about}:{slot.timestamp()}", [[show_button(finding)] for finding, _ in first]
    stores.outbox.delete(about, key=f"{key}:before")
    stores.outbox.send(member.private, Message("rectification.late", values, rows, about), key=key)
