"""The demo: a local Telegram, the bot, a sample enterprise with four weeks and a quarter of party life behind it."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr

from bot.program import Program
from bot.renderer import Renderer
from bot.sample import enterprise
from bot.sample.enterprise import Enterprise
from bot.sample.history import History, Places
from bot.settings import Settings, WrongSetting
from domain.admin.enterprise import DEFAULT
from domain.messaging.chat import Locale
from domain.report.features import Stores
from domain.voice.suggestion import Tagging
from language import honours
from language.tags import Tagger
from sandbox import Sandbox
from sandbox.clock import Clock
from storage.database import connect

TOKEN = "700000001:demo-of-jingyi"  # noqa: S105 - it opens the sandbox only
BOT_NAME = "精益"


class Demo:
    """`async with Demo(port): …`: everything runs in one process and is gone with it."""

    def __init__(self, port: int, *, clock: Clock | None = None) -> None:
        """`port` is the chat page's, 0 takes a free one; `clock` tells (and moves) the demo's time."""
        self.clock = clock or Clock()
        self.sandbox = Sandbox(port=port, clock=self.clock, zone="Asia/Shanghai")
        self.groups: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self._stack = AsyncExitStack()
        self._moved: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Start, and say where the page is. Raises WrongSetting when the port is taken."""
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self.sandbox)
            except OSError as error:
                raise WrongSetting(f"--port: {error.strerror}; for example jingyi demo --port 8090") from error
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jingyi-demo-")))
            sample = enterprise.read(self.clock.now().astimezone(ZoneInfo("Asia/Shanghai")).date())
            self._open_groups(sample)
            settings = self._settings(sample, folder)
            await self._remember(settings, sample)
            self.program = await stack.enter_async_context(Program(settings, now=self.clock.now))
            stack.callback(self.clock.listen(self._on_move))
            self._stack = stack.pop_all()
        typer.echo(self._greeting(sample))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop both."""
        await self._stack.aclose()

    def _settings(self, sample: Enterprise, folder: Path) -> Settings:
        return Settings(
            _env_file=None,  # type: ignore[call-arg]  # a demo takes nothing from where it is started
            token=SecretStr(TOKEN),
            api_url=self.sandbox.url,
            database_url=f"sqlite:///{folder / 'demo.db'}",
            http="127.0.0.1:0",
            timezone=sample.zone,
            language="zh",
            cache=folder,
            admins=frozenset({self.people[sample.administrator.code]}),
        )

    def _open_groups(self, sample: Enterprise) -> None:
        bot = self.sandbox.add_bot(TOKEN, username="jingyi_bot", first_name=BOT_NAME)
        people = {
            code: self.sandbox.add_person(person.name, username=person.username, language_code="zh", note=person.note)
            for code, person in sample.people.items()
        }
        self.people = {code: person.id for code, person in people.items()}
        for branch, title in sample.branches.items():
            first, *others = (people[person.code] for person in sample.of(branch))
            group = self.sandbox.add_group(title, by=first, members=others, bots=[bot])
            self.sandbox.promote(group, bot, by=first)
            self.groups[branch] = group.id

    async def _remember(self, settings: Settings, sample: Enterprise) -> None:
        """Put the history into the store."""
        tagger = Tagger(settings.cache)
        await asyncio.to_thread(tagger.load)
        taggings = [Tagging(t.keywords, t.tags) for t in (tagger.read(told["text"]) for told in sample.suggestions)]
        known = replace(DEFAULT, honours=honours.for_people(), team_honours=honours.for_teams())
        async with connect(settings.database_url, Renderer(), self.clock.now, known) as database:
            await database.write(self._live, sample=sample, taggings=taggings)

    def _live(self, stores: Stores, *, sample: Enterprise, taggings: list[Tagging]) -> None:
        places, locale = Places(self.groups, self.people), Locale(sample.zone, "zh")
        history = History(stores, sample, places, locale, until=self.clock.now())
        library = enterprise.library()
        history.live(list(library.lessons), taggings)
        history.plan_study(library)
        history.begin_today()

    def _on_move(self, _: datetime) -> None:
        """The clock was moved: what is due now must not wait for the next tick."""
        task = asyncio.create_task(self.program.scheduler.tick(), name="clock moved")
        self._moved.add(task)
        task.add_done_callback(self._moved.discard)

    def _greeting(self, sample: Enterprise) -> str:
        secretary, employee = sample.secretary(next(iter(sample.branches))), sample.of(next(iter(sample.branches)))[1]

        administrator = sample.administrator

        def window(code: str) -> str:
            return f"{self.sandbox.url}/?as={self.people[code]}&chat={self.groups[sample.people[code].branch]}"

        return (
            f"Jingyi is ready: {self.sandbox.url}/\n"
            f"  a secretary, {secretary.name}: {window(secretary.code)}\n"
            f"  an employee, {employee.name}: {window(employee.code)}\n"
            f"  an administrator, {administrator.name}: {window(administrator.code)}\n"
            "Press Ctrl-C to stop."
        )
