"""Schedules in the store."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from domain.chat import ChatKind
from domain.ids import ChatId
from domain.schedule import Days, Late, Planned, Schedule, Scope
from storage.schema import chats, schedules

row = schedules.c
GROUPS_WITHOUT = select(chats.c.id, chats.c.zone).where(
    chats.c.kind == ChatKind.GROUP.value,
    chats.c.active,
    ~select(row.id).where(row.name == bindparam("name"), row.group_id == chats.c.id).exists(),
)
HAS_ONE = select(row.id).where(row.name == bindparam("name"), row.group_id.is_(None))
ADD = insert(schedules)
DUE = (
    select(row.id, row.name, row.group_id, row.cron, row.zone, row.days, row.late, row.next_at)
    .outerjoin(chats, chats.c.id == row.group_id)
    .where(
        or_(row.group_id.is_(None), chats.c.active),
        or_(row.next_at.is_(None), row.next_at <= bindparam("at")),
    )
    .order_by(row.next_at.nulls_first(), row.id)
)
SET_NEXT = update(schedules).where(row.id == bindparam("schedule")).values(next_at=bindparam("new_next_at"))


class Schedules:
    """See `domain.schedule.Schedules`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add_missing(self, schedule: Schedule, zone: str) -> None:
        """Give every active group (or the enterprise) that has no row for a schedule one."""
        without: list[tuple[int | None, str]]
        if schedule.scope is Scope.GROUP:
            found = self.connection.execute(GROUPS_WITHOUT, {"name": schedule.name})
            without = [(group, group_zone) for group, group_zone in found]
        else:
            known = self.connection.execute(HAS_ONE, {"name": schedule.name}).first()
            without = [] if known else [(None, zone)]
        for group, its_zone in without:
            self._add(schedule, group, its_zone)

    def _add(self, schedule: Schedule, group: int | None, zone: str) -> None:
        values: dict[str, Any] = {"name": schedule.name, "cron": schedule.cron, "zone": zone, "group_id": group}
        self.connection.execute(ADD, {**values, "days": schedule.days, "late": schedule.late})

    def due(self, at: datetime) -> list[Planned]:
        """Rows of active groups whose moment has come or is not known yet, the oldest moment first."""
        return [
            Planned(id_, name, group and ChatId(group), cron, zone, Days(days), Late(late), next_at)
            for id_, name, group, cron, zone, days, late, next_at in self.connection.execute(DUE, {"at": at})
        ]

    def set_next(self, planned: Planned, next_at: datetime) -> None:
        """Note when a row is due next."""
        self.connection.execute(SET_NEXT, {"schedule": planned.id, "new_next_at": next_at})
