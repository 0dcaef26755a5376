"""deleteMessage(s), copyMessage, forwardMessage, setMessageReaction, and pins."""

from dataclasses import replace

from sandbox import posting, reacting, voting
from sandbox.chats import Chat, Kind
from sandbox.errors import bad_request
from sandbox.messages import Message
from sandbox.methods.chats import require_right
from sandbox.methods.outgoing import envelope, origin_of, send
from sandbox.methods.request import Access, Json, Request
from sandbox.methods.sending import caption
from sandbox.parameters import whole
from sandbox.polls import Poll

DELETABLE = 48 * 60 * 60
MAX_MESSAGES = 100
CAPTIONED = ("photo", "document")
CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def delete_message(request: Request) -> bool:
    """Take a message away for everybody."""
    chat = request.chat(Access.WRITE)
    message = request.message(chat, "message to delete")
    if not _may_delete(request, chat, message):
        raise bad_request("message can't be deleted")
    if _is_old(request, message):
        raise bad_request("message can't be deleted for everyone")
    posting.delete(request.world, chat, [message])
    return True


def delete_messages(request: Request) -> bool:
    """Take several messages away; those that are not there or can't be deleted are skipped."""
    chat = request.chat(Access.WRITE)
    numbers = _numbers(request)
    messages = [chat.messages[number] for number in numbers if number in chat.messages]
    gone = [message for message in messages if _may_delete(request, chat, message) and not _is_old(request, message)]
    if gone:
        posting.delete(request.world, chat, gone)
    return True


def forward_message(request: Request) -> Json:
    """Say again elsewhere what was said, with its origin."""
    to = envelope(request)
    message = _source(request, "message to forward")
    if message.is_service or message.protected:
        raise bad_request("message can't be forwarded")
    new = send(request, to, message.content, poll=message.poll, origin=origin_of(message), markup=None, reply_to=None)
    return new.as_dict(request.bot)


def copy_message(request: Request) -> Json:
    """Say again elsewhere what was said, as the bot's own."""
    to = envelope(request)
    message = _source(request, "message to copy")
    if message.is_service or message.protected:
        raise bad_request("message can't be copied")
    content = dict(message.content)
    if request.given.has("caption") and any(kind in content for kind in CAPTIONED):
        content = {name: value for name, value in content.items() if name not in CAPTION_FIELDS}
        content |= caption(request, request.given)
    poll = _copied(request, message.poll) if message.poll is not None else None
    new = send(request, to, content, poll=poll)
    if poll is not None:
        voting.schedule(request.world, poll)
    return {"message_id": new.id}


def set_message_reaction(request: Request) -> bool:
    """Let the bot react to a message, or take its reaction back."""
    chat = request.chat(Access.EDIT)
    message = request.message(chat, "message to react")
    reactions = request.given.json("reaction", "reaction types") or []
    if not isinstance(reactions, list):
        raise bad_request("expected an Array of ReactionType")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(not isinstance(reaction, dict) or reaction.get("type") != "emoji" for reaction in reactions):
        raise bad_request("invalid reaction type specified")
    if any(str(reaction.get("emoji")) not in reacting.EMOJI for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    reacting.react(request.world, message, request.bot, reactions)
    return True


def pin_chat_message(request: Request) -> bool:
    """Pin a message on top of a chat, which a service message tells."""
    chat = request.chat(Access.WRITE)
    message = request.message(chat, "message to pin")
    _require_pin(request, chat)
    if message.is_service:
        raise bad_request("service messages can't be pinned")
    if message in chat.pinned:
        return True
    chat.pinned.append(message)
    posting.post(request.world, chat, request.bot, {}, pinned=message)
    return True


def unpin_chat_message(request: Request) -> bool:
    """Unpin one message, or the one that was pinned last."""
    chat = request.chat(Access.WRITE)
    _require_pin(request, chat)
    if request.given.has("message_id"):
        message = request.message(chat, "message to unpin")
        if message in chat.pinned:
            chat.pinned.remove(message)
        return True
    if not chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.pop()
    return True


def unpin_all_chat_messages(request: Request) -> bool:
    """Unpin everything."""
    chat = request.chat(Access.WRITE)
    _require_pin(request, chat)
    chat.pinned.clear()
    return True


def _require_pin(request: Request, chat: Chat) -> None:
    if not chat.is_private:
        require_right(request, chat, "not enough rights to manage pinned messages in the chat")


def _may_delete(request: Request, chat: Chat, message: Message) -> bool:
    if chat.kind is Kind.SUPERGROUP and "migrate_from_chat_id" in message.content:
        return False
    return chat.is_private or message.sender is request.bot or chat.member(request.bot).rules


def _is_old(request: Request, message: Message) -> bool:
    return request.world.clock.timestamp() - message.date > DELETABLE


def _numbers(request: Request) -> list[int]:
    entries = request.given.json("message_ids", "message identifiers")
    if entries is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(entries, list):
        raise bad_request("expected an Array of message identifiers")
    if len(entries) > MAX_MESSAGES:
        raise bad_request("too many message identifiers specified")
    return [whole(entry) for entry in entries]


def _source(request: Request, what: str) -> Message:
    return request.message(request.chat(Access.READ, "from_chat_id"), what)


def _copied(request: Request, poll: Poll) -> Poll:
    """A poll like another, without its votes."""
    if poll.is_quiz and not poll.knows_solution(request.bot):
        raise bad_request("message can't be copied")
    number = str(5_000_000_000_000_000_000 + request.world.number())
    return replace(poll, id=number, owner=request.bot, votes={}, messages=[], alarm=None)
