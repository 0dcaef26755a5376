"""Suggestions in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    update,
)

from domain.ids import ChatId, SuggestionId
from domain.people.member import Member
from domain.voice.naming import Naming
from domain.voice.suggestion import MADE, Suggestion, Tagging, fingerprint
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import within
from storage.feature import ERASED, GROUP, MEMBER, NOBODY, Feature, Personal, subject
from storage.people.member import columns, members, to_member
from storage.points.tables import points_entries

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id")),
    Column("author_id", Id, ForeignKey("members.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("keywords", Json, nullable=False),
    Column("tags", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Column("fingerprint", Text, nullable=False),
    Column("naming", String(16), nullable=False, server_default="named"),
    Index(None, "author_id", "at"),
    Index(None, "author_id", "fingerprint"),
    Index(None, "group_id", "at"),
)

suggestion = suggestions.c
SUGGESTIONS: Select[Any] = select(
    suggestion.id,
    suggestion.group_id,
    suggestion.text,
    suggestion.keywords,
    suggestion.tags,
    suggestion.at,
    suggestion.repeats,
    suggestion.naming,
    *columns(members),
).join(members, members.c.id == suggestion.author_id)
CHANGING = (suggestion.text, suggestion.fingerprint, suggestion.keywords, suggestion.tags, suggestion.repeats)
MADE_BY = SUGGESTIONS.where(suggestion.source == bindparam("source"))
SAME = (
    SUGGESTIONS.where(suggestion.author_id == bindparam("author"), suggestion.fingerprint == bindparam("fingerprint"))
    .order_by(suggestion.id.desc())
    .limit(1)
)
SINCE = select(func.count()).where(suggestion.author_id == bindparam("author"), suggestion.at >= bindparam("since"))
IN_SPAN = (
    SUGGESTIONS.where(suggestion.group_id == GROUP, *within(suggestion.at))
    .order_by(suggestion.at, suggestion.id)
    .limit(bindparam("most"))
)
TOPICS = select(suggestion.tags, suggestion.keywords).where(suggestion.group_id == GROUP, *within(suggestion.at))
ADD = insert(suggestions).returning(suggestion.id)
SAVE = (
    update(suggestions)
    .where(suggestion.id == bindparam("suggestion"))
    .values({c.name: bindparam(f"new_{c.name}", type_=c.type) for c in CHANGING})
)


def to_suggestion(row: Sequence[Any]) -> Suggestion:
    """A row of SUGGESTIONS as the domain's."""
    id_, group, text, keywords, tags, at, repeats, naming, *author = row
    return Suggestion(
        id=SuggestionId(id_),
        group=group and ChatId(group),
        author=to_member(tuple(author)),
        text=text,
        tagging=Tagging(tuple(keywords), tuple(tags)),
        at=at,
        repeats=repeats,
        naming=Naming(naming),
    )


class Suggestions:
    """See `domain.voice.suggestion.Suggestions`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _one(self, statement: Any, **values: Any) -> Suggestion | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_suggestion(row) if row else None

    def add(self, suggestion: Suggestion, source: str, fingerprint: str) -> Suggestion:
        """Remember a suggestion; its id is given now."""
        values = {
            "group_id": suggestion.group,
            "author_id": suggestion.author.id,
            "text": suggestion.text,
            "keywords": suggestion.tagging.keywords,
            "tags": suggestion.tagging.tags,
            "at": suggestion.at,
            "repeats": suggestion.repeats,
            "source": source,
            "fingerprint": fingerprint,
            "naming": suggestion.naming,
        }
        self.connection.execute(ADD, values)
        made = self.made_by(source)
        assert made is not None  # noqa: S101 - it was written one line above
        return made

    def made_by(self, source: str) -> Suggestion | None:
        """The suggestion that came with a message."""
        return self._one(MADE_BY, source=source)

    def same(self, author: Member, fingerprint: str) -> Suggestion | None:
        """The author's suggestion of the same words."""
        return self._one(SAME, author=author.id, fingerprint=fingerprint)

    def save(self, suggestion: Suggestion) -> None:
        """Remember what has changed about a suggestion."""
        self.connection.execute(
            SAVE,
            {
                "suggestion": suggestion.id,
                "new_text": suggestion.text,
                "new_fingerprint": fingerprint(suggestion.text),
                "new_keywords": suggestion.tagging.keywords,
                "new_tags": suggestion.tagging.tags,
                "new_repeats": suggestion.repeats,
            },
        )

    def since(self, author: Member, at: datetime) -> int:
        """How many an author has made since a moment."""
        return self.connection.execute(SINCE, {"author": author.id, "since": at}).scalar_one()

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Suggestion]:
        """A group's suggestions between two moments, oldest first."""
        span = {"group": group, "since": since, "until": until, "most": most}
        return [to_suggestion(row) for row in self.connection.execute(IN_SPAN, span)]

    def topics(self, group: ChatId, since: datetime, until: datetime) -> list[Sequence[str]]:
        """What each of a group's suggestions between two moments is about: its tags, else its best keyword if any."""
        rows = self.connection.execute(TOPICS, {"group": group, "since": since, "until": until})
        return [tags or keywords[:1] for tags, keywords in rows]


OWN_SUGGESTIONS = (
    select(suggestion.id.label("number"), suggestion.at, suggestion.text, suggestion.tags)
    .where(suggestion.author_id == MEMBER)
    .order_by(suggestion.id)
)
TAKE_AUTHOR = (
    update(suggestions)
    .where(suggestion.author_id == ERASED)
    .values(author_id=NOBODY, source=subject("erased:", suggestion.id))
)
# Its points have its words for their cause.
ERASE_CAUSES = (
    update(points_entries)
    .where(points_entries.c.member_id == ERASED, points_entries.c.event == MADE.name)
    .values(cause="")
)
FEATURE = Feature(
    tables=(suggestions,),
    personal=(Personal(400, "suggestions", OWN_SUGGESTIONS),),
    erase_member=(TAKE_AUTHOR, ERASE_CAUSES),
    lasting_subjects=("suggestion.call:%",),  # a group may answer the call after years
)
