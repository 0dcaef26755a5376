"""Whose a rubric or a scheme is: everybody's, or of the branch of whoever has brought it in and what is below it."""

from dataclasses import replace
from typing import Any

import pytest

from domain.life.evaluation import running, schemes
from domain.life.evaluation.model import Publish
from domain.life.evaluation.refusing import SchemeGone
from domain.life.inspection import keeping, opening, overview
from domain.life.inspection.opening import Wish as RoundWish
from domain.life.inspection.rubric import Item
from domain.life.inspection.wrong import RubricNotFound
from domain.people import branch as tree
from domain.people.branch import BranchKind
from domain.people.permission import Area, NotAllowed, Role
from tests.life.evaluations import SMALL, Committee, begin, set_up, somebody
from tests.life.inspections import RUBRIC
from tests.stores import AT

OTHER = SMALL.replace("points = 10", "points = 20")


@pytest.fixture
async def committee(database: Any) -> Committee:
    made: Committee = await database.write(set_up)
    return made


def _rival(stores: Any) -> Any:
    root = tree.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="另一党委")
    for name in ("丁支部", "戊支部", "己支部"):
        tree.add(stores, parent=root.id, kind=BranchKind.BRANCH, name=name)
    actor = somebody(stores, 950, "另一党委书记")
    stores.grants.add(actor.member, Role.SECRETARY, Area(branch=root.id), None, AT)
    return actor


async def test_a_committee_brings_in_a_rubric_for_its_own_rounds(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        office, rival = committee.office, _rival(stores)
        keeping.carry_out(stores, rubric=RUBRIC, by=None, at=AT)
        (common,) = overview.offered(stores, rival)
        own = replace(RUBRIC, items=(*RUBRIC.items, Item("新项", 3, "看")))
        shown = keeping.propose(stores, office, rubric=own, file="f", name="r.toml")
        assert shown.values["change"].scope == "集团党委"
        keeping.agree(stores, office, number=shown.buttons[0][0].action.arguments[0], rubric=own)
        (mine,) = overview.offered(stores, office)
        assert (mine.rubric, mine.version, mine.branch) == (own, 1, committee.root.id)
        assert [one.id for one in overview.offered(stores, committee.secretaries["甲"])] == [mine.id]
        assert overview.offered(stores, rival) == [common]
        assert stores.inspections.rubric(common.id).rubric == RUBRIC
        day, theirs = AT.date(), [one for one in stores.branches.all() if one.name[0] in "丁戊己"]
        wish = RoundWish(mine.id, day, day, 1, tuple(one.id for one in theirs))
        with pytest.raises(RubricNotFound):
            opening.outline(stores, rival, wish=wish)
        again = replace(own, items=own.items[:2])
        assert keeping.plan(stores, rubric=again, branch=committee.root.id).version == 2
        assert keeping.plan(stores, rubric=RUBRIC).is_empty
        stranger = somebody(stores, 960, "职工")
        with pytest.raises(NotAllowed):
            keeping.propose(stores, stranger, rubric=own, file="f", name="r.toml")

    await database.write(unit)


async def test_a_secretary_does_not_change_the_scheme_of_others(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        common = schemes.bring_in(stores, text=SMALL, by=None, at=AT)
        me, rival = committee.secretaries["甲"], _rival(stores)
        looked = schemes.look_as(stores, me, text=OTHER)
        assert (looked.before, looked.scope) == (None, "甲支部")
        own = schemes.bring_in_as(stores, me, text=OTHER)
        assert schemes.usable(stores, me) == [own]
        assert schemes.usable(stores, committee.office) == [common]
        assert schemes.usable(stores, rival) == [common]
        made = begin(stores, committee)
        assert made.version == common.id
        wish = running.Wish(own.id, committee.root.id, made.first, made.last, (1, 1, 1), Publish.ALL)
        with pytest.raises(SchemeGone):
            running.begin(stores, committee.office, wish=wish, source="draft:2")
        with pytest.raises(SchemeGone):
            running.outline(stores, wish=wish)

    await database.write(unit)


async def test_of_one_title_the_nearest_counts(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        schemes.bring_in(stores, text=SMALL, by=None, at=AT)
        of_committee = schemes.bring_in_as(stores, committee.office, text=OTHER)
        me = committee.secretaries["甲"]
        assert schemes.usable(stores, me) == [of_committee]
        third = schemes.bring_in_as(stores, me, text=SMALL.replace("points = 10", "points = 30"))
        assert schemes.usable(stores, me) == [third]
        assert schemes.usable(stores, committee.secretaries["乙"]) == [of_committee]

    await database.write(unit)
