"""Who is in a group: founding, joining, leaving, promoting, topics, and becoming a supergroup."""

from collections.abc import Iterable
from dataclasses import replace

from sandbox import delivery
from sandbox.chats import Chat, Kind, Member, Status, Topic
from sandbox.errors import Refusal
from sandbox.people import Bot, User
from sandbox.posting import post
from sandbox.world import World

TOPIC_COLOUR = 0x6FB9F0


def found(world: World, chat: Chat, by: User, members: Iterable[User], bots: Iterable[Bot]) -> None:
    """Fill a new group: its owner, its members, and the bots that the owner adds."""
    chat.members[by.id] = Member(by, Status.CREATOR)
    for user in members:
        chat.members.setdefault(user.id, Member(user, Status.MEMBER))
    if chat.kind is Kind.GROUP:
        for bot in bots:
            _set(world, chat, Member(bot, Status.MEMBER), by)
        post(world, chat, by, {"group_chat_created": True})
    else:
        for bot in bots:
            add(world, chat, bot, by)
    world.tell_chat(chat)


def add(world: World, chat: Chat, user: User, by: User) -> None:
    """Bring somebody into a group, or let them join (`by` themselves). Raises Refusal: already there, not allowed."""
    require_group(chat)
    if chat.member(user).present:
        raise Refusal(f"{user.full_name} is in {chat.title} already.", 409)
    if by is not user and not chat.member(by).present:
        raise Refusal(f"{by.full_name} is not in {chat.title}.", 403)
    last = chat.last_message()
    chat.read[user.id] = last.id if last else 0
    _set(world, chat, Member(user, Status.MEMBER), by)
    post(world, chat, by, {"new_chat_members": [user.as_dict()]})
    world.tell_chat(chat)


def remove(world: World, chat: Chat, user: User, by: User) -> None:
    """Let somebody leave a group (`by` themselves) or be removed from it. Raises Refusal: not there, not allowed."""
    require_group(chat)
    if not chat.member(user).present:
        raise Refusal(f"{user.full_name} is not in {chat.title}.", 404)
    if by is not user and not chat.member(by).rules:
        raise Refusal(f"{by.full_name} is no administrator of {chat.title}.", 403)
    listening = list(chat.bots())
    audience = world.audience(chat)
    _set(world, chat, Member(user, Status.LEFT if by is user else Status.KICKED), by)
    message = post(world, chat, by, {"left_chat_member": user.as_dict()})
    # A bot hears of its own leaving too, although it is gone by now.
    if isinstance(user, Bot) and user in listening:
        user.inbox.put("message", message.as_dict(user))
    world.events.tell(audience - world.audience(chat), lambda _: {"type": "left", "chat_id": chat.alias})
    world.tell_chat(chat)


def change(
    world: World, chat: Chat, user: User, by: User, *, status: Status | None = None, is_anonymous: bool | None = None
) -> None:
    """Promote or demote a member, or let an administrator act as the group. Raises Refusal: not there, not allowed."""
    require_group(chat)
    old = chat.member(user)
    if not old.present:
        raise Refusal(f"{user.full_name} is not in {chat.title}.", 404)
    if not chat.member(by).rules:
        raise Refusal(f"{by.full_name} is no administrator of {chat.title}.", 403)
    new = replace(
        old,
        status=old.status if status is None or old.status is Status.CREATOR else status,
        is_anonymous=old.is_anonymous if is_anonymous is None else is_anonymous,
    )
    new = new if new.rules else replace(new, is_anonymous=False)
    if new != old:
        _set(world, chat, new, by)
        world.tell_chat(chat)


def add_topic(world: World, chat: Chat, by: User, name: str) -> Topic:
    """Open a topic in a forum. Raises Refusal: no forum, no name, not allowed."""
    if not chat.is_forum:
        raise Refusal(f"{chat.title or 'A private chat'} is no forum.")
    if not name.strip():
        raise Refusal("A topic needs a name.")
    if not chat.member(by).present:
        raise Refusal(f"{by.full_name} is not in {chat.title}.", 403)
    # The service message that creates a topic is its first, and gives it its id.
    number = chat.next_message_id()
    topic = Topic(number, name.strip())
    chat.topics[number] = topic
    content = {"forum_topic_created": {"name": topic.name, "icon_color": TOPIC_COLOUR}}
    post(world, chat, by, content, id=number, thread=number)
    world.tell_chat(chat)
    return topic


def migrate(world: World, chat: Chat, by: User) -> Chat:
    """Make a supergroup of a group; gives the new chat. Raises Refusal: not a basic group, not allowed."""
    if chat.kind is not Kind.GROUP or chat.migrated_to is not None:
        raise Refusal("Only a basic group can become a supergroup, and only once.")
    if not chat.member(by).rules:
        raise Refusal(f"{by.full_name} is no administrator of {chat.title}.", 403)
    new = world.new_group(Kind.SUPERGROUP, chat.title)
    new.members = dict(chat.members)
    post(world, chat, by, {"migrate_to_chat_id": new.id})
    post(world, new, by, {"migrate_from_chat_id": chat.id})
    chat.migrated_to = new
    event = {"type": "migrated", "from": chat.alias, "to": new.alias}
    world.events.tell(world.audience(new), lambda _: event)
    return new


def require_group(chat: Chat) -> None:
    """Raises Refusal: a private chat, or a group that has become a supergroup."""
    if chat.is_private:
        raise Refusal("That is a private chat.")
    if chat.migrated_to is not None:
        raise Refusal(f"{chat.title} has become the supergroup {chat.migrated_to.id}.", 409)


def _set(world: World, chat: Chat, new: Member, by: User) -> None:
    old = chat.member(new.user)
    chat.members[new.user.id] = new
    delivery.member(world, chat, old, new, by)
