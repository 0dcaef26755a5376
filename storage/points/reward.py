"""Rewards in the store: the catalogue, what is asked for from it, and what was spent."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import BranchId, MemberId, RewardId, RewardRequestId
from domain.points.reward import HELD, RESERVING, Request, State
from domain.table import Code
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, Feature, Personal
from storage.people.member import columns, members, to_member
from storage.points.catalogue import Catalogue, reward, rewards
from storage.points.tables import points_entries, points_totals

reward_requests = Table(
    "reward_requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reward_id", Id, ForeignKey("rewards.id"), nullable=False),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("title", Text, nullable=False),
    Column("cost", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Column("asked_at", Moment, nullable=False),
    Column("changed_by", Id, ForeignKey("members.id")),
    Column("changed_at", Moment, nullable=False),
    Column("handed_on", Date),
    Index(None, "reward_id", "year", "state"),
    Index(None, "member_id", "state"),
    Index(None, "state", "asked_at"),
)
reward_entries = Table(
    "reward_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("request_id", Id, ForeignKey("reward_requests.id"), nullable=False),
    Column("points", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

request, spending, earning = reward_requests.c, reward_entries.c, points_entries.c
REQUESTS: Select[Any] = select(
    request.id,
    request.reward_id,
    request.branch_id,
    request.title,
    request.cost,
    request.value,
    request.year,
    request.asked_at,
    request.state,
    request.reason,
    request.handed_on,
    *columns(members),
).join(members, members.c.id == request.member_id)
STATES: BindParameter[Any] = bindparam("states", expanding=True)
REQUEST = REQUESTS.where(request.id == bindparam("request"))
ASKED_BY = REQUESTS.where(request.source == bindparam("source"))
REQUESTS_OF = (
    REQUESTS.where(request.member_id == bindparam("member"), request.state.in_(STATES))
    .order_by(request.id.desc())
    .limit(bindparam("most"))
)
WAITS = request.state.in_([one.value for one in RESERVING])
WAITING_IN = select(request.branch_id).where(WAITS).distinct()
WAITING = (
    REQUESTS.where(
        WAITS,
        request.member_id != bindparam("but"),
        or_(
            request.branch_id.in_(bindparam("branches", expanding=True)),
            and_(request.branch_id.is_(None), bindparam("elsewhere", type_=Boolean)),
        ),
    )
    .order_by(request.asked_at, request.id)
    .limit(bindparam("most"))
)
ASK = insert(reward_requests).returning(request.id)
CHANGED = ("state", "reason", "changed_by", "changed_at", "handed_on")
SAVE = (
    update(reward_requests)
    .where(request.id == bindparam("request"))
    .values({name: bindparam(f"new_{name}", type_=request[name].type) for name in CHANGED})
)
ENTER = insert(reward_entries)
SPENT = select(-func.coalesce(func.sum(spending.points), 0)).where(spending.member_id == bindparam("member"))
TOTAL = select(points_totals.c.points).where(points_totals.c.member_id == bindparam("member"))
SINCE = select(func.coalesce(func.sum(earning.points), 0)).where(
    earning.member_id == bindparam("member"), earning.day >= bindparam("since")
)
USED: Select[Any] = (
    select(func.coalesce(func.sum(request.cost), 0), func.coalesce(func.sum(request.value), 0))
    .join(rewards, reward.id == request.reward_id)
    .where(request.year == bindparam("year"), request.state.in_([one.value for one in HELD]))
)
USED_OF_BRANCH = USED.where(reward.branch_id == bindparam("branch"))
USED_OF_ENTERPRISE = USED.where(reward.branch_id.is_(None))
HAND_OVER = tuple(
    update(table).where(table.c.member_id == bindparam("awaited")).values(member_id=bindparam("known"))
    for table in (reward_requests, reward_entries)
)


def to_request(row: Sequence[Any]) -> Request:
    """A row of REQUESTS as the domain's."""
    id_, of, branch, title, cost, value, year, asked_at, state, reason, handed_on, *by = row
    return Request(
        RewardRequestId(id_),
        RewardId(of),
        to_member(by),
        None if branch is None else BranchId(branch),
        title,
        cost,
        value,
        year,
        asked_at,
        State(state),
        reason,
        handed_on,
    )


