"""The outbox: whatever is to be said waits here, written in the same transaction as its cause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.messaging.chat import NOTICE
from domain.messaging.composing import PICTURE, Turn, place
from domain.messaging.delivery import DRAWN, Call, IfUnknown, State
from domain.messaging.message import NOWHERE, Subject
from domain.messaging.refreshes import Refresh
from domain.messaging.rows import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.ids import ChatId
    from domain.messaging.chat import Chat, Chats
    from domain.messaging.composing import Composer
    from domain.messaging.delivery import Delivery
    from domain.messaging.encryption import KeyId
    from domain.messaging.message import Document, Message, Poll, Reaction, Subject, Text, Thread
    from domain.messaging.refreshes import Refreshes
    from domain.messaging.rows import Rows, Standing

MAX_MESSAGE_CHARS = 4096  # characters of a message
CARD_EVERY = timedelta(seconds=4)  # how often a card that many people press is refreshed
AT_ONCE = timedelta()
MADE = ("text", "buttons", PICTURE)  # what a card that is drawn has from the message of that moment


@dataclass(frozen=True, slots=True)
class Outbox:
    """What use cases put into the outbox.

    Every row has a key that is unique for ever: putting it twice says it once. A message's `subject` is what it is
    about (`task:17`), so that it can be found again: to edit or delete it, to know what a reply or a vote means.

    A group that is not admitted hears one thing alone: that it is not. Whatever else is said there is dropped here.
    """

    rows: Rows
    chats: Chats
    composer: Composer
    refreshes: Refreshes

    def send(
        self,
        chat: ChatId,
        message: Message,
        *,
        key: str,
        thread: Thread = NOWHERE,
        urgent: bool = False,
        if_unknown: IfUnknown | None = None,
        lets_others_pass: bool = False,
    ) -> None:
        """Say something in a chat; urgent ones (answers to people) go before what the clock has to say.

        One that lets others pass is an answer to somebody who has had many: answers to others go first.

        `if_unknown` is what becomes of it where nobody knows whether it was said: unless it is named here, an urgent
        one is said again and any other is left.

        What the clock has to say is no answer, and is not kept under a key: it is still to be said when that is gone.
        """
        known = self.chats.get(chat)
        if not _hears(known, message.subject):
            return
        body = self.composer.message(known, message) | place(thread)
        policy, turn = if_unknown or _usual(urgent=urgent), self._turn(known, urgent=urgent)
        first = urgent and not lets_others_pass
        under = known.under if urgent or policy is IfUnknown.AGAIN else None
        row = Row(key, chat, Call.SEND, body, turn, message.subject, urgent=first, if_unknown=policy, under=under)
        self.rows.put(row)

    def react(
        self, chat: ChatId, reaction: Reaction, *, key: str, thread: Thread, lets_others_pass: bool = False
    ) -> None:
        """Answer the message that `thread` replies to with a sign; where that is refused, with words, silently."""
        known = self.chats.get(chat)
        if not _hears(known, None):
            return
        words = replace(reaction.words, silent=True)
        body = self.composer.message(known, words) | place(thread) | {"sign": reaction.sign}
        turn, first = self.composer.at_once(), not lets_others_pass
        again = IfUnknown.AGAIN
        self.rows.put(Row(key, chat, Call.REACT, body, turn, urgent=first, if_unknown=again, under=known.under))

    def send_poll(
        self,
        chat: ChatId,
        poll: Poll,
        *,
        key: str,
        subject: Subject,
        thread: Thread = NOWHERE,
        urgent: bool = False,
        if_unknown: IfUnknown = IfUnknown.LEAVE,
    ) -> None:
        """Post a poll; two of the same would share the votes, so that one is left whose posting is not known."""
        known = self.chats.get(chat)
        if not _hears(known, subject):
            return
        body, turn = self.composer.poll(known, poll) | place(thread), self._turn(known, urgent=urgent)
        self.rows.put(Row(key, chat, Call.SEND_POLL, body, turn, subject, urgent=urgent, if_unknown=if_unknown))

    def send_document(
        self,
        chat: ChatId,
        document: Document,
        caption: Message,
        *,
        key: str,
        thread: Thread = NOWHERE,
        urgent: bool = False,
        if_unknown: IfUnknown | None = None,
    ) -> None:
        """Send a file, with a text below it. What is in it is forgotten once it was sent, or never can be."""
        known = self.chats.get(chat)
        if not _hears(known, caption.subject):
            return
        name = self.composer.file_name(known, document)
        body = self.composer.message(known, caption) | {"name": name} | place(thread)
        policy, turn = if_unknown or _usual(urgent=urgent), self._turn(known, urgent=urgent)
        self.rows.put(Row(key, chat, Call.SEND_DOCUMENT, body, turn, urgent=urgent, if_unknown=policy))
        self.rows.attach(key, document.content)

    def _turn(self, chat: Chat, *, urgent: bool) -> Turn:
        return self.composer.at_once() if urgent else self.composer.by_the_clock(chat)

    def edit(self, subject: Subject, message: Message, *, key: str, every: timedelta = AT_ONCE) -> None:
        """Replace text and buttons of every message about a subject that still stands; somebody waits for that.

        With `every` a message is edited at most so often: an edit that still waits says what this one does, and is
        not followed by another. So whoever edits a message with a picture gives its picture again where it may have
        changed. What `refresh` was asked for before is over, unless the key was used before and nothing is edited.
        """
        is_shown = True
        for standing in self.rows.standing(subject):
            known = self.chats.get(standing.chat)
            if not _hears(known, subject):
                continue
            body = self.composer.message(known, message)
            if standing.state is State.QUEUED:
                self.rows.replace_body(standing.id, {**standing.body, **body}, standing.under or known.under)
                continue
            if standing.state is State.SENDING:  # should it be queued again, it still goes before its change
                self.rows.hurry(standing.id)
            last = standing.edit if every else None
            if last is not None and last.state is State.QUEUED:
                self.rows.replace_body(last.id, body, known.under)
                continue
            turn = self.composer.not_before(last.at + every) if last else self.composer.at_once()
            if not self._change(standing, Call.EDIT, body, key=key, turn=turn, urgent=True, under=known.under):
                is_shown = False
        if is_shown:
            self.refreshes.drop(subject)

    def refresh(self, subject: Subject, *, key: str, every: timedelta = CARD_EVERY) -> None:
        """Edit every message about a subject that still stands, at most so often, once the transaction ends.

        What it says then is made when the call is, by the subject's feature (`Feature.current`): of a card that
        hundreds press within seconds little is read at each press.
        """
        self.refreshes.ask(subject, Refresh(key, every))

    def refresh_asked(self) -> None:
        """Queue the edits that `refresh` was asked for; before the commit."""
        asked = self.refreshes.take()
        for subject, standing in self.rows.standing_about(asked.keys()) if asked else ():
            if _hears(self.chats.get(standing.chat), subject):
                self._refresh(subject, standing, asked[subject])

    def _refresh(self, subject: Subject, standing: Standing, asked: Sequence[Refresh]) -> None:
        drawn, last = {DRAWN: str(subject)}, standing.edit
        if standing.state is State.QUEUED:
            self.rows.replace_body(standing.id, {**standing.body, **drawn}, standing.under)
            return
        if standing.state is State.SENDING:  # should it be queued again, it still goes before its change
            self.rows.hurry(standing.id)
        if last is not None and last.state is State.QUEUED:
            if not last.is_drawn:
                self.rows.replace_body(last.id, drawn, None)
            return
        for one in asked:
            turn = self.composer.not_before(last.at + one.every) if last and one.every else self.composer.at_once()
            if self._change(standing, Call.EDIT, drawn, key=one.key, turn=turn, urgent=True):
                return

    def draw(self, delivery: Delivery, chat: Chat, message: Message) -> Delivery:
        """A call that is about to be made, with a message's words, buttons and picture as they are now."""
        body = {name: value for name, value in delivery.body.items() if name != DRAWN}
        now = self.composer.message(chat, message)
        return replace(delivery, body={**body, **{name: now[name] for name in MADE if name in now}})

    def close_poll(self, subject: Subject, *, key: str) -> bool:
        """Stop the poll about a subject; one that was not posted yet never is. False where none stands."""
        posted = False
        for standing in self.rows.standing(subject):
            if standing.state is State.QUEUED:
                self.rows.set_state(standing.id, State.WITHDRAWN)
            else:
                self._change(standing, Call.CLOSE_POLL, {}, key=key, subject=subject)
                posted = True
        return posted

    def delete(self, subject: Subject, *, key: str) -> None:
        """Delete every message about a subject that still stands; what was not sent yet never is."""
        self.refreshes.drop(subject)
        for standing in self.rows.standing(subject):
            self.rows.mark_gone(standing.id)
            if standing.state is State.QUEUED:
                self.rows.set_state(standing.id, State.WITHDRAWN)
            else:
                self._change(standing, Call.DELETE, {}, key=key)

    def adopt(self, chat: ChatId, message: int, subject: Subject) -> None:
        """Know a message that somebody else has written (the platform's id), so that `delete` deletes it, too."""
        self.rows.adopt(chat, message, subject)

    def rename(self, old: Subject, new: Subject) -> None:
        """Let all messages about a subject be about another one: what was deleted first stays so."""
        self.rows.rename(old, new)
        self.refreshes.rename(old, new)

    def forget(self, subject: Subject) -> None:
        """Leave no trace of messages about a subject that were sent, or never can be."""
        self.rows.forget(subject)
        self.refreshes.drop(subject)

    def _change(
        self,
        standing: Standing,
        call: Call,
        body: Mapping[str, Any],
        *,
        key: str,
        subject: Subject | None = None,
        turn: Turn | None = None,
        urgent: bool = False,
        under: KeyId | None = None,
    ) -> bool:
        """Queue a change of a message; false where its key was there before."""
        self.rows.drop_waiting_edits(standing.id)  # made later, they would undo this one
        own, turn = f"{key}:{standing.id}", turn or self.composer.at_once()
        return self.rows.put(
            Row(own, standing.chat, call, body, turn, subject, standing.id, urgent=urgent, under=under)
        )

    def withdraw(self, chat: ChatId) -> None:
        """See `Rows`."""
        self.rows.withdraw(chat)

    def preface(self, delivery: Delivery, chat: Chat, text: Text) -> Delivery:
        """What is said with another text above it, as far as both fit into one message."""
        whole = self.composer.above(chat, text, delivery.body["text"])
        if len(whole) > MAX_MESSAGE_CHARS:
            return delivery
        return replace(delivery, body={**delivery.body, "text": whole})

    def pass_on(self, delivery: Delivery, to: ChatId, above: Text, *, key: str) -> None:
        """Say in another chat, without buttons, what could not be said where it was meant."""
        known = self.chats.get(to)
        marked = self.preface(delivery, known, above).body
        picture = {PICTURE: marked[PICTURE]} if PICTURE in marked else {}
        body = {"text": marked["text"], "buttons": []} | picture | place(NOWHERE)
        subject = Subject("refused", delivery.chat)
        self.rows.put(Row(key, to, Call.SEND, body, self.composer.by_the_clock(known), subject))

    def forget_messages(self, chat: ChatId) -> None:
        """See `Rows`."""
        self.rows.forget_messages(chat)

    def poll_subject(self, platform_poll: str) -> Subject | None:
        """See `Rows`."""
        return self.rows.poll_subject(platform_poll)

    def poll_chat(self, platform_poll: str) -> ChatId | None:
        """See `Rows`."""
        return self.rows.poll_chat(platform_poll)

    def subject(self, chat: ChatId, message: int) -> Subject | None:
        """See `Rows`."""
        return self.rows.subject(chat, message)

    def said_at(self, chat: ChatId, message: int) -> datetime | None:
        """See `Rows`."""
        return self.rows.said_at(chat, message)

    def stands(self, subject: Subject) -> bool:
        """Whether a message about a subject still stands, or waits to be sent."""
        return bool(self.rows.standing(subject))

    def message_about(self, subject: Subject) -> int | None:
        """See `Rows`."""
        return self.rows.message_about(subject)


def _hears(chat: Chat, subject: Subject | None) -> bool:
    """Whether a chat may hear something."""
    return chat.is_admitted or (subject is not None and subject.kind == NOTICE)


def _usual(*, urgent: bool) -> IfUnknown:
    """A person waits for what is urgent, and hears it twice rather than not at all."""
    return IfUnknown.AGAIN if urgent else IfUnknown.LEAVE
