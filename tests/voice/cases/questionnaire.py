"""Questionnaires are asked and answered."""

from dataclasses import replace
from typing import Any

from domain.people.permission import Permission
from domain.voice.questionnaire import answering, service
from domain.voice.questionnaire.model import Question as Asked
from domain.voice.questionnaire.model import QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence
from domain.voice.questionnaire.service import Wish
from domain.voice.questionnaire.today import tell as tell_rounds
from tests.use_cases import Case, Place, World

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
)
PARTS = {tell_rounds: "a part of today's card"}
