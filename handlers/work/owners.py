"""Reads the owners at the start of a command: mentions, names of the group's people, everybody.

Only names before the deadline are owners; all later words belong to the title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.people.naming import Called, Nobody
from handlers.arguments import MAX_NAMES, linked_mentions, mention_at
from handlers.origin import text_of
from handlers.work import rhythms
from language import deadline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from telegram import Message

    from domain.people.member import Mention
    from domain.people.naming import Directory, Wanted

AT_SIGNS = "@＠"
SEPARATOR = re.compile(r"[\s\u3000,，、;；/／]*+")
ENDS_NAME = re.compile(r"[\s\u3000,，、;；/／:：]|$")
AND = re.compile(r"(?:[\s\u3000]*+(?:以及|和|与|及|跟|还有|&|and\b)[\s\u3000]*+)", re.IGNORECASE)
COMRADE = re.compile(r"\s?(?:同志们?)")
WORD = re.compile(r"[^\s\u3000,，、;；]++")
MAX_GLUED = 20  # names in a row with nothing between them
MAX_DEADLINE_CHARS = 200
LOOKED_AT = 40  # signs after an unknown name in which a deadline is looked for


class Reader:
    """Reads the names at `start`, where a message's arguments begin."""

    def __init__(self, message: Message, names: Directory, now: datetime, start: int) -> None:
        self.text = text_of(message)
        self.bot = message.get_bot().username.lower()
        self.linked = linked_mentions(message)
        self.names = names
        self.now = now
        self.start = start
        self._depth = 0
        self._ends: dict[int, bool] = {}
        self._deadlines: dict[int, bool] = {}

    def read(self) -> tuple[list[Wanted], str]:
        """The owners, and the text after them. Raises Nobody if an owner's name is unknown."""
        found: list[Wanted] = []
        place = self._behind(SEPARATOR, self.start)
        while len(found) < MAX_NAMES and (named := self._owner_at(place, is_first=not found)) is not None:
            one, place = named
            found.append(one)
            place = self._next(place)
        rest = self.text[place:].rstrip()
        if rest and not self._is_deadline(place):
            self._refuse_unknown(place)
        return [one for one in found if isinstance(one, Called) or _name(one) != self.bot], rest

    def _owner_at(self, place: int, *, is_first: bool) -> tuple[Wanted, int] | None:
        mention = mention_at(self.text, place, self.linked)
        if mention is not None:
            return self._mentioned(place, *mention)
        named = self._name_at(place)
        if named is None or not self._is_deadline(place):
            return named
        # Somebody may be called 周一: it is their name if it comes first and a deadline follows it.
        return named if is_first and self._is_deadline(self._next(named[1])) else None

    def _mentioned(self, place: int, mention: Mention, end: int) -> tuple[Wanted, int]:
        """A mention. A typed one may go on as a name with blanks in it, or run into the next word."""
        if mention.person is None:
            named = self._name_at(place + 1)
            if named is not None and (not mention.name.isascii() or named[1] > end):
                return named
        return mention, end

    def _name_at(self, place: int) -> tuple[Wanted, int] | None:
        """The longest name at a place that ends where a name may end."""
        for words, end in self.names.find(self.text, place):
            behind = self._behind(COMRADE, end)
            for last in dict.fromkeys((behind, end)):
                if self._may_end(last):
                    return Called(words), last
        return None

    def _may_end(self, place: int) -> bool:
        """Whether a name may end here: a blank, another name, or the deadline follows."""
        if self._depth > MAX_GLUED:
            return False
        if place not in self._ends:
            self._depth += 1
            behind = self._behind(AND, place)
            self._ends[place] = (
                ENDS_NAME.match(self.text, place) is not None
                or self._is_named(place)
                or (behind > place and self._is_named(behind))
                or self._is_deadline(place)
            )
            self._depth -= 1
        return self._ends[place]

    def _is_named(self, place: int) -> bool:
        return (
            place in self.linked or self.text[place : place + 1] in tuple(AT_SIGNS) or self._name_at(place) is not None
        )

    def _is_deadline(self, place: int) -> bool:
        if place not in self._deadlines:
            self._deadlines[place] = _is_when(self.text[place : place + MAX_DEADLINE_CHARS], self.now)
        return self._deadlines[place]

    def _next(self, place: int) -> int:
        """The place where the next name may begin."""
        behind = self._behind(AND, place)
        if behind > place and self._is_named(behind):
            return behind
        place = self._behind(SEPARATOR, place)
        behind = self._behind(AND, place)
        return behind if behind > place and self._is_named(behind) else place

    def _behind(self, form: re.Pattern[str], place: int) -> int:
        match = form.match(self.text, place)
        return match.end() if match else place

    def _refuse_unknown(self, place: int) -> None:
        """Raises Nobody if a word before the deadline is no known name."""
        for at in range(place + 1, min(place + LOOKED_AT, len(self.text))):
            if self._is_deadline_with_title(at):
                word = WORD.match(self.text[:at], self._unknown_begins(place))
                name = word[0] if word else self.text[place:at].strip()
                raise Nobody(name=name, nearest=self.names.nearest(name))

    def _unknown_begins(self, place: int) -> int:
        """Where an unknown name begins: in 李伟和某某 it is the word after 和."""
        place = self._behind(AND, place)
        ends = (end for _, end in self.names.find(self.text, place))
        return next((behind for end in ends if (behind := self._behind(AND, end)) > end), place)

    def _is_deadline_with_title(self, place: int) -> bool:
        try:
            reading = deadline.read(self.text[place : place + MAX_DEADLINE_CHARS], self.now)
        except deadline.DeadlineError:
            return False
        return reading is not None and bool(reading.rest)


def _is_when(text: str, now: datetime) -> bool:
    """Whether a text begins with a deadline or a rhythm, or with what was meant as one."""
    try:
        return deadline.read(text, now) is not None or rhythms.begins(text)
    except deadline.DeadlineError:
        return True


def _name(wanted: Wanted) -> str:
    return getattr(wanted, "name", "").lower()


def read(message: Message, names: Directory, now: datetime, start: int) -> tuple[Sequence[Wanted], str]:
    """The owners named at a place of a message, and the text after them; `now` is in the group's zone.

    Raises Nobody.
    """
    return Reader(message, names, now, start).read()
