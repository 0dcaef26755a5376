"""Suggestions in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
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
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MemberId, SuggestionId
from domain.people.member import Member
from domain.voice.naming import Naming
from domain.voice.suggestion import MADE, Doubt, MailboxId, Suggestion, Tagging, fingerprint
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import insert_new, within
from storage.feature import ERASED, GROUP, MEMBER, NOBODY, Feature, Personal, subject
from storage.people.member import columns, members, to_member
from storage.points.tables import points_entries
from storage.prepared import Prepared

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
    Column("photo", Text, nullable=False, server_default=""),
    Column("mailbox", String(32)),
    Column("doubt", String(16)),
    Column("above", Boolean, nullable=False, server_default=false()),
    Column("hidden", Boolean, nullable=False, server_default=false()),
    Column("merged_into", Id, ForeignKey("suggestions.id"), index=True),
    Column("taken_back", Boolean, nullable=False, server_default=false()),
    Index(None, "author_id", "at"),
    Index(None, "author_id", "fingerprint"),
    Index(None, "group_id", "at"),
    Index(None, "group_id", "fingerprint"),
)
suggestion_votes = Table(
    "suggestion_votes",
    metadata,
    Column("suggestion_id", Id, ForeignKey("suggestions.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "member_id"),
)

suggestion, votes = suggestions.c, suggestion_votes.c
SUGGESTIONS: Select[Any] = select(
    suggestion.id,
    suggestion.group_id,
    suggestion.text,
    suggestion.keywords,
    suggestion.tags,
    suggestion.at,
    suggestion.repeats,
    suggestion.naming,
    suggestion.photo,
    suggestion.mailbox,
    suggestion.doubt,
    suggestion.above,
    suggestion.hidden,
    suggestion.merged_into,
    suggestion.taken_back,
    *columns(members),
).join(members, members.c.id == suggestion.author_id)
CHANGING = (
    suggestion.text,
    suggestion.fingerprint,
    suggestion.keywords,
    suggestion.tags,
    suggestion.repeats,
    suggestion.doubt,
    suggestion.hidden,
    suggestion.merged_into,
)
COUNTS = (suggestion.doubt.is_(None), ~suggestion.taken_back)  # it is a suggestion, and stands
OPEN = (*COUNTS, ~suggestion.above)  # those in charge of the group see it
FIND = SUGGESTIONS.where(suggestion.id == bindparam("suggestion"))
MADE_BY = SUGGESTIONS.where(suggestion.source == bindparam("source"))
SAME = (
    SUGGESTIONS.where(suggestion.author_id == bindparam("author"), suggestion.fingerprint == bindparam("fingerprint"))
    .order_by(suggestion.id.desc())
    .limit(1)
)
OF_WORDS = (
    SUGGESTIONS.where(suggestion.group_id == GROUP, suggestion.fingerprint == bindparam("fingerprint"), *OPEN)
    .order_by(suggestion.id.desc())
    .limit(1)
)
RECENT = (
    select(suggestion.id, suggestion.text)
    .where(suggestion.group_id == GROUP, *OPEN, ~suggestion.hidden, suggestion.merged_into.is_(None))
    .order_by(suggestion.at.desc(), suggestion.id.desc())
    .limit(bindparam("most"))
)
LAST_OF = (
    SUGGESTIONS.where(
        suggestion.author_id == bindparam("author"), suggestion.at >= bindparam("since"), ~suggestion.taken_back
    )
    .order_by(suggestion.at.desc(), suggestion.id.desc())
    .limit(1)
)
below = select(suggestion.id).where(suggestion.merged_into == bindparam("suggestion")).cte("below", recursive=True)
below = below.union(select(suggestion.id).where(suggestion.merged_into == below.c.id))
MERGED = SUGGESTIONS.where(
    suggestion.id.in_(select(below.c.id)), *COUNTS, suggestion.id != bindparam("suggestion")
).order_by(suggestion.id)
AUTHOR = select(suggestion.author_id).where(suggestion.id == bindparam("suggestion")).scalar_subquery()
FOR_IT = (
    select(votes.member_id, votes.at)
    .where(or_(votes.suggestion_id == bindparam("suggestion"), votes.suggestion_id.in_(select(below.c.id))))
    .union_all(
        select(suggestion.author_id.label("member_id"), suggestion.at).where(
            suggestion.id.in_(select(below.c.id)), suggestion.naming == Naming.NAMED.value, *COUNTS
        )
    )
    .subquery()
)
SUPPORTERS = (
    select(*columns(members))
    .join(FOR_IT, FOR_IT.c.member_id == members.c.id)
    .where(members.c.id != AUTHOR)
    .group_by(*columns(members))
    .order_by(func.min(FOR_IT.c.at), members.c.id)
)
VOTE = insert_new(suggestion_votes, ("suggestion_id", "member_id")).returning(votes.member_id)
TAKE_BACK = (
    update(suggestions)
    .where(suggestion.id == bindparam("suggestion"))
    .values(text="", fingerprint="", keywords=[], tags=[], photo="", mailbox=None, doubt=None, taken_back=True)
)
TAKE_CAUSE = (
    update(points_entries)
    .where(points_entries.c.event == MADE.name, points_entries.c.source == bindparam("its_source"))
    .values(cause="")
)
REMOVE = delete(suggestions).where(suggestion.id == bindparam("suggestion"))
SINCE = select(func.count()).where(suggestion.author_id == bindparam("author"), suggestion.at >= bindparam("since"))
IN_SPAN = (
    SUGGESTIONS.where(suggestion.group_id == GROUP, *within(suggestion.at), *OPEN)
    .order_by(suggestion.at, suggestion.id)
    .limit(bindparam("most"))
)
TOPICS = Prepared(
    select(suggestion.tags, suggestion.keywords).where(
        suggestion.group_id == GROUP, *within(suggestion.at), *OPEN, suggestion.merged_into.is_(None)
    )
)
ADD = insert(suggestions).returning(suggestion.id)
SAVE = (
    update(suggestions)
    .where(suggestion.id == bindparam("suggestion"))
    .values({c.name: bindparam(f"new_{c.name}", type_=c.type) for c in CHANGING})
)


def to_suggestion(row: Sequence[Any]) -> Suggestion:
    """A row of SUGGESTIONS as the domain's."""
    id_, group, text, keywords, tags, at, repeats, naming, *more = row
    photo, mailbox, doubt, above, hidden, merged_into, taken_back, *author = more
    return Suggestion(
        id=SuggestionId(id_),
        group=group and ChatId(group),
        author=to_member(tuple(author)),
        text=text,
        tagging=Tagging(tuple(keywords), tuple(tags)),
        at=at,
        repeats=repeats,
        naming=Naming(naming),
        photo=photo,
        mailbox=mailbox and MailboxId(mailbox),
        doubt=doubt and Doubt(doubt),
        above=bool(above),
        hidden=bool(hidden),
        merged_into=merged_into and SuggestionId(merged_into),
        taken_back=bool(taken_back),
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
            "photo": suggestion.photo,
            "mailbox": suggestion.mailbox,
            "doubt": suggestion.doubt,
            "above": suggestion.above,
            "hidden": suggestion.hidden,
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
                "new_doubt": suggestion.doubt,
                "new_hidden": suggestion.hidden,
                "new_merged_into": suggestion.merged_into,
            },
        )

    def find(self, suggestion: SuggestionId) -> Suggestion | None:
        """One suggestion, if there is such a one."""
        return self._one(FIND, suggestion=suggestion)

    def of_words(self, group: ChatId, fingerprint: str) -> Suggestion | None:
        """A group's newest open suggestion of the same words; none that is for the next level alone."""
        return self._one(OF_WORDS, group=group, fingerprint=fingerprint)

    def recent(self, group: ChatId, most: int) -> list[tuple[SuggestionId, str]]:
        """The numbers and words of a group's newest suggestions; none that is for the next level, hidden or merged."""
        rows = self.connection.execute(RECENT, {"group": group, "most": most})
        return [(SuggestionId(number), text) for number, text in rows]

    def last_of(self, author: Member, since: datetime) -> Suggestion | None:
        """The newest that an author has made since a moment and not taken back."""
        return self._one(LAST_OF, author=author.id, since=since)

    def take_back(self, suggestion: SuggestionId) -> None:
        """Remove a suggestion's words, also where they are the cause of points."""
        self.connection.execute(TAKE_BACK, {"suggestion": suggestion})
        self.connection.execute(TAKE_CAUSE, {"its_source": f"suggestion:{suggestion}"})

    def remove(self, suggestion: SuggestionId) -> None:
        """Remove one that turned out to be none."""
        self.connection.execute(REMOVE, {"suggestion": suggestion})

    def vote(self, suggestion: SuggestionId, member: MemberId, at: datetime) -> bool:
        """Note that somebody is for a suggestion; false where that is known."""
        row = {"suggestion_id": suggestion, "member_id": member, "at": at}
        return self.connection.execute(VOTE, row).first() is not None

    def supporters(self, suggestion: SuggestionId) -> list[Member]:
        """Who is for a suggestion beside its author, oldest first."""
        return [to_member(tuple(row)) for row in self.connection.execute(SUPPORTERS, {"suggestion": suggestion})]

    def merged(self, suggestion: SuggestionId) -> list[Suggestion]:
        """What was merged into a suggestion, also by way of others."""
        return [to_suggestion(row) for row in self.connection.execute(MERGED, {"suggestion": suggestion})]

    def since(self, author: Member, at: datetime) -> int:
        """How many an author has made since a moment."""
        return self.connection.execute(SINCE, {"author": author.id, "since": at}).scalar_one()

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Suggestion]:
        """A group's suggestions between two moments, oldest first."""
        span = {"group": group, "since": since, "until": until, "most": most}
        return [to_suggestion(row) for row in self.connection.execute(IN_SPAN, span)]

    def topics(self, group: ChatId, since: datetime, until: datetime) -> list[Sequence[str]]:
        """What each of a group's suggestions between two moments is about: its tags, else its best keyword if any."""
        rows = TOPICS(self.connection, {"group": group, "since": since, "until": until})
        return [tags or keywords[:1] for tags, keywords in rows]


OWN_SUGGESTIONS = (
    select(suggestion.id.label("number"), suggestion.at, suggestion.text, suggestion.tags)
    .where(suggestion.author_id == MEMBER, ~suggestion.taken_back)
    .order_by(suggestion.id)
)
OWN_VOTES = select(votes.suggestion_id.label("number"), votes.at).where(votes.member_id == MEMBER).order_by(votes.at)
ERASE_VOTES = delete(suggestion_votes).where(votes.member_id == ERASED)
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
    tables=(suggestions, suggestion_votes),
    personal=(Personal(400, "suggestions", OWN_SUGGESTIONS), Personal(402, "suggestion_votes", OWN_VOTES)),
    erase_member=(TAKE_AUTHOR, ERASE_CAUSES, ERASE_VOTES),
    lasting_subjects=("suggestion.call:%",),  # a group may answer the call after years
)
