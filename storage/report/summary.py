"""What a group's week adds up to: the counts that the features declare, and what their stores tell."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Select, select, true

from domain.ids import ChatId, MemberId
from domain.report.summary import Counts, StudyWeek, Suggested, SurveyWeek, TaskWeek, Topic
from storage.feature import GROUP, Feature
from storage.points.points import OF_GROUP, Points
from storage.voice.suggestion import Suggestions
from storage.voice.survey import Surveys


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

    def __init__(self, connection: Connection, week: Select[Any]) -> None:
        self.connection = connection
        self.week = week

    def counts(self, group: ChatId, since: datetime, until: datetime) -> Counts:
        """How many have taken part, the week's study and its tasks."""
        span = {GROUP.key: group, "since": since, "until": until}
        row = self.connection.execute(self.week, span).one()
        found = {name: int(count) for name, count in row._mapping.items()}
        return Counts(
            found["points_active"],
            StudyWeek(found["study_items"], found["study_read"], found["study_answered"], found["study_right"]),
            TaskWeek(found["task_on_time"], found["task_late"], found["task_open"], found["task_overdue"]),
        )

    def participants(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has studied, finished a task, voted or suggested something."""
        return Points(self.connection).participants(group, since, until)

    def surveys(self, group: ChatId, since: datetime, until: datetime) -> SurveyWeek:
        """The week's surveys."""
        voters = Surveys(self.connection).voters_of_published(group, since, until)
        return SurveyWeek(len(voters), sum(voters))

    def suggestions(self, group: ChatId, since: datetime, until: datetime, topics: int) -> Suggested:
        """What was suggested, and so many topics: tags, or the best keyword of a suggestion that has none."""
        found = Suggestions(self.connection).topics(group, since, until)
        counted = Counter(name for names in found for name in names)
        best = sorted(counted.items(), key=lambda t: (-t[1], t[0]))[:topics]
        return Suggested(len(found), tuple(Topic(name, count) for name, count in best))
