"""How updates come in: the door for the webhook, health and metrics, or long polling."""

import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlparse

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.intake import Intake
from bot.metrics import Metrics
from bot.readiness import Readiness
from bot.reading import WANTED
from bot.settings import EXAMPLES, Settings, WrongSetting
from domain.admin import backlog
from storage.database import Database, StoreError
from web import health, serving, webhook

log = structlog.get_logger()
LAST_CALLS = 1.0  # seconds that calls from outside are given at the end; the platform makes its own again


class Door:
    """Listens, and has the platform deliver to it or fetches by polling, as the settings say."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        bot: Bot,
        intake: Intake,
        *,
        readiness: Readiness,
        metrics: Metrics,
        now: Callable[[], datetime],
        redact: Callable[[str], str],
    ) -> None:
        """`redact` takes secrets out of what the platform says."""
        self._settings = settings
        self._database = database
        self._bot = bot
        self._intake = intake
        self._readiness = readiness
        self._metrics = metrics
        self._now = now
        self._redact = redact
        self.http = ""  # where it listens, once it does

    async def listen(self) -> Callable[[], Awaitable[None]]:
        """Open the door for webhook and health; what closes it again. Raises WrongSetting."""
        site_routes = health.routes() + health.ready_routes(self._readiness.missing)
        site_routes += health.metrics_routes(self._metrics_page)
        if self._settings.webhook_url:
            path = urlparse(self._settings.webhook_url).path or "/"
            site_routes += webhook.routes(path, self.secret, self._intake.receive, self._metrics.knocked)
        runner = serving.runner(site_routes, largest=webhook.MAX_BODY_BYTES, shutdown=LAST_CALLS)
        await runner.setup()
        host, port = self._settings.http_address
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            await runner.cleanup()
            raise WrongSetting(f"JINGYI_HTTP: {error.strerror}; for example JINGYI_HTTP=127.0.0.1:8090") from error
        self.http = "http://{}:{}".format(*runner.addresses[0][:2])
        return runner.cleanup

    async def _metrics_page(self) -> bytes:
        waiting = None
        with suppress(StoreError):  # what was counted is told all the same
            waiting = await self._database.read(backlog.backlog, at=self._now())
        return self._metrics.page(waiting)

    @property
    def secret(self) -> str:
        """The one that was chosen, else one that every program with this token comes to, and nobody else."""
        given = self._settings.webhook_secret
        token = self._settings.token.get_secret_value().encode()
        return given.get_secret_value() if given else hmac.digest(token, b"webhook", "sha256").hex()

    async def choose_intake(self) -> None:
        """Have the platform deliver, or fetch. Raises WrongSetting."""
        if self._settings.webhook_url:
            await self._set_webhook(self._settings.webhook_url)
            return
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:
            log.warning("the webhook could not be removed", error=str(error))
        self._intake.poll()

    async def _set_webhook(self, url: str) -> None:
        """Ask the platform to deliver. Raises WrongSetting where it does not want this address."""
        try:
            await self._bot.set_webhook(url, secret_token=self.secret, allowed_updates=WANTED)
        except BadRequest as error:
            refused = f"the platform refuses it ({self._redact(error.message)})"
            example = EXAMPLES["webhook_url"]
            raise WrongSetting(f"JINGYI_WEBHOOK_URL: {refused}; for example JINGYI_WEBHOOK_URL={example}") from error
