"""The context of a handler: sender, chat, and methods to run one use case and give one answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from telegram import MaybeInaccessibleMessage, Update
from telegram import Message as Incoming
from telegram.ext import Application, CallbackContext, ExtBot

from domain.ids import ChatId, UpdateId
from domain.messaging import delivery
from domain.messaging.message import NOWHERE, Answer, Message, Reaction, Text, Thread, Whisper
from domain.people import member
from domain.people.actor import Actor
from handlers.action import ButtonExpired, Pressed
from handlers.budget import Asker, Limits, asker_of
from handlers.membership import Memberships
from handlers.origin import incoming_message, origin_of, text_of

if TYPE_CHECKING:
    from datetime import datetime

    from domain.clock.schedule import Clockwork
    from domain.messaging.chat import Chat, Locale
    from domain.messaging.keyboard import Fixed
    from domain.report.features import Stores
    from domain.voice.suggestion import Tagging
    from handlers.feature import Feature
    from sheets.process import Files

__all__ = ["ButtonExpired", "Context", "Database", "Notice", "Services"]
T = TypeVar("T")
MAX_NOTICE_CHARS = 200  # the platform's limit


class Database(Protocol):
    """Transactions; `storage.transactions.Database` provides them."""

    async def write(self, use_case: Callable[[Stores], T], /) -> T:
        """Run a use case in a transaction."""

    async def read(self, query: Callable[[Stores], T], /) -> T:
        """Run a read-only query."""


class Say(Protocol):
    """Puts a message into the outbox."""

    def __call__(self, chat: ChatId, message: Message, *, key: str, thread: Thread = NOWHERE) -> None:
        """See `Outbox.send`."""


class Notice(Protocol):
    """Shows a notice to whoever pressed a button; returns without waiting for the platform."""

    def __call__(self, query: str, words: str | None, *, alert: bool) -> None:
        """Answer the callback query `query`. `words` is plain text; `None` only acknowledges the press."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root provides to every handler."""

    database: Database
    now: Callable[[], datetime]
    tag: Callable[[str], Awaitable[Tagging]]  # runs outside the event loop, since segmenting Chinese takes long
    label: Callable[[Chat, str, Mapping[str, object]], str]
    locale: Locale
    wake_sender: Callable[[], None]
    clockwork: Clockwork
    notice: Notice
    features: Sequence[Feature]
    files: Files
    keyboard: Callable[[Context], Awaitable[Fixed | None]]  # the new one for the sender's private chat, if it needs one
    closed: set[int] = field(default_factory=set)  # updates whose row a handler has closed
    known_actors: dict[int, Actor] = field(default_factory=dict)  # the actors of updates that wait to be handled
    came: dict[int, datetime] = field(default_factory=dict)  # when each update came that waits to be handled
    limits: Limits = field(default_factory=Limits)
    memberships: Memberships = field(default_factory=Memberships)


def nothing(_: Stores) -> None:
    """A use case that does nothing."""


