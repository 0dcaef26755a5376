"""The use cases of voice, for the test of permissions."""

from dataclasses import replace
from typing import Any

from domain.messaging.message import NOWHERE
from domain.people.permission import Permission
from domain.voice import suggestion, survey
from domain.voice.questionnaire import answering, service
from domain.voice.questionnaire.model import Question as Asked
from domain.voice.questionnaire.model import QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence
from domain.voice.questionnaire.service import Wish
from domain.voice.questionnaire.today import tell as tell_rounds
from domain.voice.suggestion import Tagging
from domain.voice.survey import Question
from domain.voice.survey.today import tell
from tests.use_cases import Case, Place, World


def suggested(_: World) -> dict[str, Any]:
    """A suggestion."""
    return {"text": "食堂早餐再丰富一点", "tagging": Tagging(), "source": "-1001/1"}


def offered(_: World) -> dict[str, Any]:
    """A suggestion that is not made yet."""
    return {"text": "食堂早餐再丰富一点", "source": "-1001/1"}


def asked(_: World) -> dict[str, Any]:
    """A survey."""
    return {
        "question": Question("学习时间", ("上午", "下午")),
        "closes_at": None,
        "source": "-1001/1",
        "thread": NOWHERE,
    }


SAFETY = Questionnaire("安全", (Asked("q1", QuestionKind.RATING, "放心吗？", low=1, high=5),))


def wished(world: World) -> dict[str, Any]:
    """A questionnaire for the group."""
    wish = Wish(SAFETY, Audience(group=world.group.id), Confidence.NAMED)
    return {"wish": wish, "source": "draft:1"}


def numbered(world: World) -> dict[str, Any]:
    """A round that somebody else has asked."""
    asker = replace(world.actor, member=world.member, chat=world.group, is_root_admin=True)
    return {"number": service.ask(world.stores, asker, **wished(world)).id}


def at_question(world: World) -> dict[str, Any]:
    """The first question of a round."""
    return {**numbered(world), "question": 0}


def at_option(world: World) -> dict[str, Any]:
    """An option of it."""
    return {**at_question(world), "option": 3}


def ticked(world: World) -> dict[str, Any]:
    """An option that is switched on."""
    return {**at_option(world), "on": True}


def written(world: World) -> dict[str, Any]:
    """What is typed."""
    return {**at_question(world), "value": 3}


ANSWERS = (
    (answering.open_, numbered),
    (answering.look, numbered),
    (answering.start, numbered),
    (answering.back, numbered),
    (answering.pause, numbered),
    (answering.submit, numbered),
    (answering.change, at_question),
    (answering.clear, at_question),
    (answering.further, at_question),
    (answering.choose, at_option),
    (answering.rank, at_option),
    (answering.tick, ticked),
    (answering.write, written),
)
CASES = (
    *(Case(run, Permission.TAKE_PART, arguments=arguments) for run, arguments in ANSWERS),
    Case(service.ask, Permission.ASK_SURVEYS, Place.GROUP, wished),
    Case(service.show, Permission.ASK_SURVEYS, arguments=numbered),
    Case(service.close_early, Permission.ASK_SURVEYS, arguments=numbered),
    Case(service.withdraw, Permission.ASK_SURVEYS, arguments=numbered),
    Case(service.stop_repeating, Permission.ASK_SURVEYS, arguments=numbered),
    Case(suggestion.make, Permission.TAKE_PART, Place.GROUP, suggested),
    Case(suggestion.make, Permission.TAKE_PART, arguments=suggested),
    Case(suggestion.is_new, Permission.TAKE_PART, arguments=offered),
    Case(survey.ask, Permission.ASK_SURVEYS, Place.GROUP, asked),
)
PARTS = {tell: "a part of today's card", tell_rounds: "a part of today's card"}
