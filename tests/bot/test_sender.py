"""From the outbox to a local Telegram on which things go wrong."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.pace import Pace
from bot.renderer import Renderer
from bot.request import Request
from bot.sender import Sender
from bot.sender import Trouble as Stumbling
from domain.admin import backlog
from domain.ids import ChatId
from domain.messaging import delivery
from domain.messaging.alarm import Trouble
from domain.messaging.chat import ChatKind, ChatProfile, Locale
from domain.messaging.delivery import State
from domain.messaging.message import Action, Button, Document, Message, Picture, Poll, Reaction, Subject, Thread
from domain.people.welcome import Greeting
from sandbox import Sandbox
from sandbox.clock import Clock
from storage.database import OutcomeOpen, SQLiteDatabase, StoreError
from storage.messaging.tables import outbox
from tests.patience import PATIENCE, until
from tests.pictures import PNG

QUIZ = Poll("几点开始？", ("16:00", "17:00"))
TOKEN = "123456:sender"
BOT = 123456
X, Y, SURVEY = Subject("x", 1), Subject("y", 1), Subject("survey", 1)
MORNING = datetime(2026, 11, 25, 2, tzinfo=UTC)  # 10:00 in Shanghai: nothing waits for quiet hours to end


def hello(name: str) -> dict[str, object]:
    """The values of a text that begins with a name."""
    return {"greeting": Greeting(name, None, (), (), ())}


@dataclass
class Scene:
    """A sender, its store, and the chats that it writes to: a supergroup, a group, and Wang's private chat."""

    sandbox: Sandbox
    database: SQLiteDatabase
    sender: Sender
    chats: dict[str, ChatId]
    places: dict[str, int]
    api: ExtBot[None]
    closed: list[object] = field(default_factory=list)

    async def say(self, *words: str, to: str = "branch", subject: Subject | None = None, **more: Any) -> None:
        def unit(stores):
            for said in words:
                message = Message("welcome.person", hello(said), subject=subject)
                stores.outbox.send(self.chats[to], message, key=f"{to}/{said}", **more)

        await self.database.write(unit)
        self.sender.wake()

    async def react_to(self, asked: dict[str, Any]) -> None:
        reaction, thread = Reaction(Message("welcome.person", hello("done"))), Thread(asked["message_id"])
        await self.change(
            lambda stores: stores.outbox.react(self.chats["branch"], reaction, key="react", thread=thread)
        )

    async def change(self, use_case) -> None:
        await self.database.write(use_case)
        self.sender.wake()

    def heard(self, where: str = "branch") -> list[str]:
        """What the bot's messages in a chat begin with."""
        if where == "wang":
            chat = self.sandbox.open_private(self.places["wang"], BOT)
            found = self.sandbox.messages(chat)
        else:
            found = self.sandbox.messages(self.places[where])
        return [m["text"].split("，")[0] for m in found if m["from"]["id"] == BOT and "text" in m]

    async def states(self) -> list[tuple[str, str | None]]:
        """Each row's state and error, in their order."""

        def look(stores):
            rows = stores.connection.execute(
                outbox.select().with_only_columns(outbox.c.state, outbox.c.error).order_by(outbox.c.id)
            )
            return [(state, error) for state, error in rows]

        return await self.database.read(look)

    async def until(self, *states: State) -> None:
        """Wait until the rows are in these states; whatever was put off comes due as the clock goes on."""
        async with asyncio.timeout(PATIENCE):
            while [state for state, _ in await self.states()] != list(states):
                await self.sender.idle()
                self.sandbox.clock.move_by(timedelta(milliseconds=100))
                await asyncio.sleep(0)

    def tries(self, method: str = "sendMessage") -> list[int]:
        return [call.status for call in self.sandbox.calls if call.method.lower() == method.lower()]


@dataclass
class Painter:
    """Paints the same PNG every time, at once or when it is let; `None` where it is told so."""

    png: bytes | None = PNG
    asked: list[Any] = field(default_factory=list)
    may: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    async def paint(self, stored: Any) -> bytes | None:
        self.asked.append(stored["values"])
        await self.may.wait()
        if self.error is not None:
            raise self.error
        return self.png


@pytest.fixture
def painter() -> Painter:
    one = Painter()
    one.may.set()
    return one


