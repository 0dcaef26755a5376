"""A group with a bot in it: a test reads as the chat does.

Everything is real but the time: the program of `bot/`, its store in a file, the local Telegram over HTTP.
"""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import TextClause, bindparam
from sqlalchemy import text as sql

from bot.drawings import DRAWINGS
from bot.pace import Pace
from bot.pictures import Pictures
from bot.program import Program
from bot.settings import Settings
from charts import Picture
from domain.admin.seal import Fault
from domain.messaging.outbox import CARD_EVERY
from domain.people import branch, member
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.person import Entry
from domain.points import points, tampering
from domain.work import task
from handlers.budget import Limits
from language.tags import Tagger
from sandbox import Sandbox
from sandbox.calls import Call
from sandbox.chats import Chat
from sandbox.clock import Clock
from sandbox.people import User
from storage import migrate
from storage.columns import Moment
from tests.botapi import models, spec
from tests.patience import PATIENCE
from tests.pictures import PNG

BOT = 123456
TOKEN = f"{BOT}:dialogue"
ZONE = ZoneInfo("Asia/Shanghai")
OPEN = "done_at IS NULL"
DUE = "state = 'sending' OR (state = 'queued' AND not_before IS NULL)"
COUNT = "SELECT (SELECT count(*) FROM inbox WHERE {}) + (SELECT count(*) FROM outbox WHERE {})"
LEFT = sql(COUNT.format(OPEN, DUE))
NOW = bindparam("now", type_=Moment)
WAITS = sql(COUNT.format(OPEN, f"{DUE} OR (state = 'queued' AND not_before <= :now)")).bindparams(NOW)
WEDNESDAY = "2026-11-25 10:00"
SECRETARY, LI, WANG = "secretary", "li", "wang"
Json = dict[str, Any]
Before = Callable[[Sandbox, dict[str, User]], None]
SAID = ("sendmessage", "sendphoto", "sendpoll")
COUNTED = re.compile(r'("update_id": |"offset": "?)\d+')  # numbers that begin anywhere
SETTINGS = Settings(_env_file=None, token=TOKEN, http="127.0.0.1:0")  # what a test has of its own is put into a copy
CHECKED: dict[str, list[str]] = {}  # by call and answer


PUT_BY_TESTS = (Fault.STATE, Fault.GRANT_FORGED, Fault.GRANT_GONE)  # fixtures write these without a record


