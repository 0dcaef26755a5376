"""The use cases of work, for the test of permissions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from domain.ids import DraftId, EvidenceId, ExtensionId, MeasureId, RecurringId, TaskId
from domain.messaging.draft import Draft
from domain.messaging.message import Document, Subject
from domain.people.naming import Called, Chosen, Kind
from domain.people.permission import Area, Permission
from domain.work import follow, recurring, responsibility, task
from domain.work.follow import FollowUp, Level
from domain.work.goal import importing, monthly, service, sight
from domain.work.goal import reading as goals
from domain.work.goal import today as goals_today
from domain.work.goal.lines import Goals, Line
from domain.work.goal.model import YES_NO, Goal
from domain.work.lean import service as lean
from domain.work.lean.figures import Gauge
from domain.work.measure import service as measure
from domain.work.measure.checking import tell as of_measures
from domain.work.measure.model import Measure, State
from domain.work.measure.service import Wish
from domain.work.recurring import Holder, Recurring
from domain.work.responsibility import Entry, Way
from domain.work.rhythm import By, CatchUp, DayOff, Rhythm, Spot, Turn, Unit
from domain.work.task import (
    Evidence,
    EvidenceKind,
    Grade,
    Plan,
    Task,
    amending,
    browsing,
    editing,
    extending,
    gathering,
    handing,
    states,
)
from domain.work.task import service as task_service
from domain.work.task.extending import waiting
from domain.work.task.extension import Extension
from domain.work.task.reviewing import tell_today
from domain.work.task.service import meant
from domain.work.task.today import tell
from tests.use_cases import Case, Place, World
from tests.work import procedure_use_cases as of_procedures
from tests.work.samples_goal import year

PLAN = Plan("整理台账")
A_DAY = timedelta(days=1)


def wanted(world: World) -> dict[str, Any]:
    """A task for somebody else."""
    return {"mentions": [Called("王海燕")], "plan": PLAN, "due_at": world.actor.now + A_DAY, "source": "-1001/1"}


def wanted_of(world: World) -> dict[str, Any]:
    """The same, for a member who is known."""
    return {"owners": [world.member.id], "plan": PLAN, "due_at": world.actor.now + A_DAY, "source": "-1001/1"}


def own(world: World) -> dict[str, Any]:
    """A task of one's own."""
    actor = world.actor
    given = Task(TaskId(0), TaskId(0), world.group.id, actor.member, world.member, PLAN, actor.now + A_DAY, actor.now)
    return {"number": world.stores.tasks.add(given, "-1001/1").id}


def own_of_many(world: World) -> dict[str, Any]:
    """The same, by the command that gave it."""
    return {"batch": own(world)["number"]}


def given(world: World) -> dict[str, Any]:
    """A task of the group, of somebody else."""
    actor = world.actor
    made = Task(TaskId(0), TaskId(0), world.group.id, world.member, actor.member, PLAN, actor.now + A_DAY, actor.now)
    return {"number": world.stores.tasks.add(made, "-1001/1").id}


def given_on(world: World) -> dict[str, Any]:
    """The same, and who is to have it."""
    return {**given(world), "to": [Called("李伟")]}


def begun(world: World) -> dict[str, Any]:
    """A measure of the group, of which a figure of its own is to be reported."""
    actor, group = world.actor, world.group
    new = (MeasureId(0), group.id, None, actor.member.id, "站会", None, "例会（分钟）", 60.0, 20.0, actor.now)
    return {"number": world.stores.measures.add(Measure(*new, actor.today + A_DAY)).id}


def with_figure(world: World) -> dict[str, Any]:
    """The same, and its figure."""
    return {**begun(world), "value": 30.0}


def decided(world: World) -> dict[str, Any]:
    """The same, and what becomes of it."""
    return {**begun(world), "choice": State.KEPT, "reason": "写进制度"}


def wished(world: World) -> dict[str, Any]:
    """A measure that is wished for."""
    return {"wish": Wish("站会", Gauge.ON_TIME, "", None, 90.0, world.actor.today + A_DAY)}


PLAN_WORK = Permission.PLAN_WORK


def handed_in(world: World) -> dict[str, Any]:
    """A result of somebody else that the actor is to review."""
    number, stores = given(world)["number"], world.stores
    waiting = replace(states.submitted(stores.tasks.get(number), world.actor.now), reviewer=world.actor.member.id)
    stores.tasks.save(waiting)
    return {"number": number}


def graded(world: World) -> dict[str, Any]:
    """The same, and how good it is."""
    return {**handed_in(world), "grade": Grade.GOOD}


def with_reason(world: World) -> dict[str, Any]:
    """The same, and why it is returned."""
    return {**handed_in(world), "reason": "请补照片"}


def with_key(world: World) -> dict[str, Any]:
    """The same, and a key."""
    return {**handed_in(world), "key": "k"}


