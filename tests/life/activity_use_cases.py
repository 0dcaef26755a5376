"""The use cases of activities and front-line actions, for the test of permissions."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.life.action import overview as action_overview
from domain.life.action import service as action_service
from domain.life.action.model import Kind as ActionKind
from domain.life.activity import after, album, approving, levels, planning, running, signing, wishes
from domain.life.activity import attending as activity_attending
from domain.life.activity import looking as activity_looking
from domain.life.activity import overview as activity_overview
from domain.life.activity import today as activity_today
from domain.people.naming import Chosen
from domain.people.naming import Kind as NameKind
from domain.people.permission import Permission
from domain.voice.survey import Question
from tests.life.activities import action, activity
from tests.use_cases import Case, Place, World


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
    Case(running.unmark, PLAN, GROUP, more(who=1)),
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
    activity_today.tell: "a part of today's card",
    action_overview.tell: "a part of today's card",
    levels.may_approve: "tells whether somebody plans the work of the level above",
    planning.outline: "shows what would be proposed; the form asks before, its use case again",
}