def always(message: Message) -> Callable[[object], Message]:
    """A presenter that gives the same message whatever the outcome."""
    return lambda _: message


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Services]):
    """PTB's context, with the update's sender and chat as an Actor."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        self.incoming: Update = cast(Update, None)
        self._actor: Actor | None = None
        self.heard_at = self.services.now()
        self._asked: Update | None = None  # what came, where it is handled as the command that it means

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Context:
        """Create a context; PTB calls this."""
        context = super().from_update(update, application)
        context.incoming = cast(Update, update)
        context.heard_at = context.services.came.get(context.update_id, context.heard_at)
        return context

    @property
    def now(self) -> datetime:
        """When the sender wrote; of a press or a vote, which carry no time, when it came in. See `Actor`."""
        return self.heard_at if self._actor is None else self._actor.now

    @property
    def services(self) -> Services:
        """What the composition root provides."""
        return self.bot_data

    @property
    def message(self) -> Incoming | None:
        """The incoming message, new or edited; `None` for a pressed button or a vote."""
        return incoming_message(self.incoming)

    @property
    def place(self) -> MaybeInaccessibleMessage | None:
        """The incoming message, or the one whose button was pressed; of the latter maybe only chat and id are known.

        PTB's `effective_message` leaves those out, with a warning.
        """
        query = self.incoming.callback_query
        return query.message if query is not None else self.incoming.effective_message

    @property
    def text(self) -> str:
        """The message's text or caption."""
        return text_of(self.message)

    def take_as(self, update: Update) -> None:
        """Handle what came as another update from now on: plain words, or a press, as the command that they mean."""
        self._asked = self._asked or self.incoming
        self.incoming = update

    @property
    def came(self) -> Update:
        """The update as it came."""
        return self._asked or self.incoming

    @property
    def has_sender(self) -> bool:
        """Whether the sender is known; the platform omits the sender of some channel posts."""
        return self._actor is not None

    @property
    def actor(self) -> Actor:
        """The sender, with chat and time. Raises LookupError if there is none."""
        if self._actor is None:
            raise LookupError(f"update {self.incoming.update_id} has no sender or no chat")
        return self._actor

    @actor.setter
    def actor(self, actor: Actor) -> None:
        self._actor = actor

    @contextmanager
    def acting(self, actor: Actor) -> Iterator[None]:
        """For a while the sender acts in another chat: they fill in a form in private for a group."""
        own, self._actor = self._actor, actor
        try:
            yield
        finally:
            self._actor = own

    @property
    def asker(self) -> Asker | None:
        """Who asks for something with the update; `None` for updates that ask for nothing."""
        return asker_of(self.came)

    @property
    def source(self) -> str:
        """An identifier of the message. An edit has the same one, so that nothing is stored twice."""
        message = self.place
        return f"{self.actor.chat.platform_id}/{message.message_id if message else self.incoming.update_id}"

    @property
    def thread(self) -> Thread:
        """Where an answer goes: in a group it replies to the message; always in the message's topic."""
        message = self.place
        if message is None:
            return NOWHERE
        in_topic = getattr(message, "is_topic_message", None)  # a message that is too old has no such attributes
        topic = getattr(message, "message_thread_id", None) if in_topic else None
        answers = self.actor.chat.is_group and self.came.callback_query is None
        return Thread(message.message_id if answers else None, topic)

    @property
    def pressed(self) -> Pressed:
        """The data of the pressed button."""
        query = self.incoming.callback_query
        return Pressed.read(query.data or "" if query else "")

    @property
    def update_id(self) -> UpdateId:
        """The update's id."""
        return UpdateId(self.incoming.update_id)

    @property
    def key(self) -> str:
        """The outbox key of the one answer to this update."""
        return f"answer:{self.update_id}"

    def label(self, text: str, /, **values: object) -> str:
        """A text without markup, in the sender's language."""
        return self.services.label(self.actor.reader, text, values)

    async def refresh_data(self) -> None:
        """Look up the sender and the chat; PTB calls this before the first handler."""
        known = self.services.known_actors.pop(self.update_id, None)
        self._actor = known or await self._find_actor()

    async def look_up_actor(self) -> None:
        """Look up the sender and the chat again, which are not what they were."""
        self._actor = await self._find_actor()

    async def _find_actor(self) -> Actor | None:
        message, chat = self.incoming.message, self.incoming.effective_chat
        if message and chat and (message.migrate_to_chat_id or message.migrate_from_chat_id):
            old, new = message.migrate_from_chat_id or chat.id, message.migrate_to_chat_id or chat.id
            await self.services.database.write(partial(_migrate, old=old, new=new, at=self.heard_at))
            return None  # a migration of a group has no sender
        origin = origin_of(self.incoming)
        if origin is None:
            return None
        enrol = partial(member.enrol, origin=origin, locale=self.services.locale, at=self.heard_at)
        return await self.services.database.write(enrol)

    async def read(self, query: Callable[[Stores], T]) -> T:
        """Run a read-only query."""
        return await self.services.database.read(query)

    async def answer(self, use_case: Callable[[Stores], T], present: Callable[[T], Answer]) -> None:
        """Run a use case and answer with its outcome, in one transaction that also closes the update.

        In private the answer brings the fixed keyboard along where it is not the one that stands there.
        """

        def unit(stores: Stores) -> None:
            say = partial(stores.outbox.send, urgent=True, lets_others_pass=passed)
            answer = present(use_case(stores))
            if self.actor.chat.is_group and not isinstance(answer, Message):
                self._put_sign(stores, answer, say, passed=passed)
                return
            message = answer if isinstance(answer, Message) else answer.words
            say(self.actor.chat.id, self._with_keys(stores, message, keyboard), key=self.key, thread=self.thread)

        keyboard = await self.services.keyboard(self)
        passed = self.asker is not None and self.services.limits.lets_others_pass(self.asker)
        await self.run(unit)

    def _with_keys(self, stores: Stores, message: Message, keyboard: Fixed | None) -> Message:
        if keyboard is None or not message.may_have_keys:
            return message
        stores.keyboards.put(self.actor.chat.id, keyboard.shown)
        return replace(message, keys=keyboard.keys)

    def _put_sign(self, stores: Stores, answer: Reaction | Whisper, say: Say, *, passed: bool) -> None:
        """Answer in a group by a sign on the message, if there is one, and with words in private."""
        group, private = self.actor.chat.id, self.actor.member.private
        is_reply, key, thread = self.thread.reply_to is not None, self.key, self.thread
        react = partial(stores.outbox.react, group, key=key, thread=thread, lets_others_pass=passed)
        if private is not None:
            say(private, replace(answer.words, silent=True), key=f"{key}:private")
        if isinstance(answer, Whisper) and private is None:
            say(group, answer.instead, key=key, thread=thread)
        elif is_reply:
            react(answer if isinstance(answer, Reaction) else Reaction(answer.instead))
        elif isinstance(answer, Reaction):
            say(group, answer.words, key=key, thread=thread)

    async def say(self, message: Message) -> None:
        """Answer without a use case."""
        await self.answer(nothing, always(message))

    async def run(self, use_case: Callable[[Stores], T] = nothing) -> T | None:  # type: ignore[assignment]  # T is None
        """Run a use case that sends its own messages or none, in one transaction that also closes the update.

        `None` if the update was closed already; then the use case is not run again.
        """

        def unit(stores: Stores) -> tuple[T | None, bool]:
            outcome = use_case(stores) if stores.inbox.close(self.update_id, self.services.now()) else None
            return outcome, stores.used_outbox

        outcome, used_outbox = await self.services.database.write(unit)
        self.services.closed.add(self.update_id)
        if used_outbox:
            self.services.wake_sender()
            if self.asker is not None:
                self.services.limits.answered(self.asker)
        return outcome

    async def notify(self, use_case: Callable[[Stores], T], present: Callable[[T], Text]) -> None:
        """Run a use case and answer a pressed button with a notice."""
        outcome = await self.run(use_case)
        if outcome is not None:
            self.show_notice(present(outcome))

    def acknowledge(self) -> None:
        """Acknowledge a pressed button without a notice."""
        query = self.incoming.callback_query
        if query is not None:
            self.services.notice(query.id, None, alert=False)

    def show_notice(self, notice: Text, *, alert: bool = False) -> None:
        """Show a notice to whoever pressed the button. If it comes too late, the platform does not show it."""
        query = self.incoming.callback_query
        if query is not None:
            words = self.services.label(self.actor.reader, notice.text, notice.values)
            self.services.notice(query.id, words[:MAX_NOTICE_CHARS], alert=alert)


def _migrate(stores: Stores, *, old: int, new: int, at: datetime) -> None:
    known = stores.chats.find(old)
    if known is not None:
        delivery.move(stores, chat=known.id, platform_id=new, at=at)
