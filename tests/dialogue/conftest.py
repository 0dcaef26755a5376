"""A group with a bot in it: a test reads as the chat does.

Everything is real but the time: the program of `bot/`, its store in a file, the local Telegram over HTTP.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.pace import Pace
from bot.program import Program
from bot.settings import Settings
from domain import points
from language.tags import Tagger
from sandbox import Sandbox
from sandbox.chats import Chat
from sandbox.clock import Clock
from sandbox.people import User
from storage import migrate

TOKEN = "123456:dialogue"
ZONE = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
SECRETARY, LI, WANG = "secretary", "li", "wang"
Json = dict[str, Any]


@dataclass
class World:
    """The bot, the local Telegram, and three people: a secretary (the group's owner), Li, and Wang without a user name."""

    sandbox: Sandbox
    program: Program
    people: dict[str, User]

    async def settle(self) -> None:
        """Wait until the bot has heard and said everything."""
        waiting = self.sandbox.world.bot(123456).inbox.pending
        while True:
            while waiting:  # until the bot asks for what comes after them
                await asyncio.sleep(0.002)
            await self.program.idle()
            if not waiting:  # what it said may have led to new updates
                return

    async def at(self, when: str) -> None:
        """Move the clock to a local moment: `2026-11-26 09:00`."""
        self.sandbox.clock.move_to(datetime.fromisoformat(when).replace(tzinfo=ZONE))
        await self.program.scheduler.tick()
        await self.settle()


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

    async def edits(self, who: str, text: str, message: Json | None = None) -> str:
        """Somebody changes what they wrote."""
        self.sandbox.edit(self.chat, self.person(who), message or self.last, text)
        return await self._heard()

    async def presses(self, who: str, label: str) -> str:
        """Somebody presses the newest button with that label; the notice that they see."""
        for message in reversed(self.messages()):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            for row, buttons in enumerate(rows):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        shown = await self.sandbox.press(self.chat, self.person(who), message, row, column)
                        await self.world.settle()
                        return shown.get("text") or ""
        raise AssertionError(f"no button {label!r}")

    async def votes(self, who: str, *options: int) -> None:
        """Somebody votes in the newest poll; no options take the vote back."""
        poll = next(message for message in reversed(self.messages()) if "poll" in message)
        self.sandbox.vote(self.chat, self.person(who), poll, options)
        await self.world.settle()

    async def hears_until(self, when: str) -> str:
        """The clock moves to a local moment; what the bot says meanwhile in this chat."""
        before = len(self.sandbox.calls)
        await self.world.at(when)
        return self._said_since(before)

    async def points_of(self, who: str) -> int:
        """Somebody's points, in all."""
        member = await self.world.program.store.read(lambda stores: stores.members.find(self.person(who).id))
        account = await self.world.program.store.read(points.account, of=member.id, chat=1, at=self.sandbox.clock.now())
        return int(account.total)

    def messages(self) -> list[Json]:
        """Everything in the chat, as it stands now."""
        return self.sandbox.messages(self.chat)

    def bot_messages(self) -> list[Json]:
        """What the bot has said and not taken back."""
        return [message for message in self.messages() if message["from"]["is_bot"]]

    async def _heard(self) -> str:
        before = len(self.sandbox.calls)
        await self.world.settle()
        return self._said_since(before)

    def _said_since(self, before: int) -> str:
        said = [call for call in self.sandbox.calls[before:] if call.method.lower() in ("sendmessage", "sendpoll")]
        here = [call.parameters for call in said if str(call.parameters.get("chat_id")) == str(self.chat.id)]
        return "\n".join(parameters.get("text") or parameters["question"] for parameters in here)


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
async def world(tmp_path: Path, empty_store: Path, tagger: Tagger) -> AsyncIterator[World]:
    """A running bot on a local Telegram, on a Wednesday morning."""
    file = tmp_path / "jingyi.db"
    shutil.copy(empty_store, file)
    async with Sandbox(clock=Clock(start=WEDNESDAY), zone="Asia/Shanghai") as sandbox:
        sandbox.add_bot(TOKEN, username="jingyi_bot", first_name="精益", can_read_all_group_messages=True)
        people = {
            SECRETARY: sandbox.add_person("陈", last_name="书记", username="chen"),
            LI: sandbox.add_person("李伟", username="li"),
            WANG: sandbox.add_person("王海燕"),
        }
        settings = Settings(
            _env_file=None,
            token=TOKEN,
            api_url=sandbox.url,
            database_url=f"sqlite:///{file}",
            http="127.0.0.1:0",
            cache=tmp_path,
        )
        async with Program(settings, now=sandbox.clock.now, pace=Pace(1000), tagger=tagger) as program:
            yield World(sandbox, program, people)


@pytest.fixture
async def group(world: World) -> Place:
    """The group of the three, with the bot, after its greeting."""
    chen, li, wang = world.people.values()
    chat = world.sandbox.add_group("第一党支部", by=chen, members=[li, wang], bots=[123456])
    await world.settle()
    return Place(world, chat)


@pytest.fixture
async def private(world: World, group: Place) -> Place:
    """Li's private chat with the bot, begun."""
    chat = world.sandbox.open_private(world.people[LI], 123456)
    place = Place(world, chat)
    world.sandbox.start(world.people[LI], 123456)
    await world.settle()
    return place