def piece(world: World) -> dict[str, Any]:
    """Words for one's own task."""
    own(world)
    said = Evidence(EvidenceId(0), None, world.actor.member.id, world.actor.now, EvidenceKind.TEXT, "-1/2", "都办好了")
    return {"piece": said, "about": None}


def about(world: World) -> dict[str, Any]:
    """The card of one's own task."""
    return {"about": Subject("tasks", own(world)["number"])}


def of_command(world: World) -> dict[str, Any]:
    """The command of a task of the group."""
    return {"batch": given(world)["number"]}


def postponed(world: World) -> dict[str, Any]:
    """The same, and a later deadline."""
    return {**of_command(world), "due_at": world.actor.now + 2 * A_DAY}


def handed(world: World) -> dict[str, Any]:
    """The same, and who is to have it."""
    return {**of_command(world), "to": [Called("李伟")]}


def revised(world: World) -> dict[str, Any]:
    """A command that was edited."""
    given(world)
    return {**wanted(world), "plan": Plan("整理资料")}


def of_others(world: World) -> dict[str, Any]:
    """The command of a task that somebody else has given to the actor."""
    return own_of_many(world)


def extended(world: World) -> dict[str, Any]:
    """The same, with what is asked for."""
    return {**of_others(world), "due_at": world.actor.now + 2 * A_DAY, "reason": "出差"}


def requested(world: World) -> dict[str, Any]:
    """A request for more time."""
    number, at = TaskId(given(world)["number"]), world.actor.now
    new = Extension(ExtensionId(0), number, world.member.id, at + A_DAY, at + 2 * A_DAY, "出差", at)
    return {"number": world.stores.extensions.add(new).id}


def seen(world: World) -> dict[str, Any]:
    """A task of the actor's own, and the actor in its group."""
    return {**own(world), "there": replace(world.actor, chat=world.group)}


def goal(world: World) -> Goal:
    """A goal of the branch, of nobody."""
    return service.put(world.stores, year(Area(branch=world.branch.id)), by=None, at=world.actor.now)


def about_goal(world: World) -> dict[str, Any]:
    """It, by its number."""
    return {"number": goal(world).id}


def adjusted(world: World) -> dict[str, Any]:
    """It with another title, and why."""
    return {"wanted": replace(goal(world), title="平安年"), "reason": "口径变了"}


def dropped(world: World) -> dict[str, Any]:
    """It, and why it is dropped."""
    return {**about_goal(world), "reason": "并入其他工作"}


def of_branch(world: World) -> dict[str, Any]:
    """The goals of the branch."""
    goal(world)
    return {"home": Area(branch=world.branch.id)}


def table(world: World) -> dict[str, Any]:
    """A table with a goal of the branch."""
    lines = [Line(2, "安全年", YES_NO, date(2026, 12, 31))]
    return {"goals": Goals(lines), "home": Area(branch=world.branch.id)}


def proposed_table(world: World) -> dict[str, Any]:
    """The same in a file."""
    return {**table(world), "chat": world.actor, "file": "f", "name": "目标.xlsx"}


def open_table(world: World) -> dict[str, Any]:
    """A file that waits for its buttons."""
    values = {"file": "f", "name": "目标.xlsx"}
    draft = Draft(DraftId(0), importing.FORM, world.actor.member.id, world.actor.chat.id, "", values)
    return {"number": world.stores.drafts.add(draft, world.actor.now).id}


RHYTHM = Rhythm(Unit.MONTH, (Spot(By.DAY, 15),), time(18))


def in_a_rhythm(_: World) -> dict[str, Any]:
    """A task for somebody else, again and again."""
    return {"mentions": [Called("王海燕")], "plan": PLAN, "rhythm": RHYTHM, "source": "-1001/2"}


def _recurring(world: World, **more: Any) -> RecurringId:
    actor = world.actor
    turn = Turn(actor.today, -1)
    one = Recurring(RecurringId(0), world.group.id, actor.member, PLAN, RHYTHM, turn, actor.now, **more)
    return world.stores.recurring.add(one, "-1001/2").id


def again(world: World) -> dict[str, Any]:
    """A recurring task of the group."""
    return {"number": _recurring(world, owners=[world.member])}


def again_with(**more: Any) -> Any:
    """The same, and what is to become of it."""
    return lambda world: {**again(world), **more}


def of_a_role(world: World) -> dict[str, Any]:
    """An entry of a role's list."""
    return {"number": _recurring(world, holder=Holder(world.branch.id, "书记"))}


def a_list(_: World) -> dict[str, Any]:
    """A list of one entry."""
    return {"entries": [Entry("书记", PLAN, RHYTHM)], "way": Way.REPLACE}


def a_list_from_somewhere(world: World) -> dict[str, Any]:
    """The same, with its cause."""
    return {**a_list(world), "source": "press:1"}


