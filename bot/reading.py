"""Updates as python-telegram-bot's objects; presses of buttons, which come by the hundred each morning, by hand.

PTB reads a press with the whole message that it hangs on, a hundred fields for the four that are used here, in as much
time as it takes to answer it.
"""

from typing import Any

from telegram import CallbackQuery, Chat, InaccessibleMessage, Update, User
from telegram.ext import ExtBot

IN_TOPIC = {"message_thread_id", "is_topic_message"}


def read(body: dict[str, Any], bot: ExtBot[None]) -> Update:
    """An update from the platform's JSON. Raises whatever PTB raises at what is none."""
    return _read_press(body, bot) if _is_plain_press(body) else Update.de_json(body, bot)


def _is_plain_press(body: dict[str, Any]) -> bool:
    """Whether it is a press under a message that is in no topic."""
    message = body.get("callback_query", {}).get("message")
    return message is not None and not IN_TOPIC & message.keys()


def _read_press(body: dict[str, Any], bot: ExtBot[None]) -> Update:
    """A press with its message as PTB shows those that are too old to be told of: their chat and number."""
    query = body["callback_query"]
    message = InaccessibleMessage(Chat.de_json(query["message"]["chat"], bot), query["message"]["message_id"])
    pressed = CallbackQuery(
        query["id"],
        User.de_json(query["from"], bot),
        query["chat_instance"],
        message=message,
        data=query.get("data"),
    )
    for made in (message, pressed):
        made.set_bot(bot)
    update = Update(body["update_id"], callback_query=pressed)
    update.set_bot(bot)
    return update
