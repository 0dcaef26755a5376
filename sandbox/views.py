"""Chats and messages as one person sees them on the page."""

from collections.abc import Iterable
from typing import Any

from sandbox.chats import Chat, Member, Status
from sandbox.messages import Message
from sandbox.people import User
from sandbox.polls import Poll

Json = dict[str, Any]


def message_view(message: Message, person: User) -> Json:
    """A MessageView: Bot API's Message with what is the person's own."""
    view = message.as_dict(person)
    for shown in (view, view.get("reply_to_message"), view.get("pinned_message")):
        if shown is not None:
            shown["chat"] = shown["chat"] | {"id": message.chat.alias}
    view |= {"mine": message.sender is person, "read": _read(message, person)}
    if message.silent:
        view["silent"] = True
    if message.markup is not None:
        view["reply_markup"] = message.markup
    if message.poll is not None:
        view["poll"] = view["poll"] | _own_poll(message.poll, person)
    if message.reactions:
        view["reactions"] = reactions_view(message, person)
    return view


def _own_poll(poll: Poll, person: User) -> Json:
    own: Json = {"my_options": list(poll.votes.get(person.id, ()))}
    names = poll.names(person)
    return own if names is None else own | {"voters": [[voter.as_dict() for voter in group] for group in names]}


def reactions_view(message: Message, person: User) -> list[Json]:
    """The reactions to a message: `[{emoji, count, mine}]`, first given first."""
    found: dict[str, Json] = {}
    for user, reactions in message.reactions.items():
        for emoji in (reaction.get("emoji", "") for reaction in reactions):
            entry = found.setdefault(emoji, {"emoji": emoji, "count": 0, "mine": False})
            entry["count"] += 1
            entry["mine"] = entry["mine"] or user == person.id
    return list(found.values())


def person_view(person: User, groups: Iterable[Chat]) -> Json:
    """A PersonView: Bot API's User with the note on the person, and what they are in which groups."""
    here = [(group, group.member(person)) for group in groups if group.migrated_to is None]
    places = [{"title": group.title, "status": member.status.value} for group, member in here if member.present]
    return person.as_dict() | ({"note": person.note} if person.note else {}) | {"groups": places}


def chat_view(chat: Chat, person: User | None) -> Json:
    """A ChatView: Bot API's Chat with its members, topics, and what is the person's own."""
    last = chat.last_message()
    viewer = person or next(chat.people(), None)
    return chat.as_dict() | {
        "id": chat.alias,
        "members": [_member_view(member) for member in chat.present()],
        "topics": [
            {"message_thread_id": topic.message_thread_id, "name": topic.name} for topic in chat.topics.values()
        ],
        "unread": _unread(chat, person) if person else 0,
        "last_message": message_view(last, viewer) if last and viewer else None,
        "my_status": (chat.member(person).status if person else Status.LEFT).value,
        "blocked": chat.blocked,
    }


def _member_view(member: Member) -> Json:
    return {"user": member.user.as_dict(), "status": member.status.value, "is_anonymous": member.is_anonymous}


def _unread(chat: Chat, person: User) -> int:
    seen = chat.read.get(person.id, 0)
    newer = 0
    for message in reversed(chat.messages.values()):
        if message.id <= seen:
            break
        newer += message.sender is not person
    return newer


def _read(message: Message, person: User) -> bool:
    """What others wrote is read when the person saw it; what the person wrote, when anybody else did."""
    marks = message.chat.read
    if message.sender is not person:
        return marks.get(person.id, 0) >= message.id
    if message.chat.is_private:
        return not message.chat.blocked
    return any(mark >= message.id for user, mark in marks.items() if user != person.id)