class Rewards(Catalogue):
    """See `domain.points.reward.Rewards`."""

    def ask(self, request: Request, source: str) -> Request:
        """Remember a new request; its id is given now."""
        values = {
            "reward_id": request.reward,
            "member_id": request.by.id,
            "branch_id": request.branch,
            "title": request.title,
            "cost": request.cost,
            "value": request.value,
            "year": request.year,
            "state": request.state.value,
            "reason": request.reason,
            "source": source,
            "asked_at": request.asked_at,
            "changed_at": request.asked_at,
        }
        number = self.connection.execute(ASK, values).scalar_one()
        return to_request(self.connection.execute(REQUEST, {"request": number}).one())

    def asked_by(self, source: str) -> Request | None:
        """The request that a press has made."""
        row = self.connection.execute(ASKED_BY, {"source": source}).one_or_none()
        return to_request(row) if row else None

    def request(self, number: RewardRequestId) -> Request | None:
        """One request, if there is such a one."""
        row = self.connection.execute(REQUEST, {"request": number}).one_or_none()
        return to_request(row) if row else None

    def requests_of(self, member: MemberId, states: Sequence[State], most: int) -> list[Request]:
        """Somebody's own requests in some states, the newest first."""
        values = {"member": member, "states": [one.value for one in states], "most": most}
        return [to_request(row) for row in self.connection.execute(REQUESTS_OF, values)]

    def waiting_in(self) -> list[BranchId | None]:
        """In which branches (`None`: in none) the people are whose requests are open or to be handed over."""
        return [None if one is None else BranchId(one) for one in self.connection.execute(WAITING_IN).scalars()]

    def waiting(self, branches: Collection[BranchId | None], but: MemberId, most: int) -> list[Request]:
        """The requests from some branches that are open or to be handed over, but for one's own; the oldest first."""
        own = [one for one in branches if one is not None]
        values = {"branches": own, "elsewhere": None in branches, "but": but, "most": most}
        return [to_request(row) for row in self.connection.execute(WAITING, values)]

    def save(self, request: Request, by: MemberId | None, at: datetime) -> None:
        """Remember the state of a request, and who has changed it when."""
        values = {
            "request": request.id,
            "new_state": request.state.value,
            "new_reason": request.reason,
            "new_changed_by": by,
            "new_changed_at": at,
            "new_handed_on": request.handed_on,
        }
        self.connection.execute(SAVE, values)

    def enter(self, request: Request, points: int, at: datetime) -> None:
        """Write a line of what somebody has spent or got back."""
        values = {"member_id": request.by.id, "request_id": request.id, "points": points, "at": at}
        self.connection.execute(ENTER, values)

    def spent(self, member: MemberId) -> int:
        """What somebody has spent, without what they got back."""
        return int(self.connection.execute(SPENT, {"member": member}).scalar_one())

    def earned(self, member: MemberId, since: date | None) -> int:
        """What somebody has earned by the ledger since a day, or ever."""
        if since is None:
            return int(self.connection.execute(TOTAL, {"member": member}).scalar_one_or_none() or 0)
        return int(self.connection.execute(SINCE, {"member": member, "since": since}).scalar_one())

    def used(self, branch: BranchId | None, year: int) -> tuple[int, int]:
        """What the requests for a catalogue's rewards take of a year's budget, in points and in yuan."""
        if branch is None:
            points, yuan = self.connection.execute(USED_OF_ENTERPRISE, {"year": year}).one()
        else:
            points, yuan = self.connection.execute(USED_OF_BRANCH, {"year": year, "branch": branch}).one()
        return int(points), int(yuan)

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: what the first has asked for and spent is the other's."""
        for statement in HAND_OVER:
            self.connection.execute(statement, {"awaited": awaited, "known": known})


OWN_REQUESTS = (
    select(
        request.asked_at,
        request.title,
        request.cost,
        request.state,
        request.changed_at,
        request.handed_on,
        request.reason,
    )
    .where(request.member_id == MEMBER)
    .order_by(request.id)
)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """A request, with its state in words."""
    asked_at, title, cost, state, *rest = line
    return asked_at, title, cost, Code(f"reward.{state}"), *rest


FEATURE = Feature(
    tables=(rewards, reward_requests, reward_entries),
    personal=(Personal(240, "rewards", OWN_REQUESTS, _told, texts="reward"),),
    not_shown={"reward_entries": "the points of requests that are shown"},
    erase_member=(update(reward_requests).where(request.member_id == ERASED).values(reason=""),),
    not_erased={
        "reward_entries": "what was spent stays what it was, under a number",
    },
)
