"""Changes of tasks in the store on both engines: what is kept of them, who is told, what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.admin.setting import Name, Scope, Where
from domain.ids import TaskId
from domain.people.actor import Actor
from domain.people.naming import Chosen, Kind
from domain.people.permission import Area, Role
from domain.work import task
from domain.work.task import (
    MAX_OWNERS,
    Happening,
    Listed,
    Order,
    PastDeadline,
    Plan,
    Reminder,
    TaskEvent,
    TooManyOwners,
    amending,
    changes,
    editing,
    extending,
)
from domain.work.task.amending import LongReason, SameDeadline
from domain.work.task.extending import NotLater, OwnGiver, Settled, TooLate
from domain.work.task.extension import State
from tests.stores import AT, queued

DUE, LATER = AT + timedelta(days=2), AT + timedelta(days=5)
PLAN = Plan("巡检", "无漏项")


def ordered(stores: Any, branch: Any, **more: Any) -> list[Any]:
    order = Order(branch.group, [branch.li, branch.wang], branch.zhao, PLAN, DUE, "-1001/7", **more)
    return task.assign(stores, order, AT)


def giver(branch: Any, **more: Any) -> Actor:
    return Actor(branch.zhao, branch.group, is_root_admin=True, now=AT + timedelta(hours=1), **more)


def chosen(*people: Any) -> list[Chosen]:
    return [Chosen(Kind.MEMBER, one.id) for one in people]


async def test_a_deadline_moves_with_its_reminders_and_what_was_is_kept(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = ordered(stores, branch)
        stores.tasks.save(replace(first, listed_at=AT, listed=Listed.NAMED))
        done = amending.postpone(
            stores, giver(branch), batch=first.batch, number=first.id, due_at=LATER, reason="等材料"
        )
        moved = stores.tasks.get(first.id)
        assert (moved.due_at, moved.reminder, moved.listed) == (LATER, Reminder.DAY_BEFORE, None)
        assert stores.tasks.get(second.id).due_at == DUE
        assert [one.name for one in done.untold] == [branch.li.name]
        (shown,) = changes.latest(stores, first.batch)
        assert (shown.what, shown.due_at, shown.words, shown.by) == (Happening.POSTPONED, DUE, "等材料", branch.zhao)
        assert editing.earlier(stores, giver(branch), source="-1001/7").due_at == DUE

    await database.write(unit)


async def test_a_moved_deadline_is_reminded_of_by_the_rules_of_its_group(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, _ = ordered(stores, branch)
        stores.settings.put(Where(Scope.CHAT, branch.group.id), Name.TASK_YELLOW, "5")
        done = amending.postpone(stores, giver(branch), batch=first.batch, due_at=AT + timedelta(days=14))
        moved = stores.tasks.get(done.tasks[0].id)
        assert moved.remind_at.date() == date(2026, 12, 3), "four workdays before Wednesday the 9th, and that one"

    await database.write(unit)


async def test_what_is_no_new_deadline_is_refused(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (first, _) = ordered(stores, branch)
        move = {"stores": stores, "actor": giver(branch), "batch": first.batch}
        for due_at, reason, refusal in (
            (AT, "", PastDeadline),
            (DUE, "", SameDeadline),
            (LATER, "因" * 201, LongReason),
        ):
            with pytest.raises(refusal):
                amending.postpone(**move, due_at=due_at, reason=reason)
        assert stores.tasks.get(first.id) == first

    await database.write(unit)


async def test_owners_who_work_together_have_one_deadline(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = ordered(stores, branch, together=True)
        amending.postpone(stores, giver(branch), batch=first.batch, number=second.id, due_at=LATER)
        assert {one.due_at for one in stores.tasks.batch(first.batch)} == {LATER}

    await database.write(unit)


async def test_an_edit_changes_words_deadline_and_owners_at_once(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = ordered(stores, branch)
        stores.members.speak(branch.group.id, branch.zhao.id, AT)
        for one in (branch.li, branch.wang):
            stores.members.speak(branch.group.id, one.id, AT)
        edit = {"actor": giver(branch), "source": "-1001/7", "plan": Plan("巡检", "无漏项", "照片")}
        both = chosen(branch.li, branch.wang)
        editing.revise(stores, mentions=both, due_at=None, **edit)
        changed = stores.tasks.batch(first.batch)
        assert [(one.plan.outcome, one.due_at) for one in changed] == [("照片", DUE)] * 2
        assert editing.revise(stores, mentions=both, due_at=None, **edit).tasks == ()
        editing.revise(stores, mentions=chosen(branch.li, branch.zhao), due_at=LATER, **edit)
        now = stores.tasks.batch(first.batch)
        assert [(one.id, one.owner.id, one.due_at) for one in now] == [
            (first.id, branch.li.id, LATER),
            (second.id, branch.zhao.id, LATER),
        ]
        editing.revise(stores, mentions=chosen(branch.wang), due_at=LATER, **edit)
        assert [one.owner.id for one in stores.tasks.batch(first.batch)] == [branch.wang.id]
        editing.revise(stores, mentions=chosen(branch.wang, branch.li), due_at=LATER, **edit)
        assert [one.owner.id for one in stores.tasks.given_by("-1001/7")] == [branch.wang.id, branch.li.id]
        assert len({one.batch for one in stores.tasks.given_by("-1001/7")}) == 1

    await database.write(unit)


async def test_nobody_reviews_what_has_become_their_own(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (first, _) = ordered(stores, branch, reviewer=branch.zhao.id)
        stores.tasks.save(replace(first, state=task.State.SUBMITTED, submitted_at=AT, remind_at=None, reminder=None))
        amending.postpone(stores, giver(branch), batch=first.batch, number=first.id, due_at=LATER)
        assert stores.tasks.get(first.id).remind_at is None, "nobody is reminded of what is being looked at"
        stores.members.speak(branch.group.id, branch.zhao.id, AT)
        amending.hand(stores, giver(branch), batch=first.batch, number=first.id, to=chosen(branch.zhao))
        found = stores.tasks.get(first.id)
        assert (found.owner.id, found.state, found.reviewer) == (branch.zhao.id, task.State.GIVEN, None)
        assert found.remind_at is not None

    await database.write(unit)


async def test_sixty_owners_are_refused(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (first, _) = ordered(stores, branch)
        with pytest.raises(TooManyOwners):
            amending.hand(stores, giver(branch), batch=first.batch, to=chosen(branch.li) * 60)
        assert MAX_OWNERS < 60

    await database.write(unit)


async def test_an_extension_is_asked_for_once_and_answered_once(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = ordered(stores, branch)
        own = Actor(branch.li, branch.group, now=AT)
        with pytest.raises(NotLater):
            extending.ask(stores, own, batch=first.batch, due_at=DUE, reason="出差")
        asked = extending.ask(stores, own, batch=first.batch, due_at=LATER, reason="出差").shown.extension
        with pytest.raises(extending.AlreadyAsked):
            extending.ask(stores, own, batch=first.batch, due_at=LATER, reason="出差")
        assert [one.id for one in stores.extensions.waiting(branch.zhao.id, 5)] == [asked.id]
        extending.grant(stores, giver(branch), number=asked.id)
        assert [one.due_at for one in stores.tasks.batch(first.batch)] == [LATER, DUE]
        with pytest.raises(Settled):
            extending.refuse(stores, giver(branch), number=asked.id, reason="不行")
        assert stores.extensions.waiting(branch.zhao.id, 5) == []
        late = replace(own, member=branch.wang, now=DUE + timedelta(minutes=1))
        with pytest.raises(TooLate):
            extending.ask(stores, late, batch=second.batch, due_at=LATER, reason="出差")

    await database.write(unit)


async def test_what_befalls_the_task_before_ends_the_request(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = ordered(stores, branch)
        asked = [
            extending.ask(stores, Actor(one, branch.group, now=AT), batch=first.batch, due_at=LATER, reason="出差")
            for one in (branch.li, branch.wang)
        ]
        amending.postpone(stores, giver(branch), batch=first.batch, number=first.id, due_at=LATER)
        task.withdraw(stores, giver(branch), number=second.id)
        found = [stores.extensions.get(one.shown.extension.id).state for one in asked]
        assert found == [State.OVER, State.OVER]

    await database.write(unit)


async def test_where_the_giver_has_left_the_secretary_answers(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (first, _) = ordered(stores, branch)
        assert extending.answerers(stores, first, branch.group, AT) == [branch.zhao]
        stores.members.speak(branch.group.id, branch.zhao.id, AT)
        stores.members.leave(branch.group.id, branch.zhao.id, AT)
        assert branch.zhao not in extending.answerers(stores, first, branch.group, AT)
        own = Actor(branch.li, branch.group, now=AT)
        asked = extending.ask(stores, own, batch=first.batch, due_at=LATER, reason="出差").shown.extension
        stores.hooks.departed(branch.group.id, branch.zhao.id, AT + timedelta(hours=1))
        told = [one for one in queued(stores) if str(one.subject) == f"extension:{asked.id}"]
        assert len(told) == 1, "the one before is not sent any more"

    await database.write(unit)


async def test_a_giver_who_lost_the_role_is_not_asked(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (first, _) = ordered(stores, branch)
        stores.grants.add(branch.wang, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        assert extending.answerers(stores, first, branch.group, AT) == [branch.wang]
        stores.grants.add(branch.zhao, Role.LEADER, Area(group=branch.group.id), None, AT)
        assert extending.answerers(stores, first, branch.group, AT) == [branch.zhao]

    await database.write(unit)


async def test_who_gave_it_to_themselves_needs_not_ask(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        (own,) = task.assign(stores, Order(branch.group, [branch.li], branch.li, PLAN, DUE, "own"), AT)
        with pytest.raises(OwnGiver):
            extending.mine(stores, Actor(branch.li, branch.group, now=AT), batch=own.batch)

    await database.write(unit)


async def test_withdrawn_tasks_are_found_as_such_and_their_owners_hear_nothing_in_the_group(
    database: Any, branch: Any
) -> None:
    def unit(stores: Any) -> None:
        first, second = ordered(stores, branch)
        before = len(queued(stores))
        taken = amending.take_back(stores, giver(branch), batch=first.batch)
        assert [one.id for one in taken.tasks] == [first.id, second.id]
        assert len(queued(stores)) == before
        assert stores.amendments.withdrawn(first.id).plan == PLAN
        with pytest.raises(task.TaskWithdrawn):
            amending.amendable(stores, giver(branch), batch=first.batch)
        assert stores.amendments.given_by(branch.zhao.id, 5) == []

    await database.write(unit)


async def test_open_tasks_of_groups_come_by_their_deadlines(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = ordered(stores, branch)
        amending.postpone(stores, giver(branch), batch=first.batch, number=first.id, due_at=LATER)
        found = stores.amendments.open_among([branch.group.id], 5)
        assert [one.id for one in found] == [second.id, first.id]
        assert stores.amendments.open_among([], 5) == []

    await database.write(unit)


@given(st.text(max_size=200), st.sampled_from(list(changes.Part)))
def test_what_was_before_is_read_back(words: str, part: changes.Part) -> None:
    kept = " ".join(words.split())
    event = TaskEvent(TaskId(1), Happening.CHANGED, None, AT, f"{part} {kept}".strip())
    found = changes.read(None, event)
    assert (found.part, found.words) == (part, kept)
