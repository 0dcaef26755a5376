"""Rewards on both engines: the last piece and the last of a budget go once, and what was kept comes back."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import create_engine

from domain.admin import setting
from domain.admin.setting import ENTERPRISE, Name, Scope, Where
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people import privacy
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Entry
from domain.points import points, reward
from domain.points.event import RuleName
from domain.points.points import Entry as Line
from domain.points.reward import (
    HELD,
    RESERVING,
    AlreadyAnswered,
    NoPlace,
    NotInUse,
    Offer,
    OverBudget,
    OwnRequest,
    PriceChanged,
    RewardOver,
    SoldOut,
    State,
    TooFewPoints,
    approving,
)
from domain.refusal import NotAllowed, Refusal
from storage.points.catalogue import rewards
from storage.points.reward import reward_entries, reward_requests
from storage.schema import metadata
from storage.stores import Stores
from tests.points.events import ON_TIME, READ
from tests.stores import AT, LOCALE, Renderer, queued

TOGETHER = 20
WORK, _ = ON_TIME


class Office:
    """A branch with its group, two people who have earned points, its secretary, and another branch's."""

    def __init__(self, stores: Any) -> None:
        self.branch, self.other = (
            branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=name).id for name in ("一支部", "二支部")
        )
        met = stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "一支部"), LOCALE, AT)
        self.group = branches.bind(stores, chat=met, branch=self.branch)
        names = ("李伟", "王海燕", "赵敏", "钱进")
        self.people = stores.people.add([Entry(str(n), name, self.branch) for n, name in enumerate(names)])
        self.li, self.wang, self.zhao, self.qian = (self.meet(stores, n, one) for n, one in enumerate(self.people, 1))
        stores.grants.add(self.zhao.member, Role.SECRETARY, Area(branch=self.branch), None, AT)
        stores.grants.add(self.qian.member, Role.SECRETARY, Area(branch=self.other), None, AT)
        stores.settings.put(ENTERPRISE, Name.REWARDS, "on")
        for one in (self.li, self.wang, self.zhao):
            self.earn(stores, one, "first")

    def meet(self, stores: Any, number: int, person: Any) -> Actor:
        member = stores.members.add(PersonProfile(number, person.name), AT)
        private = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, person.name), LOCALE, AT)
        known = replace(member, private=private.id)
        stores.members.save(known)
        stores.people.link(person.id, known.id)
        stores.members.speak(self.group.id, known.id, AT)
        return Actor(known, private, AT)

    def earn(self, stores: Any, who: Actor, source: str, at: datetime = AT) -> None:
        """A hundred points, once for each source."""
        ordinal = stores.points.count(who.member.id, WORK.name, source)
        if ordinal % 2 == 0:
            line = Line(
                who.member.id, self.group.id, RuleName("task.on_time"), source, "x", 100, self.group.day(at), at
            )
            stores.points.enter(replace(line, event=WORK.name), ordinal)

    def offer(self, stores: Any, stock: int = 1, cost: int = 40, **more: Any) -> Any:
        return stores.rewards.add(Offer("保温杯", cost, stock, branch=self.branch, **more), AT)


def ask(stores: Any, *, who: Actor, item: Any, press: int) -> Any:
    return reward.ask(stores, who, number=item.id, cost=item.offer.cost, press=press)


@pytest.fixture
async def office(database):
    return await database.write(Office)


@pytest.fixture
async def write(database, engine):
    """Writes by three programs in turn, so that units do meet."""
    programs = cycle([database, await engine.open(), await engine.open()])
    return lambda *args, **arguments: next(programs).write(*args, **arguments)


async def test_the_last_piece_is_given_once(database, write, office):
    item = await database.write(lambda stores: office.offer(stores, stock=1, cost=1))
    who = cycle([office.li, office.wang])
    asking = (write(ask, who=next(who), item=item, press=n) for n in range(TOGETHER))
    came_to = await asyncio.gather(*asking, return_exceptions=True)
    assert Counter(type(one).__name__ for one in came_to) == {"Asked": 1, "SoldOut": TOGETHER - 1}
    assert (await database.read(lambda stores: stores.rewards.find(item.id))).offer.stock == 0


