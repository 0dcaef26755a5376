"""The use cases of party life, for the test of permissions."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import MeetingId
from domain.life import upcoming
from domain.life.branch_card import changing, showing
from domain.life.branch_card.model import Card
from domain.life.meeting import (
    attending,
    ballots,
    calling,
    deciding,
    excusing,
    holding,
    looking,
    minutes,
    moving,
    overview,
    owed,
    people,
    preparing,
    today,
)
from domain.life.meeting.calling import Wish
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import Way
from domain.life.meeting.kinds import Kind
from domain.life.meeting.model import Standing, State
from domain.life.meeting.quorum import Choice, Count
from domain.people.permission import Permission
from tests.life.meetings import decision, meeting
from tests.use_cases import Case, Place, World

COUNT = Count(1, 1)


def number(world: World) -> dict[str, Any]:
    """A meeting of the group."""
    return {"number": meeting(world.stores, world.group, world.member.id, world.actor.now).id}


def called(world: World) -> dict[str, Any]:
    """A meeting of the group whose check-in has not begun."""
    return {"number": meeting(world.stores, world.group, world.member.id, world.actor.now, state=State.CALLED).id}


def elsewhere(world: World) -> dict[str, Any]:
    """The same, and where it is moved to."""
    return {**called(world), "starts_at": world.actor.now + timedelta(days=2), "place": "二楼"}


def of_meeting(world: World) -> dict[str, Any]:
    """The same, under another name."""
    return {"meeting": number(world)["number"]}


def wish(world: World) -> dict[str, Any]:
    """A meeting of tomorrow."""
    tomorrow = world.actor.now + timedelta(days=1)
    return {"wish": Wish(Kind.REGULAR, tomorrow, "一楼", ()), "source": "draft:1"}


def reason(world: World) -> dict[str, Any]:
    """Leave from one."""
    return {**number(world), "reason": "夜班"}


def marked(world: World) -> dict[str, Any]:
    """Somebody at one."""
    return {**number(world), "who": 1}


def proposal(world: World) -> dict[str, Any]:
    """What is put to the vote."""
    return {"wish": Proposal(MeetingId(number(world)["number"]), "补助", "", Way.OPEN), "source": "draft:1"}


def voting(world: World) -> dict[str, Any]:
    """A vote that goes on."""
    one = meeting(world.stores, world.group, world.member.id, world.actor.now)
    return {"number": decision(world.stores, one, world.actor.now).id}


def balloting(world: World) -> dict[str, Any]:
    """A secret vote that goes on, and the actor there."""
    one = meeting(world.stores, world.group, world.member.id, world.actor.now)
    (mine,) = world.stores.meetings.people(one.id)
    world.stores.meetings.save_person(replace(mine, present_at=world.actor.now))
    return {"number": decision(world.stores, one, world.actor.now, Way.BALLOT).id}


def choosing(world: World) -> dict[str, Any]:
    """The same, and a vote."""
    return {**voting(world), "choice": Choice.FOR}


def counting(world: World) -> dict[str, Any]:
    """The same, and a count."""
    return {**voting(world), "found": COUNT}


def written(world: World) -> dict[str, Any]:
    """Minutes of a meeting."""
    return {**number(world), "text": "同意。", "errands": (), "source": "draft:1"}


def standing(world: World) -> dict[str, Any]:
    """Somebody of the group's branch."""
    return {"person": world.linked.id, "standing": Standing.PROBATIONARY}


def photographed(world: World) -> dict[str, Any]:
    """A card with a photo."""
    world.stores.branch_cards.put(Card(world.branch.id, photo="AgAD"), world.member.id, world.actor.now)
    return {}


def at_home(world: World) -> dict[str, Any]:
    """Whoever asks is at home in the group."""
    world.stores.members.speak(world.group.id, world.actor.member.id, world.actor.now)
    return {}


