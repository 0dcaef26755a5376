"""The catalogue of rewards in the store."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from domain.ids import BranchId, RewardId
from domain.points.reward import Offer, Reward
from storage.base import Id, metadata
from storage.columns import Moment

rewards = Table(
    "rewards",
    metadata,
    Column("id", Id, primary_key=True),
    Column("branch_id", Id, ForeignKey("branches.id"), index=True),
    Column("title", Text, nullable=False),
    Column("cost", Integer, nullable=False),
    Column("stock", Integer, nullable=False),
    Column("value", Integer, nullable=False),
    Column("until", Date),
    Column("added_at", Moment, nullable=False),
    Column("closed_at", Moment),
    CheckConstraint("stock >= 0", name="stock"),
)
reward = rewards.c
REWARDS: Select[Any] = select(
    reward.id, reward.closed_at, reward.title, reward.cost, reward.stock, reward.value, reward.branch_id, reward.until
)
FIND = REWARDS.where(reward.id == bindparam("reward"))
PAGE: dict[str, BindParameter[int]] = {"limit": bindparam("most"), "offset": bindparam("first")}
BRANCHES: BindParameter[Any] = bindparam("branches", expanding=True)
OFFERED = (
    REWARDS.where(
        reward.closed_at.is_(None),
        or_(reward.until.is_(None), reward.until >= bindparam("day")),
        or_(reward.branch_id.is_(None), reward.branch_id.in_(BRANCHES)),
    )
    .order_by(reward.cost, reward.id)
    .limit(PAGE["limit"])
    .offset(PAGE["offset"])
)
ALL_KEPT = (
    REWARDS.where(reward.closed_at.is_(None)).order_by(reward.id.desc()).limit(PAGE["limit"]).offset(PAGE["offset"])
)
KEPT = ALL_KEPT.where(reward.branch_id.in_(BRANCHES))
ADD = insert(rewards).returning(reward.id)
THIS = reward.id == bindparam("reward")
TAKE = update(rewards).where(THIS, reward.stock > 0).values(stock=reward.stock - 1)
PUT_BACK = update(rewards).where(THIS).values(stock=reward.stock + 1)
STOCK = update(rewards).where(THIS).values(stock=bindparam("pieces"))
CLOSE = update(rewards).where(THIS).values(closed_at=bindparam("at"))


def to_reward(row: Sequence[Any]) -> Reward:
    """A row of REWARDS as the domain's."""
    id_, closed_at, title, cost, stock, value, branch, until = row
    place = None if branch is None else BranchId(branch)
    return Reward(RewardId(id_), Offer(title, cost, stock, value, place, until), closed_at)


class Catalogue:
    """The part of `domain.points.reward.Rewards` that keeps the catalogue."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, offer: Offer, at: datetime) -> Reward:
        """Put something into the catalogue."""
        values = {
            "branch_id": offer.branch,
            "title": offer.title,
            "cost": offer.cost,
            "stock": offer.stock,
            "value": offer.value,
            "until": offer.until,
            "added_at": at,
        }
        return Reward(RewardId(self.connection.execute(ADD, values).scalar_one()), offer)

    def find(self, reward: RewardId) -> Reward | None:
        """One reward, if there is such a one."""
        row = self.connection.execute(FIND, {"reward": reward}).one_or_none()
        return to_reward(row) if row else None

    def offered(self, branches: Collection[BranchId], day: date, offset: int, most: int) -> list[Reward]:
        """What can be asked for in some branches or everywhere, the cheapest first."""
        values = {"branches": list(branches), "day": day, "first": offset, "most": most}
        return [to_reward(row) for row in self.connection.execute(OFFERED, values)]

    def kept(self, branches: Collection[BranchId] | None, offset: int, most: int) -> list[Reward]:
        """What some branches, or all and the enterprise have in their catalogues, the newest first."""
        page = {"first": offset, "most": most}
        if branches is None:
            return [to_reward(row) for row in self.connection.execute(ALL_KEPT, page)]
        return [to_reward(row) for row in self.connection.execute(KEPT, {**page, "branches": list(branches)})]

    def take(self, reward: RewardId) -> bool:
        """Take a piece off the stock. False where none is left."""
        return self.connection.execute(TAKE, {"reward": reward}).rowcount == 1

    def put_back(self, reward: RewardId) -> None:
        """Put a piece back."""
        self.connection.execute(PUT_BACK, {"reward": reward})

    def stock(self, reward: RewardId, pieces: int) -> None:
        """Say how many pieces are left."""
        self.connection.execute(STOCK, {"reward": reward, "pieces": pieces})

    def close(self, reward: RewardId, at: datetime) -> None:
        """It is offered no more."""
        self.connection.execute(CLOSE, {"reward": reward, "at": at})
