"""Surveys of one question."""

from datetime import timedelta
from typing import Any

from domain.ids import SurveyId
from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.voice import survey
from domain.voice.survey import Question, Survey
from domain.voice.survey.today import tell
from tests.stores import AT
from tests.use_cases import Case, Place, World


def asked(_: World) -> dict[str, Any]:
    """A survey."""
    return {
        "question": Question("学习时间", ("上午", "下午")),
        "closes_at": None,
        "source": "-1001/1",
        "thread": NOWHERE,
    }


def open_one(world: World) -> dict[str, Any]:
    """An open survey of somebody else in the group."""
    question = Question("学习时间", ("上午", "下午"))
    made = Survey(SurveyId(0), world.group.id, world.member, question, AT, AT + timedelta(days=1))
    return {"survey_id": world.stores.surveys.add(made, "-1001/1").id}


CASES = (
    Case(survey.ask, Permission.ASK_SURVEYS, Place.GROUP, asked),
    Case(survey.close_early, Permission.ASK_SURVEYS, Place.GROUP, open_one),
    Case(survey.withdraw, Permission.ASK_SURVEYS, Place.GROUP, open_one),
    Case(survey.nudge, Permission.ASK_SURVEYS, Place.GROUP, open_one),
    Case(survey.look, Permission.ASK_SURVEYS, Place.GROUP, open_one),
    Case(survey.running, Permission.TAKE_PART),
)
PARTS = {tell: "a part of today's card"}
