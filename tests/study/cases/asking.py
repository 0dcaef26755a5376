"""The use cases of asked questions, of sets and of challenges."""

from datetime import date
from typing import Any

from domain.ids import QuestionSetId
from domain.people.permission import Permission
from domain.study import study
from domain.study.asking import flow, opening
from domain.study.asking.sheet import ask
from domain.study.attempt import Occasion, OccasionKind
from domain.study.item import Lesson
from domain.study.question import QuestionKind, StoredQuestion
from domain.study.sets import service, sharing
from domain.study.sets.model import QuestionSet, SetKind
from domain.study.sets.today import menu, tell, unfinished
from tests.stores import AT
from tests.study.questions import kinds
from tests.use_cases import Case, Place, World


def stored(world: World, kind: QuestionKind) -> StoredQuestion:
    """A question of a kind, in the library."""
    question = kinds()[kind]
    world.stores.questions.put(question)
    return world.stores.questions.by_codes([question.code])[0]


def asked(world: World, kind: QuestionKind = QuestionKind.SINGLE) -> dict[str, Any]:
    """Whoever asks is asked a question."""
    question, occasion = stored(world, kind), Occasion(OccasionKind.REVIEW, 1, None)
    actor = world.actor
    sheet = ask(world.stores, actor.member.id, question, occasion, chat=actor.chat.id, key="k", at=AT)
    return {"number": sheet.id, "question": question.id}


def looked(world: World) -> dict[str, Any]:
    return {"number": asked(world)["number"]}


def picked(world: World) -> dict[str, Any]:
    return {**asked(world), "place": 0}


def ticked(world: World) -> dict[str, Any]:
    return {**asked(world, QuestionKind.MULTIPLE), "place": 0, "on": True}


def matched(world: World) -> dict[str, Any]:
    return {**asked(world, QuestionKind.MATCHING), "pair": 0, "place": 0}


def written(world: World) -> dict[str, Any]:
    return {**asked(world), "version": 1, "answer": (0,)}


def day(world: World) -> dict[str, Any]:
    """The group's question of today."""
    question = kinds()[QuestionKind.SINGLE]
    study.load(world.stores, lessons=[Lesson("a", "党员权利", "党章", "八项权利。", "党章", question)])
    given = study.prompt(world.stores, world.group, AT)
    assert given is not None
    return {"number": given.id}


def opened_day(world: World) -> dict[str, Any]:
    return {**day(world), "key": "k"}


def opened_set(world: World) -> dict[str, Any]:
    """An open set of the group."""
    question = stored(world, QuestionKind.SINGLE)
    end = AT.replace(day=AT.day + 2)
    new = QuestionSet(QuestionSetId(0), SetKind.WEEKLY, world.group.id, "", (question.id,), AT, end)
    return {"number": world.stores.sets.add(new, "s").id, "key": "k"}


def some(world: World) -> dict[str, Any]:
    stored(world, QuestionKind.SINGLE)
    return {"key": "k"}


def planned(world: World) -> dict[str, Any]:
    stored(world, QuestionKind.SINGLE)
    return {"topic": "", "count": 1, "last_day": date(2026, 11, 30), "source": "s"}


def given_out(world: World) -> dict[str, Any]:
    """A special set that who asks has given out, for no other group."""
    question = stored(world, QuestionKind.SINGLE)
    end = AT.replace(day=AT.day + 2)
    new = QuestionSet(
        QuestionSetId(0), SetKind.SPECIAL, world.group.id, "", (question.id,), AT, end, world.actor.member.id
    )
    return {"number": world.stores.sets.add(new, "s").id, "places": ()}


def shared(world: World) -> dict[str, Any]:
    return {**given_out(world), "groups": ()}


TAKE_PART = Permission.TAKE_PART
CASES = (
    Case(flow.look, TAKE_PART, arguments=looked),
    Case(flow.pick, TAKE_PART, arguments=picked),
    Case(flow.tick, TAKE_PART, arguments=ticked),
    Case(flow.match, TAKE_PART, arguments=matched),
    Case(flow.clear, TAKE_PART, arguments=asked),
    Case(flow.done, TAKE_PART, arguments=asked),
    Case(flow.go_on, TAKE_PART, arguments=asked),
    Case(flow.write, TAKE_PART, arguments=written),
    Case(opening.open_day, TAKE_PART, arguments=opened_day),
    Case(opening.why, TAKE_PART, arguments=day),
    Case(opening.open_set, TAKE_PART, arguments=opened_set),
    Case(opening.open_challenge, TAKE_PART, arguments=some),
    Case(service.give_out, Permission.ASK_SURVEYS, Place.GROUP, planned),
    Case(sharing.shared, TAKE_PART, arguments=given_out),
    Case(sharing.share, TAKE_PART, arguments=shared),
)
PARTS: dict[object, str] = {
    tell: "a part of today's card",
    menu: "a part of the message of /study",
    unfinished: "what both show",
}
