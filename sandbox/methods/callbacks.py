"""answerCallbackQuery."""

import re

from sandbox import pressing
from sandbox.errors import bad_request
from sandbox.methods.request import Request
from sandbox.people import Bot

TEXT_LIMIT = 200


def answer_callback_query(request: Request) -> bool:
    """Answer a press on a button: with nothing, a short text, an alert, or an address."""
    given = request.given
    text = given.text("text")
    if len(text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if given.has("url") and not _opens(request.bot, given.text("url")):
        raise bad_request("URL_INVALID")
    words = {
        "text": text or None,
        "show_alert": given.flag("show_alert"),
        "url": given.text("url") or None,
    }
    answer = {name: value for name, value in words.items() if value is not None}
    pressing.answer(request.world, request.bot, given.text("callback_query_id"), answer)
    return True


def _opens(bot: Bot, url: str) -> bool:
    """Whether an address leads to the bot itself; with no other one can a press be answered."""
    return re.match(rf"(https?://)?(t|telegram)\.me/{bot.username}\?start=", url, re.IGNORECASE) is not None