@pytest.fixture
async def scene(tmp_path: Path, painter: Painter) -> AsyncIterator[Scene]:
    async with Sandbox(clock=Clock(start=MORNING, frozen=True)) as sandbox:
        bot = sandbox.add_bot(TOKEN, username="jingyi_bot")
        wang = sandbox.add_person("王芳")
        groups = {
            "branch": sandbox.add_group("第一党支部", by=wang, bots=[bot]),
            "small": sandbox.add_group("第二党支部", by=wang, bots=[bot], kind="group"),
        }
        sandbox.start(wang, bot)
        places = {name: chat.id for name, chat in groups.items()} | {"wang": wang.id}
        request = Request()
        api = ExtBot(TOKEN, base_url=f"{sandbox.url}/bot", request=request, get_updates_request=request)
        await api.initialize()
        database = SQLiteDatabase(tmp_path / "jingyi.db", Renderer(), sandbox.clock.now)
        await database.open()

        def meet(stores, name, place):
            kind = ChatKind.PRIVATE if place > 0 else ChatKind.GROUP
            return stores.chats.add(
                ChatProfile(place, kind, name), Locale("Asia/Shanghai", "zh"), sandbox.clock.now()
            ).id

        chats = {name: await database.write(meet, name, place) for name, place in places.items()}
        closed: list[object] = []

        async def poll_closed(row, tally):
            closed.append((row.subject, tally))

        pace, paint = Pace(1000), painter.paint
        sender = Sender(database, api, now=sandbox.clock.now, pace=pace, poll_closed=poll_closed, paint=paint)
        await sender.start()
        yield Scene(sandbox, database, sender, chats, places, api, closed)
        await sender.stop()
        await database.close()
        await api.shutdown()
        await request.shutdown()


async def test_messages_of_a_chat_come_in_their_order(scene):
    words = [f"{number}" for number in range(30)]
    await scene.say(*words)
    await scene.until(*[State.SENT] * 30)
    assert scene.heard() == words


async def test_answers_to_people_come_before_what_the_clock_says(scene):
    await scene.sender.stop()
    await scene.say("push 1", "push 2")
    await scene.say("answer", urgent=True)
    await scene.sender.start()
    await scene.until(*[State.SENT] * 3)
    assert scene.heard() == ["answer", "push 1", "push 2"]


async def test_a_flood_halts_the_chat_that_it_names_and_then_goes_on_in_order(scene):
    scene.sandbox.fault("sendMessage", kind="flood", retry_after=5)
    await scene.say("first", "second")
    await scene.sender.idle()
    await scene.say("elsewhere", to="wang")
    await scene.sender.idle()
    assert (scene.heard(), scene.heard("wang")) == ([], ["elsewhere"])
    scene.sandbox.clock.move_by(4.9)
    await scene.sender.idle()
    assert scene.heard() == []
    scene.sandbox.clock.move_by(0.2)
    await scene.sender.idle()
    assert scene.heard() == ["first", "second"]
    assert scene.tries() == [429, 200, 200, 200]


@pytest.mark.parametrize("fault", [{"kind": "error", "status": 502}, {"kind": "error", "status": 500}])
async def test_a_platform_that_stumbles_is_asked_again_and_order_holds(scene, fault):
    scene.sandbox.fault("sendMessage", times=2, **fault)
    await scene.say("first", "second")
    await scene.until(State.SENT, State.SENT)
    assert scene.heard() == ["first", "second"]


async def test_a_connection_that_is_refused_is_tried_again(scene, monkeypatch):
    right = scene.api._base_url
    scene.api._base_url = "http://127.0.0.1:9/bot" + TOKEN  # nobody listens there
    await scene.say("first", "second")
    await scene.sender.idle()
    assert [state for state, _ in await scene.states()] == [State.QUEUED, State.QUEUED]
    assert "not sent" in (await scene.states())[0][1]
    scene.api._base_url = right
    await scene.until(State.SENT, State.SENT)
    assert scene.heard() == ["first", "second"]


@pytest.mark.parametrize(("kind", "heard"), [("timeout_after", ["first", "second"]), ("refuse", ["second"])])
async def test_a_push_whose_answer_was_lost_is_not_said_again(scene, monkeypatch, kind, heard):
    monkeypatch.setattr("bot.request.READ", 0.3)
    scene.sandbox.fault("sendMessage", kind=kind)
    await scene.say("first", "second")
    await scene.until(State.UNKNOWN, State.SENT)
    assert scene.heard() == heard
    assert "answer lost" in (await scene.states())[0][1]


@pytest.mark.parametrize(("kind", "heard"), [("timeout_after", ["first", "first"]), ("refuse", ["first"])])
async def test_an_answer_to_a_person_whose_answer_was_lost_is_said_again_once(scene, monkeypatch, kind, heard):
    monkeypatch.setattr("bot.request.READ", 0.3)
    scene.sandbox.fault("sendMessage", kind=kind)
    await scene.say("first", urgent=True)
    await scene.until(State.SENT)
    assert scene.heard() == heard
    assert (await scene.database.read(backlog.backlog, at=scene.sandbox.clock.now())).unknown == 1


