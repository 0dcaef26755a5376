"""Cards of branches in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Table, Text, and_, bindparam, func, or_, select

from domain.admin.setting import Name, Scope
from domain.ids import BranchId, MemberId
from domain.life.branch_card.model import Card, Size
from domain.life.meeting.model import Standing
from domain.points.honour.model import Honour
from storage.admin.setting import settings
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import count_if, upsert
from storage.feature import MEMBER, Feature, Personal
from storage.life.meeting_tables import party_standings
from storage.people.branch import subtree
from storage.people.tables import people
from storage.points.honour import LAST_FIRST, STANDING, one, to_honour

branch_cards = Table(
    "branch_cards",
    metadata,
    Column("branch_id", Id, ForeignKey("branches.id"), primary_key=True, autoincrement=False),
    Column("motto", Text, nullable=False),
    Column("photo", Text, nullable=False),
    Column("changed_by", Id, ForeignKey("members.id"), nullable=False),
    Column("changed_at", Moment, nullable=False),
)

card, standing = branch_cards.c, party_standings.c
BRANCH = bindparam("branch", type_=Id)
TREE = subtree(BRANCH)
BELOW = people.c.branch_id.in_(select(TREE.c.id))
GET = select(card.motto, card.photo).where(card.branch_id == BRANCH)
CHANGED = ("motto", "photo", "changed_by", "changed_at")
PUT = upsert(
    branch_cards, ("branch_id",), **{name: bindparam(f"new_{name}", type_=card[name].type) for name in CHANGED}
)
SIZE = (
    select(
        func.count(),
        count_if(standing.standing.is_not(None)),
        count_if(standing.standing == Standing.NONE.value),
        count_if(people.c.joined_on.is_not(None)),
    )
    .select_from(people.outerjoin(party_standings, standing.person_id == people.c.id))
    .where(BELOW, people.c.left_on.is_(None))
)
HIDDEN = select(settings.c.scope_id).where(
    settings.c.scope == Scope.MEMBER.value, settings.c.name == Name.ON_BOARD.value, settings.c.value == "no"
)
OF_PEOPLE = and_(
    one.member_id.in_(
        select(people.c.member_id).where(BELOW, people.c.left_on.is_(None), people.c.member_id.is_not(None))
    ),
    one.member_id.not_in(HIDDEN),
)
HONOURS = (
    STANDING.where(or_(one.branch_id.in_(select(TREE.c.id)), OF_PEOPLE)).order_by(*LAST_FIRST).limit(bindparam("limit"))
)


class BranchCards:
    """See `domain.life.branch_card.model.BranchCards`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, branch: BranchId) -> Card:
        """A branch's card; an empty one where nothing was written."""
        row = self.connection.execute(GET, {"branch": branch}).one_or_none()
        return Card(branch) if row is None else Card(branch, *row)

    def put(self, card: Card, by: MemberId, at: datetime) -> None:
        """Keep a card in place of the one before."""
        values: dict[str, Any] = {"motto": card.motto, "photo": card.photo, "changed_by": by, "changed_at": at}
        new = {f"new_{name}": value for name, value in values.items()}
        self.connection.execute(PUT, {"branch_id": card.branch, **values, **new})

    def size(self, branch: BranchId) -> Size:
        """How many people there are, in one statement."""
        everybody, marked, outside, joined = self.connection.execute(SIZE, {"branch": branch}).one()
        party = everybody - outside if marked else joined or None
        return Size(everybody, party)

    def honours(self, branch: BranchId, limit: int) -> list[Honour]:
        """What the branch, one below it, or somebody in it holds, the newest first."""
        rows: Sequence[Any] = self.connection.execute(HONOURS, {"branch": branch, "limit": limit}).all()
        return [to_honour(row) for row in rows]


OWN = select(card.motto, card.changed_at).where(card.changed_by == MEMBER).order_by(card.branch_id)
FEATURE = Feature(
    tables=(branch_cards,),
    personal=(Personal(380, "branch_cards", OWN, texts="branch_card"),),
    not_erased={"branch_cards": "kept under a number: the branch's card stays as it is"},
)
