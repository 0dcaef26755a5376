"""What a handler works with: who asks and where, one use case, one answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from telegram import MaybeInaccessibleMessage, Update
from telegram import Message as Incoming
from telegram.ext import Application, CallbackContext, ExtBot

from domain.ids import UpdateId
from domain.messaging import delivery
from domain.messaging.message import NOWHERE, Message, Text, Thread
from domain.people import member
from domain.people.actor import Actor
from handlers.action import ButtonExpired, Pressed
from handlers.origin import origin_of, spoken

if TYPE_CHECKING:
    from datetime import datetime

    from domain.clock.schedule import Clockwork
    from domain.messaging.chat import Chat, Locale
    from domain.report.features import Stores
    from domain.voice.suggestion import Tagging
    from handlers.feature import Feature

__all__ = ["ButtonExpired", "Context", "Database", "Notice", "Services"]
T = TypeVar("T")
MAX_NOTICE_CHARS = 200  # the platform's limit


class Database(Protocol):
    """Transactions, as `storage` has them."""

    async def write(self, use_case: Callable[[Stores], T], /) -> T:
        """Run a use case: all of it is kept, or none."""

    async def read(self, query: Callable[[Stores], T], /) -> T:
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
    tag: Callable[[str], Awaitable[Tagging]]  # reading Chinese happens off the event loop
    label: Callable[[Chat, str, Mapping[str, object]], str]
    locale: Locale
    wake_sender: Callable[[], None]
    clockwork: Clockwork
    notice: Notice
    features: Sequence[Feature]
    closed: set[int] = field(default_factory=set)  # updates whose row a handler has closed
    met: dict[int, Actor] = field(default_factory=dict)  # who asks in updates that wait to be handled


def nothing(_: Stores) -> None:
    """The use case of an answer that needs none."""


def always(message: Message) -> Callable[[object], Message]:
    """The presenter of an answer that does not depend on what happened."""
    return lambda _: message


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
    def message(self) -> Incoming | None:
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
        """Whether it is known who asks; the platform leaves the sender out of some channels' posts."""
        return self._actor is not None

    @property
    def actor(self) -> Actor:
        """Who asks, where and when."""
        if self._actor is None:
            raise LookupError(f"update {self.incoming.update_id} has no sender or no chat")
        return self._actor

    @actor.setter
    def actor(self, actor: Actor) -> None:
        self._actor = actor

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

    @property
    def pressed(self) -> Pressed:
        """What the pressed button carries."""
        query = self.incoming.callback_query
        return Pressed.read(query.data or "" if query else "")

    @property
    def update_id(self) -> UpdateId:
        """The update's number."""
        return UpdateId(self.incoming.update_id)

    @property
    def key(self) -> str:
        """The key of the answer to this update: there is one."""
        return f"answer:{self.update_id}"

    def label(self, text: str, **values: object) -> str:
        """A text without markup, as it reads to who asks."""
        return self.services.label(self.actor.reader, text, values)

    async def refresh_data(self) -> None:
        """Know who asks and where; PTB calls this before the first handler."""
        known = self.services.met.pop(self.update_id, None)
        self._actor = known or await self._meet()

    async def _meet(self) -> Actor | None:
        message, chat = self.incoming.message, self.incoming.effective_chat
        if message and chat and (message.migrate_to_chat_id or message.migrate_from_chat_id):
            old, new = message.migrate_from_chat_id or chat.id, message.migrate_to_chat_id or chat.id
            await self.services.database.write(partial(_follow, old=old, new=new, at=self.now))
            return None  # nobody speaks here
        origin = origin_of(self.incoming)
        if origin is None:
            return None
        enrol = partial(member.enrol, origin=origin, locale=self.services.locale, at=self.now)
        return await self.services.database.write(enrol)

    async def read(self, query: Callable[[Stores], T]) -> T:
        """Run a query, which changes nothing."""
        return await self.services.database.read(query)

    async def answer(self, use_case: Callable[[Stores], T], present: Callable[[T], Message]) -> None:
        """Run a use case and say what came of it, in one transaction that also closes the update."""

        def unit(stores: Stores) -> None:
            message = present(use_case(stores))
            stores.outbox.send(self.actor.chat.id, message, key=self.key, thread=self.thread, urgent=True)

        await self.run(unit)

    async def say(self, message: Message) -> None:
        """Answer without a use case."""
        await self.answer(nothing, always(message))

    async def run(self, use_case: Callable[[Stores], T] = nothing) -> T | None:  # type: ignore[assignment]  # T is None
        """Run a use case that speaks for itself (or needs no words), in one transaction that also closes the update.

        `None` where the update was closed already, so that nothing is done twice.
        """

        def unit(stores: Stores) -> tuple[T | None, bool]:
            outcome = use_case(stores) if stores.inbox.close(self.update_id, self.now) else None
            return outcome, stores.used_outbox

        outcome, used_outbox = await self.services.database.write(unit)
        self.services.closed.add(self.update_id)
        if used_outbox:
            self.services.wake_sender()
        return outcome

    async def notify(self, use_case: Callable[[Stores], T], present: Callable[[T], Text]) -> None:
        """Run a use case and answer a pressed button with a notice."""
        outcome = await self.run(use_case)
        if outcome is not None:
            self.show_notice(present(outcome))

    def acknowledge(self) -> None:
        """Tell the platform that a pressed button was heard, without a notice."""
        query = self.incoming.callback_query
        if query is not None:
            self.services.notice(query.id, None, alert=False)

    def show_notice(self, notice: Text, *, alert: bool = False) -> None:
        """Show a pressed button's notice; one that comes too late is not shown, which harms nobody."""
        query = self.incoming.callback_query
        if query is not None:
            words = self.services.label(self.actor.reader, notice.text, notice.values)
            self.services.notice(query.id, words[:MAX_NOTICE_CHARS], alert=alert)


def _follow(stores: Stores, *, old: int, new: int, at: datetime) -> None:
    known = stores.chats.find(old)
    if known is not None:
        delivery.move(stores, chat=known.id, platform_id=new, at=at)