PLAN, PART, GROUP = Permission.PLAN_WORK, Permission.TAKE_PART, Place.GROUP
CASES = (
    Case(attending.own, PART, GROUP, number),
    Case(attending.come, PART, GROUP, number),
    Case(attending.come, PART, arguments=number),
    Case(attending.asked_away, PART, arguments=number),
    Case(attending.take_leave, PART, arguments=reason),
    Case(attending.check_in, PART, GROUP, number),
    Case(attending.open_to, PART),
    Case(attending.check_in_by_code, PART, arguments=lambda _: {"code": "0000"}),
    Case(calling.call, PLAN, GROUP, wish),
    Case(calling.cancel, PLAN, GROUP, number),
    Case(moving.ready, PLAN, GROUP, called),
    Case(moving.move, PLAN, GROUP, elsewhere),
    Case(moving.for_calendar, PART, GROUP, number),
    Case(moving.for_calendar, PART, arguments=number),
    Case(excusing.ready, PLAN, GROUP, number),
    Case(excusing.asked, PLAN, GROUP, marked),
    Case(excusing.excuse, PLAN, GROUP, lambda world: {**marked(world), "reason": "出差"}),
    Case(looking.managed, PLAN, GROUP, number),
    Case(looking.running, PLAN, GROUP, number),
    Case(holding.open_, PLAN, GROUP, number),
    Case(holding.change_code, PLAN, GROUP, number),
    Case(holding.put_button, PLAN, GROUP, number),
    Case(holding.mark, PLAN, GROUP, marked),
    Case(holding.end, PLAN, GROUP, number),
    Case(overview.overview, PART, GROUP),
    Case(overview.overview, PART),
    Case(overview.roll, PLAN, GROUP, number),
    Case(overview.managing, PLAN, GROUP),
    Case(people.members, PLAN, GROUP),
    Case(people.put_standing, PLAN, GROUP, standing),
    Case(deciding.ready, PLAN, GROUP, of_meeting),
    Case(deciding.propose, PLAN, GROUP, proposal),
    Case(deciding.vote, PART, GROUP, choosing),
    Case(deciding.end, PLAN, GROUP, voting),
    Case(deciding.check_count, PLAN, GROUP, counting),
    Case(deciding.count_paper, PLAN, GROUP, counting),
    Case(deciding.asked_count, PLAN, GROUP, voting),
    Case(deciding.withdraw, PLAN, GROUP, voting),
    Case(ballots.open_, PART, arguments=lambda world: {**balloting(world), "source": "1"}),
    Case(ballots.cast, PART, arguments=lambda world: {**balloting(world), "choice": Choice.FOR}),
    Case(deciding.search, PART, GROUP),
    Case(deciding.search, PART),
    Case(minutes.ready, PLAN, GROUP, number),
    Case(minutes.keep, PLAN, GROUP, written),
    Case(minutes.record, PLAN, GROUP, number),
    Case(owed.ledger, PLAN, GROUP),
    Case(showing.of_group, PART, GROUP),
    Case(showing.post, PART, GROUP, lambda _: {"key": "1"}),
    Case(showing.own, PART, arguments=at_home),
    Case(showing.named, PART, arguments=lambda world: {"words": world.branch.name}),
    Case(showing.of_branch, PART, arguments=lambda world: {"branch": world.branch.id}),
    Case(showing.level, PART, arguments=lambda _: {"level": None, "offset": 0}),
    Case(changing.put_motto, PLAN, GROUP, lambda _: {"motto": "安全是最大的效益"}),
    Case(changing.put_photo, PLAN, GROUP, lambda _: {"photo": "AgAD"}),
    Case(changing.drop_photo, PLAN, GROUP, photographed),
    Case(upcoming.of_group, PART, GROUP),
    Case(upcoming.post, PART, GROUP, lambda _: {"key": "1"}),
    Case(upcoming.own, PART, arguments=lambda _: {"led": ()}),
    Case(upcoming.own, PLAN, GROUP, lambda world: {"led": [world.actor]}),
)
PARTS = {
    preparing.tell: "a part of today's card",
    today.tell: "a part of today's card",
    owed.tell: "a part of today's card",
}