async def test_an_answer_that_is_lost_twice_is_left(scene, monkeypatch):
    monkeypatch.setattr("bot.request.READ", 0.3)
    scene.sandbox.fault("sendMessage", kind="timeout_after", times=2)
    await scene.say("first", urgent=True)
    await scene.until(State.UNKNOWN)
    assert scene.heard() == ["first", "first"]


@pytest.mark.parametrize("kind", ["timeout_after", "timeout_before"])
async def test_a_change_whose_answer_was_lost_is_made_again(scene, monkeypatch, kind):
    monkeypatch.setattr("bot.request.READ", 0.3)
    await scene.say("first", subject=X)
    await scene.until(State.SENT)
    scene.sandbox.fault("editMessageText", kind=kind)
    await scene.change(lambda stores: stores.outbox.edit(X, Message("welcome.person", hello("changed")), key="re"))
    await scene.until(State.SENT, State.SENT)
    assert scene.heard() == ["changed"]
    assert len(scene.tries("editMessageText")) == 2


async def test_a_deletion_whose_answer_was_lost_is_made_again_and_leaves_nothing(scene, monkeypatch):
    monkeypatch.setattr("bot.request.READ", 0.3)
    await scene.say("first", subject=X)
    await scene.until(State.SENT)
    scene.sandbox.fault("deleteMessage", kind="timeout_after")
    await scene.change(lambda stores: stores.outbox.delete(X, key="gone"))
    await scene.until(State.SENT, State.SENT)
    assert scene.heard() == []


async def test_who_has_blocked_the_bot_is_written_to_no_more(scene):
    scene.sandbox.block(scene.places["wang"], BOT)
    await scene.say("hello", to="wang")
    await scene.until(State.FAILED)
    await scene.sender.idle()  # who cannot be reached is noted after that
    assert "blocked" in (await scene.states())[0][1]
    assert not (await scene.database.read(lambda stores: stores.chats.get(scene.chats["wang"]))).active
    assert (await scene.database.read(lambda stores: stores.chats.get(scene.chats["branch"]))).active


async def test_a_group_that_the_bot_was_removed_from_is_planned_for_no_more(scene):
    scene.sandbox.remove_member(scene.places["branch"], BOT, by=scene.places["wang"])
    await scene.say("hello")
    await scene.until(State.FAILED)
    await scene.sender.idle()  # who cannot be reached is noted after that
    assert [group.title for group in await scene.database.read(lambda stores: stores.chats.groups())] == ["small"]
    (alarm,) = await scene.database.read(lambda stores: stores.alarms.all())
    assert (alarm.trouble, alarm.subject) == (Trouble.REMOVED, str(scene.chats["branch"]))


async def test_a_group_that_became_a_supergroup_is_followed(scene):
    new = scene.sandbox.migrate(scene.places["small"], by=scene.places["wang"])
    await scene.say("first", "second", to="small")
    await scene.until(State.SENT, State.SENT)
    scene.places["new"] = new.id
    assert scene.heard("new") == ["first", "second"]
    assert (await scene.database.read(lambda stores: stores.chats.get(scene.chats["small"]))).platform_id == new.id


async def test_a_group_is_followed_to_a_supergroup_that_was_met_before(scene):
    """The new group may speak before the old one tells where it went."""
    new = scene.sandbox.migrate(scene.places["small"], by=scene.places["wang"])
    await scene.change(
        lambda stores: stores.chats.add(
            ChatProfile(new.id, ChatKind.GROUP, "new"), Locale("UTC", "zh"), scene.sandbox.clock.now()
        )
    )
    await scene.say("first", to="small")
    await scene.until(State.SENT)
    assert scene.sandbox.messages(new)[-1]["text"].startswith("first")
    moved = await scene.database.read(lambda stores: stores.chats.find(new.id))
    assert moved.id == scene.chats["small"]


async def test_what_the_platform_refuses_fails_alone(scene):
    scene.sandbox.fault("sendMessage", kind="error", status=400, description="Bad Request: chat not found")
    await scene.say("first", "second")
    await scene.until(State.FAILED, State.SENT)
    assert scene.heard() == ["second"]


@pytest.mark.parametrize("reason", ["REACTION_INVALID", "REACTIONS_TOO_MANY", "message to react not found"])
async def test_where_a_reaction_is_refused_its_words_are_said_silently(scene, reason):
    scene.sandbox.fault("setMessageReaction", kind="error", status=400, description=f"Bad Request: {reason}")
    asked = scene.sandbox.say(scene.places["branch"], scene.places["wang"], "/done 1")
    await scene.react_to(asked)
    await scene.until(State.SENT)
    (said,) = [call for call in scene.sandbox.calls if call.method == "sendMessage"]
    assert (scene.heard(), said.parameters["disable_notification"]) == (["done"], True)


