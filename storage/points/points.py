"""The ledger in the store, and the totals that are written with it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    Select,
    bindparam,
    case,
    distinct,
    func,
    insert,
    select,
)

from domain.admin.seal import Chain
from domain.admin.setting import Name, Scope
from domain.ids import ChatId, MemberId
from domain.messaging.chat import monday
from domain.people.member import Member
from domain.points.chain import LedgerLine
from domain.points.event import NO_RULE, EventName, RuleName
from domain.points.points import Before, Earned, Entry, EntryKey
from domain.points.scheme.model import Limit
from storage.admin.seal import Sealing, end_of
from storage.admin.setting import settings
from storage.dialects import add_up, within
from storage.feature import GROUP, MEMBER, Feature, Personal
from storage.people.member import columns, members, to_member
from storage.points.before import question
from storage.points.score import Sums
from storage.points.tables import points_entries, points_totals, points_weeks
from storage.prepared import Prepared, Rows, Together

entry = points_entries.c
THIS_CAUSE = (
    entry.member_id == bindparam("member"),
    entry.event == bindparam("event"),
    entry.source == bindparam("source"),
)
ENTRIES = select(
    entry.member_id,
    entry.group_id,
    entry.rule,
    entry.source,
    entry.cause,
    entry.points,
    entry.day,
    entry.at,
    entry.event,
    entry.facts,
    entry.category,
)
RULED = entry.rule != NO_RULE  # what a scheme has a rule for; the others are there to be played again
COUNT = select(func.count()).select_from(points_entries).where(*THIS_CAUSE)
CREDITED = (
    select(entry.member_id)
    .where(
        entry.member_id.in_(bindparam("members", expanding=True)),
        entry.event == bindparam("event"),
        entry.source == bindparam("source"),
    )
    .group_by(entry.member_id)
    .having(func.count() % 2 == 1)
)
LAST = ENTRIES.where(*THIS_CAUSE).order_by(entry.ordinal.desc()).limit(1)
WRITTEN = ("member_id", "group_id", "rule", "source", "ordinal", "cause", "points", "day", "at")
LINE = (*WRITTEN, "event", "facts", "category")
NEXT = select(func.coalesce(func.max(entry.id), 0) + 1).scalar_subquery()  # a server's own count does not see seals'
ADD_LINE = Prepared(insert(points_entries).values(id=NEXT).inline(), *LINE)
ADD_LINE_SEALED = Prepared(insert(points_entries).inline(), "id", *LINE, "mac")
END = end_of(select(func.max(entry.id)))
LINES: Select[Any] = (
    ENTRIES.add_columns(entry.id, entry.ordinal, entry.mac)
    .where(entry.id > bindparam("after"))
    .order_by(entry.id)
    .limit(bindparam("most"))
)
LINES_SINCE = LINES.where(entry.day >= bindparam("day"))
ADD_TO_WEEK = Prepared(
    add_up(points_weeks, ("group_id", "monday", "member_id"), "points"), "group_id", "monday", "member_id", "points"
)
ADD_TO_TOTAL = Prepared(
    add_up(points_totals, ("member_id",), "points").returning(points_totals.c.points), "member_id", "points"
)
ENTER = Together(ADD_LINE, ADD_TO_WEEK, ADD_TO_TOTAL)
ENTER_SEALED = Together(ADD_LINE_SEALED, ADD_TO_WEEK, ADD_TO_TOTAL)
TOTAL = select(points_totals.c.points).where(points_totals.c.member_id == bindparam("member"))
WEEK = select(func.coalesce(func.sum(points_weeks.c.points), 0)).where(
    points_weeks.c.member_id == bindparam("member"), points_weeks.c.monday == bindparam("monday")
)
NEWEST = ENTRIES.where(entry.member_id == bindparam("member"), RULED).order_by(entry.at.desc(), entry.id.desc())


def on_no_board(member: ColumnElement[int]) -> Exists:
    """Whether a member does not want to be on boards."""
    refused = select(settings.c.value).where(
        settings.c.scope == Scope.MEMBER.value,
        settings.c.scope_id == member,
        settings.c.name == Name.ON_BOARD.value,
        settings.c.value == "no",
    )
    return refused.exists()


IN_SPAN = (
    ENTRIES.add_columns((~on_no_board(entry.member_id)).label("named"), *columns(members))
    .join(members, members.c.id == entry.member_id)
    .where(entry.group_id == GROUP, RULED, *within(entry.at))
    .order_by(entry.at, entry.id)
    .limit(bindparam("most"))
)
IN_SPAN_FOR = IN_SPAN.where(entry.event == bindparam("event"))
ENTRY_COLUMNS = len(ENTRIES.selected_columns)
OF_GROUP = (entry.group_id == GROUP, *within(entry.at))
PARTICIPANTS = select(entry.member_id).distinct().where(RULED, *OF_GROUP)


def to_entry(row: Sequence[Any]) -> Entry:
    """A row of ENTRIES as the domain's."""
    member, group, rule, source, cause, points, day, at, event, facts, category = row
    who, where, why = MemberId(member), ChatId(group), RuleName(rule)
    return Entry(who, where, why, source, cause, points, day, at, EventName(event), facts, category)


def to_line(row: Sequence[Any]) -> LedgerLine:
    """A row of LINES as the domain's."""
    *cells, number, ordinal, mac = row
    return LedgerLine(number, to_entry(cells), ordinal, mac)


