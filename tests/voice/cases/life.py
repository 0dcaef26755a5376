"""What becomes of suggestions."""

from datetime import timedelta
from typing import Any

from domain.ids import SuggestionId
from domain.people.permission import Permission
from domain.voice.suggestion import (
    Suggestion,
    Tagging,
    board,
    course,
    figures,
    hazard,
    holding,
    on_call,
    telling,
    triage,
)
from domain.voice.suggestion.hazard import Alarm, AlarmId
from domain.voice.suggestion.life import Life, Stage
from domain.work.task import Plan
from tests.use_cases import Case, Place, World


def _stored(world: World, stage: Stage, text: str) -> SuggestionId:
    """A suggestion of the group that stands at a stage."""
    stores, at = world.stores, world.actor.now
    new = Suggestion(SuggestionId(0), world.group.id, world.member, text, Tagging(), at)
    made = stores.suggestions.add(new, text, text)
    stores.suggestion_lives.begin(Life(made.id, stage, world.group.id, at, version=1))
    return made.id


def received(world: World) -> dict[str, Any]:
    """A suggestion that waits for its answer."""
    return {"number": _stored(world, Stage.RECEIVED, "食堂加个热菜"), "version": 1}


def of_number(world: World) -> dict[str, Any]:
    """The same, without the step that a button was made for."""
    return {"number": received(world)["number"]}


def with_reason(world: World) -> dict[str, Any]:
    """The same, with a reason."""
    return {**received(world), "reason": "没有地方放"}


def with_group(world: World) -> dict[str, Any]:
    """The same, to be passed on to those above."""
    return {**received(world), "group": None}


def adopted(world: World) -> dict[str, Any]:
    """A suggestion that was adopted."""
    return {"number": _stored(world, Stage.ADOPTED, "食堂加个热菜"), "version": 1}


def done(world: World) -> dict[str, Any]:
    """A suggestion that is done."""
    return {"number": _stored(world, Stage.DONE, "食堂加个热菜"), "version": 1}


def missing(world: World) -> dict[str, Any]:
    """The same, and what is missing."""
    return {**done(world), "missing": "还差一点"}


def a_task(world: World) -> dict[str, Any]:
    """What a suggestion becomes."""
    plan, due_at = Plan("食堂加个热菜"), world.actor.now + timedelta(days=3)
    return {"number": adopted(world)["number"], "mentions": [], "plan": plan, "due_at": due_at, "source": "1"}


def nowhere(_: World) -> dict[str, Any]:
    """No group."""
    return {"there": []}


def put_off(world: World) -> dict[str, Any]:
    """A suggestion that is put off."""
    return {**received(world), "there": []}


def decided(world: World) -> dict[str, Any]:
    """What became of one."""
    case = world.stores.suggestion_lives.get(received(world)["number"])
    return {"case": case, "there": []}


def on_card(world: World) -> dict[str, Any]:
    """What a card shows."""
    return {"case": None, "count": 0}


def one_card(world: World) -> dict[str, Any]:
    """The message to somebody about a suggestion."""
    return {"case": decided(world)["case"], "key": "1"}


def an_alarm(world: World) -> dict[str, Any]:
    """An alarm that has rung whoever asks."""
    number = received(world)["number"]
    alarm = world.stores.hazards.add(Alarm(AlarmId(0), number, world.group.id, "着火", world.actor.now))
    world.stores.hazards.call(alarm.id, [world.actor.member.id], world.actor.now)
    return {"number": alarm.id}


def nobody(_: World) -> dict[str, Any]:
    """The usual people."""
    return {"mentions": []}


ANSWER, PART = Permission.ANSWER_SUGGESTIONS, Permission.TAKE_PART
OF_LIVES = (
    Case(course.consider, ANSWER, Place.GROUP, received),
    Case(course.adopt, ANSWER, Place.GROUP, received),
    Case(course.to_answer, ANSWER, Place.GROUP, received),
    Case(course.refuse, ANSWER, Place.GROUP, with_reason),
    Case(course.transfer, ANSWER, Place.GROUP, with_group),
    Case(course.adopted, ANSWER, Place.GROUP, adopted),
    Case(course.reconsider, ANSWER, Place.GROUP, adopted),
    Case(course.finish, ANSWER, Place.GROUP, adopted),
    Case(course.confirm, PART, arguments=done),
    Case(course.reopen, PART, arguments=missing),
    Case(course.to_reopen, PART, arguments=done),
    Case(holding.held, ANSWER, Place.GROUP, of_number),
    Case(triage.places, ANSWER, Place.GROUP, of_number),
    Case(triage.shown, ANSWER, Place.GROUP, of_number),
    Case(triage.may_go_up, ANSWER, Place.GROUP, of_number),
    Case(triage.give_task, ANSWER, Place.GROUP, a_task),
    Case(triage.next_one, PART, arguments=nowhere),
    Case(triage.waiting, PART, arguments=nowhere),
    Case(triage.later, PART, arguments=put_off),
    Case(triage.outcome, PART, arguments=decided),
    Case(triage.card, PART, arguments=on_card),
    Case(board.show, PART, Place.GROUP),
    Case(board.show, PART),
    Case(figures.show, ANSWER, arguments=nowhere, elsewhere=True),
    Case(hazard.acknowledge, PART, arguments=an_alarm),
    Case(on_call.show, ANSWER, Place.GROUP),
    Case(on_call.choose, ANSWER, Place.GROUP, nobody),
    Case(on_call.choose, ANSWER, arguments=nobody, everywhere=True),
)
CASES = (*OF_LIVES,)
PARTS = {
    triage.tell: "a part of today's card",
    holding.desk: "what somebody answers, for the use cases of triage",
    telling.refresh: "brings a message of the presser's own up to date",
}
