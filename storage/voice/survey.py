"""Surveys in the store."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    false,
    insert,
    select,
    update,
)

from domain.ids import ChatId, MemberId, SurveyId
from domain.messaging.poll import Tally
from domain.voice.survey import Chosen, Question, Survey
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.dialects import during, upsert, within
from storage.feature import GROUP, MEMBER, Feature, Personal, subject
from storage.people.member import columns, members, to_member
from storage.prepared import Prepared

surveys = Table(
    "surveys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("asker_id", Id, ForeignKey("members.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("options", Json, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("tally", Json),
    Column("source", Text, nullable=False, unique=True),
    Column("multiple", Boolean, nullable=False, server_default=false()),
    Column("withdrawn_at", Moment),
    Column("nudged_at", Moment),
    Index(None, "published_at", "closes_at"),
    Index(None, "group_id", "published_at"),
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("survey_id", Id, ForeignKey("surveys.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("options", Json, nullable=False),
    Column("answered_at", Moment, nullable=False),
)

survey = surveys.c
SURVEYS: Select[Any] = select(
    survey.id,
    survey.group_id,
    survey.question,
    survey.options,
    survey.anonymous,
    survey.asked_at,
    survey.closes_at,
    survey.published_at,
    survey.tally,
    survey.multiple,
    survey.withdrawn_at,
    survey.nudged_at,
    *columns(members),
).join(members, members.c.id == survey.asker_id)
GET = SURVEYS.where(survey.id == bindparam("survey"))
ASKED_BY = SURVEYS.where(survey.source == bindparam("source"))
IS_OPEN = (survey.published_at.is_(None), survey.withdrawn_at.is_(None))
TO_CLOSE = SURVEYS.where(*IS_OPEN, survey.closes_at <= bindparam("at")).order_by(survey.id)
ANSWERABLE = SURVEYS.where(*IS_OPEN, survey.closes_at > bindparam("at")).order_by(survey.closes_at, survey.id)
OPEN_IN = ANSWERABLE.where(survey.group_id.in_(bindparam("groups", expanding=True)))
OPEN_OF = ANSWERABLE.where(survey.asker_id == MEMBER)
ADD = insert(surveys).returning(survey.id)
SAVE = (
    update(surveys)
    .where(survey.id == bindparam("survey"))
    .values(
        closes_at=bindparam("new_closes_at"),
        published_at=bindparam("new_published_at"),
        tally=bindparam("new_tally", type_=survey.tally.type),
        withdrawn_at=bindparam("new_withdrawn_at"),
        nudged_at=bindparam("new_nudged_at"),
    )
)
PUT_ANSWER = upsert(
    survey_answers,
    ("survey_id", "member_id"),
    options=bindparam("new_options", type_=survey_answers.c.options.type),
    answered_at=bindparam("new_answered_at", type_=survey_answers.c.answered_at.type),
)
REMOVE_ANSWER = delete(survey_answers).where(
    survey_answers.c.survey_id == bindparam("survey"), survey_answers.c.member_id == bindparam("member")
)
FORGET_ANSWERS = delete(survey_answers).where(survey_answers.c.survey_id == bindparam("survey"))
VOTERS = select(survey_answers.c.member_id).where(survey_answers.c.survey_id == bindparam("survey"))
ANSWERS = select(survey_answers.c.options).where(survey_answers.c.survey_id == bindparam("survey"))

OF_SPAN = (survey.group_id == GROUP, during(survey.asked_at, survey.published_at))
IN_SPAN = SURVEYS.where(*OF_SPAN).order_by(survey.id).limit(bindparam("most"))
CHOSEN_IN_SPAN = (
    select(survey_answers.c.survey_id, survey_answers.c.options, *columns(members))
    .join(surveys, survey.id == survey_answers.c.survey_id)
    .join(members, members.c.id == survey_answers.c.member_id)
    .where(*OF_SPAN, ~survey.anonymous, survey.published_at.is_not(None))
    .order_by(survey_answers.c.survey_id, members.c.id)
    .limit(bindparam("most"))
)
TALLIES = Prepared(select(survey.tally).where(survey.group_id == GROUP, *within(survey.published_at)))


def to_survey(row: Sequence[Any]) -> Survey:
    """A row of SURVEYS as the domain's."""
    id_, group, question, options, anonymous, asked_at, closes_at, published_at, tally, *more = row
    multiple, withdrawn_at, nudged_at, *asker = more
    return Survey(
        id=SurveyId(id_),
        group=ChatId(group),
        asker=to_member(tuple(asker)),
        question=Question(question, tuple(options), anonymous, multiple),
        asked_at=asked_at,
        closes_at=closes_at,
        published_at=published_at,
        tally=tally and Tally(tuple(tally["votes"]), tally["voters"]),
        withdrawn_at=withdrawn_at,
        nudged_at=nudged_at,
    )


