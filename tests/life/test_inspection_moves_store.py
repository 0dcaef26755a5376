"""People and branches move in the middle of a round: nobody inspects their own, and it goes on."""

from dataclasses import replace
from typing import Any

import pytest

from domain.life.inspection import answering, assigning, closing, leaving, opening, progress, recusing, scoring
from domain.life.inspection.figures import results
from domain.life.inspection.model import Inspection, Party, Publish, Score, Sheet, Stage
from domain.life.inspection.opening import NotPaired
from domain.life.inspection.rubric import Balance
from domain.life.inspection.wrong import CannotInspect, OwnBranch, OwnInspection, RoundNotFound
from domain.people import branch as tree
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.life.inspections import RUBRIC
from tests.life.test_inspection_store import (
    DAY,
    Office,
    in_private,
    inspector_of,
    made,
    opened,
    scored,
    secretary_of,
    wish,
)
from tests.stores import AT, queued


@pytest.fixture
async def office(database: Any) -> Office:
    found: Office = await database.write(made)
    return found


def _move(stores: Any, actor: Any, branch: Any) -> None:
    person = stores.people.of_member(actor.member.id)
    stores.people.place(person.id, branch, AT.date())


def _seat(stores: Any, actor: Any, branch: Any) -> None:
    stores.grants.add(actor.member, Role.SECRETARY, Area(branch=branch), None, AT)


async def test_a_secretary_of_two_branches_inspects_neither_from_the_other(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        first, second = office.branches[:2]
        for grant in stores.grants.of_branch(second.id):
            stores.grants.end(grant.id, None, AT)
        _seat(stores, office.secretaries[0], second.id)
        for seed in range(12):
            found = opening.sketch(stores, wish=wish(stores, office, seed=seed))
            assert all(
                one.inspector.id != office.secretaries[0].member.id or one.of.id not in {first.id, second.id}
                for one in found.pairs
            )
        alone = wish(stores, office, wanted=frozenset({(first.id, second.id)}))
        with pytest.raises(NotPaired):
            opening.open_(stores, office.chief, wish=alone, source="draft:9")

    await database.write(unit)


async def test_a_secretary_on_the_roster_of_another_branch_does_not_inspect_that(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        group = tree.add(stores, parent=office.branches[2].id, kind=BranchKind.GROUP, name="一小组")
        _move(stores, office.secretaries[0], group.id)
        for seed in range(12):
            found = opening.sketch(stores, wish=wish(stores, office, seed=seed))
            assert (office.branches[0].id, office.branches[2].id) not in {(one.by.id, one.of.id) for one in found.pairs}

    await database.write(unit)


async def test_who_comes_into_the_inspected_branch_inspects_it_no_more(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)
        one = stores.inspections.of_round(round_.id)[0]
        actor = inspector_of(office, one)
        scoring.score(stores, actor, number=one.id, item=1, points=10)
        group = tree.add(stores, parent=one.of.id, kind=BranchKind.GROUP, name="一小组")
        _move(stores, actor, group.id)
        for act in (
            lambda: scoring.score(stores, actor, number=one.id, item=2, points=5),
            lambda: scoring.note(stores, actor, number=one.id, item=1, words="台账不全"),
            lambda: scoring.hand_in(stores, actor, number=one.id),
        ):
            with pytest.raises(OwnBranch):
                act()
        with pytest.raises(CannotInspect):
            assigning.assign(stores, office.chief, number=one.id, member=actor.member.id)
        recusing.recuse(stores, actor, number=one.id, reason="调到这个支部了")
        assert [each.id for each in progress.progress(stores, office.chief, number=round_.id).without] == [one.id]

    await database.write(unit)


async def test_who_was_made_secretary_of_what_they_have_inspected_neither_answers_nor_replies(
    database: Any, office: Office
) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)
        one = stores.inspections.of_round(round_.id)[0]
        actor, other = inspector_of(office, one), secretary_of(office, one)
        scored(stores, office, one, 3, 5, 5)
        _seat(stores, actor, one.of.id)
        with pytest.raises(OwnInspection):
            answering.accept(stores, actor, number=one.id)
        with pytest.raises(OwnBranch):
            scoring.correct(stores, actor, number=one.id, item=1, points=10, reason="自己人")
        answering.object_(stores, other, number=one.id, words="有纪要")
        now = stores.inspections.get(one.id)
        assert now.inspector is None
        assert [each.id for each in progress.progress(stores, office.chief, number=round_.id).without] == [one.id]
        third = next(each for each in office.secretaries if each.member.id not in {actor.member.id, other.member.id})
        assigning.assign(stores, office.chief, number=one.id, member=third.member.id)
        scoring.correct(stores, third, number=one.id, item=1, points=9, reason="看了纪要")
        assert scoring.reply(stores, third, number=one.id, words="已更正").inspection.stage is Stage.SETTLED

    await database.write(unit)


async def test_an_objection_whose_inspector_leaves_waits_for_somebody_else(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)
        one = stores.inspections.of_round(round_.id)[0]
        actor, other = inspector_of(office, one), secretary_of(office, one)
        scored(stores, office, one, 3, 5, 5)
        answering.object_(stores, other, number=one.id, words="有纪要")
        leaving.left(stores, actor.member.id, None, AT)
        assert [each.id for each in progress.progress(stores, office.chief, number=round_.id).without] == [one.id]
        assigning.assign(stores, office.chief, number=one.id, member=office.chief.member.id)
        scoring.reply(stores, office.chief, number=one.id, words="维持")
        assert stores.inspections.get(one.id).stage is Stage.SETTLED

    await database.write(unit)


async def test_a_branch_that_is_moved_elsewhere_does_not_take_the_round_from_its_owner(
    database: Any, office: Office
) -> None:
    def unit(stores: Any) -> None:
        top = stores.branches.get(stores.branches.get(office.branches[0].id).parent)
        head, rival = in_private(stores, 50, "党委书记"), in_private(stores, 51, "另一党委书记")
        _seat(stores, head, top.id)
        elsewhere = tree.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="另一党委")
        _seat(stores, rival, elsewhere.id)
        round_ = opening.open_(stores, head, wish=wish(stores, office), source="draft:1")
        stores.branches.save(replace(stores.branches.get(office.branches[0].id), parent=elsewhere.id))
        for one in stores.inspections.of_round(round_.id):
            scored(stores, office, one, 9, 5, 5)
            answering.accept(stores, secretary_of(office, one), number=one.id)
        with pytest.raises(RoundNotFound):
            progress.progress(stores, rival, number=round_.id)
        done = closing.finish(stores, replace(head, now=AT + DAY), number=round_.id, publish=Publish.ALL)
        assert len(done.results.lines) == len(office.branches)
        with pytest.raises(RoundNotFound):
            progress.progress(stores, rival, number=round_.id)

    await database.write(unit)


