"""What the outbox forgets."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    cast,
    delete,
    literal,
    or_,
    select,
    union_all,
    update,
)

from storage.columns import Json
from storage.schema import drafts, outbox, surveys, tasks

row = outbox.c
child = outbox.alias("child")
NO_CHILD = ~select(child.c.id).where(child.c.target_id == row.id).exists()
ENDED = row.done_at < bindparam("before")
EMPTY: dict[str, Any] = {}


def _name(*parts: Any) -> ColumnElement[str]:
    """A subject's name, made of columns."""
    name: ColumnElement[str] = literal("", Text)
    for part in parts:
        name = name.concat(part if isinstance(part, str) else cast(part, Text))
    return name


# As `about` names them: cards and reminders of open tasks, polls that were not published, drafts that go on.
OPEN = union_all(
    select(_name("tasks:", tasks.c.batch)).where(tasks.c.done_at.is_(None)),
    select(_name("task.reminder:", tasks.c.group_id, ":", tasks.c.owner_id)).where(tasks.c.done_at.is_(None)),
    select(_name("survey:", surveys.c.id)).where(surveys.c.published_at.is_(None)),
    select(_name("draft:", drafts.c.id)),
)
# What a group may answer, or the bot may have to correct, after years.
FOR_EVER = ("suggestion.call:%", "welcome:%")


def _some(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(row.id).where(ENDED, *conditions).order_by(row.done_at).limit(bindparam("most"))


FORGET_WORDS = (
    update(outbox)
    .where(row.id.in_(_some(row.body != bindparam("empty", type_=Json))))
    .values(body=bindparam("empty", type_=Json))
)
FORGET_ANSWERS = delete(outbox).where(row.id.in_(_some(row.about.is_(None), row.unknown_at.is_(None), NO_CHILD)))
FORGET_SPENT = delete(outbox).where(
    row.id.in_(
        _some(
            NO_CHILD,
            or_(row.about.is_(None), row.about.not_in(OPEN)),
            *(or_(row.about.is_(None), row.about.not_like(kept)) for kept in FOR_EVER),
        )
    )
)


class Retention:
    """See `domain.admin.retention.Retention`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def forget_words(self, before: datetime, most: int) -> None:
        """Empty the messages that ended before a moment."""
        self.connection.execute(FORGET_WORDS, {"before": before, "most": most, "empty": EMPTY})

    def forget_answers(self, before: datetime, most: int) -> None:
        """Forget rows that ended before a moment, that are about nothing, and that were never unknown."""
        self.connection.execute(FORGET_ANSWERS, {"before": before, "most": most})

    def forget_spent(self, before: datetime, most: int) -> None:
        """Forget rows that ended before a moment, save those whose subject is still open."""
        self.connection.execute(FORGET_SPENT, {"before": before, "most": most})
