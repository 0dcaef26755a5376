"""One person asks for too much: the others do not wait, a group can be read, and whoever it is hears so once."""

from dataclasses import dataclass
from typing import Any

import pytest

import texts
from bot import intake
from handlers import limits as constants
from handlers.budget import Limits, Verdict
from sandbox.chats import Chat
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain

READER = texts.Reader("zh", "Asia/Shanghai")
TOO_MUCH = texts.label("general.too_much", READER, {})
TOO_MANY_PRESSES = texts.label("general.too_many_presses", READER, {})
FLOOD = 600


@dataclass
class Hand:
    """A clock that is moved by hand."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def limits(hand: Hand) -> Limits:
    """Those of a program that runs for people."""
    return Limits(clock=hand)


def said(world: World) -> list[tuple[int, str]]:
    """The chat and the words of every message of the bot, in the order in which they were sent."""
    calls = [call.parameters for call in world.sandbox.calls if call.method == "sendMessage"]
    return [(int(given["chat_id"]), given["text"]) for given in calls]


def asked(world: World) -> int:
    """How often the platform was asked about a membership."""
    return sum(call.method == "getChatMember" for call in world.sandbox.calls)


def private(world: World, who: str) -> Chat:
    return world.sandbox.open_private(world.people[who], BOT)


async def open_private(world: World, who: str) -> Place:
    place = Place(world, private(world, who))
    await place.says(who, "/start")
    return place


async def test_a_flood_with_a_slow_platform_holds_up_nobody(group: Place) -> None:
    world = group.world
    wang = await open_private(world, WANG)
    before, questions = len(said(world)), asked(world)
    world.sandbox.fault("getChatMember", kind="slow", times=FLOOD, seconds=0.2)
    for number in range(FLOOD):
        group.sandbox.say(group.chat, group.person(SECRETARY), f"/task @li 明天 巡检 {number}")
    assert "积分" in await wang.says(WANG, "/points")
    world.sandbox.faults.clear()
    since = said(world)[before:]
    place = next(number for number, (chat, _) in enumerate(since) if chat == wang.chat.id)
    assert place <= constants.MAX_ANSWERS_IN_GROUP + 1
    assert len(since) == constants.MAX_ANSWERS_IN_GROUP + 2
    assert asked(world) - questions <= 4
    assert await world.rows("tasks") == constants.MAX_ANSWERS_IN_GROUP


async def test_a_chats_backlog_takes_no_place_of_another_chat(
    group: Place, monkeypatch: pytest.MonkeyPatch, limits: Limits
) -> None:
    """Without budgets: what waits in one chat, whoever sent it, waits there alone, and most of it in the store."""
    world = group.world
    wang = await open_private(world, WANG)
    monkeypatch.setattr(limits, "judge", lambda _: Verdict.HANDLE)
    held = []
    leave = intake.Intake._leave_in_store

    def count(self: intake.Intake, *given: Any) -> None:
        held.append(self._lanes.waiting(given[1]))
        leave(self, *given)

    monkeypatch.setattr(intake.Intake, "_leave_in_store", count)
    monkeypatch.setattr(intake, "MAX_HELD_OF_CHAT", 16)
    before = len(said(world))
    for number in range(60):
        group.sandbox.say(group.chat, group.person(LI), f"/nothing{number}@jingyi_bot")
    await wang.says(WANG, "/points")
    since = said(world)[before:]
    assert held
    assert min(held) >= 16
    assert next(number for number, (chat, _) in enumerate(since) if chat == wang.chat.id) < 30
    here = [words for chat, words in since if chat == group.chat.id]
    assert [f"/nothing{number} " in words for number, words in enumerate(here)] == [True] * 60


async def test_others_in_the_group_are_answered_before_the_rest_of_a_flood(group: Place) -> None:
    world = group.world
    before = len(said(world))
    for number in range(FLOOD):
        group.sandbox.say(group.chat, group.person(LI), f"/nothing{number}@jingyi_bot")
    await group.says(WANG, "/points")
    here = [words for chat, words in said(world)[before:] if chat == group.chat.id]
    unknown = [words for words in here if "没有" in words and "/nothing" in words]
    assert len(unknown) == constants.MAX_ANSWERS_IN_GROUP
    assert sum(TOO_MUCH in words for words in here) == 1  # Li has no private chat with the bot
    assert len(here) == constants.MAX_ANSWERS_IN_GROUP + 2
    assert await world.rows("outbox", "urgent = 0 AND body LIKE '%/nothing%'") == (
        constants.MAX_ANSWERS_IN_GROUP - constants.MAX_ANSWERS_FIRST
    )


async def test_the_polite_line_comes_in_private_once_and_then_again_after_the_next_pause(
    group: Place, hand: Hand
) -> None:
    world = group.world
    li = await open_private(world, LI)
    for _ in range(2):
        for number in range(30):
            group.sandbox.say(group.chat, group.person(LI), f"/nothing{number}@jingyi_bot")
        await world.idle()
        hand.at += constants.BUDGET_SECONDS
    assert [plain(message) for message in li.bot_messages()].count(TOO_MUCH) == 2
    assert TOO_MUCH not in group.shown()
    await group.says(LI, "/points")
    assert TOO_MUCH not in group.newest()


async def test_a_persons_messages_in_private_have_a_budget(group: Place, hand: Hand) -> None:
    li = await open_private(group.world, LI)
    for number in range(60):
        group.sandbox.say(li.chat, group.person(LI), f"随便说 {number}")
    await group.world.idle()
    assert [plain(message) for message in li.bot_messages()].count(TOO_MUCH) == 1
    assert await li.says(LI, "/help") == ""
    hand.at += constants.BUDGET_SECONDS
    assert "/points" in await li.says(LI, "/help")


async def test_after_an_outage_the_messages_of_an_hour_are_not_too_much(group: Place) -> None:
    """They come at once, but were written in their time."""
    li = await open_private(group.world, LI)
    at = int(group.sandbox.clock.timestamp())
    for number in range(60):
        who = {"chat": li.chat.as_dict(), "from": group.person(LI).as_dict()}
        message = {"message_id": 5000 + number, "date": at + 60 * number, **who, "text": f"/nothing{number}"}
        await group.world.receives("message", message)
    assert sum("/nothing" in plain(message) for message in li.bot_messages()) == 60


async def test_what_is_said_in_a_group_to_others_is_never_too_much(group: Place) -> None:
    for number in range(100):
        group.sandbox.say(group.chat, group.person(LI), f"大家好 {number}")
    await group.world.idle()
    assert "积分" in await group.says(LI, "/points")


async def test_an_expensive_request_many_times_is_one(group: Place) -> None:
    li = await open_private(group.world, LI)
    for _ in range(100):
        group.sandbox.say(li.chat, group.person(LI), "/export me")
    await group.world.idle()
    assert sum(call.method == "sendDocument" for call in group.sandbox.calls) == 1
    assert TOO_MUCH not in li.shown()


@pytest.mark.parametrize("command", ["/rank", "/help", "/summary", "/export"])
async def test_so_are_its_siblings_and_only_in_a_row(group: Place, hand: Hand, command: str) -> None:
    await open_private(group.world, SECRETARY)
    before = len(said(group.world))

    async def answers(*commands: str) -> int:
        nonlocal before
        for one in commands:
            group.sandbox.say(group.chat, group.person(SECRETARY), one)
        await group.world.idle()
        here = [words for chat, words in said(group.world)[before:] if chat == group.chat.id]
        before = len(said(group.world))
        return len(here)

    assert await answers(*[command] * 50) == 1
    assert await answers(command) == 0
    hand.at += constants.REPEAT_SECONDS + 1
    assert await answers(command) == 1
    hand.at += constants.EQUAL_REFUSAL_SECONDS + 1
    assert await answers("/suggest", command) == 2


async def test_equal_refusals_are_one_whoever_is_refused(group: Place, hand: Hand) -> None:
    before = len(said(group.world))
    for _ in range(5):
        for who in (LI, WANG):
            group.sandbox.say(group.chat, group.person(who), "/nothing@jingyi_bot")
    await group.world.idle()
    assert len(said(group.world)) - before == 1
    hand.at += constants.EQUAL_REFUSAL_SECONDS + 1
    assert "/nothing" in await group.says(WANG, "/nothing@jingyi_bot")


async def test_presses_are_answered_by_notice_only(group: Place) -> None:
    world = group.world
    await group.says(LI, "早")
    before, shown = len(said(world)), group.shown()
    message = group.bot_messages()[0]
    for number in range(constants.MAX_PRESSES + 40):
        press = {"id": f"{number}", "from": group.person(LI).as_dict(), "message": message, "chat_instance": "1"}
        await world.program.intake.receive([{"update_id": 9000 + number, "callback_query": {**press, "data": "no:1"}}])
    await world.idle()
    assert len(said(world)) == before
    assert group.shown() == shown
    notices = [call.parameters.get("text") for call in world.sandbox.calls if call.method == "answerCallbackQuery"]
    assert len(notices) == constants.MAX_PRESSES + 40
    assert notices.count(TOO_MANY_PRESSES) == 40