class Points(Sums):
    """See `domain.points.points.Points`."""

    def __init__(self, connection: Connection, sealing: Sealing | None = None) -> None:
        self.connection = connection
        self.sealing = sealing or Sealing()

    def count(self, member: MemberId, event: EventName, source: str) -> int:
        """How many entries a member has for an event and its source."""
        values = {"member": member, "event": event, "source": source}
        return self.connection.execute(COUNT, values).scalar_one()

    def last(self, member: MemberId, event: EventName, source: str) -> Entry:
        """The newest entry for an event and its source."""
        return to_entry(self.connection.execute(LAST, {"member": member, "event": event, "source": source}).one())

    def credited(self, members: Collection[MemberId], event: EventName, source: str) -> set[MemberId]:
        """Which members have an entry that stands for an event and its source."""
        rows = self.connection.execute(CREDITED, {"members": list(members), "event": event, "source": source})
        return {MemberId(member) for member in rows.scalars()}

    def before(
        self,
        key: EntryKey,
        day: date,
        limits: Sequence[Limit] = (),
        deductions: frozenset[str] = frozenset(),
    ) -> Before:
        """What an award depends on."""
        values = {"member": key.member, "event": str(key.event), "source": key.source}  # see `enter`
        count, stamp, *given = question(limits, deductions)(self.connection, values, day)
        return Before(count, stamp, [int(one) for one in given])

    def enter(self, entry: Entry, ordinal: int) -> Callable[[], int]:
        """Write a line and bring the totals up to date with it; call the result for the member's new total."""
        line = {
            "member_id": entry.member,
            "group_id": entry.group,
            "rule": str(entry.rule),  # SQLite's driver looks long for how to store a kind of str
            "source": entry.source,
            "ordinal": ordinal,
            "cause": entry.cause,
            "points": entry.points,
            "day": entry.day,
            "monday": monday(entry.day),
            "at": entry.at,
            "event": str(entry.event or entry.rule),
            "facts": entry.facts,
            "category": entry.category,
        }
        entered = self._enter(line, entry, ordinal)
        return lambda: int(entered()[0][0])

    def _enter(self, line: dict[str, Any], entry: Entry, ordinal: int) -> Callable[[], Rows]:
        """Write a line and the totals, with its mark where the ledger is sealed."""
        end, key = self.sealing.end(self.connection, Chain.LEDGER, END), self.sealing.key
        if end is None or key is None:
            return ENTER.send(self.connection, line)
        number = end.number + 1
        mac = LedgerLine(number, entry, ordinal).marked(key, end.hash)
        entered = ENTER_SEALED.send(self.connection, {**line, "id": number, "mac": mac})
        self.sealing.go_on(end, number, mac)
        return entered

    def lines(self, after: int, most: int) -> list[LedgerLine]:
        """The ledger behind a number, oldest first."""
        return [to_line(row) for row in self.connection.execute(LINES, {"after": after, "most": most})]

    def lines_since(self, day: date, after: int, most: int) -> list[LedgerLine]:
        """The same, of entries of a day or later ones."""
        rows = self.connection.execute(LINES_SINCE, {"day": day, "after": after, "most": most})
        return [to_line(row) for row in rows]

    def total(self, member: MemberId) -> int:
        """All points of a member."""
        return self.connection.execute(TOTAL, {"member": member}).scalar_one_or_none() or 0

    def week(self, member: MemberId, monday: date) -> int:
        """A member's points of a week, in all groups."""
        return int(self.connection.execute(WEEK, {"member": member, "monday": monday}).scalar_one())

    def entries(self, member: MemberId, limit: int) -> list[Entry]:
        """A member's newest entries."""
        return [to_entry(row) for row in self.connection.execute(NEWEST.limit(limit), {"member": member})]

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Earned]:
        """A group's ledger between two moments, oldest first: each line, its member, and whether boards name them."""
        return self._earned(IN_SPAN, {"group": group, "since": since, "until": until, "most": most})

    def in_span_for(self, event: EventName, group: ChatId, since: datetime, until: datetime, most: int) -> list[Earned]:
        """The same, of one event."""
        span = {"group": group, "since": since, "until": until, "most": most}
        return self._earned(IN_SPAN_FOR, {**span, "event": event})

    def _earned(self, statement: Select[Any], values: Mapping[str, Any]) -> list[Earned]:
        known: dict[int, Member] = {}  # a month has many lines of few people
        found = []
        for row in self.connection.execute(statement, values):
            if row[0] not in known:
                known[row[0]] = to_member(row[ENTRY_COLUMNS + 1 :])
            found.append(Earned(to_entry(row[:ENTRY_COLUMNS]), known[row[0]], bool(row[ENTRY_COLUMNS])))
        return found

    def participants(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has earned something in a group between two moments."""
        span = {"group": group, "since": since, "until": until}
        return {MemberId(member) for member in self.connection.execute(PARTICIPANTS, span).scalars()}


OWN_TOTAL = select(points_totals.c.points).where(points_totals.c.member_id == MEMBER)
OWN_ENTRIES = (
    select(entry.at, entry.rule, entry.cause, entry.points).where(entry.member_id == MEMBER).order_by(entry.id)
)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """A line of the ledger, with its rule."""
    at, rule, cause, points = line
    return at, RuleName(rule), cause, points


FEATURE = Feature(
    tables=(points_entries, points_totals, points_weeks),
    personal=(
        Personal(200, "total", OWN_TOTAL),
        Personal(210, "points", OWN_ENTRIES, _told),
    ),
    not_shown={"points_weeks": "sums of entries that are shown"},
    not_erased={
        "points_entries": "totals stay what they were, under a number",
        "points_totals": "totals stay what they were, under a number",
        "points_weeks": "totals stay what they were, under a number",
    },
    ledger_week=(
        func.count(distinct(case((RULED, entry.member_id)))).label("points_active"),
        func.coalesce(func.sum(entry.points), 0).label("points_sum"),
    ),
)