PLAN_WORK = Permission.PLAN_WORK


def reported(world: World) -> dict[str, Any]:
    """A task that the actor has given, is late and was reported."""
    actor, due_at = world.actor, world.actor.now - A_DAY
    made = Task(TaskId(0), TaskId(0), world.group.id, world.member, actor.member, PLAN, due_at, due_at - A_DAY)
    number = world.stores.tasks.add(made, "-1001/1").id
    world.stores.follow_ups.put([FollowUp(number, due_at, 1, Level.GIVER, actor.now)])
    return {"number": number}


def reported_with_measure(world: World) -> dict[str, Any]:
    """The same, and what is to be done."""
    return {**reported(world), "words": "本周补齐"}


def reported_with_document(world: World) -> dict[str, Any]:
    """The same, and its document."""
    return {**reported(world), "document": Document("follow.file_name", "docx", b"x"), "key": "follow.sheet:1"}


def a_task_of(of: Callable[[World], dict[str, Any]]) -> Callable[[World], dict[str, Any]]:
    """Tasks for the other member that serve something."""

    def wished(world: World) -> dict[str, Any]:
        owner, due_at = Chosen(Kind.MEMBER, world.member.id), world.actor.now + A_DAY
        return {**of(world), "mentions": [owner], "plan": PLAN, "due_at": due_at, "source": "draft:1"}

    return wished