async def test_a_budget_is_spent_once(database, write, office):
    def begin(stores):
        stores.settings.put(Where(Scope.BRANCH, office.branch), Name.REWARD_BUDGET, "100 yuan")
        return office.offer(stores, stock=100, cost=1, value=30)

    item = await database.write(begin)
    who = cycle([office.li, office.wang])
    asking = (write(ask, who=next(who), item=item, press=n) for n in range(TOGETHER))
    came_to = await asyncio.gather(*asking, return_exceptions=True)
    assert Counter(type(one).__name__ for one in came_to) == {"Asked": 3, "OverBudget": TOGETHER - 3}
    left = await database.read(lambda stores: reward.budget_of(stores, office.branch, 2026).left)
    assert left == 10


async def test_what_waits_elsewhere_hides_nothing(database, office, monkeypatch):
    monkeypatch.setattr(approving, "LOOKED_AT", 2)

    def unit(stores):
        item = office.offer(stores, stock=9, cost=1)
        asked = [ask(stores, who=office.li, item=item, press=n).request for n in range(3)]
        in_another, in_none = (
            stores.rewards.ask(replace(asked[0], branch=branch), f"source:{branch}") for branch in (office.other, None)
        )
        shown = approving._waiting(stores, office.qian)
        assert [one.id for one in shown.to_answer] == [in_another.id]
        assert set(stores.rewards.waiting_in()) == {office.branch, office.other, None}
        assert [one.id for one in stores.rewards.waiting([None], office.qian.member.id, 9)] == [in_none.id]
        assert stores.rewards.waiting([None, office.branch], office.li.member.id, 9) == [], "one's own"
        assert approving._message_to(stores, office.qian.member, AT)

    await database.write(unit)


