"""Answers to pressed buttons, given while their chats go on."""

import structlog
from telegram.error import TelegramError

from bot.background import Background
from bot.request import Request

log = structlog.get_logger()
OK = 200


class Notices:
    """Shows notices; nobody waits for one, and one that comes too late is not shown, which harms nobody.

    They go past PTB: it would prepare the call and read the answer for twice the price, and nobody wants the answer.
    """

    def __init__(self, request: Request, bot_url: str) -> None:
        """`bot_url` is where the platform hears this bot; it holds the token."""
        self._request = request
        self._url = f"{bot_url}/answerCallbackQuery"
        self._background = Background()

    def show(self, query: str, words: str | None, *, alert: bool) -> None:
        """Tell the platform that a pressed button was heard, with words or without."""
        self._background.begin(self._show(query, words, alert=alert))

    async def _show(self, query: str, words: str | None, *, alert: bool) -> None:
        fields: dict[str, str | bool] = {"callback_query_id": query}
        if words:
            fields |= {"text": words, "show_alert": alert}
        try:
            status, _ = await self._request.call(self._url, fields)
        except TelegramError as error:
            log.info("a notice was not shown", error=str(error))
        else:
            if status != OK:
                log.info("a notice was not shown", status=status)

    async def drain(self, seconds: float | None = None) -> None:
        """Wait until all are shown, at most so long."""
        await self._background.drain(seconds)
