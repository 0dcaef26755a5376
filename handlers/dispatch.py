"""Finds who handles an update: the five hundred buttons and the commands by their names, everything else in order."""

from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from handlers.action import name_of
from handlers.command import Command, Press, command_of
from handlers.context import Context

Handler = BaseHandler[Update, Context, None]
Found = tuple[Handler, object]


class Dispatch(BaseHandler[Update, Context, None]):
    """Hands an update to the first handler that takes it, as PTB does with a list, without asking each of them."""

    def __init__(self, handlers: Sequence[Handler]) -> None:
        """`handlers` in their order; of two for one button the first is asked."""
        super().__init__(_nobody)
        self._presses = {one.action: one for one in reversed(handlers) if isinstance(one, Press)}
        self._others = [one for one in handlers if not isinstance(one, Press)]
        commands = {one.name for one in self._others if isinstance(one, Command)} - {None}
        self._by_command = {name: self._for_command(name) for name in commands}
        self._for_other_commands = self._for_command(None)
        self._for_no_command = [one for one in self._others if not isinstance(one, Command)]

    def _for_command(self, name: str | None) -> list[Handler]:
        """Who may take a command: its own handlers, those of any command, and those that look at no command."""
        return [one for one in self._others if not isinstance(one, Command) or one.name in {name, None}]

    def check_update(self, update: object) -> Found | None:
        """The handler that takes an update, with what it found out about it; `None` where nobody does."""
        if not isinstance(update, Update):
            return None
        for one in self._candidates(update):
            found = one.check_update(update)
            if found is not None and found is not False:
                return one, found
        return None

    def _candidates(self, update: Update) -> Sequence[Handler]:
        query = update.callback_query
        if query is not None:
            named = self._presses.get(name_of(query.data)) if query.data else None
            return self._for_no_command if named is None else [named]
        command = command_of(update.message or update.edited_message)
        if command is None:
            return self._for_no_command
        return self._by_command.get(command, self._for_other_commands)

    async def handle_update(self, update: Update, application: Any, check_result: Any, context: Context) -> None:
        """Let the handler that was found handle it."""
        handler, found = check_result
        await handler.handle_update(update, application, found, context)


async def _nobody(_: Update, __: Context) -> None:
    """What PTB asks every handler to have; the handlers that are found have their own."""
