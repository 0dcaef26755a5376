"""The composition root: every part is made and joined here, by hand."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Self

import structlog

import handlers
from bot import admin_link, arenas, calendar, clock, platform, store
from bot.application import build
from bot.door import Door
from bot.drawings import DRAWINGS
from bot.intake import Intake
from bot.learning import Learner
from bot.metrics import Metrics
from bot.notices import Notices
from bot.pace import Pace
from bot.pictures import Pictures
from bot.readiness import Readiness
from bot.renderer import Renderer
from bot.request import Request
from bot.scheduler import Scheduler
from bot.secrecy import redactor
from bot.sender import Sender
from bot.settings import EXAMPLES, Settings, WrongSetting
from bot.tagging import CurrentTagger
from bot.timekeeper import Timekeeper
from bot.verifier import Verifier
from bot.watchdog import Watchdog
from bot.words import Words
from charts import Painter
from domain.admin.enterprise import Enterprise
from domain.clock.schedule import Clockwork
from domain.features import GROUP_SCHEDULES, JOBS
from domain.messaging.chat import Locale
from domain.messaging.delivery import Delivery
from domain.messaging.message import Subject
from domain.messaging.poll import LastCount
from domain.people import admission
from domain.points import verify
from domain.stores import Stores
from domain.study import study
from domain.study.course import Course
from domain.study.item import Lesson
from domain.voice import tagging
from handlers.budget import Limits
from handlers.context import Services
from handlers.membership import Memberships
from handlers.messaging import keyboard
from language import honours
from language.deadline.working import official
from language.table import TagTableError
from language.tags import Tagger
from sheets.process import Files
from storage import lock
from storage.database import connect
from storage.messaging.worker import Word, worker_on

log = structlog.get_logger()
LAST_WORDS = 1.0  # seconds that notices under way are given at the end
DUE_FIRST = 30.0  # seconds after the start in which messages that are due keep other work waiting
CATCH_UP = 5.0  # seconds in which updates that waited are handled before due messages are sent


class Program:
    """The running bot: `async with Program(settings): …`."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime] = clock.now,
        pace: Pace | None = None,
        limits: Limits | None = None,
        tagger: Tagger | None = None,
        lessons: Sequence[Lesson] = (),
        courses: Sequence[Course] = (),
        blocked_after: float | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        """`now` tells the time; `pace` keeps to the platform's limits; `tagger` may be one that is loaded already.

        `limits` are those of people; where a platform takes more than Telegram, people may ask for more, too.

        `lessons` and `courses` are what a study library begins with that has none yet. `blocked_after` is for how many
        seconds the event loop may stand still before the process is ended; without it, for ever. `pictures` are those
        of messages, by default painted by a process of their own.
        """
        self.settings = settings
        self._redact = redactor(settings.secrets)
        self._lessons = lessons
        self._courses = courses
        self.now = now
        self._renderer = Renderer()
        locale = Locale(settings.timezone, settings.language)
        enterprise = Enterprise(
            locale,
            settings.admins,
            timedelta(days=settings.forget_after),
            knows_year=calendar.has_year,
            official=official,
            honours=settings.honours or honours.for_people(),
            team_honours=settings.team_honours or honours.for_teams(),
        )
        self.database = connect(settings.database_url, self._renderer, now, enterprise)
        self.worker = worker_on(settings.database_url)
        self._leads = asyncio.Event()
        self._standing_by: asyncio.Task[None] | None = None
        tagger = tagger or Tagger(settings.cache.expanduser())
        self._words = Words(tagger)
        self._tagger = CurrentTagger(tagger, self.database, self._words.ready)
        self._warming_up: asyncio.Task[None] | None = None
        self._painter = Painter()
        self._request = Request(proxy=settings.proxy)
        self._notices = Notices(self._request, settings.bot_url)
        pace = pace or Pace()
        limits = limits or Limits(pace.factor)
        services = Services(
            database=self.database,
            now=now,
            tag=self._tagger.read,
            label=self._renderer.label,
            locale=locale,
            clockwork=Clockwork(GROUP_SCHEDULES, calendar.next_moment),
            notice=self._notices.show,
            wake_sender=self._wake_sender,
            features=handlers.FEATURES,
            limits=limits,
            memberships=Memberships(limits.factor, clock=limits.clock, changed=partial(self.worker.tell, Word.MEMBERS)),
            files=Files(),
            keyboard=keyboard.due,
        )
        self.application = build(settings, services, self._request)
        self._timekeeper = Timekeeper(self.application.bot, now=now)
        self._request.dated = self._timekeeper.answered
        self.metrics = Metrics()
        self.database.on_commit(self.metrics.committed)
        self.intake = Intake(
            self.database,
            self.application,
            self._request,
            now=now,
            worker=self.worker,
            metrics=self.metrics,
            dated=self._timekeeper.written,
            ready=self._words.ready,
        )
        self.sender = Sender(
            self.database,
            self.application.bot,
            now=now,
            pace=pace,
            poll_closed=self._poll_closed,
            moved=services.known_actors.clear,
            metrics=self.metrics,
            dated=self._timekeeper.sent,
            redact=self._redact,
            paint=(pictures or Pictures(DRAWINGS, self._painter.paint)).paint,
        )
        self.verifier = Verifier(self.database, now=now)
        self.learner = Learner(self.database, self._tagger, now=now)
        self.scheduler = Scheduler(
            self.database,
            JOBS,
            {verify.DAILY.name: self.verifier.ask, tagging.LEARNING.name: self.learner.ask},
            now=now,
            zone=settings.timezone,
            wake_sender=self.sender.wake,
            metrics=self.metrics,
            evidence=self._timekeeper.evidence,
        )
        self._door = Door(
            settings,
            self.database,
            self.application.bot,
            self.intake,
            readiness=Readiness(self.database, self.intake, self._request, self.application.bot),
            metrics=self.metrics,
            now=now,
            redact=self._redact,
        )
        self._watchdog = Watchdog(blocked_after, self.intake.tries.last_words) if blocked_after else None
        self._stop = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Start everything; what was started is stopped again where that fails.

        With a webhook several programs work on one database at once, and one of them leads: it says what is due.
        Without one it alone fetches, and the others stand by here until they lead.

        Raises WrongSetting, StoreInUse, KeyMissing, KeyChanged, storage's StoreError and NewerSchema.
        """
        self._make_cache()
        self.database.on_refresh(partial(_call_in, asyncio.get_running_loop(), self._wake_sender))
        async with AsyncExitStack() as started:
            started.enter_context(lock.held(self.settings.database_url))
            await self.database.open()
            started.push_async_callback(self.database.close)
            if await store.use_key(self.database, self.settings, self.now):
                log.info("the store is sealed from now on")
            if self._watchdog is not None:
                self._watchdog.start()
                started.callback(self._watchdog.stop)
            await self.worker.join(self._hear, self._lose)
            started.push_async_callback(self.worker.leave)
            if not self.settings.webhook_url:
                await self.worker.lead()
            await self.database.write(study.load_first, lessons=self._lessons, courses=self._courses)
            started.push_async_callback(self._words.stop)
            started.push_async_callback(self._painter.close)
            started.push_async_callback(self._request.shutdown)
            started.push_async_callback(self.application.shutdown)
            started.push_async_callback(self._notices.drain, LAST_WORDS)
            await platform.meet(self.application, self.settings)
            started.push_async_callback(self.sender.stop)
            await self.intake.start()
            started.push_async_callback(self.intake.stop)
            started.push_async_callback(await self._door.listen())
            await self._door.choose_intake()
            self.verifier.start()
            started.push_async_callback(self.verifier.stop)
            self.learner.start()
            started.push_async_callback(self.learner.stop)
            started.push_async_callback(self._lead_no_more)
            if self.worker.leads:
                await self._lead()
            else:
                self._standing_by = asyncio.create_task(self._stand_by(), name="standing by")
                self._standing_by.add_done_callback(self._stood_by)
            self._warming_up = asyncio.create_task(self._warm_up(), name="warming up")
            started.push_async_callback(self._warm_up_no_more)
            self._stop = started.pop_all()
        log.info("ready", bot=self.application.bot.username, http=self.http, leads=self.worker.leads)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop within ten seconds: start nothing, fetch no more, finish what runs, leave the rest in the store."""
        await self._stop.aclose()
        log.info("stopped")

    def _make_cache(self) -> None:
        """The tagger's folder; without it every suggestion would fail, one by one. Raises WrongSetting."""
        try:
            self.settings.cache.expanduser().mkdir(mode=0o700, parents=True, exist_ok=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: there is no home to put it into
            wrong = "the folder cannot be made"
            raise WrongSetting(f"JINGYI_CACHE: {wrong}; for example JINGYI_CACHE={EXAMPLES['cache']}") from error

    async def _warm_up(self) -> None:
        """Do ahead what people would have to wait for. The start is sooner over without it, and what is due said."""
        with suppress(TimeoutError):
            async with asyncio.timeout(DUE_FIRST):
                await self._said()
        try:
            await self._words.ready()
        except (OSError, TagTableError) as error:  # whoever needs them meets it too; the rest works
            log.error("the words cannot be loaded", error=str(error))
        await platform.offer_menus(self.application, self.settings)
        arenas.give_back()

    async def _warm_up_no_more(self) -> None:
        if self._warming_up is not None:
            self._warming_up.cancel()
            with suppress(asyncio.CancelledError):
                await self._warming_up

    async def _lead(self) -> None:
        """Send what is due, and run jobs: of several programs one does."""
        await self.sender.start()
        await admin_link.offer(self.database, self.settings, self.application.bot.username, self.now)
        await self.database.write(admission.ask_again)
        self.intake.take_over()  # the one that led before may have left updates
        if not self.settings.webhook_url:  # else a reminder could come although the task was done in time
            await self.intake.catch_up(CATCH_UP)
        self.scheduler.start()
        await self.scheduler.tick()
        self._leads.set()

    async def _stand_by(self) -> None:
        """Take the leader's place once it is free."""
        await self.worker.lead()
        await self._lead()
        log.info("leads from now on")

    def _stood_by(self, task: asyncio.Task[None]) -> None:
        """Shut down when becoming the leader failed."""
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("leading failed", exc_info=error)
            self._stand_down()

    async def _lead_no_more(self) -> None:
        if self._standing_by is not None:
            self._standing_by.cancel()
            await asyncio.gather(self._standing_by, return_exceptions=True)
        await self.scheduler.stop()

    def _wake_sender(self) -> None:
        """Tell the leader that there is something to send."""
        if self.worker.leads:
            self.sender.wake()
        else:
            self.worker.tell(Word.SEND)

    def _hear(self, word: str) -> None:
        """Another worker says something."""
        if word == Word.SEND and self.worker.leads:
            self.sender.wake()
        elif word == Word.LEFT:
            self.intake.take_over()
        elif word == Word.MEMBERS:
            self.application.bot_data.memberships.forget_all()
        elif word == str(self.worker.id):
            self.intake.look()

    def _lose(self) -> None:
        """The others count this one as dead."""
        log.error("the connection that others know this worker by is lost")
        self._stand_down()

    def _stand_down(self) -> None:
        """Shut down in order; the service manager starts the program again."""
        log.error("this worker ends, to be started anew")
        signal.raise_signal(signal.SIGTERM)

    @property
    def http(self) -> str:
        """Where it listens, once it does."""
        return self._door.http

    async def idle(self) -> None:
        """Wait until all updates are handled and, on the leader, all that is due is sent."""
        await self.heard()
        await self._said()

    async def _said(self) -> None:
        if self._leads.is_set():
            await self.sender.idle()

    async def heard(self) -> None:
        """Wait until all updates are handled, and what shows at once is shown, menus too."""
        if self._warming_up is not None:
            await self._warming_up
        await self.intake.idle()
        await self._notices.drain()

    async def _poll_closed(self, row: Delivery, last: LastCount) -> None:
        if row.subject is not None:
            await self.database.write(partial(_close_poll, poll=row.subject, last=last, at=self.now()))


def _call_in(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call from another thread."""
    with suppress(RuntimeError):  # the loop is closed
        loop.call_soon_threadsafe(call)


def _close_poll(stores: Stores, *, poll: Subject, last: LastCount, at: datetime) -> None:
    stores.hooks.closed(poll, last, at)
