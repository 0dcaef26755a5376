"""Who has asked for too much, and what was asked for, or refused, just now.

Nothing of it is stored: after a restart everybody begins anew. Of several programs on one database each counts for
itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from domain.ids import UpdateId
from domain.refusal import Refusal
from handlers import limits
from handlers.origin import changes_membership, incoming_message, says_nothing, sender_id, text_of

if TYPE_CHECKING:
    from telegram import Update

K = TypeVar("K", bound=Hashable)
Clock = Callable[[], float]


class TooMuch(Refusal):
    """Somebody has asked for more than one person may."""

    text = "general.too_much"


class TooManyPresses(Refusal):
    """Somebody has pressed more buttons than one person may."""

    text = "general.too_many_presses"


class Verdict(Enum):
    """What becomes of an update."""

    HANDLE = "handle"
    TELL = "tell"  # it is too much, and nobody has said so yet
    HUSH = "hush"  # it is too much, as was said


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who asks and the chat, by the platform's ids. `written` is when, in seconds; `None` for a press.

    `words` are the message's, or the data of the pressed button.
    """

    update: UpdateId
    person: int
    chat: int
    in_group: bool
    written: float | None
    words: str = ""

    @property
    def presses(self) -> bool:
        """Whether it is a press of a button."""
        return self.written is None


def asker_of(update: Update) -> Asker | None:
    """Who asks for something with a message or a press; `None` for all other updates, which are never too much."""
    message, chat = incoming_message(update), update.effective_chat
    who = sender_id(message, update.effective_user)
    if chat is None or who is None or changes_membership(update) or says_nothing(update):
        return None
    update_id, in_group = UpdateId(update.update_id), chat.id < 0
    if update.callback_query is not None:
        return Asker(update_id, who, chat.id, in_group, written=None, words=update.callback_query.data or "")
    if message is None:
        return None
    written = (message.edit_date or message.date).timestamp()
    words = text_of(message)
    # A receipt first: PTB warns when it finds one among the attachments.
    said = words or message.successful_payment or message.effective_attachment
    return Asker(update_id, who, chat.id, in_group, written, words) if said else None


@dataclass(slots=True)
class Spent:
    """How much somebody has spent, since when (program's clock, people's clock), and whether they know it is all."""

    since: float
    written: float | None
    count: int = 0
    told: bool = False


class Budget(Generic[K]):
    """So much in so many seconds, for each key; whoever has spent it pauses as long, and then begins anew.

    The seconds pass on the program's clock or by the dates of messages, whichever goes faster: after an outage the
    messages of an hour come at once, and are not too much.
    """

    def __init__(self, most: float, seconds: float, clock: Clock) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._spent: dict[K, Spent] = {}
        self._room = limits.MAX_REMEMBERED

    def spend(self, key: K, written: float | None = None) -> None:
        """Somebody has spent one more."""
        spent = self._of(key, written)
        if spent is None:
            self._make_room()
            spent = self._spent[key] = Spent(self._clock(), written)
        spent.count += 1
        if spent.count == self._most:  # the pause begins
            spent.since, spent.written = self._clock(), written

    def count(self, key: K, written: float | None = None) -> int:
        """How much somebody has spent."""
        spent = self._of(key, written)
        return spent.count if spent else 0

    def is_spent(self, key: K, written: float | None = None) -> bool:
        """Whether somebody has spent it all."""
        return self.count(key, written) >= self._most

    def is_told(self, key: K) -> bool:
        """Whether somebody knows that they have spent it all."""
        return key in self._spent and self._spent[key].told

    def tell(self, key: K) -> None:
        """Somebody knows that they have spent it all."""
        if key in self._spent:
            self._spent[key].told = True

    def _of(self, key: K, written: float | None) -> Spent | None:
        spent = self._spent.get(key)
        if spent is not None and self._is_over(spent, written):
            del self._spent[key]
            return None
        return spent

    def _is_over(self, spent: Spent, written: float | None = None) -> bool:
        passed = self._clock() - spent.since
        if written is not None and spent.written is not None:
            passed = max(passed, written - spent.written)
        return passed >= self._seconds

    def _make_room(self) -> None:
        if len(self._spent) >= self._room:
            self._spent = {key: spent for key, spent in self._spent.items() if not self._is_over(spent)}
            self._room = limits.room_beside(len(self._spent))


