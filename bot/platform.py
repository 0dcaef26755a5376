"""Meeting the platform: who the bot is, and the menus that people see."""

import asyncio

import structlog
from telegram.error import InvalidToken, NetworkError, TelegramError

import handlers
from bot import menus
from bot.application import Jingyi
from bot.polling import BACK_OFF
from bot.settings import Settings, WrongSetting

log = structlog.get_logger()


async def meet(application: Jingyi, settings: Settings) -> None:
    """Ask the platform who the bot is. Waits while the platform is away, but not with a wrong token."""
    failures = 0
    while True:
        try:
            await application.initialize()
            break
        except InvalidToken as error:
            raise WrongSetting("JINGYI_TOKEN: the platform does not know this token; ask @BotFather") from error
        except NetworkError as error:
            wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
            log.warning("the platform does not answer", error=str(error), again_in=wait)
            failures += 1
            await asyncio.sleep(wait)


async def offer_menus(application: Jingyi, settings: Settings) -> None:
    """Give the platform the menus; people can do without, as every command can be typed."""
    try:
        await menus.offer(application.bot, settings, handlers.ENTRIES)
    except TelegramError as error:
        log.warning("the command menu could not be set", error=str(error))