async def test_a_reaction_whose_answer_is_lost_is_set_again_and_nothing_is_said(scene, monkeypatch):
    monkeypatch.setattr("bot.request.READ", 0.3)
    scene.sandbox.fault("setMessageReaction", kind="timeout_after")
    asked = scene.sandbox.say(scene.places["branch"], scene.places["wang"], "/done 1")
    await scene.react_to(asked)
    await scene.until(State.SENT)
    assert (scene.heard(), len(scene.tries("setMessageReaction"))) == ([], 2)


async def test_a_poll_is_posted_closed_and_counted(scene):
    poll = Poll("几点开始？", ("16:00", "17:00"))
    await scene.change(lambda stores: stores.outbox.send_poll(scene.chats["branch"], poll, key="s", subject=SURVEY))
    await scene.until(State.SENT)
    (message,) = [m for m in scene.sandbox.messages(scene.places["branch"]) if "poll" in m]
    scene.sandbox.vote(scene.places["branch"], scene.places["wang"], message, [1])
    assert await scene.database.read(lambda stores: stores.outbox.poll_subject(message["poll"]["id"])) == SURVEY
    await scene.change(lambda stores: stores.outbox.close_poll(SURVEY, key="close"))
    await scene.until(State.SENT, State.SENT)
    ((subject, tally),) = scene.closed
    assert (subject, tally.votes, tally.voters) == (SURVEY, (0, 1), 1)


async def test_what_waits_for_its_turn_is_said_as_it_stands_by_then(scene):
    """A row waits for the chat's pace; meanwhile one is rewritten and another is taken back."""
    gate = scene.sender._pace = Gate()
    await scene.say("old words", subject=X)
    await scene.say("no more", to="small", subject=Y)
    await gate.asked.wait()
    await scene.change(lambda stores: stores.outbox.edit(X, Message("welcome.person", hello("new words")), key="re"))
    await scene.change(lambda stores: stores.outbox.delete(Y, key="gone"))
    gate.open = True
    await scene.until(State.SENT, State.WITHDRAWN)
    assert (scene.heard(), scene.heard("small")) == (["new words"], [])


class Gate(Pace):
    """A pace that lets nobody through until it is opened."""

    def __init__(self) -> None:
        super().__init__(1000)
        self.open = False
        self.asked = asyncio.Event()

    def room(self, most: int) -> int:
        self.asked.set()
        return super().room(most) if self.open else 0


async def test_stopping_waits_for_nobodys_turn_and_keeps_what_was_not_said(scene):
    scene.sender._pace = Gate()
    await scene.say("later")
    await scene.sender._pace.asked.wait()
    async with asyncio.timeout(PATIENCE):
        await scene.sender.stop()
    assert [state for state, _ in await scene.states()] == [State.QUEUED]


async def test_what_is_claimed_while_it_stops_is_handed_back_and_not_called(scene, monkeypatch):
    """The store is slow: the loop that asked for a claim ends before it hears that it was kept."""
    reached, write = asyncio.Event(), scene.database.write

    async def slowly(use_case, /, *args, **arguments):
        done = await write(use_case, *args, **arguments)
        if use_case is delivery.claim:
            reached.set()
            await asyncio.sleep(0.1)
        return done

    monkeypatch.setattr(scene.database, "write", slowly)
    await scene.sender.idle()
    reached.clear()
    await write(
        lambda stores: stores.outbox.send(scene.chats["branch"], Message("welcome.person", hello("x")), key="x")
    )
    scene.sender.wake()
    await reached.wait()
    await scene.sender.stop()
    assert ([state for state, _ in await scene.states()], scene.tries()) == ([State.QUEUED], [])
    await scene.sender.start()
    await scene.until(State.SENT)


async def test_being_woken_while_stopping_does_not_keep_it_running(scene):
    for _ in range(20):
        await scene.sender.idle()  # it waits for something to do now
        scene.sender.wake()
        async with asyncio.timeout(PATIENCE):
            await scene.sender.stop()
        await scene.sender.start()


async def test_stopping_gives_a_call_under_way_a_moment_and_no_more(scene, monkeypatch):
    monkeypatch.setattr("bot.sender.DRAIN", 0.2)
    scene.sandbox.fault("sendMessage", kind="slow", seconds=3600)
    await scene.say("slow")
    async with asyncio.timeout(PATIENCE):
        while [state for state, _ in await scene.states()] != [State.SENDING]:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        await scene.sender.stop()
    assert [state for state, _ in await scene.states()] == [State.SENDING]
    await scene.sender.start()
    await scene.until(State.UNKNOWN)


