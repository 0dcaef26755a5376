"""Corrected tags, in the store."""

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    update,
)

from domain.voice.tagging import Correction, Example, Lesson
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.feature import ERASED, MEMBER, NOBODY, Feature, Personal
from storage.voice.suggestion import suggestions

tag_corrections = Table(
    "tag_corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("suggestion_id", Id, ForeignKey("suggestions.id"), nullable=False),
    Column("old", Json, nullable=False),
    Column("new", Json, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "suggestion_id"),
    Index(None, "by_id"),
)
tag_lessons = Table(
    "tag_lessons",
    metadata,
    Column("id", Id, primary_key=True),
    Column("corrections", Integer, nullable=False),
    Column("model", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
correction, lesson = tag_corrections.c, tag_lessons.c
ADD = insert(tag_corrections)
COUNT = select(func.count(correction.suggestion_id.distinct()))
LAST = select(func.max(correction.id)).group_by(correction.suggestion_id)
EXAMPLES = (
    select(suggestions.c.text, correction.new)
    .join(suggestions, suggestions.c.id == correction.suggestion_id)
    .where(correction.id.in_(LAST))
    .order_by(correction.id.desc())
    .limit(bindparam("most"))
)
NEWEST = select(lesson.corrections, lesson.model, lesson.at).order_by(lesson.id.desc()).limit(1)
LESSONS = select(func.count()).select_from(tag_lessons)
EMPTY = update(tag_lessons).values(model="")  # the newest counts; an old one is as large as a book
LEARN = insert(tag_lessons)


class Corrections:
    """See `domain.voice.tagging.Corrections`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, one: Correction) -> None:
        """Remember a correction."""
        values = {"suggestion_id": one.suggestion, "old": one.old, "new": one.new, "by_id": one.by, "at": one.at}
        self.connection.execute(ADD, values)

    def count(self) -> int:
        """How many suggestions have been corrected."""
        return self.connection.execute(COUNT).scalar_one()

    def examples(self, most: int) -> list[Example]:
        """What the last so many corrected suggestions say, oldest first, each with its last tags."""
        rows = self.connection.execute(EXAMPLES, {"most": most}).all()
        return [Example(text, tuple(tags)) for text, tags in reversed(rows)]

    def learned(self) -> Lesson | None:
        """What was learned last."""
        row = self.connection.execute(NEWEST).one_or_none()
        return None if row is None else Lesson(*row)

    def lessons(self) -> int:
        """How often something was learned."""
        return int(self.connection.execute(LESSONS).scalar_one())

    def learn(self, lesson: Lesson) -> None:
        """Keep what was learned, in place of what was before."""
        self.connection.execute(EMPTY)
        values = {"corrections": lesson.corrections, "model": lesson.model, "at": lesson.at}
        self.connection.execute(LEARN, values)


OWN = (
    select(correction.suggestion_id.label("number"), correction.new.label("tags"), correction.at)
    .where(correction.by_id == MEMBER)
    .order_by(correction.id)
)
TAKE_NAME = update(tag_corrections).where(correction.by_id == ERASED).values(by_id=NOBODY)
FEATURE = Feature(
    tables=(tag_corrections, tag_lessons),
    personal=(Personal(408, "tag_corrections", OWN, texts="tagging"),),
    erase_member=(TAKE_NAME,),
)