class Recent(Generic[K]):
    """What was done just now, so that an equal thing need not be done again."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        """Something is equal to what was done up to so many seconds before it came."""
        self._seconds = seconds
        self._clock = clock
        self._done: dict[K, tuple[int, float]] = {}
        self._room = limits.MAX_REMEMBERED

    def note(self, key: K, what: str = "") -> None:
        """Something was done; for each key the last thing counts."""
        if len(self._done) >= self._room:
            before = self._clock() - limits.REMEMBERED_SECONDS
            self._done = {key: done for key, done in self._done.items() if done[1] > before}
            self._room = limits.room_beside(len(self._done))
        self._done[key] = (hash(what), self._clock())  # words may be long

    def forget(self, key: K) -> None:
        """Something else was done since, which need not be known."""
        self._done.pop(key, None)

    def has(self, key: K, came: float, what: str = "") -> bool:
        """Whether the last thing was this one, after it was asked for again at `came`, or not long before."""
        if key not in self._done:
            return False
        last, at = self._done[key]
        return last == hash(what) and came <= at + self._seconds


class Limits:
    """What each person and each chat has taken of late."""

    def __init__(self, factor: float = 1.0, clock: Clock = time.monotonic) -> None:
        """`factor` multiplies every limit, and divides the time in which equal things are one.

        A sandbox allows more than Telegram, and so do its people's limits.
        """
        self.factor = factor
        self.clock = clock
        self._requests = Budget[int](limits.MAX_REQUESTS * factor, limits.BUDGET_SECONDS, clock)
        self._presses = Budget[int](limits.MAX_PRESSES * factor, limits.BUDGET_SECONDS, clock)
        self._answers = Budget[tuple[int, int]](limits.MAX_ANSWERS_IN_GROUP * factor, limits.BUDGET_SECONDS, clock)
        self._first = limits.MAX_ANSWERS_FIRST * factor
        self._commands = Recent[tuple[int, int]](limits.REPEAT_SECONDS / factor, clock)
        self._refusals = Recent[tuple[int, int]](limits.EQUAL_REFUSAL_SECONDS / factor, clock)
        self._came: dict[UpdateId, float] = {}

    def came(self, update: UpdateId) -> None:
        """An update waits to be handled."""
        self._came[update] = self.clock()

    def gone(self, update: UpdateId) -> None:
        """An update waits no more."""
        self._came.pop(update, None)

    def judge(self, asker: Asker) -> Verdict:
        """Whether somebody may ask for one more thing."""
        told = []
        own = self._presses if asker.presses else self._requests
        if own.is_spent(asker.person, asker.written):
            told.append(own.is_told(asker.person))
        where = (asker.person, asker.chat)
        if asker.in_group and self._answers.is_spent(where, asker.written):
            told.append(self._answers.is_told(where))
        if not told:
            return Verdict.HANDLE
        return Verdict.HUSH if any(told) else Verdict.TELL

    def told(self, asker: Asker) -> None:
        """Somebody knows that it was too much."""
        (self._presses if asker.presses else self._requests).tell(asker.person)
        self._answers.tell((asker.person, asker.chat))

    def handled(self, asker: Asker, *, acted: bool) -> None:
        """What somebody asked for was handled; `acted`: the bot did something about it."""
        if asker.presses:
            self._presses.spend(asker.person)
            self._commands.forget((asker.person, asker.chat))
            return
        if acted:
            self._requests.spend(asker.person, asker.written)
        if not self.is_repeated(asker):  # what is not answered again does not count anew
            self._commands.note((asker.person, asker.chat), asker.words)

    def answered(self, asker: Asker) -> None:
        """The chat has to read about it."""
        if asker.in_group:
            self._answers.spend((asker.person, asker.chat), asker.written)

    def lets_others_pass(self, asker: Asker) -> bool:
        """Whether the answer is less urgent than those to others in the group, who have had fewer."""
        return asker.in_group and self._answers.count((asker.person, asker.chat), asker.written) >= self._first

    def is_repeated(self, asker: Asker) -> bool:
        """Whether the last thing that was handled of somebody here was the same message, just now."""
        return self._commands.has((asker.person, asker.chat), self._came_at(asker.update), asker.words)

    def refused(self, asker: Asker, words: str) -> None:
        """A chat was told of a refusal."""
        self._refusals.note((asker.chat, hash(words)))

    def was_refused(self, asker: Asker, words: str) -> bool:
        """Whether a chat was told the same, just now."""
        return self._refusals.has((asker.chat, hash(words)), self._came_at(asker.update))

    def _came_at(self, update: UpdateId) -> float:
        return self._came.get(update, self.clock())