# Files


async def send_file(scene: Scene) -> None:
    file = Document("points.menu_points", "xlsx", b"PK\x00\xff")

    def unit(stores):
        stores.outbox.send_document(scene.chats["wang"], file, Message("welcome.person", hello("王芳")), key="file")

    await scene.change(unit)


def files(scene: Scene) -> list[tuple[str, str, bytes]]:
    """What Wang was sent: the name of each file, the words below it, and what is in it."""
    chat = scene.sandbox.open_private(scene.places["wang"], BOT)
    found = [m for m in scene.sandbox.messages(chat) if "document" in m]
    kept = scene.sandbox.world.files
    return [(m["document"]["file_name"], m["caption"], kept.by_id(m["document"]["file_id"]).data) for m in found]


async def test_a_file_is_sent_as_it_is_with_its_name_in_chinese(scene: Scene) -> None:
    await send_file(scene)
    await scene.until(State.SENT)
    ((name, caption, content),) = files(scene)
    assert name == "积分明细.xlsx"
    assert caption.startswith("王芳，您好")
    assert content == b"PK\x00\xff"


async def test_a_file_is_sent_again_where_it_was_not_taken(scene: Scene) -> None:
    scene.sandbox.fault("sendDocument", kind="error", times=1)
    await send_file(scene)
    await scene.until(State.SENT)
    assert len(files(scene)) == 1


async def test_a_file_whose_answer_is_lost_is_not_sent_twice(scene: Scene, monkeypatch) -> None:
    monkeypatch.setattr("bot.request.READ", 0.3)
    scene.sandbox.fault("sendDocument", kind="timeout_after")
    await send_file(scene)
    await scene.until(State.UNKNOWN)
    assert len(files(scene)) == 1


async def test_a_lease_that_is_over_is_lost_while_the_program_runs(scene, monkeypatch):
    """Whoever claimed it is gone without a word; another program on the same database, say."""
    await scene.sender.stop()
    await scene.say("answer", urgent=True)
    await scene.sender.start()
    await scene.until(State.SENT)
    claim = partial(delivery.claim, holder="gone", at=scene.sandbox.clock.now(), limit=9)
    await scene.sender.stop()
    await scene.say("later", urgent=True)
    await scene.sender.start()
    scene.sender._pace = Gate()
    await scene.sender._pace.asked.wait()
    await scene.database.write(claim)
    scene.sender._pace.open = True
    await scene.sender.idle()
    assert scene.heard() == ["answer"]
    scene.sandbox.clock.move_by(delivery.LEASE)
    scene.sandbox.clock.move_by(1)
    monkeypatch.setattr("bot.sender.LAPSED_EVERY", 0.0)
    await scene.until(State.SENT, State.SENT)
    assert scene.heard() == ["answer", "later"]


async def test_a_call_that_fails_while_others_go_through_is_given_up_and_its_chat_goes_on(scene, monkeypatch):
    scene.sandbox.fault("sendPoll", kind="error", status=500, times=100)
    await scene.change(lambda stores: stores.outbox.send_poll(scene.chats["branch"], QUIZ, key="poison", subject=X))
    await scene.say("next")
    for number in range(20):
        await scene.say(f"{number}", to="wang")
        await scene.sender.idle()
        scene.sandbox.clock.move_by(60)
    states = [state for state, _ in await scene.states()]
    assert states[:2] == [State.FAILED, State.SENT]
    assert scene.heard() == ["next"]


async def test_a_platform_that_fails_for_an_hour_loses_nothing_and_no_order(scene):
    scene.sandbox.fault("sendMessage", kind="error", status=502, times=60)
    await scene.say("first", "second")
    for _ in range(70):
        await scene.sender.idle()
        scene.sandbox.clock.move_by(60)
    await scene.until(State.SENT, State.SENT)
    assert [said.rpartition("\n")[2] for said in scene.heard()] == ["first", "second"]


