"""The use cases of procedures, for the test of permissions."""

from typing import Any

from domain.ids import RunId
from domain.people.permission import Permission
from domain.work.procedure import keeping, looking_back, running, today
from domain.work.procedure.lesson import Verdict
from domain.work.procedure.looking_back import Answers
from domain.work.procedure.model import Kept, Run, RunState, steps_of
from domain.work.procedure.running import Wish
from domain.work.procedure.template import Procedure, Step
from tests.use_cases import Case, Place, World

SHORT = Procedure("走访慰问", (Step("1", "列名单", "组织委员"),))


def kept(world: World) -> Kept:
    """A procedure of the group."""
    return world.stores.procedures.add(SHORT, world.group.id, "", None, world.actor.now)


def one(world: World) -> dict[str, Any]:
    """Its number."""
    return {"number": kept(world).id}


def wanted(_: World) -> dict[str, Any]:
    """A procedure that is to be kept."""
    return {"procedure": SHORT}


def to_start(world: World) -> dict[str, Any]:
    """A run that is to be started."""
    return {"wish": Wish(kept(world)), "source": "draft:1"}


def a_run(world: World, state: RunState = RunState.GOING) -> Run:
    """A run that who asks has started."""
    actor, steps = world.actor, steps_of(SHORT.steps)
    made = Run(RunId(0), kept(world), world.group.id, actor.member.id, actor.now, steps, state=state)
    return world.stores.procedures.start(made, "draft:1")


def going(world: World) -> dict[str, Any]:
    """The number of one that goes on."""
    return {"number": a_run(world).id}


def done(world: World) -> dict[str, Any]:
    """The number of one that is done."""
    return {"number": a_run(world, RunState.DONE).id}


def told(world: World) -> dict[str, Any]:
    """The same, and what it has taught."""
    return {**done(world), "answers": Answers("", "", "")}


PLAN, PART = Permission.PLAN_WORK, Permission.TAKE_PART
CASES = (
    Case(keeping.overview, PLAN, Place.GROUP, lambda _: {"samples": ()}),
    Case(keeping.find, PLAN, Place.GROUP, one),
    Case(keeping.show, PLAN, Place.GROUP, one),
    Case(keeping.take, PLAN, Place.GROUP, lambda _: {"sample": "short", "procedure": SHORT}),
    Case(keeping.bring_in, PLAN, Place.GROUP, wanted),
    Case(keeping.bring_in_for_all, PLAN, arguments=wanted, everywhere=True),
    Case(keeping.remove, PLAN, Place.GROUP, one),
    Case(running.start, PLAN, Place.GROUP, to_start),
    Case(running.find, PLAN, Place.GROUP, going),
    Case(running.look, PLAN, Place.GROUP, going),
    Case(running.days_ahead, PLAN, Place.GROUP),
    Case(running.stoppable, PLAN, Place.GROUP, going),
    Case(running.stop, PLAN, Place.GROUP, going),
    Case(looking_back.find, PART, arguments=done),
    Case(looking_back.tell, PART, arguments=told),
    Case(looking_back.skip, PART, arguments=done),
    Case(looking_back.decide, PART, arguments=lambda world: {**done(world), "verdict": Verdict.DECLINED}),
)
PARTS = {
    today.tell: "a part of today's card",
    looking_back.to_decide: "part of today's card; who decides about a proposal it looks at itself",
    looking_back.proposals: "part of the page of a procedure; to whom they are shown it looks at itself",
}
