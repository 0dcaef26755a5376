"""What a group's week adds up to."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, case, distinct, func, or_, select

from domain.ids import ChatId
from domain.points import Rule
from domain.summary import StudyWeek, SurveyWeek, TaskWeek, Topic
from storage.dialects import within
from storage.schema import points_entries, study_answers, study_prompts, suggestions, surveys, tasks

entry, prompt, answered, task = points_entries.c, study_prompts.c, study_answers.c, tasks.c
GROUP: BindParameter[Any] = bindparam("group")


def _count(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


ACTIVE = select(func.count(distinct(entry.member_id))).where(entry.group_id == GROUP, *within(entry.at))
ITEMS = select(func.count()).where(prompt.group_id == GROUP, *within(prompt.at))
READ = select(func.count()).where(
    entry.group_id == GROUP, *within(entry.at), entry.rule == Rule.STUDY_READ.value, entry.ordinal % 2 == 0
)
ANSWERS = (
    select(func.count(), _count(answered.right))
    .select_from(study_answers.join(study_prompts, prompt.id == answered.prompt_id))
    .where(prompt.group_id == GROUP, *within(answered.at))
)


DONE: Select[Any] = select(_count(task.done_at <= task.due_at), _count(task.done_at > task.due_at)).where(
    task.group_id == GROUP, *within(task.done_at)
)
OPEN: Select[Any] = select(func.count(), _count(task.due_at < bindparam("until"))).where(
    task.group_id == GROUP,
    task.given_at < bindparam("until"),
    or_(task.done_at.is_(None), task.done_at >= bindparam("until")),
)
TALLIES = select(surveys.c.tally).where(surveys.c.group_id == GROUP, *within(surveys.c.published_at))
ABOUT = select(suggestions.c.tags, suggestions.c.keywords).where(
    suggestions.c.group_id == GROUP, *within(suggestions.c.at)
)
SUGGESTED = select(func.count()).where(suggestions.c.group_id == GROUP, *within(suggestions.c.at))


class Summaries:
    """See `domain.summary.Summaries`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, statement: Any, group: ChatId, since: datetime, until: datetime) -> Any:
        return self.connection.execute(statement, {"group": group, "since": since, "until": until})

    def active(self, group: ChatId, since: datetime, until: datetime) -> int:
        """How many people have studied, finished a task, voted or suggested something."""
        return int(self._rows(ACTIVE, group, since, until).scalar_one())

    def study(self, group: ChatId, since: datetime, until: datetime) -> StudyWeek:
        """The week's study."""
        span = (group, since, until)
        answered, right = self._rows(ANSWERS, *span).one()
        return StudyWeek(
            self._rows(ITEMS, *span).scalar_one(), self._rows(READ, *span).scalar_one(), answered, int(right)
        )

    def tasks(self, group: ChatId, since: datetime, until: datetime) -> TaskWeek:
        """The week's tasks."""
        on_time, late = self._rows(DONE, group, since, until).one()
        still_open, overdue = self._rows(OPEN, group, since, until).one()
        return TaskWeek(int(on_time), int(late), still_open, int(overdue))

    def surveys(self, group: ChatId, since: datetime, until: datetime) -> SurveyWeek:
        """The week's surveys."""
        tallies = [tally for (tally,) in self._rows(TALLIES, group, since, until)]
        return SurveyWeek(len(tallies), sum(tally["voters"] for tally in tallies if tally))

    def suggestions(self, group: ChatId, since: datetime, until: datetime) -> int:
        """How many suggestions were made."""
        return int(self._rows(SUGGESTED, group, since, until).scalar_one())

    def topics(self, group: ChatId, since: datetime, until: datetime, limit: int) -> list[Topic]:
        """What they are most about: tags, or the best keyword of a suggestion that has none."""
        counted: Counter[str] = Counter()
        for tags, keywords in self._rows(ABOUT, group, since, until):
            counted.update(tags or keywords[:1])
        return [Topic(name, count) for name, count in sorted(counted.items(), key=lambda t: (-t[1], t[0]))[:limit]]
