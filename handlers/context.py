"""What a handler works with: who speaks and where, one use case, one answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from telegram import MaybeInaccessibleMessage, Message, Update
from telegram.ext import Application, CallbackContext, ExtBot

from domain.ids import UpdateId
from domain.messaging import delivery
from domain.messaging.message import NOWHERE, Buttons, Thread
from domain.people import member
from domain.people.member import Actor
from domain.refusal import Refusal, WrongPlace
from handlers.origin import origin_of, spoken

if TYPE_CHECKING:
    from datetime import datetime

    from domain.clock.schedule import Clockwork
    from domain.messaging.chat import Chat, Locale
    from domain.stores import Stores

log = logging.getLogger(__name__)
MAX_NOTICE_CHARS = 200  # characters, the platform's limit
MAX_DIGITS = 15  # what a button may carry and both engines can hold


class ButtonExpired(Refusal):
    """A button that no feature knows any more."""

    text = "general.button_over"


class Database(Protocol):
    """Transactions, as `storage` has them."""

    async def write(self, use_case: Callable[..., Any], /, *args: Any, **arguments: Any) -> Any:
        """Run a use case: all of it is kept, or none."""

    async def read(self, query: Callable[..., Any], /, *args: Any, **arguments: Any) -> Any:
        """Run a query, which changes nothing."""


class Notice(Protocol):
    """Shows a notice to whoever pressed a button; nobody waits for it."""

    def __call__(self, query: str, words: str | None, *, alert: bool) -> None:
        """`words` in plain text; none just tells the platform that the button was heard."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root gives every handler."""

    database: Database
    now: Callable[[], datetime]
    tag: Callable[[str], Any]  # an awaitable Tagging: reading Chinese happens off the event loop
    label: Callable[[Chat, str, dict[str, Any]], str]
    locale: Locale
    administrators: frozenset[int]
    wake_sender: Callable[[], None]
    clockwork: Clockwork
    notice: Notice
    closed: set[int] = field(default_factory=set)  # updates whose row a handler has closed
    met: dict[int, Actor] = field(default_factory=dict)  # who speaks in updates that wait to be handled


def nothing(_: Stores) -> None:
    """The use case of an answer that needs none."""


