"""People who answer a round one after another, by the ways that updates and messages take; the dialogue is a stand-in.

What comes in is stored and closed as `bot/` does it, what is said goes through the outbox. `Dialogue` is all that is
made up here: a real one takes its place by answering to `begin`, `take` and `submit`.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

from telegram.ext import ExtBot

from bot.reading import arrive, read
from domain.messaging import delivery, inbox
from domain.messaging.delivery import Receipt
from domain.messaging.message import Message, Subject
from domain.people.actor import Actor
from domain.voice.questionnaire.round import Confidence, Round
from storage.database import Database
from tests.stores import AT, LOCALE

BOT = ExtBot("123456:nobody")


@dataclass
class Person:
    """Somebody with an account."""

    platform: int
    name: str
    actor: Actor | None = None

    @property
    def profile(self) -> dict[str, Any]:
        return {"id": self.platform, "first_name": self.name, "is_bot": False, "language_code": "zh"}

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.platform, "type": "private", "first_name": self.name}


class Clock:
    """A second more at each look."""

    def __init__(self) -> None:
        self.seconds = count()

    def __call__(self) -> Any:
        return AT + timedelta(seconds=next(self.seconds))


class Dialogue:
    """Asks and hears one question after another; each answer is repeated in the message, which is edited."""

    def begin(self, stores: Any, one: Round, actor: Actor) -> None:
        if one.confidence is Confidence.ANONYMOUS:
            stores.encryption.begin(actor.chat.id, stores.responses.key(one))
        said = Message("round.asked", {"round": one.id}, subject=self.card(one, actor))
        stores.outbox.send(actor.chat.id, said, key=f"round:{one.id}:{actor.member.id}", urgent=True)

    def take(self, stores: Any, one: Round, actor: Actor, update: int, answer: tuple[str, Any]) -> None:
        question, value = answer
        response = {**stores.responses.draft(one, actor.member.id), question: value}
        stores.responses.keep(one, actor.member.id, response, AT)
        said = Message("round.heard", {"question": question, "value": value})
        stores.outbox.edit(self.card(one, actor), said, key=f"answer:{update}")

    def submit(self, stores: Any, one: Round, actor: Actor, update: int) -> None:
        stores.responses.submit(one, actor.member.id, None, AT)
        stores.outbox.edit(self.card(one, actor), Message("round.thanks"), key=f"answer:{update}")
        stores.encryption.end(actor.chat.id)

    def card(self, one: Round, actor: Actor) -> Subject:
        return Subject("response", one.id, actor.member.id)


@dataclass
class Office:
    """A store, and the platform's side of it."""

    database: Database
    dialogue: Any = field(default_factory=Dialogue)
    updates: Any = field(default_factory=lambda: count(880_000_001))
    messages: Any = field(default_factory=lambda: count(1))
    clock: Clock = field(default_factory=Clock)

    async def meets(self, people: list[Person], chance: random.Random) -> None:
        """Everybody starts their private chat, in some order."""
        for person in chance.sample(people, len(people)):
            person.actor = await self.hears(person, lambda stores, update: None, text="/start")

    async def answers(self, person: Person, one: Round, response: dict[str, Any]) -> None:
        """Somebody answers all questions and submits."""
        actor, dialogue = person.actor, self.dialogue
        await self.hears(
            person, lambda stores, update: dialogue.begin(stores, one, actor), data=f"round.begin:{one.id}"
        )
        for question, value in response.items():
            pressed = isinstance(value, tuple | int)
            said = {"data": f"round.take:{one.id}:{question}:{value}"} if pressed else {"text": value}

            def take(stores: Any, update: int, question: str = question, value: Any = value) -> None:
                dialogue.take(stores, one, actor, update, (question, value))

            await self.hears(person, take, **said)
        submit = f"round.submit:{one.id}"
        await self.hears(person, lambda stores, update: dialogue.submit(stores, one, actor, update), data=submit)

    async def hears(self, person: Person, use_case: Any, *, text: str = "", data: str = "") -> Actor | None:
        """An update comes in, is stored, handled and closed; what is said then is sent."""
        number = next(self.updates)
        arrived = arrive(self._update(person, number, text, data))
        received = replace(arrived, update=read(arrived.body, BOT)).received
        (taken,) = await self.database.write(inbox.receive, updates=[received], locale=LOCALE, at=self.clock())

        def unit(stores: Any) -> None:
            if stores.inbox.close(number, self.clock()):
                use_case(stores, number)

        await self.database.write(unit)
        await self.sends()
        return taken.actor

    def _update(self, person: Person, number: int, text: str, data: str) -> dict[str, Any]:
        message = {"message_id": next(self.messages), "date": int(self.clock().timestamp()), "chat": person.chat}
        if text:
            return {"update_id": number, "message": {**message, "from": person.profile, "text": text}}
        query = {"id": f"{number}", "from": person.profile, "chat_instance": "1", "message": message, "data": data}
        return {"update_id": number, "callback_query": query}

    async def sends(self) -> None:
        """The sender claims what is due, and the platform takes it."""
        due = await self.database.write(delivery.claim, holder="sender", at=self.clock(), limit=30)
        for one in due:
            await self.database.write(delivery.mark_sent, delivery=one, receipt=Receipt(next(self.messages)))