async def test_an_answer_overtakes_five_thousand_pushes_and_none_comes_too_fast(scene):
    await scene.sender.stop()
    scene.sandbox.limits.enforced = True
    scene.sender._pace = Pace()
    owner = scene.sandbox.add_person("陈建国")
    places = [scene.sandbox.add_group("g", by=owner, bots=[BOT]).id for _ in range(5000)]

    def push(stores):
        for place in places:
            seen = ChatProfile(place, ChatKind.GROUP, "g")
            chat = stores.chats.add(seen, Locale("Asia/Shanghai", "zh"), scene.sandbox.clock.now())
            stores.outbox.send_poll(chat.id, QUIZ, key=f"push {place}", subject=Y)

    await scene.database.write(push)
    await scene.sender.start()
    async with asyncio.timeout(PATIENCE):
        while len(scene.tries("sendPoll")) < 40:  # noqa: ASYNC110 - bounded above
            await asyncio.sleep(0.01)
        before = len(scene.tries("sendPoll"))
        await scene.say("answer", to="wang", urgent=True)
        while not scene.heard("wang"):  # noqa: ASYNC110 - bounded above
            await asyncio.sleep(0.01)
    made = [call.method.lower() for call in scene.sandbox.calls]
    assert made[: made.index("sendmessage")].count("sendpoll") - before <= 30, "a second's worth"
    assert set(scene.tries("sendPoll") + scene.tries()) == {200}


def once(scene: Scene, monkeypatch: pytest.MonkeyPatch, of: Any, error: Exception, *, kept: bool) -> None:
    """The store's next answer to a use case is an error; what was asked is done all the same, or not."""
    write, left = scene.database.write, [error]

    async def failing(use_case, /, *args, **arguments):
        if use_case is not of or not left:
            return await write(use_case, *args, **arguments)
        if kept:
            await write(use_case, *args, **arguments)
        raise left.pop()

    monkeypatch.setattr(scene.database, "write", failing)


async def test_what_was_claimed_without_anybody_hearing_of_it_is_said_all_the_same(scene, monkeypatch):
    await scene.sender.stop()
    await scene.say("x")
    once(scene, monkeypatch, delivery.claim, OutcomeOpen("broke"), kept=True)
    await scene.sender.start()
    await scene.until(State.SENT)
    assert scene.heard() == ["x"]


async def test_a_failed_call_whose_note_is_in_doubt_is_repeated_once(scene, monkeypatch):
    """The row is queued again, and nobody knows: it is not called before that is settled."""
    monkeypatch.setattr("bot.sender.LOOK_AGAIN", 0.01)
    once(scene, monkeypatch, delivery.retry, OutcomeOpen("broke"), kept=True)
    scene.sandbox.fault("sendMessage", kind="error", status=502)
    await scene.say("x")
    async with asyncio.timeout(PATIENCE):
        while scene.tries() != [502] or [state for state, _ in await scene.states()] != [State.QUEUED]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    scene.sandbox.clock.move_by(timedelta(seconds=2))  # it is due again
    await asyncio.sleep(0.3)
    assert scene.tries() == [502]
    await scene.until(State.SENT)  # once the note is written anew
    assert scene.tries() == [502, 200]


async def test_a_row_at_fault_does_not_leave_the_bot_mute(scene, monkeypatch):
    monkeypatch.setattr("bot.sender.LOOK_AGAIN", 0.01)
    once(scene, monkeypatch, delivery.claim, KeyError("text"), kept=False)
    await scene.say("x")
    await scene.until(State.SENT)


async def test_a_polls_count_is_not_lost_while_the_store_refuses(scene, monkeypatch):
    """The platform tells the last count once: closing it again tells nothing."""
    heard, refusals = scene.sender._poll_closed, [StoreError("full")]

    async def refused_once(row, tally):
        if refusals:
            raise refusals.pop()
        await heard(row, tally)

    monkeypatch.setattr(scene.sender, "_poll_closed", refused_once)
    await scene.change(lambda stores: stores.outbox.send_poll(scene.chats["branch"], QUIZ, key="s", subject=SURVEY))
    await scene.until(State.SENT)
    await scene.change(lambda stores: stores.outbox.close_poll(SURVEY, key="close"))
    await scene.until(State.SENT, State.SENT)
    ((subject, tally),) = scene.closed
    assert (subject, tally.votes) == (SURVEY, (0, 0))


async def test_a_delivery_in_trouble_that_is_tried_no_more_is_forgotten(scene, monkeypatch):
    monkeypatch.setattr("bot.sender.LAPSED_EVERY", 0.0)
    scene.sender._troubles = {7: Stumbling(asyncio.get_running_loop().time() - 3601)}
    await scene.sender.idle()
    assert scene.sender._troubles == {}


# Pictures


def chart(words: str = "week", figure: int = 1, **more: Any) -> Message:
    """A message with a picture."""
    return Message("welcome.person", hello(words), picture=Picture("test.chart", {"figure": figure}), **more)


def put(scene: Scene, message: Message, key: str = "chart", **more: Any):
    return scene.change(lambda stores: stores.outbox.send(scene.chats["branch"], message, key=key, **more))


