"""Reactions to messages."""

from sandbox.errors import Refusal
from sandbox.messages import Message
from sandbox.people import User
from sandbox.world import Json, World

# What Telegram lets people react with.
_EMOJI = """
        ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭
    💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
    🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
EMOJI = frozenset(_EMOJI.split())


def react(world: World, message: Message, user: User, reactions: list[Json]) -> None:
    """Set somebody's reactions to a message; none takes them back. Raises Refusal: no such emoji."""
    if any(reaction.get("emoji") not in EMOJI for reaction in reactions):
        raise Refusal("That emoji is no reaction.")
    old = message.reactions.get(user.id, [])
    if reactions:
        message.reactions[user.id] = [{"type": "emoji", "emoji": reaction["emoji"]} for reaction in reactions]
    else:
        message.reactions.pop(user.id, None)
    new = message.reactions.get(user.id, [])
    if new != old:
        world.tell_message("edited", message)
        _tell_bots(world, message, user, old, new)


def _tell_bots(world: World, message: Message, user: User, old: list[Json], new: list[Json]) -> None:
    """Bots hear of it where they are administrators, and only of people's reactions."""
    if user.is_bot:
        return
    chat = message.chat
    payload = {
        "chat": chat.as_dict(),
        "message_id": message.id,
        "user": user.as_dict(),
        "date": world.clock.timestamp(),
        "old_reaction": old,
        "new_reaction": new,
    }
    for bot in chat.bots():
        if (chat.is_private or chat.member(bot).rules) and not chat.blocked:
            bot.inbox.put("message_reaction", payload)
