"""Commands, in a text or under a picture, with or without the bot's name."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler

from handlers.arguments import COMMAND
from handlers.context import Context

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Command(BaseHandler[Update, Context, None]):
    """Handles one command at the start of a text or caption, new or edited.

    PTB's own CommandHandler does not read captions, so `/task …` under a picture would be lost without a word.
    """

    def __init__(self, name: str | None, callback: Callback) -> None:
        """Handle `/name`; without a name, any command that no earlier handler took."""
        super().__init__(callback)
        self.name = name

    def check_update(self, update: object) -> bool:
        """Whether the update is this command."""
        message = isinstance(update, Update) and (update.message or update.edited_message)
        found = message and command_of(message)
        return bool(found) and self.name in (None, found)


def command_of(message: Message | None) -> str | None:
    """The command that a message begins with and that is meant for this bot, in small letters."""
    match = COMMAND.match(message.text or message.caption or "") if message else None
    if message is None or match is None:
        return None
    bot = message.get_bot().username
    meant = match["bot"] is None or match["bot"].lower() == bot.lower()
    return match["name"].lower() if meant else None


class Pressed(BaseHandler[Update, Context, None]):
    """Handles a button whose action begins with a name: `task.done:17`."""

    def __init__(self, action: str, callback: Callback) -> None:
        super().__init__(callback)
        self.action = action

    def check_update(self, update: object) -> bool:
        """Whether the update is a press of this button."""
        data = isinstance(update, Update) and update.callback_query and update.callback_query.data
        return bool(data) and str(data).split(":")[0] == self.action