async def test_several_inspectors_who_were_erased_are_not_balanced_as_one(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        round_ = opened(stores, office)

        def sheet(number: int, points: int, who: Any) -> Sheet:
            party = Party(number, f"{number}支部")  # type: ignore[arg-type]
            one = Inspection(number, round_.id, party, party, who, stage=Stage.ACCEPTED, handed_in_at=AT)  # type: ignore[arg-type]
            return Sheet(round_, one, {1: Score(1, points)})

        given = [sheet(1, 2, None), sheet(2, 8, None), sheet(3, 4, 7), sheet(4, 6, 7)]
        lines = {one.branch.id: one for one in results(given, Balance.MEAN).lines}
        full = RUBRIC.full
        assert [lines[number].percent for number in (1, 2)] == [round(200 / full, 1), round(800 / full, 1)]

    await database.write(unit)


async def test_a_round_whose_owner_leaves_is_somebody_elses(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        top = stores.branches.get(stores.branches.get(office.branches[0].id).parent)
        head = in_private(stores, 50, "党委书记")
        _seat(stores, head, top.id)
        round_ = opening.open_(stores, head, wish=wish(stores, office), source="draft:1")
        (person,) = stores.people.add([Entry("head", "党委书记", top.id)])
        stores.people.link(person.id, head.member.id)
        stores.people.leave(person.id, AT.date())
        leaving.left(stores, head.member.id, None, AT)
        assert stores.inspections.round(round_.id).owner == office.chief.member.id
        one = stores.inspections.of_round(round_.id)[0]
        recusing.recuse(stores, inspector_of(office, one), number=one.id, reason="亲属在该支部")
        told = [each for each in queued(stores) if "亲属在该支部" in str(each.body)]
        assert [each.chat for each in told] == [office.chief.chat.id]

    await database.write(unit)
