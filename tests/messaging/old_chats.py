"""The chats of a store that an earlier version wrote, in the local Telegram."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sandbox import Sandbox
from sandbox.chats import Chat
from sandbox.messages import Message
from sandbox.people import User
from sandbox.polls import Option, Poll
from tests.dialogue import BOT, LI, SECRETARY, WANG, Json, moment

GROUPS = (1, 5, 6, 7, 8, 9, 10, 11, 12)  # as the store numbers them; the local Telegram gives the same ids in order
PRIVATE = {2: SECRETARY, 3: LI, 4: WANG}
WRITTEN = int(moment("2026-11-25 10:00").timestamp())
NEWEST = 40  # no message of the store has a higher number
TAG = re.compile("<[^>]+>")


def open_chats(store: Path, sandbox: Sandbox, people: dict[str, User]) -> None:
    """Make the chats, with what the bot has said in them; it hears nothing of that."""
    with closing(sqlite3.connect(store)) as connection:
        connection.row_factory = sqlite3.Row
        say_again(sandbox, dict(made(sandbox, people, connection)), connection)
    sandbox.world.bot(BOT).inbox.clear()


def made(sandbox: Sandbox, people: dict[str, User], connection: sqlite3.Connection) -> Iterator[tuple[int, Chat]]:
    """The chats, by the store's numbers."""
    chen, *others = people.values()
    for row in connection.execute("SELECT * FROM chats ORDER BY id"):
        if row["id"] in PRIVATE:
            chat = sandbox.open_private(people[PRIVATE[row["id"]]], BOT)
            chat.started = True
        else:
            chat = sandbox.add_group(row["title"], by=chen, members=others, bots=[BOT])
        assert chat.id == row["platform_id"]
        yield row["id"], chat


def say_again(sandbox: Sandbox, chats: dict[int, Chat], connection: sqlite3.Connection) -> None:
    """The bot's messages, as they stood: with the newest of their changes."""
    bot = sandbox.world.bot(BOT)
    sent = "SELECT * FROM outbox WHERE action IN ('say', 'ask') AND state = 'sent' AND NOT gone"
    changes = "SELECT body FROM outbox WHERE action = 'rewrite' AND state = 'sent' AND target_id = ? ORDER BY id DESC"
    for row in connection.execute(sent):
        newest = connection.execute(changes, [row["id"]]).fetchone() or row
        number, chat, body = row["message_id"], chats[row["chat_id"]], json.loads(newest["body"])
        shown = polled(bot, row["poll_id"], body) if row["action"] == "ask" else written(body)
        message = Message(id=number, chat=chat, date=WRITTEN, sender=bot, **shown)
        chat.messages[number] = message
        if message.poll is not None:
            message.poll.messages.append(message)
            message.poll.votes.update(votes(connection, row["about"]))
    for chat in chats.values():
        while sandbox.world.next_message_id(chat) < max([NEWEST, *chat.messages]):
            pass


def written(body: Json) -> Json:
    """What a message of the outbox looks like in a chat."""
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in body["buttons"]]
    return {"content": {"text": TAG.sub("", body["text"])}, "markup": {"inline_keyboard": rows} if rows else None}


def polled(bot: User, number: str, body: Json) -> Json:
    """The same for a poll."""
    options = tuple(Option(option, f"{place}") for place, option in enumerate(body["options"]))
    poll = Poll(id=number, owner=bot, question=body["question"], options=options, is_anonymous=body["anonymous"])
    return {"content": {}, "poll": poll}


def votes(connection: sqlite3.Connection, about: str) -> Iterator[tuple[int, tuple[int, ...]]]:
    """How people have voted in a survey, by their platform's ids."""
    answers = (
        "SELECT platform_id, options FROM survey_answers JOIN members ON members.id = member_id "
        "WHERE 'survey:' || survey_id = ?"
    )
    for person, options in connection.execute(answers, [about]):
        yield person, tuple(json.loads(options))
