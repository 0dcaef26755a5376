"""PTB's application, with this program's handlers and its one way to treat errors."""

from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

import handlers
from bot.request import Request
from bot.settings import Settings
from domain.refusal import Refusal
from handlers import errors
from handlers.budget import Verdict, asker_of
from handlers.command import command_of
from handlers.context import Context, Services
from handlers.dispatch import Dispatch
from handlers.origin import changes_membership

Jingyi = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], Services, None]


class RefusingApplication(Application[Any, Any, Any, Any, Any, Any]):
    """Answers refusals; anything else is for the intake, which tries again and apologises at last."""

    async def process_update(self, update: object) -> None:
        """Handle an update, unless its sender has asked for too much."""
        services: Services = self.bot_data
        if isinstance(update, Update) and changes_membership(update) and update.effective_chat is not None:
            services.memberships.forget(update.effective_chat.id)
        asker = asker_of(update) if isinstance(update, Update) else None
        if asker is None or not isinstance(update, Update):
            await super().process_update(update)
            return
        verdict = services.limits.judge(asker)
        if verdict is Verdict.HANDLE:
            await super().process_update(update)
            services.limits.handled(asker, acted=asker.update in services.closed)
        elif verdict is Verdict.TELL or asker.presses:
            await errors.hold_off(await self._context(update))
            services.limits.told(asker)

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:
        """Refuse in words, or raise what came; true: no further handler runs."""
        if not isinstance(error, Refusal) or not isinstance(update, Update):
            raise error
        await errors.refuse(await self._context(update), error)
        return True

    async def apologise(self, update: Update) -> None:
        """Say that an update could not be handled, where somebody waits for an answer."""
        if update.effective_chat is not None and (update.callback_query or command_of(update.effective_message)):
            await errors.apologise(await self._context(update))

    async def _context(self, update: Update) -> Context:
        context: Context = self.context_types.context.from_update(update, self)
        await context.refresh_data()
        return context


def build(settings: Settings, services: Services, request: Request) -> Jingyi:
    """The application, not yet initialized."""
    root = settings.api_url.rstrip("/")
    application = (
        ApplicationBuilder()
        .application_class(RefusingApplication)
        .token(settings.token.get_secret_value())
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .request(request)
        .get_updates_request(request)
        .context_types(ContextTypes(context=Context, bot_data=lambda: services))  # type: ignore[call-overload]  # any factory serves
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handlers({**handlers.doors(), 0: [Dispatch(handlers.handlers())]})
    return application
