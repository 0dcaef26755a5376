"""Surveys of one question."""

from typing import Any

from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.voice import survey
from domain.voice.survey import Question
from domain.voice.survey.today import tell
from tests.use_cases import Case, Place, World


def asked(_: World) -> dict[str, Any]:
    """A survey."""
    return {
        "question": Question("学习时间", ("上午", "下午")),
        "closes_at": None,
        "source": "-1001/1",
        "thread": NOWHERE,
    }


CASES = (Case(survey.ask, Permission.ASK_SURVEYS, Place.GROUP, asked),)
PARTS = {tell: "a part of today's card"}
