"""Finds the words for a text in a chat's language."""

from collections.abc import Mapping
from typing import Any

import texts
from domain.messaging.chat import Chat


class Renderer:
    """See `domain.messaging.composing.Renderer`."""

    def text(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        """A message, as the chat's HTML."""
        return texts.render(name, texts.Reader(chat.language, chat.zone), values)

    def label(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        """What stands on a button or in a notice: no markup."""
        return texts.label(name, texts.Reader(chat.language, chat.zone), values)
