"""The use cases of party life, for the test of permissions."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.ids import MeetingId
from domain.life.action import overview as action_overview
from domain.life.action import service as action_service
from domain.life.action.model import Kind as ActionKind
from domain.life.activity import after, album, approving, levels, planning, running, signing, wishes
from domain.life.activity import attending as activity_attending
from domain.life.activity import looking as activity_looking
from domain.life.activity import overview as activity_overview
from domain.life.activity import today as activity_today
from domain.life.meeting import attending, calling, deciding, holding, looking, minutes, overview, owed, people, today
from domain.life.meeting.calling import Wish
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import Way
from domain.life.meeting.kinds import Kind
from domain.life.meeting.model import Standing
from domain.life.meeting.quorum import Choice, Count
from domain.people.naming import Chosen
from domain.people.naming import Kind as NameKind
from domain.people.permission import Permission
from domain.voice.survey import Question
from tests.life.activities import action, activity
from tests.life.meetings import decision, meeting
from tests.use_cases import Case, Place, World

COUNT = Count(1, 1)


def number(world: World) -> dict[str, Any]:
    """A meeting of the group."""
    return {"number": meeting(world.stores, world.group, world.member.id, world.actor.now).id}


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


def of_activity(world: World) -> dict[str, Any]:
    """An activity of the group."""
    return {"number": activity(world.stores, world.group, world.member.id, world.actor.now).id}


def activity_wish(world: World) -> dict[str, Any]:
    """An activity of tomorrow."""
    start = world.actor.now + timedelta(days=1)
    wish = planning.Wish("登山", "健身", start, start + timedelta(hours=1), "西山", 2, 0, start, start, 0)
    return {"wish": wish, "source": "draft:1"}


def question(_: World) -> dict[str, Any]:
    """What a group is asked."""
    return {"question": Question("想做什么？", ("登山", "看电影")), "source": "draft:1"}


def more(**values: Any) -> Callable[[World], dict[str, Any]]:
    """An activity of the group, and something about it."""
    return lambda world: {**of_activity(world), **values}


def of_action(world: World) -> dict[str, Any]:
    """A front-line action of the group."""
    return {"number": action(world.stores, world.group, world.member.id, world.actor.now).id}


def action_figure(world: World) -> dict[str, Any]:
    """The same, and a figure."""
    return {**of_action(world), "value": Decimal(9), "note": ""}


def action_words(world: World) -> dict[str, Any]:
    """The same, and how it ended."""
    return {**of_action(world), "words": "好了"}


def action_wish(world: World) -> dict[str, Any]:
    """An action of a month."""
    until = world.actor.today + timedelta(days=30)
    team = (Chosen(NameKind.MEMBER, world.member.id),)
    figures = Decimal(12), Decimal(5)
    return {"wish": action_service.Wish(ActionKind.ZONE, "停机", "次", *figures, until, team), "source": "draft:1"}


OWN = Permission.SEE_OWN
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
    Case(deciding.search, PART, GROUP),
    Case(deciding.search, PART),
    Case(minutes.ready, PLAN, GROUP, number),
    Case(minutes.keep, PLAN, GROUP, written),
    Case(minutes.record, PLAN, GROUP, number),
    Case(owed.ledger, PLAN, GROUP),
    Case(activity_looking.managed, PLAN, GROUP, of_activity),
    Case(activity_looking.at_stage, PLAN, GROUP, of_activity),
    Case(activity_looking.known, PART, GROUP, of_activity),
    Case(planning.propose, PLAN, GROUP, activity_wish),
    Case(approving.asked, OWN, arguments=of_activity),
    Case(approving.waiting, OWN),
    Case(approving.approve, OWN, arguments=of_activity),
    Case(approving.give_back, OWN, arguments=more(reason="太贵")),
    Case(signing.join, PART, GROUP, more(family=0)),
    Case(signing.leave, PART, GROUP, of_activity),
    Case(running.move, PLAN, GROUP, lambda world: {**of_activity(world), "starts_at": world.actor.now}),
    Case(running.cancel, PLAN, GROUP, of_activity),
    Case(running.begin, PLAN, GROUP, of_activity),
    Case(running.change_code, PLAN, GROUP, of_activity),
    Case(running.put_button, PLAN, GROUP, of_activity),
    Case(running.mark, PLAN, GROUP, more(who=1)),
    Case(running.end, PLAN, GROUP, of_activity),
    Case(activity_attending.check_in, PART, GROUP, of_activity),
    Case(activity_attending.open_to, PART),
    Case(activity_attending.check_in_by_code, PART, arguments=lambda _: {"code": "0000"}),
    Case(after.rate, PART, GROUP, more(question=0, mark=5)),
    Case(after.put_cost, PLAN, GROUP, more(spent=1)),
    Case(album.takes, PART, GROUP, of_activity),
    Case(album.keep, PART, GROUP, more(file="f", same="s")),
    Case(album.forget_mine, PART, GROUP, of_activity),
    Case(album.look, PLAN, GROUP, of_activity),
    Case(album.choose, PLAN, GROUP, more(photo=1)),
    Case(album.post, PLAN, GROUP, of_activity),
    Case(activity_overview.overview, PART, GROUP),
    Case(activity_overview.overview, PART),
    Case(activity_overview.managing, PLAN, GROUP),
    Case(activity_overview.desk, PLAN, GROUP, of_activity),
    Case(activity_overview.quarter, PLAN, GROUP, lambda _: {"back": 0}),
    Case(wishes.ask, PLAN, GROUP, question),
    Case(wishes.recent, PLAN, GROUP),
    Case(action_service.open_, PLAN, GROUP, action_wish),
    Case(action_service.look, PART, GROUP, of_action),
    Case(action_service.reporting, PART, GROUP, of_action),
    Case(action_service.report, PART, GROUP, action_figure),
    Case(action_service.managed, PLAN, GROUP, of_action),
    Case(action_service.finish, PLAN, GROUP, action_words),
    Case(action_service.stop, PLAN, GROUP, action_words),
    Case(action_overview.overview, PART, GROUP),
    Case(action_overview.overview, PART),
    Case(action_overview.managing, PLAN, GROUP),
)
PARTS = {
    today.tell: "a part of today's card",
    owed.tell: "a part of today's card",
    activity_today.tell: "a part of today's card",
    action_overview.tell: "a part of today's card",
    levels.may_approve: "tells whether somebody plans the work of the level above",
    planning.outline: "shows what would be proposed; the form asks before, its use case again",
}
