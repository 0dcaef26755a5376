"""Schedules in the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from domain.clock.schedule import Days, Default, Late, Planned, Schedule, Scope
from domain.ids import ChatId
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import upsert
from storage.feature import Feature
from storage.messaging.chat import ADMITTED, chats

schedules = Table(
    "schedules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id")),
    Column("cron", String(64), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("days", String(16), nullable=False),
    Column("late", String(16), nullable=False),
    Column("next_at", Moment, index=True),
    Column("last_at", Moment, index=True),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("chosen", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("name", "group_id"),
)

schedule_defaults = Table(
    "schedule_defaults",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("cron", String(64), nullable=False),
    Column("paused", Boolean, nullable=False),
)

row = schedules.c
default = schedule_defaults.c
LACKS_IT = ~select(row.id).where(row.name == bindparam("name"), row.group_id == chats.c.id).exists()
AT_WORK = select(func.count()).select_from(chats).where(*ADMITTED)
FOR_ALL = row.group_id.is_(None)
ADD = insert(schedules)
ADD_TO_GROUPS = insert(schedules).from_select(
    ["name", "group_id", "cron", "zone", "days", "late", "paused", "chosen"],
    select(
        bindparam("name", type_=String),
        chats.c.id,
        func.coalesce(default.cron, bindparam("cron", type_=String)),
        chats.c.zone,
        bindparam("days", type_=String),
        bindparam("late", type_=String),
        func.coalesce(default.paused, literal(False, Boolean)),
        literal(False, Boolean),
    )
    .outerjoin(schedule_defaults, default.name == bindparam("name", type_=String))
    .where(*ADMITTED, LACKS_IT),
)
# A group's zone is the chat's own, should that have changed since the row was made.
ZONE = func.coalesce(chats.c.zone, row.zone)
COLUMNS = (
    row.id, row.name, row.group_id, row.cron, ZONE, row.days, row.late, row.next_at, row.last_at, row.paused, row.chosen
)  # fmt: skip
PLANNED = (
    select(*COLUMNS).outerjoin(chats, chats.c.id == row.group_id).where(or_(row.group_id.is_(None), and_(*ADMITTED)))
)
ROWS = (
    select(row.name, FOR_ALL, func.count())
    .outerjoin_from(schedules, chats, chats.c.id == row.group_id)
    .where(or_(FOR_ALL, and_(*ADMITTED)))
    .group_by(row.name, FOR_ALL)
)
GET = PLANNED.where(row.id == bindparam("schedule"))
DUE = (
    PLANNED.where(~row.paused, or_(row.next_at.is_(None), row.next_at <= bindparam("at")))
    .order_by(row.next_at.nulls_first(), row.id)
    .limit(bindparam("limit"))
)
SET_NEXT = update(schedules).where(row.id == bindparam("schedule")).values(next_at=bindparam("new_next_at"))
RECOMPUTE = update(schedules).where(row.group_id == bindparam("group")).values(next_at=None)
RAN = (
    update(schedules)
    .where(row.id == bindparam("schedule"))
    .values(last_at=bindparam("new_last_at"), next_at=bindparam("new_next_at"))
)
PLAN_ANEW = update(schedules).where(row.next_at > bindparam("at")).values(next_at=None)
FORGET_RUNS = update(schedules).where(row.last_at > bindparam("at")).values(last_at=None)

OF = PLANNED.where(row.name == bindparam("name"), row.group_id == bindparam("group"))
CHANGE = (
    update(schedules)
    .where(row.id == bindparam("schedule"))
    .values({name: bindparam(f"new_{name}") for name in ("cron", "paused", "chosen", "next_at")})
)
DEFAULT = select(default.cron, default.paused).where(default.name == bindparam("name"))
SET_DEFAULT = upsert(schedule_defaults, ("name",), cron=bindparam("new_cron"), paused=bindparam("new_paused"))
FOLLOWING = (row.name == bindparam("its_name"), ~row.chosen)
ZONES = select(chats.c.zone).distinct().join(schedules, row.group_id == chats.c.id).where(*FOLLOWING)
FOLLOW = (
    update(schedules)
    .where(*FOLLOWING, row.group_id.in_(select(chats.c.id).where(chats.c.zone == bindparam("its_zone"))))
    .values({name: bindparam(f"new_{name}") for name in ("cron", "paused", "next_at")})
)
FOLLOW_SINCE = FOLLOW.where(row.last_at >= bindparam("since"))
GROUPS = (
    select(func.count().filter(~row.chosen), func.count().filter(row.chosen))
    .join_from(schedules, chats, chats.c.id == row.group_id)
    .where(row.name == bindparam("name"), *ADMITTED)
)


def to_planned(found: Sequence[Any]) -> Planned:
    """A row of COLUMNS as the domain's."""
    id_, name, group, cron, zone, days, late, next_at, last_at, paused, chosen = found
    owner = None if group is None else ChatId(group)
    return Planned(id_, name, owner, cron, zone, Days(days), Late(late), next_at, last_at, paused, chosen)


