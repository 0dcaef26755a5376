"""Tasks in the store on both engines: their history, what they serve, and what an order gives."""

from datetime import timedelta
from typing import Any

from domain.people.actor import Actor
from domain.work import task
from domain.work.task import Happening, Link, LinkKind, Order, Plan, State
from tests.stores import AT

DUE = AT + timedelta(days=3)
GOAL, MEETING = Link(LinkKind.GOAL, 7), Link(LinkKind.MEETING, 7)


def order(branch: Any, **more: Any) -> Order:
    return Order(
        branch.group, [branch.li, branch.wang], branch.zhao, Plan("巡检", resources="测温枪"), DUE, "o", **more
    )


async def test_an_order_is_carried_out_once(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        told = {"reviewer": branch.zhao.id, "together": True, "links": [GOAL]}
        given = task.assign(stores, order(branch, **told), AT)
        assert task.assign(stores, order(branch, **told), DUE) == given
        first, second = given
        assert (first.owner, second.owner, second.batch) == (branch.li, branch.wang, first.id)
        assert (first.state, first.reviewer, first.together) == (State.GIVEN, branch.zhao.id, True)
        assert first.plan.resources == "测温枪"
        for one in given:
            (event,) = stores.tasks.history(one.id)
            assert (event.what, event.by, event.at) == (Happening.GIVEN, branch.zhao.id, AT)

    await database.write(unit)


async def test_tasks_are_found_by_what_they_serve(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = task.assign(stores, order(branch, links=[GOAL]), AT)
        stores.tasks.link(first.batch, GOAL)
        stores.tasks.link(first.batch, MEETING)
        assert stores.tasks.links(first.batch) == [GOAL, MEETING]
        assert stores.tasks.linked_to(Link(LinkKind.GOAL, 8)) == []
        assert [one.id for one in stores.tasks.linked_to(GOAL)] == [first.id, second.id]
        stores.tasks.withdraw(first.id, AT)
        assert [one.id for one in stores.tasks.linked_to(GOAL)] == [second.id]

    await database.write(unit)


async def test_the_history_tells_who_moved_a_task(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> list[Happening]:
        first, second = task.assign(stores, order(branch), AT)
        own = Actor(branch.li, branch.group, now=AT + timedelta(hours=1))
        task.finish(stores, own, number=first.id)
        giver = Actor(branch.zhao, branch.group, is_root_admin=True, now=AT)
        task.withdraw(stores, giver, number=second.id)
        finished = stores.tasks.history(first.id)[-1]
        assert (finished.by, finished.at) == (branch.li.id, own.now)
        return [event.what for one in (first, second) for event in stores.tasks.history(one.id)]

    assert await database.write(unit) == [Happening.GIVEN, Happening.DONE, Happening.GIVEN, Happening.WITHDRAWN]


async def test_what_an_awaited_member_was_to_review_is_theirs(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (given, _) = task.assign(stores, order(branch, reviewer=branch.li.id), AT)
        stores.tasks.hand_over(branch.li.id, branch.zhao.id)
        found = stores.tasks.get(given.id)
        assert (found.reviewer, found.owner) == (branch.zhao.id, branch.zhao)

    await database.write(unit)
