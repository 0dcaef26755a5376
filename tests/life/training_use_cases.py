"""The use cases of trainings, for the test of permissions."""

from datetime import timedelta
from typing import Any

from domain.life.training import certificates, coverage, needs, past, planning, sessions
from domain.life.training import today as training_today
from domain.life.training.coverage import By
from domain.life.training.model import Whom
from domain.life.training.needs import Source
from domain.life.training.planning import Wish as Planned
from domain.life.training.quarter import Quarter
from domain.people.permission import Permission
from tests.life import trainings
from tests.use_cases import Case, Place, World


def a_training(world: World) -> dict[str, Any]:
    """A training of the group."""
    return {"number": trainings.training(world.stores, world.group, world.member.id, world.actor.now).id}


def a_session(world: World) -> dict[str, Any]:
    """A session of one."""
    now, who = world.actor.now, world.member.id
    one = trainings.training(world.stores, world.group, who, now)
    return {"number": trainings.session(world.stores, one, world.group, who, now).id}


def a_record(world: World) -> dict[str, Any]:
    """A certificate of the group."""
    one = trainings.training(world.stores, world.group, world.member.id, world.actor.now)
    return {"number": trainings.record(world.stores, one, world.actor.member.id, world.actor.now).id}


def a_plan(world: World) -> dict[str, Any]:
    """What is planned."""
    return {"wish": Planned("有限空间", Whom(), 60, Quarter.of(world.actor.today)), "source": "draft:1"}


def a_time(world: World) -> dict[str, Any]:
    """A training, and when it is held."""
    tomorrow = world.actor.now + timedelta(days=1)
    return {**a_training(world), "starts_at": tomorrow, "place": "一楼", "source": "draft:1"}


PLAN, PART, GROUP = Permission.PLAN_WORK, Permission.TAKE_PART, Place.GROUP
CASES = (
    Case(planning.plan, PLAN, GROUP, a_plan),
    Case(planning.withdraw, PLAN, GROUP, a_training),
    Case(planning.held_here, PLAN, GROUP, a_training),
    Case(planning.show, PLAN, GROUP),
    Case(planning.detail, PLAN, GROUP, a_training),
    Case(sessions.ready, PLAN, GROUP, a_training),
    Case(sessions.schedule, PLAN, GROUP, a_time),
    Case(sessions.held, PLAN, GROUP, a_session),
    Case(sessions.test_again, PLAN, GROUP, a_session),
    Case(sessions.mark_passed, PLAN, GROUP, lambda world: {**a_session(world), "who": 1}),
    Case(past.keep, PLAN, GROUP, lambda _: {"lines": ()}),
    Case(coverage.coverage, PLAN, GROUP),
    Case(coverage.due, PLAN, GROUP),
    Case(coverage.names, PLAN, GROUP, lambda _: {"by": By.TRAINING, "number": 1}),
    Case(needs.needs, PLAN, GROUP),
    Case(needs.one, PLAN, GROUP, lambda _: {"source": Source.STUDY, "number": 1, "place": 0}),
    Case(certificates.own, Permission.SEE_OWN),
    Case(certificates.certificate, Permission.SEE_OWN, arguments=a_record),
)
PARTS = {
    training_today.tell: "a part of today's card",
}
