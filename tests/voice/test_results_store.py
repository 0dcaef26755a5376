"""What is kept of results, on both engines."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import BranchId, RoundId
from domain.people.branch import BranchKind
from domain.voice.questionnaire import results
from domain.voice.questionnaire.publishing import publish
from domain.voice.questionnaire.results import Kept, counted_of
from tests.stores import AT, Branch
from tests.voice.result_rounds import answered, asked, closed, keep

ONE, TWO = RoundId(1), RoundId(2)


async def test_results_are_kept_and_found_where_they_were_published(database: Any, branch: Branch) -> None:
    def use(stores: Any) -> None:
        store, group = stores.results, branch.group.id
        assert store.kept(ONE) is None
        first = Kept(group, {"returned": 3, "figures": [{"question": "味道"}]}, final=False)
        store.keep(ONE, first)
        assert store.kept(ONE) == first
        final = replace(first, final=True, published_at=AT)
        store.keep(ONE, final)
        store.keep(TWO, replace(first, published_at=AT + timedelta(days=7)))
        assert store.kept(ONE) == final
        assert store.published_in(group, AT, AT + timedelta(days=1)) == [ONE]
        assert store.published_in(group, AT, AT + timedelta(days=8)) == [ONE, TWO]
        assert store.published_in(group, AT - timedelta(days=1), AT) == []

    await database.write(use)


async def test_tasks_are_linked_once_and_told_once(database: Any, branch: Branch) -> None:
    def use(stores: Any) -> None:
        store, kept = stores.results, Kept(branch.group.id, {}, final=True)
        store.keep(ONE, kept)
        for source in ("task:2", "round:1:7", "task:2"):
            store.link(ONE, source)
        assert list(store.links(ONE)) == ["task:2", "round:1:7"]
        assert store.links(TWO) == []
        assert store.unfollowed() == [], "nobody has read the results"
        store.keep(ONE, replace(kept, published_at=AT))
        assert store.unfollowed() == [ONE]
        store.keep(ONE, replace(kept, published_at=AT, followed_at=AT))
        assert store.unfollowed() == []

    await database.write(use)


async def test_closed_results_stay_though_somebody_is_erased_and_branches_move(database: Any, branch: Branch) -> None:
    def use(stores: Any) -> None:
        one = closed(branch.group, branch.li)
        first, second = (stores.branches.add(None, BranchKind.BRANCH, name).id for name in ("一支部", "二支部"))
        given = [answered(4, branch=first)] * 6 + [answered(2, branch=second)] * 6
        keep(stores, one, given)
        publish(stores, one, AT)
        before = counted_of(stores, one)
        assert {part.branch for part in before.parts} == {first, second}
        keep(stores, one, given[1:])
        stores.branches.save(replace(stores.branches.get(second), parent=BranchId(first)))
        assert counted_of(stores, one) == before

    await database.write(use)


async def test_a_look_at_an_open_round_is_kept(database: Any, branch: Branch) -> None:
    def use(stores: Any) -> None:
        one = asked(branch.group, branch.li, results_at_once=True)
        for count, told in ((4, 0), (6, 0), (10, 0), (11, 6), (15, 6), (16, 11)):
            keep(stores, one, [answered(4)] * count)
            figure = counted_of(stores, one).figure("taste")
            assert figure.answered == told
        keep(stores, replace(one, closed_at=AT), [answered(4)] * 16)
        assert counted_of(stores, replace(one, closed_at=AT)).figure("taste").answered == 16
        assert results.earlier(stores, replace(one, id=TWO, previous=ONE)).returned == 16

    await database.write(use)
