"""Budgets, equal things, and memberships, each by itself."""

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import TelegramError

from bot.reading import person_of
from handlers import limits
from handlers.budget import Asker, Budget, Limits, Recent, Verdict
from handlers.membership import Memberships
from tests.patience import until

GROUP, LI, BOT = -100, 7, 1
PAGE = Path(__file__).parents[2] / "docs" / "limits.md"


@dataclass
class Hand:
    """A clock that is moved by hand."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def test_whoever_has_spent_it_all_pauses_as_long_as_the_budget_is_for():
    hand = Hand()
    budget = Budget[str](3, 60, hand)
    for _ in range(3):
        assert not budget.is_spent("li")
        budget.spend("li")
        hand.at += 10
    assert budget.is_spent("li")
    assert not budget.is_spent("wang")
    hand.at = 79
    assert budget.is_spent("li")
    hand.at = 80
    assert not budget.is_spent("li")


def test_a_pause_is_over_by_the_dates_of_messages_too():
    budget = Budget[str](2, 60, Hand())
    budget.spend("li", 1000)
    budget.spend("li", 1001)
    assert budget.is_spent("li", 1060)
    assert not budget.is_spent("li", 1061)


def test_a_new_budget_begins_with_nobody_told():
    hand = Hand()
    budget = Budget[str](1, 60, hand)
    budget.spend("li")
    budget.tell("li")
    assert budget.is_told("li")
    hand.at = 60
    assert not budget.is_spent("li")
    assert not budget.is_told("li")


@given(waits=st.lists(st.floats(0, 30), max_size=200))
def test_never_more_than_twice_the_budget_in_its_time(waits):
    """A budget may begin anew in the middle; what is asked steadily and slowly is never too much."""
    hand, granted = Hand(), []
    budget = Budget[str](5, 60, hand)
    for wait in waits:
        hand.at += wait
        if not budget.is_spent("li"):
            budget.spend("li")
            granted.append(hand.at)
    for first in granted:
        assert sum(first <= at < first + 60 for at in granted) <= 10


def test_one_request_each_two_seconds_is_never_too_much():
    hand = Hand()
    made = Limits(clock=hand)
    for number in range(500):
        asker = Asker(number, LI, LI, in_group=False, written=hand.at, words=f"{number}")
        assert made.judge(asker) is Verdict.HANDLE
        made.handled(asker, acted=True)
        hand.at += 2.1


def test_budgets_of_people_and_chats_do_not_touch_each_other():
    made = Limits(clock=Hand())
    for number in range(limits.MAX_ANSWERS_IN_GROUP):
        made.answered(Asker(number, LI, GROUP, in_group=True, written=0.0))
    assert made.judge(Asker(99, LI, GROUP, in_group=True, written=0.0)) is Verdict.TELL
    for asker in (Asker(1, LI, GROUP - 1, in_group=True, written=0.0), Asker(2, 8, GROUP, in_group=True, written=0.0)):
        assert made.judge(asker) is Verdict.HANDLE
        assert not made.lets_others_pass(asker)


def test_what_is_remembered_of_many_is_dropped_once_it_does_not_matter(monkeypatch):
    monkeypatch.setattr(limits, "MAX_REMEMBERED", 10)
    hand = Hand()
    budget, recent = Budget[int](3, 60, hand), Recent[int](5, hand)
    for number in range(100):
        budget.spend(number)
        recent.note(number)
        hand.at += 100
    assert len(budget._spent) <= 10
    assert len(recent._done) <= 12, "twice as many as matter"


def test_many_who_come_at_once_are_not_compared_with_each_other(monkeypatch):
    monkeypatch.setattr(limits, "MAX_REMEMBERED", 10)
    looked = 0

    def clock():
        nonlocal looked
        looked += 1
        return 0.0

    budget, recent = Budget[int](3, 60, clock), Recent[int](5, clock)
    for number in range(2_000):
        recent.note(number)
    assert looked <= 2_000 + 10, "once for each, and seldom for what is over"
    looked = 0
    for number in range(2_000):
        budget.spend(number)
    assert looked <= 3 * 2_000, "each is compared a few times, not with all"
    assert all(budget.count(number) == 1 and recent.has(number, 0) for number in range(2_000))


def test_equal_things_that_waited_meanwhile_are_one_however_long_it_took():
    hand = Hand()
    recent = Recent[str](5, hand)
    hand.at = 100
    recent.note("li", "/export me")
    assert recent.has("li", 3, "/export me")
    assert recent.has("li", 105, "/export me")
    assert not recent.has("li", 105.1, "/export me")
    assert not recent.has("li", 3, "/export")
    recent.note("li", "/points")
    assert not recent.has("li", 3, "/export me")


def test_a_press_between_two_equal_commands_makes_them_two_and_is_not_remembered():
    made = Limits(clock=Hand())
    message = Asker(1, LI, GROUP, in_group=True, written=0, words="/points")
    press = Asker(2, LI, GROUP, in_group=True, written=None, words="study.read:1")
    made.handled(message, acted=True)
    assert made.is_repeated(message)
    made.handled(press, acted=True)
    assert not made.is_repeated(message)
    assert not made.is_repeated(press)


@pytest.mark.parametrize(
    ("body", "person"),
    [
        ({"update_id": 1, "message": {"chat": {"id": GROUP}, "from": {"id": LI}}}, LI),
        ({"update_id": 1, "message": {"chat": {"id": GROUP}, "from": {"id": 10}, "sender_chat": {"id": GROUP}}}, GROUP),
        ({"update_id": 1, "callback_query": {"from": {"id": LI}, "message": {"chat": {"id": GROUP}}}}, LI),
        ({"update_id": 1, "poll_answer": {"user": {"id": LI}}}, LI),
        ({"update_id": 1, "poll": {"id": "3"}}, None),
        ({"update_id": 1, "message": {"from": "nobody"}}, None),
        ({"update_id": 1}, None),
    ],
)
def test_whose_an_update_is(body, person):
    assert person_of(body) == person


@dataclass
class Platform:
    """Tells who is an administrator, once it is let."""

    id: int = BOT
    administrators: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    fails: bool = False

    async def get_chat_member(self, _: int, person: int) -> Any:
        self.asked.append(person)
        status = "administrator" if person in self.administrators else "member"
        await self.gate.wait()
        if self.fails:
            raise TelegramError("it does not say")
        return SimpleNamespace(status=status)


@pytest.fixture
def platform() -> Platform:
    made = Platform()
    made.gate.set()
    return made


async def test_equal_questions_at_the_same_time_are_one(platform):
    platform.gate.clear()
    members = Memberships()
    asking = [asyncio.create_task(members.get(platform, GROUP, LI)) for _ in range(100)]
    await asyncio.sleep(0)
    asking[0].cancel()  # who does not wait any more ends nothing for the others
    platform.gate.set()
    found = await asyncio.gather(*asking[1:])
    assert {one.status for one in found} == {"member"}
    assert platform.asked == [LI, BOT]


@pytest.mark.parametrize("told", [True, False])
async def test_it_is_remembered_for_minutes_where_the_platform_tells_of_changes_else_for_seconds(platform, told):
    hand = Hand()
    platform.administrators = {BOT} if told else set()
    members = Memberships(clock=hand)
    kept = limits.MEMBERSHIP_KEPT_SECONDS if told else limits.UNTOLD_KEPT_SECONDS
    await members.get(platform, GROUP, LI)
    hand.at = kept - 1
    await members.get(platform, GROUP, LI)
    assert platform.asked.count(LI) == 1
    hand.at = kept
    await members.get(platform, GROUP, LI)
    assert platform.asked.count(LI) == 2


async def test_a_change_is_heard_at_once_also_while_it_is_asked(platform):
    heard = []
    members = Memberships(changed=lambda: heard.append(1))
    platform.administrators = {BOT}
    platform.gate.clear()
    old = asyncio.create_task(members.get(platform, GROUP, LI))
    await until(lambda: platform.asked)
    platform.administrators = {BOT, LI}
    members.forget(GROUP)
    new = asyncio.create_task(members.get(platform, GROUP, LI))
    platform.gate.set()
    assert [(await old).status, (await new).status] == ["member", "administrator"]
    assert (await members.get(platform, GROUP, LI)).status == "administrator"
    assert heard == [1]
    platform.administrators = {BOT}
    members.forget_all()
    assert (await members.get(platform, GROUP, LI)).status == "member"


async def test_a_question_that_fails_is_asked_again(platform):
    members = Memberships()
    platform.fails = True
    for _ in range(2):
        with pytest.raises(TelegramError):
            await members.get(platform, GROUP, LI)
    assert platform.asked == [LI, LI]


def test_the_operators_page_has_every_limit_with_its_value():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d,]+)", PAGE.read_text(), re.MULTILINE))
    made = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert {name: int(value.replace(",", "")) for name, value in rows.items()} == made
