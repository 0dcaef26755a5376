"""People and branches change in the middle of an evaluation: nobody decides about their own, no figure is missing."""

from datetime import timedelta
from typing import Any

import pytest

from domain.life.evaluation import objecting, reviewing, running
from domain.life.evaluation.feature import FEATURE
from domain.life.evaluation.model import Stage
from domain.life.evaluation.objecting import Answer
from domain.life.evaluation.refusing import NotReachable, SameBranch
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import EVERYWHERE, Area, NotAllowed, Role
from domain.people.person import Entry
from tests.life.evaluations import PERSONS, Committee, begin, set_up, somebody, subject
from tests.life.test_evaluation_store import reviewed
from tests.stores import AT, queued

DAY = timedelta(days=1)


@pytest.fixture
async def committee(database: Any) -> Committee:
    made: Committee = await database.write(set_up)
    return made


async def test_the_office_does_not_answer_an_objection_to_its_own_result(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        office = committee.office
        (person,) = stores.people.add([Entry("office", "办公室", committee.branches["甲"].id)])
        stores.people.link(person.id, office.member.id)
        admin = somebody(stores, 901, "管理员")
        stores.grants.add(admin.member, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        made = begin(stores, committee)
        own = subject(stores, made, "甲")
        assert own.reviewer is None
        reviewing.assign(stores, office, number=own.id, reviewer=committee.secretaries["乙"].member.id)
        running.advance(stores, office, number=made.id)
        for name in "甲乙丙":
            one, by = subject(stores, made, name), committee.secretaries["乙"] if name == "甲" else office
            reviewing.give(stores, by, number=one.id, place=1, points=7, reason="")
            reviewing.done(stores, by, number=one.id)
        running.advance(stores, office, number=made.id)
        shown = objecting.make(stores, committee.secretaries["甲"], number=own.id, words="少算了")
        with pytest.raises(SameBranch):
            objecting.answer(stores, office, number=shown.objection.id, answer=Answer("改成满分", place=1, points=10))
        done = objecting.answer(stores, admin, number=shown.objection.id, answer=Answer("核对无误"))
        assert not done.objection.is_open

    await database.write(unit)


async def test_a_branch_that_is_open_again_during_publicity_has_its_figures(
    database: Any, committee: Committee
) -> None:
    def unit(stores: Any) -> None:
        branch, closed = committee.branches["丙"].id, AT + timedelta(hours=1)
        made = reviewed(stores, committee, {"甲": 10, "乙": 10, "丙": 7})
        one = subject(stores, made, "丙")
        FEATURE.branch_closed(stores, branch, None, closed)
        running.advance(stores, committee.office, number=made.id)
        assert "attendance" not in stores.evaluations.marks_of(one.id)
        FEATURE.branch_reopened(stores, branch, closed, None, AT + 2 * DAY)
        again = subject(stores, made, "丙")
        assert again.is_in
        assert again.result is not None
        assert "attendance" in stores.evaluations.marks_of(one.id)

    await database.write(unit)


async def test_who_has_left_is_no_reviewer_and_who_is_erased_none_any_more(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made, one = begin(stores, committee), None
        one = subject(stores, made, "甲")
        other = committee.secretaries["乙"]
        stores.people.leave(committee.persons["乙"].id, AT.date())
        with pytest.raises(NotReachable):
            reviewing.assign(stores, committee.office, number=one.id, reviewer=other.member.id)
        third = committee.secretaries["丙"]
        reviewing.assign(stores, committee.office, number=one.id, reviewer=third.member.id)
        FEATURE.forgotten(stores, third.member.id, AT)
        assert subject(stores, made, "甲").reviewer is None

    await database.write(unit)


async def test_each_job_twice_for_a_slot_and_for_a_late_one(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made = begin(stores, committee)
        late = AT + 40 * DAY
        running.tend(stores, late)
        assert stores.evaluations.get(made.id).stage is Stage.REVIEW
        running.tend(stores, late)
        assert stores.evaluations.get(made.id).stage is Stage.REVIEW
        for name in "甲乙丙":
            one = subject(stores, made, name)
            reviewing.give(stores, committee.office, number=one.id, place=1, points=7, reason="")
            reviewing.done(stores, committee.office, number=one.id)
        running.tend(stores, late)
        public = stores.evaluations.get(made.id)
        assert public.stage is Stage.PUBLIC
        results = [one.result for one in stores.evaluations.subjects(made.id)]
        running.tend(stores, late)
        assert stores.evaluations.get(made.id) == public
        running.tend(stores, late + 40 * DAY)
        running.tend(stores, late + 40 * DAY)
        final = stores.evaluations.get(made.id)
        assert final.stage is Stage.FINAL
        assert final.ended_at == late + 40 * DAY
        assert [one.result for one in stores.evaluations.subjects(made.id)] == results

    await database.write(unit)


async def test_a_person_evaluated_who_moves_and_one_without_an_account(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        elsewhere = branches.add(stores, parent=committee.root.id, kind=BranchKind.BRANCH, name="丁支部")
        made = begin(stores, committee, PERSONS.replace("percent = 50", "most = 0"), root=committee.branches["甲"])
        assert [one.name for one in stores.evaluations.subjects(made.id)] == ["甲书记"]
        stores.people.place(committee.persons["甲"].id, elsewhere.id, AT.date())
        one = subject(stores, made, "甲")
        running.advance(stores, committee.office, number=made.id)
        reviewing.give(stores, committee.office, number=one.id, place=0, points=10, reason="")
        reviewing.done(stores, committee.office, number=one.id)
        running.advance(stores, committee.office, number=made.id)
        result = subject(stores, made, "甲").result
        assert (result.score, result.stars) == (10000, 0)  # a quota of zero: nobody

    await database.write(unit)


async def test_objections_go_to_who_runs_it_now_and_not_to_who_was_in_office(
    database: Any, committee: Committee
) -> None:
    def unit(stores: Any) -> None:
        made = reviewed(stores, committee, {"甲": 10, "乙": 10, "丙": 7})
        running.advance(stores, committee.office, number=made.id)
        (grant,) = stores.grants.of(committee.office.member.id)
        stores.grants.end(grant.id, None, AT)
        new = somebody(stores, 902, "新书记")
        stores.grants.add(new.member, Role.SECRETARY, Area(branch=committee.root.id), None, AT)
        one = subject(stores, made, "丙")
        shown = objecting.make(stores, committee.secretaries["丙"], number=one.id, words="少算了")
        told = [each.chat for each in queued(stores) if each.subject == shown.objection.card]
        assert told == [new.chat.id]
        assert stores.evaluations.get(made.id).begun_by == new.member.id
        with pytest.raises(NotAllowed):
            objecting.answer(stores, committee.office, number=shown.objection.id, answer=Answer("不改"))
        objecting.answer(stores, new, number=shown.objection.id, answer=Answer("核对无误"))

    await database.write(unit)


async def test_an_evaluation_whose_office_leaves_is_somebody_elses(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made, office = begin(stores, committee), committee.office
        admin = somebody(stores, 901, "管理员")
        stores.grants.add(admin.member, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        (person,) = stores.people.add([Entry("office", "办公室", committee.root.id)])
        stores.people.link(person.id, office.member.id)
        stores.people.leave(person.id, AT.date())
        FEATURE.left(stores, office.member.id, None, AT)
        assert stores.evaluations.get(made.id).begun_by == admin.member.id
        assert admin.chat.id in {each.chat for each in queued(stores) if each.subject == made.desk}

    await database.write(unit)
