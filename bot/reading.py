"""Updates as they come and as python-telegram-bot reads them; presses of buttons, which come by the hundred, by hand.

PTB reads a press with the whole message that it hangs on, a hundred fields for the four that are used here, in as much
time as it takes to answer it.
"""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from telegram import CallbackQuery, Chat, InaccessibleMessage, Update, User
from telegram.ext import ExtBot

from bot import jsons
from domain.ids import UpdateId
from domain.messaging.inbox import Received
from handlers.origin import changes_membership, origin_of
from handlers.veil import MARK, without_tokens

IN_TOPIC = {"message_thread_id", "is_topic_message"}
NUL = r"\u0000"  # in JSON
PLACE = ("message_id", "date", "chat", *sorted(IN_TOPIC))
WANTED = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update on its way: the platform's JSON, and how PTB reads it; `None` where it could not, or has yet to."""

    text: str
    body: dict[str, Any]
    update: Update | None = None

    @property
    def id(self) -> UpdateId:
        """The platform's number."""
        return UpdateId(self.body["update_id"])

    @property
    def received(self) -> Received:
        """The update as the store takes it."""
        speaks = self.update is not None and not changes_membership(self.update)
        origin = origin_of(self.update) if self.update and speaks else None
        return Received(self.id, self.text, origin, self.lane, self.poll)

    @property
    def poll(self) -> str | None:
        """The poll whose counts it has, if that is what it is."""
        poll = self.body.get("poll")
        return str(poll["id"]) if isinstance(poll, dict) and "id" in poll else None

    @property
    def lane(self) -> str:
        """What it keeps its order with."""
        lane = lane_of(self.body)
        return "" if lane is None else str(lane)


class _Thawed:
    """Objects of PTB without its check, in Python and at each attribute that is set, of whether they are frozen.

    Update alone has thirty attributes: the check is four fifths of what reading a press takes.
    """

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


class _Chat(_Thawed, Chat):
    __slots__ = ()


class _User(_Thawed, User):
    __slots__ = ()


class _Place(_Thawed, InaccessibleMessage):
    __slots__ = ()


class _Pressed(_Thawed, CallbackQuery):
    __slots__ = ()


class _Update(_Thawed, Update):
    __slots__ = ()


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
    message = _Place(_Chat.de_json(query["message"]["chat"], bot), query["message"]["message_id"])
    pressed = _Pressed(
        query["id"],
        _User.de_json(query["from"], bot),
        query["chat_instance"],
        message=message,
        data=query.get("data"),
    )
    for made in (message, pressed):
        made.set_bot(bot)
    update = _Update(body["update_id"], callback_query=pressed)
    update.set_bot(bot)
    return update


def kind_of(body: dict[str, Any]) -> str:
    """Which of the kinds that were asked for an update is; `other` for what came all the same."""
    return next((kind for kind in WANTED if kind in body), "other")


def written_at(body: dict[str, Any]) -> datetime | None:
    """When somebody wrote the message that an update brings, by the platform's clock; `None` where it brings none."""
    message = body.get("message")
    date = message.get("date") if isinstance(message, dict) else None
    try:
        return datetime.fromtimestamp(date, UTC) if isinstance(date, int) and date > 0 else None
    except (OverflowError, ValueError, OSError):
        return None


def arrive(body: dict[str, Any]) -> Arrived:
    """An update as the store keeps it; what no store takes (half characters, U+0000) becomes question marks.

    An invitation's token is not stored.
    """
    body = _without_the_rest(body)
    text = jsons.write(body)
    if MARK in text:
        body = without_tokens(body)
        text = jsons.write(body)
    if NUL in text:
        body = json.loads(text, object_pairs_hook=_without_nul)
        text = jsons.write(body)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
        body = jsons.read(text)
    return Arrived(text, body)


def _without_the_rest(body: dict[str, Any]) -> dict[str, Any]:
    """A pressed button without the message that it hangs on, but for its place: nobody here reads our own words."""
    pressed = body.get("callback_query")
    message = pressed.get("message") if isinstance(pressed, dict) else None
    if not isinstance(pressed, dict) or not isinstance(message, dict):
        return body
    place = {name: message[name] for name in PLACE if name in message}
    return {**body, "callback_query": {**pressed, "message": place}}


def _without_nul(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    def clean(value: Any) -> Any:
        if isinstance(value, list):
            return [clean(one) for one in value]
        return value.replace("\0", "?") if isinstance(value, str) else value

    return {name.replace("\0", "?"): clean(value) for name, value in pairs}


def person_of(body: dict[str, Any]) -> Hashable:
    """Who has sent an update, by the platform's id; `None` where that is nobody."""
    for kind in body.values():
        if isinstance(kind, dict):
            for name in ("sender_chat", "from", "user"):
                if isinstance(kind.get(name), dict):
                    return cast(Hashable, kind[name].get("id"))
    return None


def lane_of(body: dict[str, Any]) -> Hashable:
    """What an update must keep its order with: its chat, else its sender, else its poll."""
    for kind in body.values():
        if not isinstance(kind, dict):
            continue
        message = kind.get("message") if "chat_instance" in kind else kind
        for place in (message, kind):
            if isinstance(place, dict):
                for name in ("chat", "from", "user"):
                    if isinstance(place.get(name), dict):
                        return cast(Hashable, place[name].get("id"))
        return cast(Hashable, kind.get("id"))
    return None
