"""The use cases of cross-inspection, for the test of permissions."""

from typing import Any

from domain.life.inspection import answering as answers
from domain.life.inspection import assigning, closing, keeping, office, opening, progress, recusing, scoring, today
from domain.life.inspection import overview as inspections
from domain.life.inspection.model import Publish
from domain.life.inspection.opening import Wish
from domain.messaging import draft as drafts
from domain.people.permission import Permission
from tests.life.inspections import RUBRIC, inspection
from tests.use_cases import Case, World


def inspected(world: World) -> dict[str, Any]:
    """An inspection of the branch by whoever asks."""
    found = inspection(world.stores, world.other, world.branch, world.actor.member.id, world.actor.now)
    return {"number": found.id}


def scoring_item(world: World) -> dict[str, Any]:
    """An item of it."""
    return {**inspected(world), "item": 1}


def scoring_points(world: World) -> dict[str, Any]:
    """Its points."""
    return {**scoring_item(world), "points": 5}


def noting(world: World) -> dict[str, Any]:
    """What was found."""
    return {**scoring_item(world), "words": "少一次"}


def correcting(world: World) -> dict[str, Any]:
    """Other points, and why."""
    return {**scoring_points(world), "reason": "再看"}


def recusing_from(world: World) -> dict[str, Any]:
    """Why somebody does not inspect it."""
    return {**inspected(world), "reason": "亲属"}


def objecting(world: World) -> dict[str, Any]:
    """Words about it."""
    return {**inspected(world), "words": "不对"}


def assigning_to(world: World) -> dict[str, Any]:
    """Somebody else."""
    return {**inspected(world), "member": world.member.id}


def inspecting(world: World) -> dict[str, Any]:
    """The round of one."""
    one = world.stores.inspections.get(inspected(world)["number"])
    assert one is not None
    return {"number": one.round}


def finishing(world: World) -> dict[str, Any]:
    """The same, to be published."""
    return {**inspecting(world), "publish": Publish.ALL}


def round_wish(world: World) -> dict[str, Any]:
    """A round of the branch."""
    kept = world.stores.inspections.bring(RUBRIC, 1, None, world.actor.now)
    day = world.actor.today
    return {"wish": Wish(kept.id, day, day, 1, (world.branch.id,))}


def opening_round(world: World) -> dict[str, Any]:
    """The same, of a form."""
    return {**round_wish(world), "source": "draft:1"}


def rubric(_: World) -> dict[str, Any]:
    """A rubric's file."""
    return {"rubric": RUBRIC, "file": "AgAD", "name": "rubric.toml"}


def rubric_draft(world: World) -> dict[str, Any]:
    """One that was shown."""
    draft = drafts.begin(world.stores, world.actor, keeping.FORM, {"file": "AgAD", "name": "rubric.toml"})
    return {"number": draft.id}


def rubric_agreed(world: World) -> dict[str, Any]:
    """The same with what was read again."""
    return {**rubric_draft(world), "rubric": RUBRIC}


PLAN, PART = Permission.PLAN_WORK, Permission.TAKE_PART
CASES = (
    Case(answers.shown, PLAN, arguments=inspected, elsewhere=True),
    Case(answers.waiting, PLAN, arguments=inspected, elsewhere=True),
    Case(answers.accept, PLAN, arguments=inspected, elsewhere=True),
    Case(answers.object_, PLAN, arguments=objecting, elsewhere=True),
    Case(assigning.looked_at, PLAN, arguments=inspected, elsewhere=True),
    Case(assigning.assign, PLAN, arguments=assigning_to, elsewhere=True),
    Case(assigning.drop, PLAN, arguments=inspected, elsewhere=True),
    Case(closing.outcome, PLAN, arguments=inspecting, elsewhere=True),
    Case(closing.call_off, PLAN, arguments=inspecting, elsewhere=True),
    Case(closing.finish, PLAN, arguments=finishing, elsewhere=True),
    Case(progress.progress, PLAN, arguments=inspecting, elsewhere=True),
    Case(office.covered, PLAN, elsewhere=True),
    Case(office.managed, PLAN, arguments=inspecting, elsewhere=True),
    Case(office.running, PLAN, arguments=inspecting, elsewhere=True),
    Case(opening.outline, PLAN, arguments=round_wish, elsewhere=True),
    Case(opening.open_, PLAN, arguments=opening_round, elsewhere=True),
    Case(inspections.overview, PART),
    Case(inspections.offered, PLAN, elsewhere=True),
    Case(inspections.called, PLAN, arguments=lambda _: {"words": "李伟"}, elsewhere=True),
    Case(keeping.propose, PLAN, arguments=rubric, elsewhere=True),
    Case(keeping.proposed, PLAN, arguments=rubric_draft, elsewhere=True),
    Case(keeping.agree, PLAN, arguments=rubric_agreed, elsewhere=True),
    Case(keeping.decline, PLAN, arguments=rubric_draft, elsewhere=True),
    Case(inspections.remembered, PLAN, elsewhere=True),
    Case(recusing.recusable, PART, arguments=inspected),
    Case(recusing.recuse, PART, arguments=recusing_from),
    Case(scoring.own, PART, arguments=inspected),
    Case(scoring.turn, PART, arguments=scoring_item),
    Case(scoring.score, PART, arguments=scoring_points),
    Case(scoring.note, PART, arguments=noting),
    Case(scoring.hand_in, PART, arguments=inspected),
    Case(scoring.ready_to_correct, PART, arguments=inspected),
    Case(scoring.correct, PART, arguments=correcting),
    Case(scoring.objected, PART, arguments=inspected),
    Case(scoring.reply, PART, arguments=objecting),
)
PARTS = {
    today.tell: "a part of today's card",
    today.to_do: "what waits for whoever asks",
    today.to_answer: "what waits for whoever asks",
    today.to_look_after: "what waits for whoever asks",
    office.leads: "tells whether somebody may",
    office.runs: "tells whether somebody may",
    scoring.tell_inspected: "tells a branch what was handed in; its use case has asked",
}
