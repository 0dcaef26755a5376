"""The use cases of party life, for the test of permissions."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.ids import FindingId, MeetingId
from domain.life.meeting import (
    attending,
    ballots,
    calling,
    deciding,
    dossier,
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
from domain.life.meeting.minutes import Fault, Written
from domain.life.meeting.model import Standing, State
from domain.life.meeting.quorum import Choice, Count
from domain.life.rectification import looking_back, opening, planning, seeing, sources
from domain.life.rectification import overview as findings
from domain.life.rectification import today as waiting
from domain.life.rectification.card import shown_to
from domain.life.rectification.model import Kind as FindingKind
from domain.life.rectification.model import Source
from domain.life.rectification.model import State as FindingState
from domain.life.rectification.opening import Discovery, Report, open_finding
from domain.life.rectification.planning import Measure
from domain.people.member import PersonProfile
from domain.people.naming import Chosen
from domain.people.naming import Kind as Who
from domain.people.permission import Permission
from domain.work.task import Plan
from tests.life import activity_use_cases, branch_use_cases, evaluation_cases, inspection_use_cases, training_use_cases
from tests.life.meetings import decision, meeting
from tests.use_cases import Case, Place, World
from tests.voice.cases.life import received

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
    return {**number(world), "written": Written("同意。", (), (Fault("记录不全"),)), "source": "draft:1"}


def standing(world: World) -> dict[str, Any]:
    """Somebody of the group's branch."""
    return {"person": world.linked.id, "standing": Standing.PROBATIONARY}


def found(world: World) -> FindingId:
    """A finding of the group that somebody else has found, and the actor is to verify."""
    other = world.stores.members.add(PersonProfile(999, "x"), world.actor.now)
    by = replace(world.actor, member=other)
    verifier = world.actor.member.id
    wish = Discovery("test:1", world.group.id, "记录不全", Source.SELF_CHECK, verifier=verifier)
    return open_finding(world.stores, by, wish)


def a_finding(world: World) -> dict[str, Any]:
    """The same, as an argument."""
    return {"number": found(world)}


def closed_finding(world: World) -> dict[str, Any]:
    """One that is closed, and that the actor is asked to look at again."""
    number, at = found(world), world.actor.now
    one = world.stores.findings.get(number)
    assert one is not None
    last = replace(one.round, closed_at=at, rectified_at=at, look_on=at.date(), asked_at=at)
    world.stores.findings.save(replace(one, state=FindingState.CLOSED, round=last))
    return {"number": number}


def coming_back(world: World) -> dict[str, Any]:
    """The same, and in what it came back."""
    return {**closed_finding(world), "note": "又缺一次"}


def reported(world: World) -> dict[str, Any]:
    """A finding that is written down."""
    return {"wish": Report("记录不全", FindingKind.RECORDS, Source.SELF_CHECK), "source": "draft:1"}


def own_finding(world: World) -> dict[str, Any]:
    """One that the actor has found."""
    wish = Discovery("test:1", world.group.id, "记录不全", Source.SELF_CHECK)
    return {"number": open_finding(world.stores, world.actor, wish)}


def dated_finding(world: World) -> dict[str, Any]:
    """One with a deadline that the actor has set."""
    due_at = world.actor.now + timedelta(days=2)
    wish = Discovery("test:1", world.group.id, "记录不全", Source.SELF_CHECK, due_at=due_at)
    return {"number": open_finding(world.stores, world.actor, wish)}


def extending(world: World) -> dict[str, Any]:
    """The same, and another deadline."""
    return {**dated_finding(world), "last_at": world.actor.now + timedelta(days=9)}


def dropping(world: World) -> dict[str, Any]:
    """The same, and why it is none."""
    return {**own_finding(world), "reason": "看错了"}


def agreeing(world: World) -> dict[str, Any]:
    """A measure for a finding."""
    owner = Chosen(Who.MEMBER, world.member.id)
    verifier = world.stores.members.add(PersonProfile(998, "y"), world.actor.now).id
    due_at = world.actor.now + timedelta(days=3)
    measure = Measure("没有交接", Plan("补齐记录"), (owner,), due_at, verifier)
    return {**a_finding(world), "measure": measure, "source": "draft:1"}


def there(world: World) -> dict[str, Any]:
    """The actor in the group."""
    return {"there": [replace(world.actor, chat=world.group)]}


PLAN, PART, GROUP = Permission.PLAN_WORK, Permission.TAKE_PART, Place.GROUP
SEE, ANSWER = Permission.SEE_SUMMARY, Permission.ANSWER_SUGGESTIONS
WISH = Report("记录不全", FindingKind.RECORDS, Source.SELF_CHECK)
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
    Case(holding.unmark, PLAN, GROUP, marked),
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
    Case(dossier.dossier, PLAN, GROUP, lambda _: {"first": date(2026, 10, 1)}),
    Case(opening.report, SEE, GROUP, reported),
    Case(sources.suggestion_to_open, ANSWER, GROUP, received),
    Case(sources.from_suggestion, ANSWER, GROUP, lambda world: {**received(world), "wish": WISH}),
    Case(sources.decision_to_open, PLAN, GROUP, voting),
    Case(sources.from_decision, PLAN, GROUP, lambda world: {**voting(world), "wish": WISH}),
    Case(seeing.seen, PART, GROUP, a_finding),
    Case(seeing.to_plan, PLAN, GROUP, a_finding),
    Case(planning.plan, PLAN, GROUP, agreeing),
    Case(planning.show, PART, GROUP, a_finding),
    Case(planning.to_extend, PART, GROUP, dated_finding),
    Case(planning.extend, PART, GROUP, extending),
    Case(planning.to_drop, PART, GROUP, own_finding),
    Case(planning.drop, PART, GROUP, dropping),
    Case(looking_back.to_answer, PART, GROUP, closed_finding),
    Case(looking_back.holds, PART, GROUP, closed_finding),
    Case(looking_back.to_reopen, PART, GROUP, closed_finding),
    Case(looking_back.came_back, PART, GROUP, coming_back),
    Case(findings.mine, PART),
    Case(findings.of_groups, PART, arguments=there),
    Case(findings.figures_for, PART, arguments=lambda world: {**there(world), "days": 90}),
    Case(findings.ledger, SEE, GROUP),
    *activity_use_cases.CASES,
    *evaluation_cases.CASES,
    *branch_use_cases.CASES,
    *training_use_cases.CASES,
    *inspection_use_cases.CASES,
    *evaluation_cases.CASES,
)
PARTS = {
    **activity_use_cases.PARTS,
    **training_use_cases.PARTS,
    shown_to: "shows a finding; the use case before it has asked",
    open_finding: "asked by what has found it; by hand it is opening.report",
    ballots.forget_presses: "blanks one's own presses where one is; asks for no right",
    preparing.tell: "a part of today's card",
    today.tell: "a part of today's card",
    owed.tell: "a part of today's card",
    waiting.tell: "a part of today's card",
    **inspection_use_cases.PARTS,
    **evaluation_cases.PARTS,
}
