"""Buttons: a press waits until its bot has answered."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.errors import Refusal, bad_request
from sandbox.people import Bot, User

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.world import World

Json = dict[str, Any]

# How long a person's client shows that it waits, and how long the bot may answer; both are seen, neither documented.
PATIENCE = 10.0
LIFETIME = timedelta(seconds=60)

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True, eq=False, kw_only=True)
class Query:
    """A button that was pressed."""

    id: str
    bot: Bot
    asked: datetime
    answer: asyncio.Future[Json] = field(repr=False)


async def press(world: "World", message: "Message", person: User, row: int, column: int) -> Json:
    """Press a button of an inline keyboard; gives `{text?, show_alert, url?}` or, after 10 s, `{timeout: True}`.

    A button with an address gives that at once. Raises Refusal: there is no such button, or none that can be pressed.
    """
    button = _button(message, row, column)
    if "url" in button:
        return {"show_alert": False, "url": button["url"]}
    if "callback_data" not in button:
        raise Refusal("This kind of button can't be pressed in the sandbox.")
    query = _ask(world, message, person, button["callback_data"])
    try:
        async with asyncio.timeout(PATIENCE):
            return await query.answer
    except TimeoutError:
        return {"timeout": True}


def answer(world: "World", bot: Bot, query_id: str, words: Json) -> None:
    """A bot's answer to a press. Raises ApiError 400 when it is unknown, too old, or answered already."""
    query = world.queries.get(query_id)
    if query is None or query.bot is not bot or _is_old(world, query):
        raise bad_request(TOO_OLD)
    del world.queries[query_id]
    if not query.answer.done():
        query.answer.set_result(words)


def _is_old(world: "World", query: Query) -> bool:
    return world.clock.now() - query.asked > LIFETIME


def _button(message: "Message", row: int, column: int) -> Json:
    keyboard = (message.markup or {}).get("inline_keyboard", [])
    if not 0 <= row < len(keyboard) or not 0 <= column < len(keyboard[row]):
        raise Refusal(f"Message {message.id} has no button in row {row}, column {column}.", 404)
    button: Json = keyboard[row][column]
    return button


def _ask(world: "World", message: "Message", person: User, data: str) -> Query:
    if not isinstance(message.sender, Bot):
        raise Refusal("The bot that this button belongs to is not here.")
    bot, number = message.sender, str(world.number())
    # Ids of queries are long numbers in strings; the person's id makes them look so.
    query = Query(
        id=f"{person.id}{number:0>9}",
        bot=bot,
        asked=world.clock.now(),
        answer=asyncio.get_running_loop().create_future(),
    )
    world.queries = {old.id: old for old in world.queries.values() if not _is_old(world, old)} | {query.id: query}
    payload = {
        "id": query.id,
        "from": person.as_dict(),
        "message": message.as_dict(bot),
        "chat_instance": message.chat.instance,
        "data": data,
    }
    bot.inbox.put("callback_query", payload)
    return query
