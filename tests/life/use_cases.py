"""The use cases of party life, for the test of permissions."""

from datetime import timedelta
from typing import Any

from domain.ids import MeetingId
from domain.life.inspection import answering as answers
from domain.life.inspection import assigning, closing, keeping, office, opening, progress, scoring
from domain.life.inspection import overview as inspections
from domain.life.inspection import today as inspected_today
from domain.life.inspection.model import Publish
from domain.life.inspection.opening import Wish as Round
from domain.life.meeting import attending, calling, deciding, holding, looking, minutes, overview, owed, people, today
from domain.life.meeting.calling import Wish
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import Way
from domain.life.meeting.kinds import Kind
from domain.life.meeting.model import Standing
from domain.life.meeting.quorum import Choice, Count
from domain.messaging import draft as drafts
from domain.people.permission import Permission
from tests.life.inspections import RUBRIC, inspection
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
    return {"wish": Round(kept.id, day, day, 1, (world.branch.id,))}


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
    Case(keeping.propose, PLAN, arguments=rubric, everywhere=True),
    Case(keeping.proposed, PLAN, arguments=rubric_draft, everywhere=True),
    Case(keeping.agree, PLAN, arguments=rubric_agreed, everywhere=True),
    Case(keeping.decline, PLAN, arguments=rubric_draft, everywhere=True),
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
    owed.tell: "a part of today's card",
    inspected_today.tell: "a part of today's card",
    inspected_today.to_do: "what waits for whoever asks",
    inspected_today.to_answer: "what waits for whoever asks",
    inspected_today.to_look_after: "what waits for whoever asks",
    office.leads: "tells whether somebody may",
    office.runs: "tells whether somebody may",
    scoring.tell_inspected: "tells a branch what was handed in; its use case has asked",
}
