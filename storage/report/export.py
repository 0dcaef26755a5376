"""What a group has done in a span of time."""

from typing import Any

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, case, func, or_, select

from domain.admin.setting import Name, Scope
from domain.ids import MemberId, SurveyId
from domain.messaging.chat import Chat, ChatKind
from domain.people.member import Member
from domain.report.export import Chosen, Earned, Span, Studied
from domain.voice.suggestion import Suggestion
from domain.voice.survey import Survey
from domain.work.task import Task
from storage.dialects import within
from storage.messaging.chat import COLUMNS as CHAT
from storage.messaging.chat import to_chat
from storage.people.member import columns, to_member
from storage.points.points import ENTRIES, to_entry
from storage.schema import (
    chats,
    members,
    memberships,
    points_entries,
    settings,
    study_answers,
    study_items,
    study_prompts,
    suggestions,
    survey_answers,
    surveys,
    tasks,
)
from storage.voice.suggestion import SUGGESTIONS, to_suggestion
from storage.voice.survey import SURVEYS, to_survey
from storage.work.task import TASKS, to_task

entry, shown, survey, task = points_entries.c, study_prompts.c, surveys.c, tasks.c
GROUP: BindParameter[Any] = bindparam("group")
MOST: BindParameter[Any] = bindparam("most")


def _during(*moments: Any) -> Any:
    """The condition that one of these moments lies in the span."""
    return or_(*(and_(*within(column)) for column in moments))


GROUPS = (
    select(*CHAT)
    .join(memberships, memberships.c.group_id == chats.c.id)
    .where(
        memberships.c.member_id == bindparam("member"),
        memberships.c.left_at.is_(None),
        chats.c.kind == ChatKind.GROUP.value,
        chats.c.active,
    )
    .order_by(chats.c.id)
    .limit(MOST)
)
TASKS_OF = (
    TASKS.where(task.group_id == GROUP, _during(task.given_at, task.due_at, task.done_at)).order_by(task.id).limit(MOST)
)
SUGGESTED = (
    SUGGESTIONS.where(suggestions.c.group_id == GROUP, *within(suggestions.c.at))
    .order_by(suggestions.c.at, suggestions.c.id)
    .limit(MOST)
)
ON_NO_BOARD = (
    select(settings.c.value)
    .where(
        settings.c.scope == Scope.MEMBER.value,
        settings.c.scope_id == entry.member_id,
        settings.c.name == Name.ON_BOARD.value,
        settings.c.value == "no",
    )
    .exists()
)
EARNED = (
    ENTRIES.add_columns((~ON_NO_BOARD).label("named"), *columns(members))
    .join(members, members.c.id == entry.member_id)
    .where(entry.group_id == GROUP, *within(entry.at))
    .order_by(entry.at, entry.id)
    .limit(MOST)
)
ENTRY = len(ENTRIES.selected_columns)
STUDIED: Select[Any] = (
    select(
        study_items.c.code,
        study_items.c.title,
        shown.day,
        shown.at,
        func.count(study_answers.c.member_id),
        func.coalesce(func.sum(case((study_answers.c.right, 1), else_=0)), 0),
    )
    .select_from(study_prompts)
    .join(study_items)
    .outerjoin(study_answers, study_answers.c.prompt_id == shown.id)
    .where(shown.group_id == GROUP, *within(shown.at))
    .group_by(shown.id, study_items.c.id)
    .order_by(shown.at, shown.id)
    .limit(MOST)
)
IN_SPAN = (survey.group_id == GROUP, _during(survey.asked_at, survey.published_at))
ASKED = SURVEYS.where(*IN_SPAN).order_by(survey.id).limit(MOST)
CHOSEN = (
    select(survey_answers.c.survey_id, survey_answers.c.options, *columns(members))
    .join(surveys, survey.id == survey_answers.c.survey_id)
    .join(members, members.c.id == survey_answers.c.member_id)
    .where(*IN_SPAN, ~survey.anonymous, survey.published_at.is_not(None))
    .order_by(survey_answers.c.survey_id, members.c.id)
    .limit(MOST)
)


class Exports:
    """See `domain.report.export.Exports`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, statement: Any, span: Span) -> Any:
        values = {"group": span.group, "since": span.since, "until": span.until, "most": span.most}
        return self.connection.execute(statement, values)

    def groups(self, member: MemberId, most: int) -> list[Chat]:
        """The groups that somebody is in."""
        return [to_chat(row) for row in self.connection.execute(GROUPS, {"member": member, "most": most})]

    def tasks(self, span: Span) -> list[Task]:
        """Tasks that were given, fell due or were done in the span."""
        return [to_task(row) for row in self._rows(TASKS_OF, span)]

    def suggestions(self, span: Span) -> list[Suggestion]:
        """Suggestions of the span."""
        return [to_suggestion(row) for row in self._rows(SUGGESTED, span)]

    def earned(self, span: Span) -> list[Earned]:
        """The ledger of the span."""
        known: dict[int, Member] = {}  # a month has many lines of few people
        found = []
        for row in self._rows(EARNED, span):
            if row[0] not in known:
                known[row[0]] = to_member(row[ENTRY + 1 :])
            found.append(Earned(to_entry(row[:ENTRY]), known[row[0]], bool(row[ENTRY])))
        return found

    def studied(self, span: Span) -> list[Studied]:
        """What the group was shown in the span."""
        return [
            Studied(code, title, day, at, answered, int(right))
            for code, title, day, at, answered, right in self._rows(STUDIED, span)
        ]

    def surveys(self, span: Span) -> list[Survey]:
        """Surveys that were asked or published in the span."""
        return [to_survey(row) for row in self._rows(ASKED, span)]

    def chosen(self, span: Span) -> list[Chosen]:
        """Who chose what in those of them that were published and are not anonymous."""
        return [
            Chosen(SurveyId(number), to_member(tuple(who)), tuple(options))
            for number, options, *who in self._rows(CHOSEN, span)
        ]
