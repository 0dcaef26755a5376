"""Reviews in the store on both engines: who reviews, evidence, helpers, what is earned and taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.ids import EvidenceId
from domain.messaging.message import Attached, AttachedKind, Subject
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.naming import Called, Chosen, Kind
from domain.people.permission import Area, Role
from domain.work import task
from domain.work.task import (
    Evidence,
    EvidenceKind,
    Grade,
    Happening,
    LinkKind,
    Order,
    Plan,
    State,
    amending,
    editing,
    gathering,
)
from domain.work.task.evidence import current
from domain.work.task.finishing import MovedOn, NothingToUndo, Reviewed
from domain.work.task.history import Link
from domain.work.task.review import OwnReview, ReviewDone, ReviewOver, reviewer_left
from domain.work.task.reviewing import reviewer_of, waiting_for
from domain.work.task.terms import NobodyLeads, NotABranch, Terms
from tests.stores import AT

DUE = AT + timedelta(days=3)
MINUTE = timedelta(minutes=1)


def order(branch: Any, **more: Any) -> Order:
    return Order(branch.group, [branch.li], branch.zhao, Plan("巡检"), DUE, "o", **more)


def actor(branch: Any, who: Any, after: timedelta = timedelta()) -> Actor:
    return Actor(who, branch.group, now=AT + after)


def picture(by: Any, source: str, album: str = "") -> Evidence:
    file = Attached(AttachedKind.PICTURE, f"file-{source}")
    return Evidence(EvidenceId(0), None, by.id, AT, EvidenceKind.PICTURE, source, "", file, "", album)


async def test_a_result_is_returned_and_accepted_once(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch, reviewer=branch.wang.id), AT)
        handed = task.finish(stores, actor(branch, branch.li), number=given.id)
        assert (handed.task.state, handed.credit, handed.reviewer) == (State.SUBMITTED, None, branch.wang)
        assert waiting_for(stores, branch.wang.id) == [stores.tasks.get(given.id)]
        with pytest.raises(OwnReview):
            task.accept(stores, actor(branch, branch.li), number=given.id, grade=Grade.GOOD)
        reviewer = actor(branch, branch.wang, MINUTE)
        task.give_back(stores, reviewer, number=given.id, reason="请补照片")
        assert stores.tasks.get(given.id).state is State.RETURNED
        assert stores.tasks.get(given.id).remind_at is not None
        task.finish(stores, actor(branch, branch.li, 2 * MINUTE), number=given.id)
        done = task.accept(stores, reviewer, number=given.id, grade=Grade.EXCELLENT)
        assert (done.task.grade, done.task.on_time) == (Grade.EXCELLENT, True)
        assert done.credit.points == 5
        assert '"grade":"excellent"' in stores.points.last(branch.li.id, task.DONE.name, given.source).facts
        with pytest.raises(ReviewDone) as late:
            task.give_back(stores, reviewer, number=given.id, reason="迟了")
        assert late.value.values["by"] == branch.wang
        with pytest.raises(Reviewed):
            task.undo(stores, actor(branch, branch.li, 3 * MINUTE), number=given.id)
        assert [event.what for event in stores.tasks.history(given.id)] == [
            *(Happening.GIVEN, Happening.SUBMITTED, Happening.RETURNED, Happening.SUBMITTED, Happening.DONE)
        ]

    await database.write(unit)


async def test_taking_back_reverses_what_was_earned(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch), AT)
        for _ in range(2):
            task.finish(stores, actor(branch, branch.li), number=given.id)
            assert stores.points.total(branch.li.id) == 5
            task.undo_last(stores, actor(branch, branch.li, 9 * MINUTE))
            assert stores.points.total(branch.li.id) == 0
        again = stores.tasks.get(given.id)
        assert (again.state, again.done_at) == (State.GIVEN, None)
        assert again.remind_at is not None
        task.finish(stores, actor(branch, branch.li), number=given.id)
        with pytest.raises(NothingToUndo):
            task.undo(stores, actor(branch, branch.li, 11 * MINUTE), number=given.id)

    await database.write(unit)


async def test_a_step_that_others_have_followed_is_not_taken_back(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch, links=[Link(LinkKind.STEP, 3)]), AT)
        task.finish(stores, actor(branch, branch.li), number=given.id)
        with pytest.raises(MovedOn):
            task.undo(stores, actor(branch, branch.li), number=given.id)

    await database.write(unit)


async def test_what_is_done_together_ends_by_the_first_ones_word(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        both = replace(order(branch, together=True), owners=[branch.li, branch.wang])
        first, second = task.assign(stores, both, AT)
        task.finish(stores, actor(branch, branch.wang), number=first.id)
        assert {stores.tasks.get(one.id).state for one in (first, second)} == {State.DONE}
        assert [stores.points.total(one.id) for one in (branch.li, branch.wang)] == [5, 5]
        task.undo(stores, actor(branch, branch.li), number=first.id)
        assert {stores.tasks.get(one.id).state for one in (first, second)} == {State.GIVEN}

    await database.write(unit)


async def test_a_reviewer_who_left_is_followed_by_the_giver_then_the_secretary(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch, reviewer=branch.wang.id), AT)
        assert reviewer_of(stores, given, AT) == branch.wang
        task.finish(stores, actor(branch, branch.li), number=given.id)
        stores.members.leave(branch.group.id, branch.wang.id, AT)
        reviewer_left(stores, branch.wang.id, AT)
        assert stores.tasks.get(given.id).reviewer == branch.zhao.id
        assert [one.id for one in waiting_for(stores, branch.zhao.id)] == [given.id]

    await database.write(unit)


async def test_a_giver_who_lost_the_role_does_not_review(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch, reviewer=branch.zhao.id), AT)
        assert reviewer_of(stores, given, AT) == branch.zhao, "where no secretary is named, whoever gave it reviews"
        stores.grants.add(branch.wang, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        assert reviewer_of(stores, given, AT) == branch.wang

    await database.write(unit)


async def test_a_party_group_owns_a_task_by_its_leader(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        above = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="第一党支部")
        party_group = branches.add(stores, parent=above.id, kind=BranchKind.GROUP, name="第一党小组")
        group = branches.bind(stores, chat=branch.group, branch=above.id)
        giver = Actor(branch.zhao, group, is_root_admin=True, now=AT)
        wish = {"plan": Plan("巡检"), "due_at": DUE, "source": "b", "terms": Terms(by_branch=True)}
        with pytest.raises(NobodyLeads):
            task.give(stores, giver, mentions=[Called("第一党小组")], **wish)
        stores.grants.add(branch.li, Role.LEADER, Area(branch=party_group.id), None, AT)
        given = task.give(stores, giver, mentions=[Called("第一党小组")], **wish)
        assert (given.task.owner, given.task.branch, given.around.branch) == (branch.li, party_group.id, "第一党小组")
        with pytest.raises(NotABranch):
            task.give(stores, giver, mentions=[Called("李伟")], **wish | {"source": "c"})
        edit = {"mentions": [Called("第一党小组")], "due_at": None, "source": "b", "terms": Terms(by_branch=True)}
        editing.revise(stores, giver, plan=Plan("巡检设备"), **edit)
        assert [(one.owner, one.plan.title) for one in stores.tasks.given_by("b")] == [(branch.li, "巡检设备")]

    await database.write(unit)


async def test_a_withdrawn_task_waits_for_nobody(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch, reviewer=branch.wang.id), AT)
        task.finish(stores, actor(branch, branch.li), number=given.id)
        task.withdraw(stores, Actor(branch.zhao, branch.group, is_root_admin=True, now=AT), number=given.id)
        assert waiting_for(stores, branch.wang.id) == []
        with pytest.raises(ReviewOver):
            task.accept(stores, actor(branch, branch.wang), number=given.id, grade=Grade.GOOD)

    await database.write(unit)


async def test_an_album_is_one_piece_of_evidence_after_another_for_one_task(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch, helpers=[branch.wang.id]), AT)
        card, helper = Subject("tasks", given.batch), actor(branch, branch.wang)
        first = gathering.gather(stores, helper, piece=picture(branch.wang, "-1/1", "a"), about=card)
        second = gathering.gather(stores, helper, piece=picture(branch.wang, "-1/2", "a"), about=None)
        assert (first.files, second.files, second.goes_on) == (1, 2, True)
        assert [one.file.id for one in stores.evidence.of(given.id, None)] == ["file--1/1", "file--1/2"]
        assert gathering.gather(stores, actor(branch, branch.zhao), piece=picture(branch.zhao, "x"), about=card) is None
        gathering.drop(stores, helper, number=given.id)
        assert stores.evidence.of(given.id, None) == []

    await database.write(unit)


async def test_evidence_for_one_of_several_tasks_is_asked_about(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (first,) = task.assign(stores, order(branch), AT)
        (second,) = task.assign(stores, replace(order(branch), source="other"), AT)
        own = actor(branch, branch.li)
        found = gathering.gather(stores, own, piece=picture(branch.li, "1/1"), about=None)
        assert (found.task, [one.id for one in found.choices]) == (None, [first.id, second.id])
        settled = gathering.settle(stores, own, number=second.id)
        assert (settled.task.id, settled.files) == (second.id, 1)
        with pytest.raises(gathering.NothingLoose):
            gathering.settle(stores, own, number=second.id)

    await database.write(unit)


async def test_evidence_and_help_of_an_awaited_member_are_theirs(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given,) = task.assign(stores, order(branch, helpers=[branch.wang.id]), AT)
        stores.evidence.put(replace(picture(branch.wang, "1/1"), task=given.id))
        stores.evidence.hand_over(branch.wang.id, branch.zhao.id)
        assert stores.evidence.helpers(given.batch) == [branch.zhao]
        assert [one.by for one in stores.evidence.of(given.id, None)] == [branch.zhao.id]
        assert [one.id for one in stores.evidence.helped_by(branch.zhao.id, 5)] == [given.id]
        stores.evidence.put(replace(picture(branch.zhao, "1/1"), text="改过的说明"))
        assert stores.evidence.kept("1/1").text == "改过的说明"

    await database.write(unit)


async def test_a_result_that_waits_goes_when_its_task_becomes_another_owners(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        for one in (branch.zhao, branch.li, branch.wang):
            stores.members.speak(branch.group.id, one.id, AT)
        (given,) = task.assign(stores, order(branch, reviewer=branch.zhao.id), AT)
        piece = replace(picture(branch.li, "m1"), task=given.id)
        stores.evidence.put(piece)
        gathering.accept(stores, actor(branch, branch.li), about=Subject("tasks", given.batch))
        task.finish(stores, actor(branch, branch.li, MINUTE), number=given.id)
        chief = replace(actor(branch, branch.zhao, 2 * MINUTE), is_root_admin=True)
        amending.hand(stores, chief, batch=given.batch, number=given.id, to=[Chosen(Kind.MEMBER, branch.wang.id)])
        now = stores.tasks.get(given.id)
        assert (now.owner.id, now.state, waiting_for(stores, branch.zhao.id)) == (branch.wang.id, State.GIVEN, [])
        assert current(stores, now) == [], "what somebody else had handed in was for their result"
        task.finish(stores, actor(branch, branch.wang, 3 * MINUTE), number=given.id)
        opened = task.undo(stores, actor(branch, branch.wang, 4 * MINUTE), number=given.id)
        assert opened.task.state is State.GIVEN, "that Li had accepted it says nothing about Wang"

    await database.write(unit)
