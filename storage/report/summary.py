"""What a group's week adds up to: the counts that the features declare."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Select, select, true

from domain.ids import ChatId
from storage.feature import GROUP, Feature
from storage.points.points import OF_GROUP
from storage.prepared import Prepared


def side_by_side(features: Sequence[Feature]) -> Select[Any]:
    """One row that holds every count of the week that the features declare: asked together they cost a third.

    Raises ValueError where two have the same name.
    """
    of_ledger = select(*(column for feature in features for column in feature.ledger_week)).where(*OF_GROUP)
    others = [statement.subquery() for feature in features for statement in feature.week]
    first = of_ledger.subquery()
    joined: FromClause = first
    for other in others:
        joined = joined.join(other, true())
    columns = [column for one in (first, *others) for column in one.c]
    if len({column.name for column in columns}) < len(columns):
        raise ValueError("two counts of the week have the same name")
    return select(*columns).select_from(joined)


class Summaries:
    """See `domain.report.summary.Summaries`. `week` is the statement that `side_by_side` makes."""

    def __init__(self, connection: Connection, week: Prepared) -> None:
        self.connection = connection
        self.week = week

    def counts(self, group: ChatId, since: datetime, until: datetime) -> Mapping[str, int]:
        """Everything that the features count, by name."""
        (counts,) = self.week(self.connection, {GROUP.key: group, "since": since, "until": until})
        names = self.week.statement.exported_columns.keys()
        return {str(name): int(count) for name, count in zip(names, counts, strict=True)}
