"""Results of questionnaires in the store: what was counted, and the tasks that follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, ForeignKey, Index, Table, Text, bindparam, select

from domain.ids import ChatId, RoundId
from domain.voice.questionnaire.results import NAME, Kept
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import insert_new, upsert, within
from storage.feature import Feature, subject

round_results = Table(
    "round_results",
    metadata,
    Column("round_id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("counted", Json, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("published_at", Moment),
    Column("followed_at", Moment),
    Index(None, "group_id", "published_at"),
)
round_tasks = Table(
    "round_tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, nullable=False),
    Column("source", Text, nullable=False),
    Index(None, "round_id", "source", unique=True),
)

result = round_results.c
CHANGED = {
    name: bindparam(f"new_{name}", type_=result[name].type)
    for name in ("counted", "final", "published_at", "followed_at")
}
KEEP = upsert(round_results, ("round_id",), **CHANGED)
KEPT = select(result.group_id, result.counted, result.final, result.published_at, result.followed_at).where(
    result.round_id == bindparam("round")
)
PUBLISHED = (
    select(result.round_id)
    .where(result.group_id == bindparam("group"), *within(result.published_at))
    .order_by(result.published_at, result.round_id)
)
LINK = insert_new(round_tasks, ("round_id", "source"))
LINKS = select(round_tasks.c.source).where(round_tasks.c.round_id == bindparam("round")).order_by(round_tasks.c.id)
UNFOLLOWED = (
    select(result.round_id)
    .where(
        result.published_at.is_not(None),
        result.followed_at.is_(None),
        result.round_id.in_(select(round_tasks.c.round_id)),
    )
    .order_by(result.round_id)
)


class Results:
    """See `domain.voice.questionnaire.results.Results`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def kept(self, number: RoundId) -> Kept | None:
        """What is kept of a round."""
        row = self.connection.execute(KEPT, {"round": number}).one_or_none()
        return row and Kept(ChatId(row.group_id), row.counted, row.final, row.published_at, row.followed_at)

    def keep(self, number: RoundId, kept: Kept) -> None:
        """Keep it, in place of what was kept."""
        changed: dict[str, Any] = {name: getattr(kept, name) for name in CHANGED}
        values = changed | {f"new_{name}": value for name, value in changed.items()}
        self.connection.execute(KEEP, {"round_id": number, "group_id": kept.group, **values})

    def published_in(self, group: ChatId, since: datetime, until: datetime) -> Sequence[RoundId]:
        """The rounds whose results were published in a group between two moments, oldest first."""
        values = {"group": group, "since": since, "until": until}
        return [RoundId(one) for one in self.connection.scalars(PUBLISHED, values)]

    def link(self, number: RoundId, source: str) -> None:
        """Remember that tasks follow from a round."""
        self.connection.execute(LINK, {"round_id": number, "source": source})

    def links(self, number: RoundId) -> Sequence[str]:
        """What follows from a round, oldest first."""
        return self.connection.scalars(LINKS, {"round": number}).all()

    def unfollowed(self) -> Sequence[RoundId]:
        """Published rounds from which something follows, and of which nobody was told yet what was done."""
        return [RoundId(one) for one in self.connection.scalars(UNFOLLOWED)]


# What was published is changed until it was told what was done.
OPEN = select(subject(f"{NAME}:", result.round_id)).where(
    result.published_at.is_not(None), result.followed_at.is_(None)
)
FEATURE = Feature(tables=(round_results, round_tasks), open_subjects=(OPEN,))