GIVE, PART = Permission.GIVE_TASKS, Permission.TAKE_PART
PLAN_WORK = Permission.PLAN_WORK
CASES = (
    Case(follow.listing, Permission.SEE_SUMMARY, elsewhere=True),
    Case(follow.rest, PART),
    Case(follow.show, PART, arguments=reported),
    Case(follow.measure, PART, arguments=reported_with_measure),
    Case(follow.close, PART, arguments=reported),
    Case(follow.deliver, PART, arguments=reported_with_document),
    Case(task.give, GIVE, Place.GROUP, wanted),
    Case(task.give_to, GIVE, Place.GROUP, wanted_of),
    Case(task.movable, GIVE, Place.GROUP, given),
    Case(task.reassign, GIVE, Place.GROUP, given_on),
    Case(task.withdraw, GIVE, Place.GROUP, given),
    Case(task.finish, PART, Place.GROUP, own),
    Case(task.finish, PART, arguments=own),
    Case(task.finish_mine, PART, Place.GROUP, own_of_many),
    Case(task.finish_mine, PART, arguments=own_of_many),
    Case(task.undo, PART, Place.GROUP, own),
    Case(task.undo, PART, arguments=own),
    Case(task.undo_last, PART, Place.GROUP),
    Case(task.undo_last, PART),
    Case(task.may_undo, PART),
    Case(task.reviewable, PART, Place.GROUP, handed_in),
    Case(task.accept, PART, Place.GROUP, graded),
    Case(task.give_back, PART, Place.GROUP, with_reason),
    Case(task.show_files, PART, Place.GROUP, with_key),
    Case(task.show_waiting, PART, arguments=lambda _: {"key": "k"}),
    Case(gathering.gather, PART, Place.GROUP, piece),
    Case(gathering.gather, PART, arguments=piece),
    Case(gathering.meant, PART, arguments=about),
    Case(gathering.accept, PART, arguments=about),
    Case(gathering.settle, PART, arguments=own),
    Case(gathering.drop, PART, arguments=own),
    Case(gathering.drop_loose, PART),
    Case(task.own_begun, PART),
    Case(browsing.view, PART, Place.GROUP),
    Case(browsing.view, PART),
    Case(browsing.page, PART, arguments=seen),
    Case(amending.amendable, GIVE, Place.GROUP, of_command),
    Case(amending.postpone, GIVE, Place.GROUP, postponed),
    Case(amending.hand, GIVE, Place.GROUP, handed),
    Case(amending.take_back, GIVE, Place.GROUP, of_command),
    Case(editing.earlier, GIVE, Place.GROUP, lambda world: given(world) and {"source": "-1001/1"}),
    Case(editing.revise, GIVE, Place.GROUP, revised),
    Case(extending.mine, PART, Place.GROUP, of_others),
    Case(extending.ask, PART, Place.GROUP, extended),
    Case(extending.place, PART, arguments=requested),
    Case(extending.answerable, GIVE, Place.GROUP, requested),
    Case(extending.grant, GIVE, Place.GROUP, requested),
    Case(extending.refuse, GIVE, Place.GROUP, lambda world: {**requested(world), "reason": "要用"}),
    Case(task.own_open, PART, Place.GROUP),
    Case(task.own_open, PART),
    *of_procedures.CASES,
    Case(lean.show, Permission.SEE_SUMMARY, Place.GROUP),
    Case(measure.begin, PLAN_WORK, Place.GROUP, wished),
    Case(measure.check_now, PLAN_WORK, Place.GROUP, begun),
    Case(measure.decide, PLAN_WORK, Place.GROUP, decided),
    Case(measure.listing, PLAN_WORK, Place.GROUP),
    Case(measure.report, PLAN_WORK, Place.GROUP, with_figure),
    Case(measure.show, PLAN_WORK, Place.GROUP, begun),
    Case(measure.undecided, PLAN_WORK, Place.GROUP, begun),
    Case(measure.give_task, PLAN_WORK, Place.GROUP, a_task_of(begun)),
    Case(service.give_task, GIVE, Place.GROUP, a_task_of(about_goal)),
    Case(service.add, PLAN_WORK, Place.GROUP, lambda world: {"wish": year(Area(branch=world.branch.id))}),
    Case(service.add, PLAN_WORK, arguments=lambda world: {"wish": year(Area(branch=world.branch.id))}),
    Case(service.plannable, PLAN_WORK, arguments=about_goal),
    Case(service.adjust, PLAN_WORK, Place.GROUP, adjusted),
    Case(service.adjust, PLAN_WORK, arguments=adjusted),
    Case(service.drop, PLAN_WORK, arguments=dropped),
    Case(service.restore, PLAN_WORK, arguments=about_goal),
    Case(importing.check, PLAN_WORK, arguments=table),
    Case(importing.propose, PLAN_WORK, arguments=proposed_table),
    Case(
        importing.agree, PLAN_WORK, arguments=lambda world: {**table(world), "chat": world.actor, **open_table(world)}
    ),
    Case(importing.export, PLAN_WORK, elsewhere=True),
    Case(importing.note_export, PLAN_WORK, arguments=lambda _: {"count": 1}, elsewhere=True),
    Case(importing.proposed, PART, arguments=open_table),
    Case(importing.decline, PART, arguments=open_table),
    Case(service.report, PART, arguments=lambda world: {**about_goal(world), "value": Decimal(1)}),
    Case(service.reportable, PART, arguments=about_goal),
    Case(goals.homes, PART),
    Case(goals.show, PART, arguments=of_branch),
    Case(goals.open_, PART, arguments=about_goal),
    Case(goals.past, PART, arguments=about_goal),
    Case(monthly.report, PART, arguments=lambda world: {**of_branch(world), "first": date(2026, 11, 1)}),
    Case(recurring.begin, GIVE, Place.GROUP, in_a_rhythm),
    Case(recurring.show, GIVE, Place.GROUP, again),
    Case(recurring.pause, GIVE, Place.GROUP, again),
    Case(recurring.resume, GIVE, Place.GROUP, again),
    Case(recurring.stop, GIVE, Place.GROUP, again),
    Case(recurring.give_now, GIVE, Place.GROUP, again),
    Case(recurring.set_off, GIVE, Place.GROUP, again_with(off=DayOff.BEFORE)),
    Case(recurring.set_catch_up, GIVE, Place.GROUP, again_with(catch_up=CatchUp.EACH)),
    Case(recurring.change, GIVE, Place.GROUP, again_with(rhythm=RHYTHM, plan=PLAN)),
    Case(recurring.stop, PLAN_WORK, Place.GROUP, of_a_role),
    Case(responsibility.overview, PART, Place.GROUP),
    Case(responsibility.role_list, PART, Place.GROUP, of_a_role),
    Case(responsibility.mine, PART),
    Case(responsibility.compare, PLAN_WORK, Place.GROUP, a_list),
    Case(responsibility.adopt, PLAN_WORK, Place.GROUP, a_list_from_somewhere),
    Case(responsibility.lists, PART, Place.GROUP),
)
PARTS: dict[object, str] = {
    tell_today: "a part of today's card",
    tell: "a part of today's card",
    **of_procedures.PARTS,
    of_measures: "a part of today's card",
    lean.reach: "tells over which branch somebody has a permission; that is asked there",
    waiting: "a part of today's card",
    meant: "a step of use cases that have asked",
    amending.reconcile: "a step of use cases that have asked",
    amending.tell: "a step of use cases that have asked",
    handing.give_also: "a step of use cases that have asked",
    handing.reassign_to: "a step of use cases that have asked",
    handing.withdraw_all: "a step of use cases that have asked",
    task_service.helpers_named: "a step of use cases that have asked",
    task_service.leader_named: "a step of use cases that have asked",
    task_service.reviewer_named: "a step of use cases that have asked",
    goals_today.tell: "a part of today's card",
    sight.sight: "whose goals somebody sees; the use case around it shows them",
    sight.seen: "looks for a goal; the use case around it shows or changes it",
    sight.may: "tells whether somebody may; the use case around it refuses",
    sight.require_planning: "what the use cases around it ask with",
}
