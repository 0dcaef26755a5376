"""Reads the names at the start of what somebody is thanked for, and the words after them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.people.member import Mention
from domain.people.naming import Called
from handlers.arguments import MAX_NAMES, linked_mentions, mention_at, replied_author
from handlers.origin import person_profile, text_of
from language.thanks import BEFORE_REASON, BETWEEN, COMRADE, FOLLOWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from telegram import Message

    from domain.people.naming import Directory

BLANKS = re.compile(r"[\s\u3000]*+")


class Reader:
    """Reads the names in a message's text from a place on."""

    def __init__(self, message: Message, names: Directory) -> None:
        self.text = text_of(message)
        self.bot = message.get_bot().username.lower()
        self.linked: Mapping[int, tuple[Mention, int]] = linked_mentions(message)
        self.names = names

    def read(self, place: int) -> tuple[Sequence[Mention | Called], str]:
        """The names that begin at a place, and the text after them."""
        found: list[Mention | Called] = []
        named = self._name(_behind(BLANKS, self.text, place))
        while named is not None and len(found) < MAX_NAMES:
            one, place = named
            found.append(one)
            named = self._next(place)
        rest = self.text[_behind(BEFORE_REASON, self.text, place) :].strip()
        return [one for one in found if isinstance(one, Called) or one.name.lower() != self.bot], rest

    def _next(self, place: int) -> tuple[Mention | Called, int] | None:
        """The name after another: behind a sign or word between them, a blank, or nothing before a mention."""
        behind = _behind(BETWEEN, self.text, place)
        if behind > place:
            return self._name(behind)
        behind = _behind(BLANKS, self.text, place)
        is_mention = behind in self.linked or self.text[behind : behind + 1] in ("@", "＠")
        return self._name(behind) if is_mention or behind > place else None

    def _name(self, place: int) -> tuple[Mention | Called, int] | None:
        mention = mention_at(self.text, place, self.linked)
        if mention is None:
            return self._called(place)
        known = self._called(place + 1) if mention[0].person is None else None
        return known or mention

    def _called(self, place: int) -> tuple[Called, int] | None:
        """The longest name of the group's people that may end where it does."""
        for words, end in self.names.find(self.text, place):
            behind = _behind(COMRADE, self.text, end)
            if FOLLOWS.match(self.text, behind):
                return Called(words), behind
        return None


def read(message: Message, names: Directory, place: int) -> tuple[Sequence[Mention | Called], str]:
    """The people named at a place, else the author of the message that is replied to; and the words after them."""
    found, rest = Reader(message, names).read(place)
    answered = replied_author(message)
    if not found and answered is not None:
        return [Mention(answered.full_name, person_profile(answered))], rest
    return found, rest


def _behind(form: re.Pattern[str], text: str, place: int) -> int:
    match = form.match(text, place)
    return match.end() if match else place