def no_buttons(_: Any) -> Buttons:
    """The buttons of an answer that has none."""
    return ()


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Services]):
    """PTB's context, with the update's sender and chat as the domain knows them."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        self.incoming: Update = cast(Update, None)
        self._actor: Actor | None = None
        self.now = self.services.now()

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Context:
        """PTB's way to make one."""
        context = super().from_update(update, application)
        context.incoming = cast(Update, update)
        return context

    @property
    def services(self) -> Services:
        """What the composition root gave."""
        return self.bot_data

    @property
    def message(self) -> Message | None:
        """The message that speaks, new or edited; none for a button or a vote."""
        return spoken(self.incoming)

    @property
    def place(self) -> MaybeInaccessibleMessage | None:
        """The message that speaks, or under which a button was pressed; of the latter only chat and number are known.

        PTB's `effective_message` leaves out those of which nothing more is known, with a warning.
        """
        query = self.incoming.callback_query
        return query.message if query is not None else self.incoming.effective_message

    @property
    def text(self) -> str:
        """What the message says: its text or its caption."""
        return (self.message and (self.message.text or self.message.caption)) or ""

    @property
    def is_somebody(self) -> bool:
        """Whether it is known who speaks; the platform leaves the sender out of some channels' posts."""
        return self._actor is not None

    @property
    def actor(self) -> Actor:
        """Who speaks, and where."""
        if self._actor is None:
            raise LookupError(f"update {self.incoming.update_id} has no sender or no chat")
        return self._actor

    @property
    def source(self) -> str:
        """The message's name: an edit has the same one, so that nothing is stored twice."""
        message = self.place
        return f"{self.actor.chat.platform_id}/{message.message_id if message else self.incoming.update_id}"

    @property
    def thread(self) -> Thread:
        """Where an answer belongs: under the message in a group, and in its topic."""
        message = self.place
        if message is None:
            return NOWHERE
        in_topic = getattr(message, "is_topic_message", None)  # of a message that is too old nothing is told
        topic = getattr(message, "message_thread_id", None) if in_topic else None
        answers = self.actor.chat.is_group and self.incoming.callback_query is None
        return Thread(message.message_id if answers else None, topic)

    async def refresh_data(self) -> None:
        """Know who speaks and where; PTB calls this before the first handler."""
        met = self.services.met.pop(self._update_id, None)
        self._actor = met or await self._meet()

    async def _meet(self) -> Actor | None:
        message, chat = self.incoming.message, self.incoming.effective_chat
        if message and chat and (message.migrate_to_chat_id or message.migrate_from_chat_id):
            old, new = message.migrate_from_chat_id or chat.id, message.migrate_to_chat_id or chat.id
            await self.services.database.write(_follow, old, new, self.now)
            return None  # nobody speaks here
        origin = origin_of(self.incoming)
        if origin is None:
            return None
        return cast(
            Actor,
            await self.services.database.write(member.enrol, origin=origin, locale=self.services.locale, at=self.now),
        )

    async def answer(
        self,
        text: str,
        use_case: Callable[..., Any] = nothing,
        /,
        *,
        buttons: Callable[[Any], Buttons] = no_buttons,
        about: Callable[[Any], str | None] = nothing,
        **arguments: Any,
    ) -> None:
        """Run a use case and say what came of it, in one transaction that also closes the update.

        The text's parameters are the fields of the use case's outcome, or the outcome under its class's name.
        """

        def unit(stores: Stores) -> None:
            if stores.inbox.close(self._update_id, self.now):
                outcome = use_case(stores, **arguments)
                stores.outbox.send(
                    self.actor.chat.id,
                    text,
                    values_of(outcome),
                    key=f"answer:{self._update_id}",
                    about=about(outcome),
                    buttons=buttons(outcome),
                    thread=self.thread,
                    urgent=True,
                )

        await self._close_with(unit)

    async def run(self, use_case: Callable[..., Any] = nothing, /, **arguments: Any) -> Any:
        """Run a use case that speaks for itself (or needs no words), in one transaction that also closes the update."""

        def unit(stores: Stores) -> Any:
            if not stores.inbox.close(self._update_id, self.now):
                return None
            return use_case(stores, **arguments)

        return await self._close_with(unit)

    async def _close_with(self, unit: Callable[[Stores], Any]) -> Any:
        outcome = await self.services.database.write(unit)
        self.services.closed.add(self._update_id)
        self.services.wake_sender()
        return outcome

    async def notify(self, text: str, use_case: Callable[..., Any] = nothing, /, **arguments: Any) -> None:
        """Answer a pressed button with a notice, after its use case."""
        outcome = await self.run(use_case, **arguments)
        if outcome is not None or use_case is nothing:
            self.show_notice(text, values_of(outcome))

    def acknowledge(self) -> None:
        """Tell the platform that a pressed button was heard, without a notice."""
        query = self.incoming.callback_query
        if query is not None:
            self.services.notice(query.id, None, alert=False)

    def show_notice(self, text: str, values: dict[str, Any], *, alert: bool = False) -> None:
        """Show a pressed button's notice; one that comes too late is not shown, which harms nobody."""
        query = self.incoming.callback_query
        if query is not None:
            words = self.services.label(self.actor.reader, text, values)
            self.services.notice(query.id, words[:MAX_NOTICE_CHARS], alert=alert)

    def pressed(self, count: int = 1) -> list[int]:
        """The numbers that a pressed button carries: `task.done:17` gives 17.

        A client may send any data. Raises ButtonExpired for what no button of this program carries.
        """
        query = self.incoming.callback_query
        numbers = (query.data or "").split(":")[1:] if query else []
        if len(numbers) != count or not all(number.isdecimal() and len(number) <= MAX_DIGITS for number in numbers):
            raise ButtonExpired
        return [int(number) for number in numbers]

    @property
    def _update_id(self) -> UpdateId:
        return UpdateId(self.incoming.update_id)

    def group(self) -> Chat:
        """The group that this happens in. Raises WrongPlace."""
        if not self.actor.chat.is_group:
            raise WrongPlace
        return self.actor.chat


def values_of(outcome: Any) -> dict[str, Any]:
    """A text's parameters: the outcome's fields, and the outcome itself under its class's name."""
    if isinstance(outcome, dict):
        return outcome
    if not is_dataclass(outcome) or isinstance(outcome, type):
        return {}
    named = {one.name: getattr(outcome, one.name) for one in fields(outcome)}
    return {type(outcome).__name__.lower(): outcome, **named}


def _follow(stores: Stores, old: int, new: int, at: datetime) -> None:
    known = stores.chats.find(old)
    if known is not None:
        delivery.move(stores, chat=known.id, platform_id=new, at=at)