class Schedules:
    """See `domain.clock.schedule.Schedules`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def missing(self, schedules: Sequence[Schedule]) -> list[Schedule]:
        """Those of which some group at work, or the enterprise, lacks the row."""
        groups = self.connection.execute(AT_WORK).scalar_one()
        there = {(name, bool(for_all)): rows for name, for_all, rows in self.connection.execute(ROWS)}
        wanted = {Scope.GROUP: groups, Scope.ENTERPRISE: 1}
        return [one for one in schedules if there.get((one.name, one.scope is Scope.ENTERPRISE), 0) < wanted[one.scope]]

    def add_missing(self, schedules: Sequence[Schedule], zone: str) -> None:
        """Give every group at work (or the enterprise) the rows that it lacks."""
        lacking = self.missing(schedules)
        for scope, add, more in ((Scope.GROUP, ADD_TO_GROUPS, {}), (Scope.ENTERPRISE, ADD, {"zone": zone})):
            rows = [
                {"name": one.name, "cron": one.cron, "days": one.days, "late": one.late, **more}
                for one in lacking
                if one.scope is scope
            ]
            if rows:
                self.connection.execute(add, rows)

    def plan_anew(self, at: datetime) -> None:
        """Let all rows that are due later than `at` be computed anew; none has run later than that."""
        for statement in (PLAN_ANEW, FORGET_RUNS):
            self.connection.execute(statement, {"at": at})

    def get(self, schedule: int) -> Planned | None:
        """One row, if its group is still at work."""
        found = self.connection.execute(GET, {"schedule": schedule}).one_or_none()
        return to_planned(found) if found else None

    def due(self, at: datetime, limit: int) -> list[Planned]:
        """Rows of groups at work whose moment has come or is not known yet, the oldest moment first."""
        return [to_planned(found) for found in self.connection.execute(DUE, {"at": at, "limit": limit})]

    def recompute(self, group: ChatId) -> None:
        """When a group's rows are due next is to be found anew."""
        self.connection.execute(RECOMPUTE, {"group": group})

    def begin(self, moments: Mapping[int, datetime]) -> None:
        """Note when rows are due first."""
        rows = [{"schedule": schedule, "new_next_at": next_at} for schedule, next_at in moments.items()]
        if rows:
            self.connection.execute(SET_NEXT, rows)

    def set_next(self, planned: Planned, next_at: datetime) -> None:
        """Note when a row is due next."""
        self.connection.execute(SET_NEXT, {"schedule": planned.id, "new_next_at": next_at})

    def ran(self, planned: Planned, at: datetime, next_at: datetime) -> None:
        """Note when a row has run, and is due next."""
        self.connection.execute(RAN, {"schedule": planned.id, "new_last_at": at, "new_next_at": next_at})

    def of(self, group: ChatId, name: str) -> Planned | None:
        """A group's row of a schedule."""
        found = self.connection.execute(OF, {"group": group, "name": name}).one_or_none()
        return to_planned(found) if found else None

    def change(self, planned: Planned) -> None:
        """Remember a row's time, whether it is paused and chosen, and when it is due next."""
        values = {"new_cron": planned.cron, "new_paused": planned.paused, "new_chosen": planned.chosen}
        self.connection.execute(CHANGE, {**values, "schedule": planned.id, "new_next_at": planned.next_at})

    def default(self, name: str) -> Default | None:
        """The enterprise's default for a schedule, where it has one."""
        found = self.connection.execute(DEFAULT, {"name": name}).one_or_none()
        return Default(*found) if found else None

    def set_default(self, name: str, default: Default) -> None:
        """Remember the enterprise's default for a schedule."""
        values = {"cron": default.cron, "paused": default.paused}
        changes = {f"new_{column}": value for column, value in values.items()}
        self.connection.execute(SET_DEFAULT, {"name": name, **values, **changes})

    def zones(self, name: str) -> list[str]:
        """The zones of the groups that follow the default of a schedule."""
        return list(self.connection.execute(ZONES, {"its_name": name}).scalars())

    def follow(self, name: str, default: Default, zone: str, next_at: datetime, since: datetime | None = None) -> None:
        """Change the rows that follow the default in a zone; with `since` those alone that have run then."""
        values = {"its_name": name, "its_zone": zone, "new_cron": default.cron, "new_paused": default.paused}
        statement, more = (FOLLOW, {}) if since is None else (FOLLOW_SINCE, {"since": since})
        self.connection.execute(statement, {**values, **more, "new_next_at": next_at})

    def groups(self, name: str) -> tuple[int, int]:
        """How many groups at work follow the default of a schedule, and how many have chosen for themselves."""
        following, choosing = self.connection.execute(GROUPS, {"name": name}).one()
        return following, choosing


FEATURE = Feature(tables=(schedules, schedule_defaults))
