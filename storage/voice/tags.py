"""What people have changed about the tag table, in the store."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from domain.ids import MemberId
from domain.voice.tags import Change, Kind
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, NOBODY, Feature, Personal

tag_changes = Table(
    "tag_changes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("tag", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("cue", Text, nullable=False),
    Column("added", Boolean, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "by_id"),
)
change = tag_changes.c
STATE = select(func.count()).select_from(tag_changes)
VERSION = select(func.coalesce(func.max(change.version), 0))
ALL = select(change.tag, change.kind, change.cue, change.added).order_by(change.id)
ADD = insert(tag_changes)


class TagChanges:
    """See `domain.voice.tags.TagChanges`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def state(self) -> int:
        """How many changes there are: they are never removed, so it grows with each, in whichever order they commit."""
        return int(self.connection.execute(STATE).scalar_one())

    def version(self) -> int:
        """How often the table was changed."""
        return int(self.connection.execute(VERSION).scalar_one())

    def all(self) -> list[Change]:
        """All changes, oldest first."""
        rows = self.connection.execute(ALL)
        return [Change(tag, Kind(kind), cue, added) for tag, kind, cue, added in rows]

    def add(self, version: int, changes: Sequence[Change], by: MemberId, at: datetime) -> None:
        """Remember changes that were made together."""
        rows = [
            {
                "version": version,
                "tag": one.tag,
                "kind": one.kind.value,
                "cue": one.cue,
                "added": one.added,
                "by_id": by,
                "at": at,
            }
            for one in changes
        ]
        self.connection.execute(ADD, rows)


OWN = select(change.tag, change.cue, change.added, change.at).where(change.by_id == MEMBER).order_by(change.id)
TAKE_NAME = update(tag_changes).where(change.by_id == ERASED).values(by_id=NOBODY)
FEATURE = Feature(
    tables=(tag_changes,),
    personal=(Personal(409, "tag_changes", OWN, texts="tags"),),
    erase_member=(TAKE_NAME,),
)
