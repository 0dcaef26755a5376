"""What the outbox forgets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Select, bindparam, delete, or_, select, union_all, update

from storage.columns import Json
from storage.feature import Feature
from storage.messaging.tables import outbox

row = outbox.c
child = outbox.alias("child")
NO_CHILD = ~select(child.c.id).where(child.c.target_id == row.id).exists()
ENDED = row.done_at < bindparam("before")
EMPTY: dict[str, Any] = {}


def _some(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(row.id).where(ENDED, *conditions).order_by(row.done_at).limit(bindparam("most"))


FORGET_WORDS = (
    update(outbox)
    .where(row.id.in_(_some(row.body != bindparam("empty", type_=Json))))
    .values(body=bindparam("empty", type_=Json))
)
FORGET_ANSWERS = delete(outbox).where(row.id.in_(_some(row.about.is_(None), row.unknown_at.is_(None), NO_CHILD)))


def forget_spent(features: Sequence[Feature]) -> Delete:
    """The statement that forgets rows whose subject is no longer open in any feature."""
    still_open = union_all(*(subjects for feature in features for subjects in feature.open_subjects))
    lasting = [pattern for feature in features for pattern in feature.lasting_subjects]
    return delete(outbox).where(
        row.id.in_(
            _some(
                NO_CHILD,
                or_(row.about.is_(None), row.about.not_in(still_open)),
                *(or_(row.about.is_(None), row.about.not_like(pattern)) for pattern in lasting),
            )
        )
    )


class Retention:
    """See `domain.admin.retention.Retention`. `spent` is the statement that `forget_spent` makes."""

    def __init__(self, connection: Connection, spent: Delete) -> None:
        self.connection = connection
        self.spent = spent

    def forget_words(self, before: datetime, most: int) -> None:
        """Empty the messages that ended before a moment."""
        self.connection.execute(FORGET_WORDS, {"before": before, "most": most, "empty": EMPTY})

    def forget_answers(self, before: datetime, most: int) -> None:
        """Forget rows that ended before a moment, that are about nothing, and that were never unknown."""
        self.connection.execute(FORGET_ANSWERS, {"before": before, "most": most})

    def forget_spent(self, before: datetime, most: int) -> None:
        """Forget rows that ended before a moment, save those whose subject is still open."""
        self.connection.execute(self.spent, {"before": before, "most": most})
