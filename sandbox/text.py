"""Texts with their entities: as programs give them, and as people write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.errors import bad_request
from sandbox.markup import MarkupError, clean, combine, detect, parse, resolve, utf16_length
from sandbox.parameters import Parameters
from sandbox.people import User
from sandbox.world import World

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, whose offsets count UTF-16 units."""

    text: str
    entities: list[Json]

    def content(self, name: str) -> Json:
        """The fields of a message: `text` and `entities`, or `caption` and `caption_entities`."""
        if not self.text:
            return {}
        entities = "entities" if name == "text" else f"{name}_entities"
        return {name: self.text} | ({entities: self.entities} if self.entities else {})


def formatted(world: World, given: Parameters, name: str) -> Formatted:
    """A text parameter with its parse mode or its entities. Raises ApiError 400: can't be parsed."""
    prefix = "" if name in {"text", "caption"} else f"{name}_"
    mode = given.text(f"{prefix}parse_mode")
    entities = None if mode else given.json("entities" if name == "text" else f"{name}_entities", "message entities")
    if entities is not None and not (isinstance(entities, list) and all(isinstance(entry, dict) for entry in entities)):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    return assembled(world, given.text(name), mode, entities or ())


def assembled(world: World, text: str, mode: str = "", entities: Sequence[Json] = ()) -> Formatted:
    """A text with the entities of its mark-up or those given, and those that Telegram finds by itself."""
    try:
        text, own = parse(text, mode) if mode else clean(text, entities)
    except MarkupError as error:
        raise bad_request(error.description) from None
    return _with_users(world, text, own)


def written(world: World, text: str, mentioned: Iterable[User] = ()) -> Formatted:
    """What a person writes; people without a username are mentioned by their name in the text."""
    own: list[Json] = []
    for user in mentioned:
        own += _mention(text, user, own)
    text, own = clean(text, own)
    return _with_users(world, text, own)


def limited(words: Formatted, limit: int, error: str) -> Formatted:
    """The text, if it is no longer than so many characters. Raises ApiError 400 in these words."""
    if len(words.text) > limit:
        raise bad_request(error)
    return words


def _with_users(world: World, text: str, own: list[Json]) -> Formatted:
    def known(user_id: int) -> Json | None:
        user = world.users.get(user_id)
        return user.as_dict() if user else None

    return Formatted(text, combine(resolve(own, known), detect(text)))


def _mention(text: str, user: User, taken: Sequence[Json]) -> list[Json]:
    """The first place in the text that names a person and mentions nobody yet; empty if there is none."""
    names = {user.full_name, user.full_name.replace(" ", ""), user.first_name}
    for name in sorted(names, key=len, reverse=True):
        at = text.find(name)
        while at >= 0:
            entity = {"type": "text_mention", "offset": utf16_length(text[:at]), "length": utf16_length(name)}
            if not any(_overlap(entity, other) for other in taken):
                return [entity | {"user_id": user.id}]
            at = text.find(name, at + 1)
    return []


def _overlap(first: Json, second: Json) -> bool:
    return bool(
        first["offset"] < second["offset"] + second["length"] and second["offset"] < first["offset"] + first["length"]
    )
