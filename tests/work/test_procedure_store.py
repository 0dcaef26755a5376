"""Procedures in the store on both engines: versions, runs that keep theirs, and what ends a run."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.people.actor import Actor
from domain.people.permission import Area, Role
from domain.work import task
from domain.work.procedure import keeping, looking_back, running
from domain.work.procedure.keeping import By
from domain.work.procedure.lesson import Change, Verdict, Way
from domain.work.procedure.looking_back import Answers
from domain.work.procedure.model import Run, RunState, StepState
from domain.work.procedure.running import Wish
from domain.work.procedure.template import Anchor, Procedure, Step
from domain.work.task import Link, LinkKind
from tests.stores import AT

VISIT = Procedure(
    "走访慰问",
    (
        Step("a", "列名单", "党小组长", Anchor.START, 1),
        Step("b", "买慰问品", "书记", outcome="清单", reviewer="书记"),
        Step("c", "走访", "书记", waits=("a", "b")),
    ),
    "本支部的做法",
)


def begin(stores: Any, branch: Any, source: str = "draft:1") -> tuple[Actor, Run]:
    """A run that an administrator has started."""
    actor = Actor(branch.zhao, branch.group, AT, is_root_admin=True)
    kept = keeping.bring_in(stores, actor, procedure=VISIT).kept
    return actor, running.start(stores, actor, wish=Wish(kept), source=source)


def end_open(stores: Any, branch: Any, run: Run, at: Any) -> Run:
    """Whoever has a step that is open has done it."""
    given = [one for step in run.steps for one in stores.tasks.linked_to(step.link) if one.done_at is None]
    for one in given:
        task.finish(stores, Actor(one.owner, branch.group, at), number=one.id)
    return stores.procedures.run(run.id)


async def test_a_run_is_started_once_and_gives_steps_by_waiting(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        actor, run = begin(stores, branch)
        assert running.start(stores, actor, wish=Wish(run.kept), source="draft:1") == stores.procedures.run(run.id)
        assert [one.state for one in run.steps] == [StepState.OPEN, StepState.OPEN, StepState.WAITING]
        assert stores.procedures.going(branch.group.id) == [stores.procedures.run(run.id)]
        (first,) = stores.tasks.linked_to(Link(LinkKind.STEP, run.steps[0].id))
        assert (first.plan.title, first.giver) == ("走访慰问：列名单", branch.zhao)
        assert run.steps[0].stands_in
        assert not run.steps[1].stands_in
        now = end_open(stores, branch, run, AT + timedelta(hours=1))
        assert [one.state for one in now.steps] == [StepState.DONE, StepState.DONE, StepState.OPEN]
        over = end_open(stores, branch, now, AT + timedelta(hours=2))
        assert (over.state, over.ended_at) == (RunState.DONE, AT + timedelta(hours=2))
        assert stores.procedures.going(branch.group.id) == []
        assert stores.lessons.awaited(branch.zhao.id, AT) == [over]

    await database.write(unit)


async def test_runs_keep_their_version_and_what_was_learnt_makes_another(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        actor, run = begin(stores, branch)
        longer = replace(VISIT, steps=(*VISIT.steps, Step("d", "小结", "书记", waits=("c",))))
        brought = keeping.bring_in(stores, actor, procedure=longer)
        assert (brought.kept.version, brought.kept.id) == (2, run.kept.id)
        assert keeping.bring_in(stores, actor, procedure=longer).same
        assert stores.procedures.run(run.id).kept.procedure == VISIT
        for hours in (1, 2):
            run = end_open(stores, branch, run, AT + timedelta(hours=hours))
        change = Change(Way.CHECK, "b")
        looking_back.tell(stores, actor, number=run.id, answers=Answers("", "", "先问清楚", change))
        assert keeping.show(stores, actor, number=run.kept.id).proposals[0].change == change
        new = looking_back.decide(stores, actor, number=run.id, verdict=Verdict.ACCEPTED)
        assert (new.version, new.procedure.step("b").check) == (3, "先问清楚")
        assert stores.procedures.get(run.kept.id) == new
        assert keeping.show(stores, actor, number=run.kept.id).proposals == []

    await database.write(unit)


async def test_a_withdrawn_step_is_left_out_and_a_stopped_run_gives_nothing_more(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        actor, run = begin(stores, branch)
        (first,) = stores.tasks.linked_to(run.steps[0].link)
        task.withdraw(stores, actor, number=first.id)
        now = stores.procedures.run(run.id)
        assert [one.state for one in now.steps] == [StepState.SKIPPED, StepState.OPEN, StepState.WAITING]
        running.stop(stores, actor, number=run.id)
        stopped = stores.procedures.run(run.id)
        assert stopped.state is RunState.STOPPED
        assert [one.state for one in stopped.steps] == [StepState.SKIPPED, StepState.OPEN, StepState.WAITING]
        assert all(stores.tasks.linked_to(one.link) == [] for one in run.steps)

    await database.write(unit)


async def test_what_is_everybodys_and_what_is_a_groups(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        actor = Actor(branch.zhao, branch.group, AT, is_root_admin=True)
        own = keeping.bring_in(stores, actor, procedure=VISIT).kept
        common = keeping.bring(stores, procedure=replace(VISIT, title="三会一课"), by=By(None, None, AT)).kept
        assert stores.procedures.of(branch.group.id) == [common, own]
        assert stores.procedures.of(None) == [common]
        keeping.remove(stores, actor, number=own.id)
        assert stores.procedures.of(branch.group.id) == [common]

    await database.write(unit)


async def test_a_card_is_found_by_who_does_a_step(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        actor, run = begin(stores, branch)
        (first,) = stores.tasks.linked_to(run.steps[0].link)
        assert [one.id for one in stores.procedures.open_for(first.owner.id)] == [run.id]
        assert stores.procedures.open_for(branch.li.id) == []
        stores.tasks.reassign(first.id, branch.li.id)
        assert [one.id for one in stores.procedures.open_for(branch.li.id)] == [run.id]
        running.stop(stores, actor, number=run.id)
        assert stores.procedures.open_for(branch.li.id) == []

    await database.write(unit)


async def test_the_secretary_goes_on_with_the_runs_of_who_has_left(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        _, run = begin(stores, branch)
        running.starter_left(stores, branch.zhao.id, None, AT)
        assert stores.procedures.run(run.id).starter == branch.zhao.id, "there is no secretary"
        stores.grants.add(branch.wang, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        running.starter_left(stores, branch.zhao.id, None, AT)
        assert stores.procedures.run(run.id).starter == branch.wang.id
        assert [one.id for one in stores.procedures.started(branch.wang.id)] == [run.id]

    await database.write(unit)


async def test_a_proposal_waits_for_others_who_plan_work(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        actor, run = begin(stores, branch)
        for hours in (1, 2):
            run = end_open(stores, branch, run, AT + timedelta(hours=hours))
        looking_back.tell(stores, actor, number=run.id, answers=Answers("", "", "先问", Change(Way.STEP, "b")))
        own = Actor(branch.wang, branch.group, AT)
        assert looking_back.to_decide(stores, own) == looking_back.to_decide(stores, actor) == []
        stores.grants.add(branch.wang, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        assert [one.lesson.run for one in looking_back.to_decide(stores, own)] == [run.id]
        looking_back.decide(stores, own, number=run.id, verdict=Verdict.DECLINED)
        assert looking_back.to_decide(stores, own) == []
        assert stores.procedures.get(run.kept.id).version == 1

    await database.write(unit)
