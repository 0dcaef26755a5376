"""What a group's week adds up to."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    distinct,
    func,
    or_,
    select,
    true,
)

from domain.ids import ChatId, MemberId
from domain.report.summary import Counts, StudyWeek, Suggested, SurveyWeek, TaskWeek, Topic
from domain.study.study import READ
from storage.dialects import within
from storage.schema import points_entries, study_answers, study_prompts, suggestions, surveys, tasks

entry, prompt, answered, task = points_entries.c, study_prompts.c, study_answers.c, tasks.c
GROUP: BindParameter[Any] = bindparam("group")


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


HAS_READ = and_(entry.rule == READ.name, entry.ordinal % 2 == 0)
PARTICIPANTS = select(entry.member_id).distinct().where(entry.group_id == GROUP, *within(entry.at))
EARNED = select(func.count(distinct(entry.member_id)).label("active"), _count(HAS_READ).label("read")).where(
    entry.group_id == GROUP, *within(entry.at)
)
SHOWN = select(func.count().label("items")).where(prompt.group_id == GROUP, *within(prompt.at))
ANSWERS = (
    select(func.count().label("answered"), _count(answered.right).label("right"))
    .select_from(study_answers.join(study_prompts, prompt.id == answered.prompt_id))
    .where(prompt.group_id == GROUP, *within(answered.at))
)
DONE: Select[Any] = select(
    _count(task.done_at <= task.due_at).label("on_time"), _count(task.done_at > task.due_at).label("late")
).where(task.group_id == GROUP, *within(task.done_at))
OPEN: Select[Any] = select(func.count().label("open"), _count(task.due_at < bindparam("until")).label("overdue")).where(
    task.group_id == GROUP,
    task.given_at < bindparam("until"),
    or_(task.done_at.is_(None), task.done_at >= bindparam("until")),
)


def _side_by_side(*counts: Select[Any]) -> Select[Any]:
    """One row that holds what each of these one-row statements has: asked together they cost a third."""
    first, *others = [one.subquery() for one in counts]
    joined: FromClause = first
    for other in others:
        joined = joined.join(other, true())
    return select(*(column for one in (first, *others) for column in one.c)).select_from(joined)


COUNTS = _side_by_side(EARNED, SHOWN, ANSWERS, DONE, OPEN)
TALLIES = select(surveys.c.tally).where(surveys.c.group_id == GROUP, *within(surveys.c.published_at))
ABOUT = select(suggestions.c.tags, suggestions.c.keywords).where(
    suggestions.c.group_id == GROUP, *within(suggestions.c.at)
)


class Summaries:
    """See `domain.report.summary.Summaries`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, statement: Any, group: ChatId, since: datetime, until: datetime) -> Any:
        return self.connection.execute(statement, {"group": group, "since": since, "until": until})

    def counts(self, group: ChatId, since: datetime, until: datetime) -> Counts:
        """How many have taken part, the week's study and its tasks."""
        row = self._rows(COUNTS, group, since, until).one()
        active, read, items, answered, right, on_time, late, still_open, overdue = map(int, row)
        return Counts(active, StudyWeek(items, read, answered, right), TaskWeek(on_time, late, still_open, overdue))

    def participants(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has studied, finished a task, voted or suggested something."""
        return {MemberId(member) for member in self._rows(PARTICIPANTS, group, since, until).scalars()}

    def surveys(self, group: ChatId, since: datetime, until: datetime) -> SurveyWeek:
        """The week's surveys."""
        tallies = [tally for (tally,) in self._rows(TALLIES, group, since, until)]
        return SurveyWeek(len(tallies), sum(tally["voters"] for tally in tallies if tally))

    def suggestions(self, group: ChatId, since: datetime, until: datetime, topics: int) -> Suggested:
        """What was suggested, and so many topics: tags, or the best keyword of a suggestion that has none."""
        rows = self._rows(ABOUT, group, since, until).all()
        counted: Counter[str] = Counter()
        for tags, keywords in rows:
            counted.update(tags or keywords[:1])
        best = sorted(counted.items(), key=lambda t: (-t[1], t[0]))[:topics]
        return Suggested(len(rows), tuple(Topic(name, count) for name, count in best))
