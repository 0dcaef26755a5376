"""The lives of suggestions and alarms in the store, on each engine."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError

from domain.ids import SuggestionId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Entry
from domain.refusal import NoMore, NotAllowed
from domain.voice import suggestion
from domain.voice.naming import Naming
from domain.voice.suggestion import Tagging, Way, board, course, figures, hazard, triage
from domain.voice.suggestion.hazard import MAX_TIMES
from domain.voice.suggestion.life import Desk, Stage, Step, WrongStep
from domain.voice.suggestion.on_call import on_call
from domain.work.task import Link, LinkKind, Order, Plan, assign
from tests.stores import AT, LOCALE, queued

TOGETHER = 9
DECEMBER = date(2026, 12, 1)


class Office:
    """A committee with a secretary above a branch with one, a group of each, and an administrator."""

    def __init__(self, stores: Any) -> None:
        above = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
        own = branches.add(stores, parent=above.id, kind=BranchKind.BRANCH, name="一支部")
        met = [
            stores.chats.add(ChatProfile(-n, ChatKind.GROUP, name), LOCALE, AT)
            for n, name in ((1, "一支部"), (2, "党委"))
        ]
        self.group, self.upper = (
            branches.bind(stores, chat=chat, branch=place.id) for chat, place in zip(met, (own, above), strict=True)
        )
        names = [("李伟", own), ("陈书记", own), ("孙书记", own), ("赵书记", above), ("钱管理", above)]
        people = stores.people.add([Entry(str(n), name, place.id) for n, (name, place) in enumerate(names, 1)])
        self.li, self.chen, self.sun, self.zhao, self.qian = (
            self.meet(stores, n, person) for n, person in enumerate(people, 1)
        )
        for who, role, area in (
            (self.chen, Role.SECRETARY, Area(branch=own.id)),
            (self.sun, Role.SECRETARY, Area(branch=own.id)),
            (self.zhao, Role.SECRETARY, Area(branch=above.id)),
            (self.qian, Role.ADMINISTRATOR, EVERYWHERE),
        ):
            stores.grants.add(who.member, role, area, None, AT)

    def meet(self, stores: Any, number: int, person: Any) -> Actor:
        member = stores.members.add(PersonProfile(number, person.name), AT)
        private = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, person.name), LOCALE, AT)
        known = replace(member, private=private.id)
        stores.members.save(known)
        stores.people.link(person.id, known.id)
        stores.members.speak(self.group.id, known.id, AT)
        return Actor(known, self.group, AT)

    def desk(self, stores: Any, who: Actor) -> Desk:
        from domain.voice.suggestion.holding import desk

        return desk(stores, who, [who, replace(who, chat=self.upper)])


def suggests(
    stores: Any, who: Actor, text: str = "食堂加个热菜", naming: Naming = Naming.NAMED, above: bool = False
) -> SuggestionId:
    tagging, way = Tagging((), ("食堂后勤",)), Way(naming, above)
    made = suggestion.make(stores, who, text=text, tagging=tagging, source=f"{text} {above}", way=way)
    return made.suggestion.id


def later(who: Actor, **span: int) -> Actor:
    return replace(who, now=AT + timedelta(**span))


@pytest.fixture
async def there(database: Any) -> Any:
    return await database.write(Office)


async def test_many_decide_at_once_and_one_does(there: Office, database: Any, engine: Any) -> None:
    programs = cycle([database, await engine.open(), await engine.open()])
    number = await database.write(partial(suggests, who=there.li))
    steps = [partial(course.adopt, actor=who) for who in (there.chen, there.sun)]
    steps.append(partial(course.refuse, actor=there.chen, reason="放不下"))

    async def answer(step: Any) -> str:
        try:
            await next(programs).write(partial(step, number=number, version=0))
        except WrongStep:
            return "late"
        return "first"

    found = sorted(await asyncio.gather(*map(answer, steps * (TOGETHER // 3))))
    assert found == ["first", *["late"] * (TOGETHER - 1)]

    def check(stores: Any) -> None:
        life, history = stores.suggestion_lives.get(number).life, stores.suggestion_lives.history(number)
        assert (life.version, len(history)) == (1, 1)
        earned = stores.points.total(there.li.member.id)
        assert earned == (2 + 5 if life.stage is Stage.ADOPTED else 2)

    await database.read(check)


async def test_who_has_it_and_who_may_answer(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number = suggests(stores, there.li)
        lives = stores.suggestion_lives
        assert [lives.waiting(there.desk(stores, who)).count for who in (there.li, there.chen, there.zhao)] == [0, 1, 0]
        with pytest.raises(NotAllowed):
            course.adopt(stores, there.li, number=number, version=0)
        with pytest.raises(NoMore):
            course.adopt(stores, replace(there.zhao, chat=there.upper), number=number, version=0)
        triage.escalate_overdue(stores, AT + timedelta(days=3))
        assert lives.get(number).life.height == 0, "its last day is Monday"
        triage.escalate_overdue(stores, AT + timedelta(days=6))
        triage.escalate_overdue(stores, AT + timedelta(days=6))
        life = lives.get(number).life
        assert (life.height, life.version, life.due_on) == (1, 1, date(2026, 12, 4))
        assert [one.step for one in lives.history(number)] == [Step.ESCALATE]
        assert [lives.waiting(there.desk(stores, who)).count for who in (there.chen, there.zhao, there.qian)] == [
            1,
            1,
            0,
        ]
        told = [row for row in queued(stores) if "triage.passed_on" in str(row.body)]
        assert [row.chat for row in told] == [there.zhao.member.private]
        course.adopt(stores, there.zhao, number=number, version=1)

    await database.write(unit)


async def test_it_goes_up_level_by_level_and_stays_at_the_last(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number, lives = suggests(stores, there.li), stores.suggestion_lives
        seen = []
        for days in (6, 8, 13, 40):
            triage.escalate_overdue(stores, AT + timedelta(days=days))
            waiting = tuple(
                lives.waiting(there.desk(stores, who)).count for who in (there.chen, there.zhao, there.qian)
            )
            seen.append((lives.get(number).life.height, waiting))
        assert seen == [(1, (1, 1, 0)), (1, (1, 1, 0)), (2, (1, 1, 1)), (2, (1, 1, 1))]
        assert [one.step for one in lives.history(number)] == [Step.ESCALATE] * 2
        told = [row.chat for row in queued(stores) if "triage.passed_on" in str(row.body)]
        assert told == [there.zhao.member.private, there.qian.member.private]
        with pytest.raises(NoMore):
            course.transfer(stores, there.chen, number=number, version=2, group=None)

    await database.write(unit)


async def test_it_goes_up_past_those_who_cannot_be_written_to(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        stores.members.save(replace(there.zhao.member, private=None))
        number, lives = suggests(stores, there.li), stores.suggestion_lives
        triage.escalate_overdue(stores, AT + timedelta(days=6))
        assert lives.get(number).life.height == 1
        told = [row for row in queued(stores) if "triage.passed_on" in str(row.body)]
        assert [row.chat for row in told] == [there.qian.member.private]
        waiting = [lives.waiting(there.desk(stores, who)).count for who in (there.chen, there.zhao, there.qian)]
        assert waiting == [1, 0, 1]
        course.adopt(stores, there.qian, number=number, version=1)

    await database.write(unit)


async def test_a_branch_with_two_groups_is_counted_once(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        second = stores.chats.add(ChatProfile(-3, ChatKind.GROUP, "一支部二群"), LOCALE, AT)
        second = branches.bind(stores, chat=second, branch=there.group.branch)
        suggests(stores, there.li)
        suggests(stores, replace(there.chen, chat=second), "车间加一台饮水机")
        desks = [there.chen, replace(there.chen, chat=second)]
        month = figures.show(stores, there.chen, there=desks)
        assert (month.total.made, month.total.heads, month.groups) == (2, 3, ())
        month = figures.show(
            stores, there.qian, there=[replace(there.qian, chat=one) for one in (second, there.group, there.upper)]
        )
        assert [(one.branch, one.made, one.heads) for one in month.groups] == [("一支部", 2, 3), ("党委", 0, 5)], (
            "a committee's people are those of all below it"
        )
        assert month.total.heads == 5

    await database.write(unit)


async def test_it_goes_to_another_group_whose_people_have_it_then(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number = suggests(stores, there.li)
        moved = course.transfer(stores, there.chen, number=number, version=0, group=there.upper.id)
        assert (moved.life.group, moved.life.stage, moved.life.height) == (
            there.upper.id,
            Stage.RECEIVED,
            0,
        )
        with pytest.raises(NoMore):
            course.adopt(stores, there.chen, number=number, version=1)
        course.adopt(stores, replace(there.zhao, chat=there.upper), number=number, version=1)
        assert [case.suggestion.id for case in board.show(stores, there.li).cases] == [number], "where it was made"

    await database.write(unit)


async def test_what_is_merged_or_taken_back_is_seen_no_more(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number, other = suggests(stores, there.li), suggests(stores, there.li, "车间加一台饮水机")
        course.adopt(stores, there.chen, number=number, version=0)
        course.end(stores, number, Step.TAKE_BACK, by=there.li.member.id, at=AT)
        course.end(stores, other, Step.MERGE, by=there.chen.member.id, at=AT)
        assert stores.suggestion_lives.waiting(there.desk(stores, there.chen)).count == 0
        assert board.show(stores, there.li).total == 0
        assert stores.points.total(there.li.member.id) == 4, "what the adoption earned is taken back"
        with pytest.raises(NoMore):
            course.adopt(stores, there.chen, number=number, version=2)
        course.end(stores, other, Step.RESTORE, by=there.chen.member.id, at=AT)
        assert stores.suggestion_lives.waiting(there.desk(stores, there.chen)).count == 1

    await database.write(unit)


async def test_a_task_that_ends_moves_its_suggestion(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number = suggests(stores, there.li)
        adopted = course.adopt(stores, there.chen, number=number, version=0)
        lives, due_at, chen = stores.suggestion_lives, AT + timedelta(days=1), there.chen.member
        (task,) = assign(stores, Order(there.group, [chen], chen, Plan("热菜"), due_at, "test"), AT)
        course.move(stores, adopted, Step.ASSIGN, by=None, at=AT, batch=task.batch)
        assert lives.of_task(task.batch) == number
        assert stores.tasks.links(task.batch) == [Link(LinkKind.SUGGESTION, number)]
        assert lives.waiting(there.desk(stores, there.chen)).count == 0
        stores.tasks.withdraw(task.id, AT)
        course.task_ended(stores, task, AT)
        life = lives.get(number).life
        assert (life.stage, life.task) == (Stage.ADOPTED, None), "withdrawn: adopted, without a task"
        assert lives.history(number)[-1].step is Step.RELEASE

    await database.write(unit)


async def test_figures_and_the_week(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        first, second = suggests(stores, there.li), suggests(stores, there.li, "车间加一台饮水机")
        course.adopt(stores, later(there.chen, days=2), number=first, version=0)
        course.refuse(stores, later(there.chen, days=1), number=second, version=0, reason="放不下")
        month = figures.show(stores, there.chen, there=[there.chen])
        total = month.total
        assert (total.made, total.adopted, total.refused, total.rate, total.days) == (2, 1, 1, 50, 1.5)
        assert (total.heads, total.rising) == (3, ["食堂后勤"])
        lives, week = stores.suggestion_lives, (AT, AT + timedelta(days=3))
        assert [lives.reached(there.group.id, step, *week) for step in (Step.ADOPT, Step.FINISH)] == [1, 0]
        assert lives.count(there.group.id) == {Stage.ADOPTED: 1, Stage.REFUSED: 1}

    await database.write(unit)


async def test_the_history_is_kept_and_a_key_holds_its_suggestion(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number = suggests(stores, there.li, naming=Naming.ANONYMOUS)
        course.adopt(stores, there.chen, number=number, version=0)
        assert stores.points.total(there.li.member.id) == 0
        assert all(one.by != there.li.member.id for one in stores.suggestion_lives.history(number))
        assert not [row for row in queued(stores) if row.chat == there.li.member.private], "nothing leads to its author"

    await database.write(unit)
    with pytest.raises(Exception) as caught:
        await database.write(lambda stores: stores.connection.execute(sql("DELETE FROM suggestions")))
    assert isinstance(caught.value, SQLAlchemyError) or "FOREIGN KEY" in str(caught.value).upper()


async def test_what_is_for_the_next_level_alone_rings_nobody_below(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number = suggests(stores, there.li, "井下着火了", above=True)
        made = hazard.sound(stores, stores.suggestions.find(number), word="着火", at=AT)
        assert made is not None
        for minutes in range(0, 200, 5):
            hazard.ring_due(stores, AT + timedelta(minutes=minutes))
        assert set(stores.hazards.called(made.id)) == {there.zhao.member.id, there.qian.member.id}
        local = stores.suggestions.find(suggests(stores, there.chen, "井下着火了"))
        assert hazard.sound(stores, local, word="着火", at=AT) is not None, "those below have heard nothing"

    await database.write(unit)


async def test_a_group_without_a_list_of_its_own_rings_that_of_the_branch_above(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        usual = on_call(stores, there.group)
        assert ([one.id for one in usual.people], usual.own) == (
            [one.member.id for one in (there.chen, there.sun, there.qian)],
            False,
        )
        stores.hazards.choose(EVERYWHERE, [there.li.member.id])
        stores.hazards.choose(Area(group=there.upper.id), [there.zhao.member.id])
        found = on_call(stores, there.group)
        assert ([one.id for one in found.people], found.above) == ([there.zhao.member.id], there.upper)
        assert on_call(stores, there.upper).above is None
        stores.hazards.choose(Area(group=there.group.id), [there.chen.member.id])
        assert [one.id for one in on_call(stores, there.group).people] == [there.chen.member.id]

    await database.write(unit)


async def test_an_alarm_rings_on_until_it_has_rung_often_enough(there: Office, database: Any) -> None:
    def unit(stores: Any) -> None:
        number = suggests(stores, there.li, "井下着火了")
        one = stores.suggestion_lives.get(number).suggestion
        made = hazard.sound(stores, one, word="着火", at=AT)
        assert made is not None
        assert hazard.sound(stores, one, word="着火", at=AT) is None, "once"
        called = stores.hazards.called(made.id)
        assert called == [there.chen.member.id]
        for minutes in range(0, 200, 5):
            hazard.ring_due(stores, AT + timedelta(minutes=minutes))
        rung = stores.hazards.get(made.id)
        assert (rung.times, rung.next_at) == (MAX_TIMES, None)
        assert set(stores.hazards.called(made.id)) == {who.member.id for who in (there.chen, there.sun, there.qian)}
        with pytest.raises(NoMore):
            hazard.acknowledge(stores, replace(there.li, chat=there.upper), number=made.id)
        with pytest.raises(NotAllowed):
            hazard.acknowledge(stores, there.li, number=made.id)
        shown = hazard.acknowledge(stores, there.sun, number=made.id)
        assert hazard.acknowledge(stores, there.chen, number=made.id).by == shown.by == there.sun.member

    await database.write(unit)
