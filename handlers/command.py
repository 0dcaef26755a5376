"""PTB handlers for commands (in a text or a caption, with or without the bot's name) and for buttons."""

from collections.abc import Callable, Coroutine
from functools import cache
from typing import TYPE_CHECKING, Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler

import plain
import texts
from domain.people.permission import Permission
from handlers import access
from handlers.access import Needs
from handlers.action import ButtonExpired, name_of
from handlers.arguments import COMMAND
from handlers.context import Context
from handlers.origin import text_of

if TYPE_CHECKING:
    from domain.report.features import Stores

MAX_LABEL_CHARS = 64  # more is not looked at
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Command(BaseHandler[Update, Context, None]):
    """Handles one command at the start of a text or caption, new or edited.

    PTB's own CommandHandler does not read captions, so `/task …` under a picture would be lost silently.
    """

    def __init__(
        self,
        name: str | None,
        callback: Callback,
        needs: Needs,
        *,
        when: Callable[[Message], object] | None = None,
        costly: bool = False,
    ) -> None:
        """Handle `/name` for senders with the permission; without a name, any command that no earlier handler took.

        `when` tells from a message's arguments whether this handler takes it. A `costly` one only shows something; sent
        several times in a row it is answered once.
        """
        super().__init__(callback)
        self.name = name
        self.needs = needs
        self.when = when
        self.costly = costly

    def check_update(self, update: object) -> bool:
        """Whether the update is this command."""
        message = isinstance(update, Update) and (update.message or update.edited_message)
        found = message and command_of(message)
        if not message or not found or self.name not in (None, found):
            return False
        return self.when is None or bool(self.when(message))

    async def handle_update(self, update: Update, application: Any, check_result: object, context: Context) -> None:
        """Check access, then handle it. Raises the refusals of `access.admit`."""
        if self.costly and context.asker is not None and context.services.limits.is_repeated(context.asker):
            return
        await access.admit(context, self.needs)
        await super().handle_update(update, application, check_result, context)


def command_of(message: Message | None) -> str | None:
    """The command at the start of a message, in lower case; `None` if there is none or it names another bot."""
    match = COMMAND.match(text_of(message)) if message else None
    if message is None or match is None:
        return None
    bot = message.get_bot().username
    meant = match["bot"] is None or match["bot"].lower() == bot.lower()
    return match["name"].lower() if meant else None


class Press(BaseHandler[Update, Context, None]):
    """Handles a button by the name of its action (`task.done`).

    What everybody may do is not checked here, so that a press of 已学习 costs no extra statement.
    """

    def __init__(self, action: str, callback: Callback, needs: Permission = Permission.TAKE_PART) -> None:
        super().__init__(callback)
        self.action = action
        self.needs = needs

    def check_update(self, update: object) -> bool:
        """Whether the update is a press of this button."""
        data = isinstance(update, Update) and update.callback_query and update.callback_query.data
        return bool(data) and name_of(str(data)) == self.action

    async def handle_update(self, update: Update, application: Any, check_result: object, context: Context) -> None:
        """Check access, then handle it. Raises the refusals of `access.check`."""
        await access.check(context, self.needs)
        await super().handle_update(update, application, check_result, context)


class PrivatePress(Press):
    """A button that is shown in private alone; what it shows is nobody else's affair."""

    async def handle_update(self, update: Update, application: Any, check_result: object, context: Context) -> None:
        """Handle it in private. Raises ButtonExpired elsewhere."""
        if context.actor.chat.is_group:
            raise ButtonExpired
        await super().handle_update(update, application, check_result, context)


class Key(BaseHandler[Update, Context, None]):
    """Handles a button of the fixed keyboard in private chats: a message that is exactly its label, in any language.

    It comes before the answers to an open form, as a command does. `needs` is the permission of those who have it on
    their keyboard, in private or in one of their groups; what it does is checked where it is done. Those of a low
    `order` come first. `command` names the one that it stands for in private, where that command works in groups alone.
    `shown` tells whether it is on keyboards at all, if that can change.
    """

    def __init__(
        self,
        text: str,
        callback: Callback,
        needs: Permission,
        order: int,
        *,
        command: str | None = None,
        shown: "Callable[[Stores], bool] | None" = None,
    ) -> None:
        super().__init__(callback)
        self.text = text
        self.needs = needs
        self.order = order
        self.command = command
        self.shown = shown

    def check_update(self, update: object) -> bool:
        """Whether the update is a press of this key. An edited or forwarded message is not."""
        message = update.message if isinstance(update, Update) else None
        if message is None or message.chat.type != ChatType.PRIVATE or message.forward_origin:
            return False
        written = message.text or ""
        return len(written) <= MAX_LABEL_CHARS and plain.line(written) in labels_of(self.text)


@cache
def labels_of(text: str) -> frozenset[str]:
    """A label in all languages: after a change of language the old keyboard may still be there."""
    return frozenset(texts.label(text, texts.Reader(language, "UTC"), {}) for language in texts.LANGUAGES)