def edit(scene: Scene, message: Message, key: str = "edit"):
    return scene.change(lambda stores: stores.outbox.edit(X, message, key=key))


def standing(scene: Scene) -> list[tuple[str, str]]:
    """Each message of the bot in the group: `photo` or `text`, and what its words begin with."""
    found = [one for one in scene.sandbox.messages(scene.places["branch"]) if one["from"]["id"] == BOT]
    return [("photo" if "photo" in one else "text", _words(one).split("，")[0]) for one in found if _words(one)]


def _words(message: dict[str, Any]) -> str:
    return message.get("text") or message.get("caption") or ""


def photos(scene: Scene) -> list[dict[str, Any]]:
    return [call.parameters for call in scene.sandbox.calls if call.method.lower() == "sendphoto" and call.status]


async def test_a_message_with_a_picture_is_sent_with_its_text_as_caption(scene, painter):
    asked = scene.sandbox.say(scene.places["branch"], scene.places["wang"], "/week")
    buttons = [[Button("points.menu_points", Action("points.show"))]]
    await put(scene, chart("week", 7, buttons=buttons), thread=Thread(asked["message_id"]))
    await scene.until(State.SENT)
    (call,) = photos(scene)
    assert (standing(scene), painter.asked) == ([("photo", "week")], [{"figure": 7}])
    assert (call["disable_notification"], call["photo"]["file_size"]) == (True, len(PNG))
    assert call["reply_parameters"]["message_id"] == asked["message_id"]
    assert call["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "points.show"
    assert scene.tries("sendMessage") == []


@pytest.mark.parametrize("error", [None, RuntimeError("the worker died"), KeyError("test.chart")])
async def test_a_message_whose_picture_cannot_be_painted_is_sent_as_text(scene, painter, error):
    painter.png, painter.error = None, error
    await put(scene, chart())
    await scene.until(State.SENT)
    assert (standing(scene), photos(scene)) == ([("text", "week")], [])


def album(scene: Scene, count: int) -> Message:
    """A message with so many photos that somebody has sent."""
    branch, wang = scene.places["branch"], scene.places["wang"]
    sent = [scene.sandbox.say(branch, wang, "", photo=PNG + bytes([number])) for number in range(count)]
    return replace(chart(), picture=None, album=tuple(one["photo"][-1]["file_id"] for one in sent))


async def test_photos_are_sent_as_one_album_with_the_text_below(scene):
    await put(scene, album(scene, 3))
    await scene.until(State.SENT)
    (call,) = [one for one in scene.sandbox.calls if one.method.lower() == "sendmediagroup"]
    assert len(call.response["result"]) == 3
    assert standing(scene) == [("photo", "week")]
    assert scene.tries("sendMessage") == []


async def test_a_single_photo_is_no_album(scene):
    await put(scene, album(scene, 1))
    await scene.until(State.SENT)
    assert (standing(scene), scene.tries("sendMediaGroup")) == ([("photo", "week")], [])


async def test_an_album_that_the_platform_does_not_have_any_more_is_sent_as_text(scene):
    words = "Bad Request: wrong file identifier/HTTP URL specified"
    scene.sandbox.fault("sendMediaGroup", kind="error", status=400, description=words, times=9)
    await put(scene, album(scene, 2))
    await scene.until(State.SENT)
    assert standing(scene) == [("text", "week")]


async def test_a_text_that_is_too_long_for_a_caption_is_sent_without_its_picture(scene, painter, monkeypatch):
    monkeypatch.setattr("bot.captions.MAX_CAPTION_CHARS", 5)
    await put(scene, chart())
    await scene.until(State.SENT)
    assert (standing(scene), painter.asked) == ([("text", "week")], [])


@pytest.mark.parametrize(
    "words",
    [
        "not enough rights to send photos to the chat",
        "CHAT_SEND_PHOTOS_FORBIDDEN",
        "CHAT_SEND_MEDIA_FORBIDDEN",
        "IMAGE_PROCESS_FAILED",
        "PHOTO_INVALID_DIMENSIONS",
    ],
)
async def test_a_picture_that_the_platform_refuses_is_sent_as_text_once(scene, words):
    scene.sandbox.fault("sendPhoto", kind="error", status=400, description=f"Bad Request: {words}", times=9)
    await put(scene, chart(subject=X))
    await scene.say("next")
    await scene.until(State.SENT, State.SENT)
    assert standing(scene) == [("text", "week"), ("text", "next")]
    assert scene.tries("sendPhoto") == [400]


async def test_a_picture_is_changed_with_its_caption_or_without(scene, painter):
    await put(scene, chart(subject=X))
    await scene.until(State.SENT)
    (before,) = [one for one in scene.sandbox.messages(scene.places["branch"]) if "photo" in one]
    painter.png = PNG + b" "  # another file
    await edit(scene, Message("welcome.person", hello("caption")), "1")
    await scene.until(State.SENT, State.SENT)
    (same,) = [one for one in scene.sandbox.messages(scene.places["branch"]) if "photo" in one]
    assert (standing(scene), same["photo"]) == ([("photo", "caption")], before["photo"])
    await edit(scene, chart("both", 2), "2")
    await scene.until(State.SENT, State.SENT, State.SENT)
    (after,) = [one for one in scene.sandbox.messages(scene.places["branch"]) if "photo" in one]
    assert (standing(scene), painter.asked[1:]) == ([("photo", "both")], [{"figure": 2}])
    assert after["photo"] != before["photo"]
    await scene.change(lambda stores: stores.outbox.delete(X, key="gone"))
    await scene.until(*[State.SENT] * 4)
    assert standing(scene) == []


async def test_a_change_whose_picture_cannot_be_had_changes_the_caption(scene, painter):
    await put(scene, chart(subject=X))
    await scene.until(State.SENT)
    scene.sandbox.fault("editMessageMedia", kind="error", status=400, description="Bad Request: MEDIA_INVALID")
    await edit(scene, chart("refused"), "1")
    await scene.until(State.SENT, State.SENT)
    assert standing(scene) == [("photo", "refused")]
    painter.png = None
    await edit(scene, chart("unpainted"), "2")
    await scene.until(State.SENT, State.SENT, State.SENT)
    assert standing(scene) == [("photo", "unpainted")]


async def test_a_message_that_was_sent_as_text_stays_one(scene, painter):
    painter.png = None
    await put(scene, chart(subject=X))
    await scene.until(State.SENT)
    painter.png = PNG
    await edit(scene, chart("later"))
    await scene.until(State.SENT, State.SENT)
    assert (standing(scene), len(painter.asked)) == ([("text", "later")], 1)


async def test_a_picture_that_is_tried_again_is_sent_once_and_order_holds(scene):
    scene.sandbox.fault("sendPhoto", kind="flood", retry_after=1)
    await put(scene, chart())
    await scene.say("next")
    await scene.until(State.SENT, State.SENT)
    assert standing(scene) == [("photo", "week"), ("text", "next")]
    scene.sandbox.fault("sendPhoto", kind="error", status=502, times=2)
    await put(scene, chart("again"), "again")
    await scene.until(*[State.SENT] * 3)
    assert standing(scene)[2:] == [("photo", "again")]


@pytest.mark.parametrize(("urgent", "state", "times"), [(True, State.SENT, 2), (False, State.UNKNOWN, 1)])
async def test_a_picture_whose_answer_was_lost_is_treated_as_a_text_is(scene, monkeypatch, urgent, state, times):
    monkeypatch.setattr("bot.request.READ", 0.3)
    scene.sandbox.fault("sendPhoto", kind="timeout_after")
    await put(scene, chart(), urgent=urgent)
    await scene.until(state)
    assert standing(scene) == [("photo", "week")] * times


async def test_nobody_waits_for_the_painter_and_what_it_paints_is_kept(scene, painter):
    """While it paints, others are written to; where the program ends meanwhile, the message still waits."""
    painter.may.clear()
    await put(scene, chart(subject=X))
    await until(lambda: painter.asked)
    await scene.say("answer", to="wang", urgent=True)
    await until(lambda: scene.heard("wang"))
    async with asyncio.timeout(PATIENCE):
        await scene.sender.stop()
    assert await scene.states() == [(State.QUEUED, None), (State.SENT, None)]
    await scene.sender.start()
    await until(lambda: len(painter.asked) > 1)
    await edit(scene, chart("newest", 2))
    painter.may.set()
    await scene.until(State.SENT, State.SENT)
    assert (standing(scene), painter.asked[-1]) == ([("photo", "newest")], {"figure": 2})


async def test_many_pictures_at_once_are_painted_a_few_at_a_time_and_all_are_sent(scene, monkeypatch):
    monkeypatch.setattr("bot.painting.MAX_HELD", 2)
    groups = [scene.sandbox.add_group("g", by=scene.places["wang"], bots=[BOT]).id for _ in range(6)]

    def push(stores):
        for place in groups:
            seen = ChatProfile(place, ChatKind.GROUP, "g")
            chat = stores.chats.add(seen, Locale("Asia/Shanghai", "zh"), scene.sandbox.clock.now())
            stores.outbox.send(chat.id, chart(), key=f"{place}")

    await scene.change(push)
    await scene.until(*[State.SENT] * 6)
    assert len(photos(scene)) == 6
