"""Which bot hears what: messages through the privacy filter, and the other kinds of updates."""

from collections.abc import Iterator

from sandbox.chats import Chat, Member, Status
from sandbox.markup import utf16_slice
from sandbox.messages import Message
from sandbox.people import Bot, User
from sandbox.polls import Poll
from sandbox.world import Json, World

# What a bot hears of although it did it itself.
OWN_DEEDS = frozenset({"left_chat_member", "forum_topic_created"})


def message(chat: Chat, said: Message, kind: str = "message") -> None:
    """Tell the bots of a chat about a message, as `message` or `edited_message`."""
    for bot in listeners(chat):
        if sees(chat, bot, said):
            bot.inbox.put(kind, said.as_dict(bot))


def listeners(chat: Chat) -> Iterator[Bot]:
    """The bots that are in a chat and not blocked."""
    return iter(()) if chat.blocked else chat.bots()


def sees(chat: Chat, bot: Bot, said: Message) -> bool:
    """Whether a bot gets a message.

    In a group a bot gets everything if it is an administrator or its privacy mode is off; else what is meant for it:
    commands, replies to it, mentions of it, and service messages. Nobody hears themselves or another bot speak.
    """
    if said.sender is bot:
        return said.pinned is not None or not OWN_DEEDS.isdisjoint(said.content)
    if said.is_service or chat.is_private:
        return True
    if said.sender.is_bot:
        return False
    return bot.can_read_all_group_messages or chat.member(bot).rules or _is_meant(chat, bot, said)


def _is_meant(chat: Chat, bot: Bot, said: Message) -> bool:
    if said.reply_to is not None and said.reply_to.sender is bot:
        return True
    return any(_names(entity, chat, bot, said) for entity in said.entities)


def _names(entity: Json, chat: Chat, bot: Bot, said: Message) -> bool:
    match entity["type"]:
        case "text_mention":
            return bool(entity["user"]["id"] == bot.id)
        case "mention":
            return _part(said, entity).casefold() == f"@{bot.username}".casefold()
        case "bot_command":
            return _commands(_part(said, entity), chat, bot)
    return False


def _commands(command: str, chat: Chat, bot: Bot) -> bool:
    # A command that names no bot is for the one that spoke last; where none has spoken yet, for all.
    _, _, name = command.partition("@")
    if name:
        return name.casefold() == (bot.username or "").casefold()
    return chat.last_bot in {None, bot}


def _part(said: Message, entity: Json) -> str:
    return utf16_slice(said.words, entity["offset"], entity["length"])


def member(world: World, chat: Chat, old: Member, new: Member, by: User) -> None:
    """Tell bots that somebody's status has changed: themselves always, others if they are administrators."""
    payload = _change(world, chat.as_dict(), old, new, by)
    if isinstance(new.user, Bot):
        new.user.inbox.put("my_chat_member", payload)
    for bot in chat.bots():
        if bot is not new.user and chat.member(bot).rules:
            bot.inbox.put("chat_member", payload)


def blocked(world: World, chat: Json, bot: Bot, person: User, *, blocked: bool) -> None:
    """Tell a bot that a person has blocked it, or taken that back."""
    before, after = Member(bot, Status.MEMBER), Member(bot, Status.KICKED)
    old, new = (before, after) if blocked else (after, before)
    bot.inbox.put("my_chat_member", _change(world, chat, old, new, person))


def poll(changed: Poll) -> None:
    """Tell the bot that sent a poll about its new state."""
    if isinstance(changed.owner, Bot):
        changed.owner.inbox.put("poll", changed.as_dict(changed.owner, in_message=False))


def poll_answer(changed: Poll, voter: User) -> None:
    """Tell the bot that sent a poll about a vote, unless the poll is anonymous."""
    if changed.is_anonymous or not isinstance(changed.owner, Bot):
        return
    chosen = changed.votes.get(voter.id, ())
    payload = {
        "poll_id": changed.id,
        "user": voter.as_dict(),
        "option_ids": list(chosen),
        "option_persistent_ids": [changed.options[index].persistent_id for index in chosen],
    }
    changed.owner.inbox.put("poll_answer", payload)


def _change(world: World, chat: Json, old: Member, new: Member, by: User) -> Json:
    """Bot API's ChatMemberUpdated."""
    return {
        "chat": chat,
        "from": by.as_dict(),
        "date": world.clock.timestamp(),
        "old_chat_member": old.as_dict(),
        "new_chat_member": new.as_dict(),
    }