async def test_a_request_passes_secretaries_who_cannot_be_written_to(database, office):
    def unit(stores):
        boss = office.meet(stores, 9, stores.people.add([Entry("9", "吴刚", office.branch)])[0])
        stores.grants.add(boss.member, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        stores.members.save(replace(office.zhao.member, private=None))
        made = ask(stores, who=office.li, item=office.offer(stores), press=1)
        return made.told, stores.outbox.stands(approving.inbox(boss.member.id))

    assert await database.write(unit) == (True, True)


async def test_points_are_spent_once(database, write, office):
    item = await database.write(lambda stores: office.offer(stores, stock=100, cost=40))
    asking = (write(ask, who=office.li, item=item, press=n) for n in range(TOGETHER))
    came_to = await asyncio.gather(*asking, return_exceptions=True)
    assert Counter(type(one).__name__ for one in came_to) == {"Asked": 2, "TooFewPoints": TOGETHER - 2}
    assert await database.read(lambda stores: reward.balance(stores, office.li.member.id)) == 20
    assert await database.read(lambda stores: stores.points.total(office.li.member.id)) == 100


async def test_a_confirmation_that_comes_several_times_at_once_asks_once(database, write, office):
    item = await database.write(lambda stores: office.offer(stores, stock=5))
    came_to = await asyncio.gather(*(write(ask, who=office.li, item=item, press=7) for _ in range(TOGETHER)))
    assert len({one.request.id for one in came_to}) == 1
    assert (await database.read(lambda stores: stores.rewards.find(item.id))).offer.stock == 4


async def test_a_request_that_two_answer_at_once_is_answered_once(database, write, office):
    item = await database.write(office.offer)
    number = (await database.write(ask, who=office.li, item=item, press=1)).request.id
    approving = [write(reward.approve, actor=office.zhao, number=number) for _ in range(3)]
    taking_back = [write(reward.withdraw, actor=office.li, number=number) for _ in range(3)]
    came_to = await asyncio.gather(*approving, *taking_back, return_exceptions=True)
    assert Counter(isinstance(one, AlreadyAnswered) for one in came_to) == {False: 1, True: 5}


async def test_what_is_refused_comes_back_and_the_reason_goes_to_who_has_asked(database, office):
    def unit(stores):
        item = office.offer(stores)
        number = ask(stores, who=office.li, item=item, press=1).request.id
        assert reward.balance(stores, office.li.member.id) == 60
        reward.approve(stores, office.zhao, number=number)
        reward.refuse(stores, office.zhao, number=number, reason="厂家停产")
        with pytest.raises(AlreadyAnswered):
            reward.hand(stores, office.zhao, number=number)
        return stores.rewards.find(item.id).offer.stock, reward.balance(stores, office.li.member.id), queued(stores)

    stock, balance, said = await database.write(unit)
    assert (stock, balance) == (1, 100)
    news = [one for one in said if one.chat == office.li.chat.id]
    assert ["厂家停产" in str(one.body) for one in news] == [True]


async def test_those_in_charge_have_one_message_each(database, office):
    def unit(stores):
        item = office.offer(stores, stock=9, cost=1)
        numbers = [ask(stores, who=office.li, item=item, press=n).request.id for n in range(3)]
        first = [one for one in queued(stores) if one.chat == office.zhao.chat.id]
        for number in numbers:
            reward.approve(stores, office.zhao, number=number)
            reward.hand(stores, office.zhao, number=number)
        return first, stores.outbox.stands(reward.inbox(office.zhao.member.id))

    first, stands = await database.write(unit)
    assert len(first) == 1
    assert not stands


async def test_others_may_not(database, office):
    def unit(stores):
        item, own = office.offer(stores, stock=9), office.zhao
        number = ask(stores, who=office.li, item=item, press=1).request.id
        for action in (reward.approve, reward.hand, reward.refusable):
            with pytest.raises(NotAllowed):
                action(stores, office.qian, number=number)
            with pytest.raises(NotAllowed):
                action(stores, office.li, number=number)
        with pytest.raises(RewardOver):
            reward.withdraw(stores, office.wang, number=number)
        mine = ask(stores, who=own, item=item, press=1).request.id
        with pytest.raises(OwnRequest):
            reward.approve(stores, own, number=mine)

    await database.write(unit)


async def test_the_price_that_was_asked_for_holds_and_a_closed_reward_is_still_handed_over(database, office):
    def unit(stores):
        item = office.offer(stores)
        with pytest.raises(PriceChanged):
            reward.ask(stores, office.li, number=item.id, cost=1, press=1)
        number = ask(stores, who=office.li, item=item, press=1).request.id
        reward.close(stores, office.zhao, number=item.id)
        with pytest.raises(RewardOver):
            ask(stores, who=office.wang, item=item, press=2)
        reward.approve(stores, office.zhao, number=number)
        handed = reward.hand(stores, office.zhao, number=number).request
        return handed.cost, handed.handed_on, stores.rewards.spent(office.li.member.id)

    assert await database.write(unit) == (40, date(2026, 11, 25), 40)


async def test_points_that_are_taken_back_after_they_were_spent_stop_the_next_one_alone(database, office):
    def unit(stores):
        item = office.offer(stores, stock=9)
        number = ask(stores, who=office.li, item=item, press=1).request.id
        points.reverse(stores, office.li.member.id, WORK, source="first", at=AT)
        balance = reward.balance(stores, office.li.member.id)
        with pytest.raises(TooFewPoints):
            ask(stores, who=office.li, item=item, press=2)
        reward.approve(stores, office.zhao, number=number)
        office.earn(stores, office.li, "second")
        return balance, ask(stores, who=office.li, item=item, press=3).balance

    assert await database.write(unit) == (-40, 20)


async def test_what_was_earned_before_the_day_does_not_count(database, office):
    def unit(stores):
        admin = replace(office.wang, is_root_admin=True)
        stores.settings.remove(ENTERPRISE, Name.REWARDS)
        later = replace(admin, now=AT + timedelta(days=3), heard=AT + timedelta(days=3))
        setting.change(stores, later, name=Name.REWARDS, where=ENTERPRISE, words="on")
        before = reward.balance(stores, office.li.member.id)
        office.earn(stores, office.li, "then", later.now)
        points.reverse(stores, office.li.member.id, WORK, source="first", at=later.now)
        return before, reward.balance(stores, office.li.member.id)

    assert await database.write(unit) == (0, 100), "what was earned earlier and is taken back later changes nothing"


async def test_a_new_year_has_a_new_budget_in_the_enterprises_zone(database, office):
    def unit(stores):
        stores.settings.put(ENTERPRISE, Name.REWARD_BUDGET, "40 points")
        item = office.offer(stores, stock=9)
        midnight = datetime.fromisoformat("2026-12-31T23:59:59+08:00")
        ask(stores, who=replace(office.li, now=midnight), item=item, press=1)
        with pytest.raises(OverBudget):
            ask(stores, who=replace(office.wang, now=midnight), item=item, press=1)
        new = replace(office.wang, now=midnight + timedelta(seconds=1))
        return ask(stores, who=new, item=item, press=2).request.year

    assert await database.write(unit) == 2027


async def test_who_leaves_gives_back_what_nobody_has_answered(database, office):
    def unit(stores):
        item = office.offer(stores, stock=5, cost=10)
        first, second = (ask(stores, who=office.li, item=item, press=n).request.id for n in (1, 2))
        reward.approve(stores, office.zhao, number=first)
        stores.people.leave(office.people[0].id, date(2026, 11, 24))
        stores.hooks.left(office.li.member.id, None, AT)
        states = [stores.rewards.request(number).state for number in (first, second)]
        with pytest.raises(NoPlace):
            ask(stores, who=office.li, item=item, press=3)
        return states, stores.rewards.find(item.id).offer.stock

    assert await database.write(unit) == ([State.APPROVED, State.WITHDRAWN], 4)


async def test_who_is_erased_gives_everything_back_and_their_reasons_are_gone(database, office):
    def unit(stores):
        item = office.offer(stores, stock=5, cost=10)
        numbers = [ask(stores, who=office.li, item=item, press=n).request.id for n in (1, 2)]
        reward.approve(stores, office.zhao, number=numbers[0])
        reward.refuse(stores, office.zhao, number=numbers[1], reason="先给老同志")
        person = office.people[0]
        stores.people.leave(person.id, date(2026, 11, 24))
        privacy.forget(stores, person=person, member=office.li.member, by=None, at=AT)
        kept = [stores.rewards.request(number) for number in numbers]
        return [(one.state, one.reason) for one in kept], stores.rewards.find(item.id).offer.stock

    assert await database.write(unit) == ([(State.WITHDRAWN, ""), (State.REFUSED, "")], 5)


async def test_two_members_that_are_one_have_one_balance(database, office):
    def unit(stores):
        item = office.offer(stores, stock=5, cost=10)
        ask(stores, who=office.li, item=item, press=1)
        stores.hooks.merged(office.li.member.id, office.wang.member.id, AT)
        own = stores.rewards.requests_of(office.wang.member.id, RESERVING, 10)
        return len(own), reward.balance(stores, office.wang.member.id), stores.rewards.spent(office.li.member.id)

    assert await database.write(unit) == (1, 90, 0)


async def test_others_branches_and_days_that_are_over_are_not_offered(database, office):
    def unit(stores):
        seen = office.offer(stores, until=date(2026, 11, 25))
        over = office.offer(stores, until=date(2026, 11, 24))
        others = stores.rewards.add(Offer("雨伞", 1, 1, branch=office.other), AT)
        all_of_them = stores.rewards.add(Offer("球票", 1, 1), AT)
        for item in (over, others):
            with pytest.raises(RewardOver):
                ask(stores, who=office.li, item=item, press=item.id)
        return [one.id for one in reward.show(stores, office.li).rewards] == [all_of_them.id, seen.id]

    assert await database.write(unit)


async def test_who_is_asked_where_the_secretary_asks(database, office):
    """Another secretary of the branch, else those above it, else the administrators; and nobody where there is none."""

    def unit(stores):
        item = office.offer(stores, stock=9, cost=1)
        alone = ask(stores, who=office.zhao, item=item, press=1).told
        stores.grants.add(office.wang.member, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        return alone, ask(stores, who=office.zhao, item=item, press=2).told, queued(stores)

    alone, told, said = await database.write(unit)
    assert (alone, told) == (False, True)
    assert {one.chat for one in said} == {office.wang.chat.id}


async def test_rewards_that_are_switched_off_are_no_more_asked_for_but_what_was_goes_its_way(database, office):
    def unit(stores):
        item = office.offer(stores, stock=9)
        number = ask(stores, who=office.li, item=item, press=1).request.id
        stores.settings.put(ENTERPRISE, Name.REWARDS, "off")
        for action in (reward.show, reward.catalogue):
            with pytest.raises(NotInUse):
                action(stores, office.zhao)
        with pytest.raises(NotInUse):
            ask(stores, who=office.li, item=item, press=2)
        assert reward.show(stores, office.li).requests
        reward.approve(stores, office.zhao, number=number)
        return reward.hand(stores, office.zhao, number=number).request.state

    assert await database.write(unit) is State.HANDED


class Shop(RuleBasedStateMachine):
    """Asking, answering and taking back in any order: nothing is given twice, and nothing is lost."""

    @initialize(stock=st.integers(0, 3), budget=st.sampled_from(["none", "50 points", "100 points", "7 yuan"]))
    def begin(self, stock, budget):
        self.engine = create_engine("sqlite://")
        metadata.create_all(self.engine)
        self.connection = self.engine.connect()
        self.stores = Stores(self.connection, Renderer(), AT)
        self.office, self.put, self.press = Office(self.stores), stock, 0
        self.stores.settings.put(ENTERPRISE, Name.REWARD_BUDGET, budget)
        self.item, self.numbers = self.office.offer(self.stores, stock=stock, cost=30, value=3), []

    def tried(self, action, *args, **arguments):
        try:
            return action(self.stores, *args, **arguments)
        except Refusal:
            return None

    @rule(who=st.sampled_from(["li", "wang", "zhao"]))
    def ask(self, who):
        self.press += 1
        asked = self.tried(ask, who=getattr(self.office, who), item=self.item, press=self.press)
        self.numbers += [asked.request.id] if asked else []

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), action=st.sampled_from(["approve", "hand", "withdraw", "refuse"]))
    def answer(self, data, action):
        number = data.draw(st.sampled_from(self.numbers))
        by = self.stores.rewards.request(number).by
        asker = next(one for one in (self.office.li, self.office.wang, self.office.zhao) if one.member.id == by.id)
        more = {"reason": "x"} if action == "refuse" else {}
        actor = asker if action == "withdraw" else self.office.zhao
        self.tried(getattr(reward, action), actor, number=number, **more)

    @rule(source=st.integers(0, 3).map(str))
    def earn(self, source):
        self.office.earn(self.stores, self.office.li, source)

    @rule(source=st.integers(0, 3).map(str))
    def lose(self, source):
        points.reverse(self.stores, self.office.li.member.id, WORK, source=source, at=AT)

    @invariant()
    def the_books_are_balanced(self):
        if not hasattr(self, "numbers"):
            return
        requests = [row._mapping for row in self.connection.execute(reward_requests.select())]
        held = [one for one in requests if one["state"] in {state.value for state in HELD}]
        (stock,) = self.connection.execute(rewards.select().with_only_columns(rewards.c.stock)).scalars()
        assert stock >= 0
        assert stock + len(held) == self.put, "what is held and what is left is what was put in"
        spent = Counter()
        for row in self.connection.execute(reward_entries.select()):
            spent[row.member_id] -= row.points
        wanted = Counter()
        for one in held:
            wanted[one["member_id"]] += one["cost"]
        assert +spent == +wanted, "what is spent is what the requests cost"
        budget = reward.budget_of(self.stores, self.office.branch, 2026)
        assert budget.limit is None or budget.left >= 0


Shop.TestCase.settings = settings(max_examples=10, stateful_step_count=12, deadline=None)
TestShop = Shop.TestCase


async def test_reading_something_earns_what_can_be_spent(database, office):
    def unit(stores):
        before = reward.balance(stores, office.li.member.id)
        points.award(stores, office.li.member.id, office.group, *READ, source="study:1", cause="x", at=AT)
        return reward.balance(stores, office.li.member.id) - before

    assert await database.write(unit) == 1


async def test_an_empty_stock_is_said(database, office):
    def unit(stores):
        item = office.offer(stores, stock=0)
        with pytest.raises(SoldOut):
            reward.propose(stores, office.li, number=item.id)
        assert not stores.rewards.take(item.id), "nor is one taken by who comes past that"

    await database.write(unit)