@dataclass
class World:
    """The bot, the local Telegram, and its people: a secretary (the group's owner), Li, and Wang without user name."""

    sandbox: Sandbox
    settings: Settings
    tagger: Tagger
    people: dict[str, User]
    limits: Limits  # those of people
    pictures: Pictures | None = None
    ids: Any = field(default_factory=lambda: count(1))

    async def start(self) -> None:
        """Start the bot's program."""
        now, more = self.sandbox.clock.now, {"limits": self.limits, "tagger": self.tagger, "pictures": self.pictures}
        self.program = Program(self.settings, now=now, pace=Pace(1000), **more)
        await self.program.__aenter__()

    async def stop(self) -> None:
        """Stop the bot's program; the local Telegram goes on."""
        await self.program.__aexit__()

    async def restart(self) -> None:
        """Stop the bot's program and start it anew on the same store."""
        await self.stop()
        await self.start()
        await self.idle()

    async def idle(self) -> None:
        """Wait until the bot has heard and said everything. Raises TimeoutError where it never does."""
        async with asyncio.timeout(PATIENCE):
            await self._wait_until_idle()

    async def _wait_until_idle(self) -> None:
        waiting = self.sandbox.world.bot(BOT).inbox.pending
        while True:
            while waiting:  # noqa: ASYNC110 - until the bot asks for what comes after them
                await asyncio.sleep(0.002)
            await self.program.heard()
            left = await self._count(WAITS, now=self.sandbox.clock.now())
            if left:
                await self.program.idle()
                left = await self._count(LEFT)
            if not waiting and not left:
                return  # else what it said has led to new updates

    async def _count(self, statement: TextClause, **values: Any) -> int:
        found = self.program.database.read(lambda stores: stores.connection.execute(statement, values).scalar_one())
        return int(await found)

    async def at(self, when: str) -> None:
        """Move the clock to a local moment: `2026-11-26 09:00`."""
        await self.program.scheduler.tick()  # as it has every few seconds until now
        self.sandbox.clock.move_to(moment(when))
        await self.program.scheduler.tick()
        await self.idle()

    @asynccontextmanager
    async def away(self, until: str) -> AsyncIterator[None]:
        """The bot is stopped while people write; at a local moment it starts again, and hears of it."""
        await self.stop()
        yield
        self.sandbox.clock.move_to(moment(until))
        await self.start()
        await self.program.scheduler.tick()
        await self.idle()

    async def receives(self, kind: str, payload: Json) -> None:
        """The bot gets an update that nobody can cause in the local Telegram."""
        await self.program.intake.receive([{"update_id": next(self.ids), kind: payload}])
        await self.idle()

    async def spoke(self, chat: Chat, person: User) -> None:
        """Somebody has spoken in a group earlier, so that the bot knows their user name."""
        await self.program.database.write(self._speak, chat=chat, person=person)

    def _speak(self, stores: Any, *, chat: Chat, person: User) -> None:
        at = self.sandbox.clock.now()
        known = member.meet(stores, PersonProfile(person.id, person.full_name.replace(" ", ""), person.username), at)
        stores.members.speak(stores.chats.find(chat.id).id, known.id, at)

    async def roster(self, chat: Chat, *people: str) -> None:
        """A branch whose group this is, with these people, whose accounts are known."""
        await self.program.database.write(self._put_on_roster, chat=chat, people=[self.people[who] for who in people])

    def _put_on_roster(self, stores: Any, *, chat: Chat, people: list[User]) -> None:
        group, at = stores.chats.find(chat.id), self.sandbox.clock.now()
        place = branch.add(stores, parent=None, kind=BranchKind.BRANCH, name=chat.title)
        branch.bind(stores, chat=group, branch=place.id)
        entries = [Entry(f"{person.id}", person.full_name.replace(" ", ""), place.id) for person in people]
        for person, known in zip(people, stores.people.add(entries), strict=True):
            seen = PersonProfile(person.id, person.full_name, person.username)
            stores.people.link(known.id, member.meet(stores, seen, at).id)

    async def earns(self, chat: Chat, who: str, times: int) -> None:
        """Somebody has finished so many tasks on time."""
        await self.program.database.write(self._award, chat=chat, person=self.people[who], times=times)

    def _award(self, stores: Any, *, chat: Chat, person: User, times: int) -> None:
        at = self.sandbox.clock.now()
        group = stores.chats.find(chat.id)
        known = member.meet(stores, PersonProfile(person.id, person.full_name, person.username), at)
        on_time = {"on_time": True, "grade": "none", "late_workdays": 0}
        for number in range(times):
            source = f"past:{person.id}:{at}:{number}"
            points.award(stores, known.id, group, task.DONE, on_time, source=source, cause="巡检", at=at)

    async def rows(self, table: str, where: str = "1 = 1") -> int:
        """How many rows of a table there are."""
        statement = sql(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608 - the test's own words
        return await self._count(statement)

    async def stored(self) -> dict[str, int]:
        """How much of what people have made the store holds."""
        kept = ("tasks", "surveys", "survey_answers", "study_attempts", "suggestions", "points_entries", "drafts")
        return {table: await self.rows(table) for table in kept}

    async def refreshed(self) -> None:
        """Wait until the cards show what was done last: they are refreshed every few seconds at most."""
        if await self.rows("outbox", "state = 'queued'"):
            self.sandbox.clock.move_by(CARD_EVERY)
            await self.idle()

    async def check(self) -> None:
        """Everything that came in was handled at the first try, and everything said was taken; all seals are whole."""
        await self.refreshed()
        assert await self.rows("inbox", "error IS NOT NULL OR done_at IS NULL") == 0
        assert await self.rows("outbox", "state NOT IN ('sent', 'withdrawn')") == 0
        found = await self.program.database.read(tampering.findings)
        assert [one for one in found if one.fault not in PUT_BY_TESTS] == []


def wrong_calls(calls: Sequence[Call]) -> list[str]:
    """What the Bot API's specification and two libraries' models find wrong with calls of the bot and their answers."""
    return [f"{call.method}: {problem}" for call in calls for problem in _wrong(call)]


def _wrong(call: Call) -> list[str]:
    """The same for one call. Most are alike in every test (menus, greetings), and are checked once."""
    result = call.response["result"] if call.response.get("ok") else None
    key = COUNTED.sub(r"\1", json.dumps([call.method, call.parameters, result], default=str))
    if key not in CHECKED:
        CHECKED[key] = [
            *spec.check_call(call.method, call.parameters),
            *models.check_call(call.method, call.parameters),
        ]
        if result is not None:
            CHECKED[key] += [*spec.check_answer(call.method, result), *models.check_answer(call.method, result)]
    return CHECKED[key]


def moment(when: str) -> datetime:
    """A local moment: `2026-11-26 09:00`."""
    return datetime.fromisoformat(when).replace(tzinfo=ZONE)


class Place:
    """A chat as its people see it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.sandbox = world.sandbox
        self.chat = chat

    def person(self, who: str) -> User:
        return self.world.people[who]

    async def says(self, who: str, text: str = "", **more: Any) -> str:
        """Somebody writes; what the bot then says, as it was sent (HTML), lines of several messages together."""
        self.last = self.sandbox.say(self.chat, self.person(who), text, **more)
        return await self._heard()

    def writes(self, who: str, text: str, **more: Any) -> None:
        """Somebody writes while the bot is away."""
        self.last = self.sandbox.say(self.chat, self.person(who), text, **more)

    async def does(self, who: str, text: str, **more: Any) -> str:
        """Somebody does something that the group sees a reaction to; the words about it in their private chat."""
        await self.opens_private(who)
        assert await self.says(who, text, **more) == ""
        assert self.reaction() == "👍"
        return self.whispered(who)

    async def corrects(self, who: str, text: str, message: Json | None = None) -> str:
        """Somebody changes what they wrote into something that the group sees a reaction to; as `does`."""
        await self.opens_private(who)
        assert await self.edits(who, text, message) == ""
        assert self.reaction(message) == "👍"
        return self.whispered(who)

    async def opens_private(self, who: str) -> None:
        """Somebody starts a private chat with the bot, unless they have."""
        if not any(one["from"]["is_bot"] for one in self.sandbox.messages(self._private(who))):
            self.sandbox.start(self.person(who), BOT)
            await self.world.idle()

    def _private(self, who: str) -> Chat:
        return self.sandbox.open_private(self.person(who), BOT)

    def reaction(self, message: Json | None = None) -> str:
        """What the bot has reacted with to a message, by default the newest that a person wrote."""
        number = (message or self.last)["message_id"]
        calls = [call for call in self.sandbox.calls if call.method.lower() == "setmessagereaction"]
        here = [call.parameters for call in calls if str(call.parameters["chat_id"]) == str(self.chat.id)]
        signs = [one["reaction"] for one in here if int(one["message_id"]) == number]
        return str(signs[-1][0]["emoji"]) if signs else ""

    def whispered(self, who: str) -> str:
        """What the bot said in somebody's private chat after they last wrote or edited here."""
        return self._said_since(self.heard_from, self._private(who))

    async def confirms(self, who: str, text: str, **more: Any) -> str:
        """Somebody writes what has to be confirmed, and confirms it; what the message then says."""
        await self.says(who, text, **more)
        await self.presses(who, "确认")
        return self.newest()

    async def answers(self, who: str, text: str, *, above: str = "") -> str:
        """Somebody replies to the bot's newest message, as its prompt does; to the one before `above`, where given."""
        shown = [message for message in self.bot_messages() if not above or plain(message) not in above]
        return await self.says(who, text, reply_to=shown[-1])

    async def edits(self, who: str, text: str, message: Json | None = None) -> str:
        """Somebody changes what they wrote."""
        self.sandbox.edit(self.chat, self.person(who), message or self.last, text)
        return await self._heard()

    async def presses(self, who: str, label: str, message: Json | None = None) -> str:
        """Somebody presses the newest button with that label; the notice that they see.

        With `message`, the one that it had when it looked like that.
        """
        shown = await self.sandbox.press(self.chat, self.person(who), *self._button(label, message))
        await self.world.idle()
        return shown.get("text") or ""

    async def press_together(self, who: list[str], label: str) -> list[str]:
        """Several people (or one, fast) press the same button before the bot has answered; the notices."""
        button = self._button(label, None)
        presses = (self.sandbox.press(self.chat, self.person(one), *button) for one in who)
        shown = await asyncio.gather(*presses)
        await self.world.idle()
        return [one.get("text") or "" for one in shown]

    async def receives_press(self, who: str, message: Json, data: str) -> str:
        """The bot hears of a press that no keyboard offers (any more); what the message then says."""
        press = {"id": "1", "from": self.person(who).as_dict(), "message": message, "chat_instance": "1", "data": data}
        await self.world.receives("callback_query", press)
        return next((plain(one) for one in self.messages() if one["message_id"] == message["message_id"]), "")

    def _button(self, label: str, message: Json | None) -> tuple[Json, int, int]:
        for shown in [message] if message else reversed(self.messages()):
            for row, buttons in enumerate(keyboard(shown)):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        return shown, row, column
        raise AssertionError(f"no button {label!r}")

    def buttons(self) -> list[str]:
        """The labels under the newest message that has buttons."""
        rows = next((keyboard(message) for message in reversed(self.messages()) if keyboard(message)), [])
        return [button["text"] for row in rows for button in row]

    async def votes(self, who: str, *options: int) -> None:
        """Somebody votes in the newest poll; no options take the vote back."""
        poll = next(message for message in reversed(self.messages()) if "poll" in message)
        self.sandbox.vote(self.chat, self.person(who), poll, options)
        await self.world.idle()

    async def hears_until(self, when: str) -> str:
        """The clock moves to a local moment; what the bot says meanwhile in this chat."""
        before = len(self.sandbox.calls)
        await self.world.at(when)
        return self._said_since(before)

    async def points_of(self, who: str) -> int:
        """Somebody's points, in all."""
        member = await self.world.program.database.read(lambda stores: stores.members.find(self.person(who).id))
        return int(await self.world.program.database.read(lambda stores: stores.points.total(member.id)))

    def shown(self) -> str:
        """All that the chat shows of the bot now, as plain text."""
        return "\n".join(plain(message) for message in self.bot_messages())

    def newest(self) -> str:
        """The bot's newest message, as it stands now."""
        return plain(self.bot_messages()[-1])

    def messages(self) -> list[Json]:
        """Everything in the chat, as it stands now."""
        return self.sandbox.messages(self.chat)

    def bot_messages(self) -> list[Json]:
        """What the bot has said and not taken back."""
        return [message for message in self.messages() if message["from"]["is_bot"]]

    async def _heard(self) -> str:
        self.heard_from = len(self.sandbox.calls)
        await self.world.idle()
        return self._said_since(self.heard_from)

    def _said_since(self, before: int, chat: Chat | None = None) -> str:
        said = [call for call in self.sandbox.calls[before:] if call.method.lower() in SAID]
        here = [call.parameters for call in said if str(call.parameters.get("chat_id")) == str((chat or self.chat).id)]
        return "\n".join(one.get("text") or one.get("caption") or one["question"] for one in here)


async def opened(world: World, who: str) -> Place:
    """Somebody's private chat with the bot, begun."""
    place = Place(world, world.sandbox.open_private(world.people[who], BOT))
    world.sandbox.start(world.people[who], BOT)
    await world.idle()
    return place


def plain(message: Json) -> str:
    """The words of a message."""
    return str(message.get("text") or message.get("poll", {}).get("question") or message.get("caption") or "")


def keyboard(message: Json) -> list[list[Json]]:
    """The rows of buttons under a message."""
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its schema, made once and copied for each test."""
    file = tmp_path_factory.mktemp("store") / "empty.db"
    migrate.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    """The words, loaded once."""
    tagger = Tagger(tmp_path_factory.mktemp("cache"))
    tagger.load()
    return tagger


@pytest.fixture
def start() -> str:
    """When the test begins: a Wednesday morning; parametrize it to begin elsewhere."""
    return WEDNESDAY


@pytest.fixture
def language() -> str:
    """What the enterprise speaks."""
    return "zh"


@pytest.fixture
def admins() -> frozenset[int]:
    """The enterprise's administrators."""
    return frozenset()


def wide() -> Limits:
    """Limits that no dialogue comes near: the same refusal may follow within a millisecond."""
    return Limits(100_000)


@pytest.fixture
def limits() -> Limits:
    """What people may ask for."""
    return wide()


@pytest.fixture
def drawn() -> list[Picture]:
    """What was drawn, in its order."""
    return []


@pytest.fixture
def pictures(drawn: list[Picture]) -> Pictures:
    """The pictures of messages: each is drawn, and painted as one pixel."""

    async def paint(picture: Picture) -> bytes:
        drawn.append(picture)
        return PNG

    return Pictures(DRAWINGS, paint)


@pytest.fixture
def before() -> Before:
    """What has happened in the local Telegram before the bot starts."""
    return lambda *_: None


@pytest.fixture
async def troubled_world(
    *,
    tmp_path: Path,
    empty_store: Path,
    tagger: Tagger,
    start: str,
    language: str,
    admins: frozenset[int],
    before: Before,
    limits: Limits,
    pictures: Pictures,
) -> AsyncIterator[World]:
    """A running bot on a local Telegram, where not everything may end well."""
    file = tmp_path / "jingyi.db"
    shutil.copy(empty_store, file)
    async with Sandbox(clock=Clock(start=moment(start)), zone="Asia/Shanghai") as sandbox:
        sandbox.add_bot(TOKEN, username="jingyi_bot", first_name="精益", can_read_all_group_messages=True)
        people = {
            SECRETARY: sandbox.add_person("陈", last_name="书记", username="chen"),
            LI: sandbox.add_person("李伟", username="li"),
            WANG: sandbox.add_person("王海燕"),
        }
        before(sandbox, people)
        settings = SETTINGS.model_copy(
            update={
                "api_url": sandbox.url,
                "database_url": f"sqlite:///{file}",
                "cache": tmp_path,
                "language": language,
                "admins": admins,
            }
        )
        world = World(sandbox, settings, tagger, people, limits, pictures)
        await world.start()
        yield world
        await world.stop()
        assert wrong_calls(sandbox.calls) == []


@pytest.fixture
async def world(troubled_world: World) -> AsyncIterator[World]:
    """A running bot on a local Telegram, which at the end has handled and said everything without a hitch."""
    yield troubled_world
    await troubled_world.check()


@pytest.fixture
async def group(world: World) -> Place:
    """The group of the three, with the bot, after its greeting; Li has spoken there once, Wang has not."""
    chen, li, wang = world.people.values()
    chat = world.sandbox.add_group("第一党支部", by=chen, members=[li, wang], bots=[BOT])
    await world.idle()
    await world.spoke(chat, li)
    await world.program.scheduler.tick()
    return Place(world, chat)


@pytest.fixture
async def private(world: World, group: Place) -> Place:
    """Li's private chat with the bot, begun."""
    return await opened(world, LI)