class Surveys:
    """See `domain.voice.survey.Surveys`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Survey]:
        return [to_survey(row) for row in self.connection.execute(statement, values)]

    def get(self, survey: SurveyId) -> Survey | None:
        """One survey."""
        return next(iter(self._all(GET, survey=survey)), None)

    def add(self, survey: Survey, source: str) -> Survey:
        """Remember a survey; its id is given now."""
        values = {
            "group_id": survey.group,
            "asker_id": survey.asker.id,
            "question": survey.question.text,
            "options": survey.question.options,
            "anonymous": survey.question.anonymous,
            "multiple": survey.question.multiple,
            "asked_at": survey.asked_at,
            "closes_at": survey.closes_at,
            "source": source,
        }
        return self._all(GET, survey=self.connection.execute(ADD, values).scalar_one())[0]

    def asked_by(self, source: str) -> Survey | None:
        """The survey that a command has asked."""
        return next(iter(self._all(ASKED_BY, source=source)), None)

    def save(self, survey: Survey) -> None:
        """Remember what has changed about a survey."""
        tally = survey.tally and {"votes": survey.tally.votes, "voters": survey.tally.voters}
        self.connection.execute(
            SAVE,
            {
                "survey": survey.id,
                "new_closes_at": survey.closes_at,
                "new_published_at": survey.published_at,
                "new_tally": tally,
                "new_withdrawn_at": survey.withdrawn_at,
                "new_nudged_at": survey.nudged_at,
            },
        )

    def open_in(self, groups: Collection[ChatId], at: datetime) -> list[Survey]:
        """The surveys of groups that can be answered at a moment, the next closing time first."""
        return self._all(OPEN_IN, groups=list(groups), at=at)

    def to_close(self, at: datetime) -> list[Survey]:
        """Unpublished surveys whose time is over."""
        return self._all(TO_CLOSE, at=at)

    def put_answer(self, survey: SurveyId, member: MemberId, options: Sequence[int], at: datetime) -> None:
        """Remember a member's answer in place of an earlier one; no options take it back."""
        if not options:
            self.connection.execute(REMOVE_ANSWER, {"survey": survey, "member": member})
            return
        row = {"survey_id": survey, "member_id": member, "options": list(options), "answered_at": at}
        changes = {"new_options": list(options), "new_answered_at": at}
        self.connection.execute(PUT_ANSWER, {**row, **changes})

    def forget_answers(self, survey: SurveyId) -> None:
        """Remove all answers to a survey."""
        self.connection.execute(FORGET_ANSWERS, {"survey": survey})

    def open_of(self, asker: MemberId, at: datetime) -> list[Survey]:
        """The surveys of somebody that can be answered at a moment, the next closing time first."""
        return self._all(OPEN_OF, member=asker, at=at)

    def voters(self, survey: SurveyId) -> set[MemberId]:
        """Who has answered."""
        return {MemberId(member) for member in self.connection.execute(VOTERS, {"survey": survey}).scalars()}

    def answers(self, survey: SurveyId) -> list[tuple[int, ...]]:
        """All answers, as indexes of options."""
        return [tuple(options) for (options,) in self.connection.execute(ANSWERS, {"survey": survey})]

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Survey]:
        """A group's surveys that were asked or published between two moments, by number."""
        return self._all(IN_SPAN, group=group, since=since, until=until, most=most)

    def chosen_in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Chosen]:
        """Who chose what in those of them that were published and are not anonymous."""
        rows = self.connection.execute(CHOSEN_IN_SPAN, {"group": group, "since": since, "until": until, "most": most})
        return [Chosen(SurveyId(number), to_member(tuple(who)), tuple(options)) for number, options, *who in rows]

    def voters_of_published(self, group: ChatId, since: datetime, until: datetime) -> list[int]:
        """How many have voted in each survey that a group published between two moments."""
        rows = TALLIES(self.connection, {"group": group, "since": since, "until": until})
        return [tally["voters"] if tally else 0 for (tally,) in rows]


OWN_SURVEYS = (
    select(survey.id.label("number"), survey.question, survey.options, survey.asked_at)
    .where(survey.asker_id == MEMBER)
    .order_by(survey.id)
)
OWN_ANSWERS = (
    select(survey.question, survey.options, survey_answers.c.options.label("answer"), survey_answers.c.answered_at)
    .join(surveys, survey.id == survey_answers.c.survey_id)
    .where(survey_answers.c.member_id == MEMBER)
    .order_by(survey_answers.c.survey_id)
)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """An answer by its words."""
    question, options, answer, at = line
    return question, options, [options[one] for one in answer if one < len(options)], at


FEATURE = Feature(
    tables=(surveys, survey_answers),
    personal=(Personal(410, "surveys", OWN_SURVEYS), Personal(420, "survey_answers", OWN_ANSWERS, _told)),
    not_erased={
        "surveys": "kept under a number",
        "survey_answers": "kept under a number: results stay what they were",
    },
    open_subjects=tuple(select(subject(kind, survey.id)).where(*IS_OPEN) for kind in ("survey:", "survey_card:")),
)
