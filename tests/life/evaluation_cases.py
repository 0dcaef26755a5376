"""The use cases of evaluations, for the test of permissions."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.ids import EvaluatedId, EvaluationId, MemberId, ObjectionId
from domain.life import scope
from domain.life.evaluation import (
    assessing,
    looking,
    objecting,
    opening,
    overview,
    reviewing,
    running,
    schemes,
    today,
)
from domain.life.evaluation.model import Publish
from domain.life.evaluation.objecting import Answer
from domain.life.evaluation.running import Wish
from domain.people.permission import Permission
from tests.life.evaluations import SMALL
from tests.stores import AT
from tests.use_cases import Case, World

PLAN, PART = Permission.PLAN_WORK, Permission.TAKE_PART
OF_EVALUATION: dict[str, Any] = {"number": EvaluationId(1)}
OF_ONE: dict[str, Any] = {"number": EvaluatedId(1)}
OF_ITEM: dict[str, Any] = {**OF_ONE, "place": 0}
OF_OBJECTION: dict[str, Any] = {"number": ObjectionId(1)}


def text(_: World) -> dict[str, Any]:
    """A scheme."""
    return {"text": SMALL}


def wish(world: World) -> dict[str, Any]:
    """An evaluation of what is below the branch."""
    version = schemes.bring_in(world.stores, text=SMALL, by=None, at=AT)
    days = date(2026, 1, 1), date(2026, 6, 30)
    return {"wish": Wish(version.id, world.branch.id, *days, (1, 1, 1), Publish.ALL), "source": "draft:1"}


def version(world: World) -> dict[str, Any]:
    """A version of a scheme."""
    return {"version": wish(world)["wish"].version}


def given(values: dict[str, Any], **more: Any) -> Any:
    """Values that are the same in every world."""
    return lambda _: {**values, **more}


CASES = (
    Case(schemes.look_as, PLAN, arguments=text, elsewhere=True),
    Case(schemes.bring_in_as, PLAN, arguments=text, elsewhere=True),
    Case(overview.overview, PART),
    Case(running.places_for_roots, PLAN, arguments=version, elsewhere=True),
    Case(running.begin, PLAN, arguments=wish, elsewhere=True),
    Case(running.advance, PLAN, arguments=given(OF_EVALUATION), elsewhere=True),
    Case(running.cancel, PLAN, arguments=given(OF_EVALUATION), elsewhere=True),
    Case(schemes.usable, PLAN, elsewhere=True),
    Case(scope.of_actor, PLAN, elsewhere=True),
    Case(
        scope.usable,
        PLAN,
        arguments=lambda _: {"found": [], "title": str},
        elsewhere=True,
    ),
    Case(looking.run_by, PLAN, arguments=given(OF_EVALUATION), elsewhere=True),
    Case(looking.seen, PART, arguments=given(OF_ONE)),
    Case(assessing.mine, PART, arguments=given(OF_ONE)),
    Case(assessing.asked_own, PART, arguments=given(OF_ITEM)),
    Case(assessing.give_own, PART, arguments=given(OF_ITEM, points=1)),
    Case(assessing.write, PART, arguments=given(OF_ONE, words="好")),
    Case(assessing.hand_in, PART, arguments=given(OF_ONE)),
    Case(assessing.take_back, PART, arguments=given(OF_ONE)),
    Case(reviewing.show, PART, arguments=given(OF_ONE)),
    Case(reviewing.to_review, PART, arguments=given(OF_EVALUATION)),
    Case(reviewing.mine, PART, arguments=given(OF_ONE)),
    Case(reviewing.asked, PART, arguments=given(OF_ITEM)),
    Case(reviewing.give, PART, arguments=given(OF_ITEM, points=1, reason="好")),
    Case(reviewing.asked_veto, PART, arguments=given(OF_ITEM)),
    Case(reviewing.say_veto, PART, arguments=given(OF_ITEM, reason="好")),
    Case(reviewing.done, PART, arguments=given(OF_ONE)),
    Case(reviewing.reviewers, PLAN, arguments=given(OF_EVALUATION), elsewhere=True),
    Case(reviewing.assigning, PLAN, arguments=given(OF_ONE), elsewhere=True),
    Case(reviewing.assign, PLAN, arguments=given(OF_ONE, reviewer=MemberId(1)), elsewhere=True),
    Case(objecting.open_, PART, arguments=given(OF_EVALUATION)),
    Case(objecting.choices, PART, arguments=given(OF_EVALUATION)),
    Case(objecting.make, PART, arguments=given(OF_ONE, words="不对")),
    Case(objecting.listed, PLAN, arguments=given(OF_EVALUATION), elsewhere=True),
    Case(objecting.waiting, PLAN, arguments=given(OF_OBJECTION), elsewhere=True),
    Case(objecting.answer, PLAN, arguments=given(OF_OBJECTION, answer=Answer("核实")), elsewhere=True),
    Case(opening.entries, PART, arguments=given(OF_ITEM)),
    Case(opening.award, PART, arguments=given(OF_ONE)),
    Case(opening.standings, PLAN, arguments=given(OF_EVALUATION), elsewhere=True),
    Case(opening.report, PLAN, arguments=given(OF_EVALUATION), elsewhere=True),
)
ASKED = "what others ask about the actor; they ask for permission themselves"
PARTS = {
    looking.is_office: ASKED,
    looking.roots: ASKED,
    looking.is_assessor: ASKED,
    reviewing.note: "what others who have asked do",
    today.tell_own: "a part of today's card",
    today.tell_office: "a part of today's card",
}
