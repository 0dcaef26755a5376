"""The owners at the start of a command: mentions by their place, names of the group's people, everybody.

Names are read before the deadline alone: the rest is the title's, whoever is named in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.people.naming import Called, Nobody
from handlers.arguments import MAX_NAMES, linked_mentions, mention_at
from handlers.origin import text_of
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
MAX_GLUED = 20  # names without anything between them
MAX_DEADLINE_CHARS = 200
LOOKED_AT = 40  # signs in which a deadline may follow an unknown name


class Reader:
    """Reads the names at the start of a message's arguments, which begin at `start`."""

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
        """Who is named, and the text after them. Raises Nobody for an unknown name in the place of an owner."""
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
        # Somebody may be called 周一: that is a name where no other is before it, and a deadline follows.
        return named if is_first and self._is_deadline(self._next(named[1])) else None

    def _mentioned(self, place: int, mention: Mention, end: int) -> tuple[Wanted, int]:
        """A mention; one that was typed may be a name with blanks in it, or have more words glued to it."""
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
        """Whether a name may end here: before a blank, another name, or the deadline."""
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
            try:
                self._deadlines[place] = (
                    deadline.read(self.text[place : place + MAX_DEADLINE_CHARS], self.now) is not None
                )
            except deadline.DeadlineError:
                self._deadlines[place] = True
        return self._deadlines[place]

    def _next(self, place: int) -> int:
        """The place behind what may stand between two names."""
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
        """Raises Nobody where a word stands before the deadline that is nobody's name."""
        for at in range(place + 1, min(place + LOOKED_AT, len(self.text))):
            if self._is_deadline_with_title(at):
                word = WORD.match(self.text[:at], self._unknown_begins(place))
                name = word[0] if word else self.text[place:at].strip()
                raise Nobody(name=name, nearest=self.names.nearest(name))

    def _unknown_begins(self, place: int) -> int:
        """Where an unknown name begins: behind a known one to which it is joined, as in 李伟和某某."""
        place = self._behind(AND, place)
        ends = (end for _, end in self.names.find(self.text, place))
        return next((behind for end in ends if (behind := self._behind(AND, end)) > end), place)

    def _is_deadline_with_title(self, place: int) -> bool:
        try:
            reading = deadline.read(self.text[place : place + MAX_DEADLINE_CHARS], self.now)
        except deadline.DeadlineError:
            return False
        return reading is not None and bool(reading.rest)


def _name(wanted: Wanted) -> str:
    return getattr(wanted, "name", "").lower()


def read(message: Message, names: Directory, now: datetime, start: int) -> tuple[Sequence[Wanted], str]:
    """The owners named at a place of a message, and the text after them; `now` is in the group's zone.

    Raises Nobody.
    """
    return Reader(message, names, now, start).read()
