"""What a bot asks about chats and their members, and leaving one."""

from sandbox import membership
from sandbox.chats import PERMISSIONS, Chat, Member
from sandbox.errors import bad_request
from sandbox.messages import pinned_dict
from sandbox.methods.request import Access, Json, Request
from sandbox.people import Bot, User

ACCENT_COLOURS = 7
MAX_REACTIONS = 11
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
INVITE_NAME_LIMIT = 32
INVITE_MEMBERS = range(1, 100_000)


def get_chat(request: Request) -> Json:
    """All about a chat."""
    chat = request.chat(Access.READ)
    full = chat.as_dict() | {
        "accent_color_id": abs(chat.id) % ACCENT_COLOURS,
        "max_reaction_count": MAX_REACTIONS,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if chat.person is not None and chat.person.username:
        full["active_usernames"] = [chat.person.username]
    if not chat.is_private:
        full["permissions"] = dict(PERMISSIONS)
    if chat.pinned:
        full["pinned_message"] = pinned_dict(chat.pinned[-1], request.bot)
    return full


def get_chat_member(request: Request) -> Json:
    """What somebody is in a chat."""
    chat = request.chat(Access.READ_MEMBERS)
    return chat.member(_user(request)).as_dict()


def get_chat_member_count(request: Request) -> int:
    """How many people and bots are in a chat."""
    return sum(1 for _ in request.chat(Access.READ_MEMBERS).present())


def get_chat_administrators(request: Request) -> list[Json]:
    """The owner and the administrators of a group, without other bots unless these are asked for."""
    chat = request.chat(Access.READ_MEMBERS)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    with_bots = request.given.flag("return_bots")
    ruling = (member for member in chat.present() if member.rules)
    return [member.as_dict() for member in ruling if with_bots or not _is_other_bot(member, request.bot)]


def leave_chat(request: Request) -> bool:
    """Leave a group."""
    chat = request.chat(Access.EDIT)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    membership.remove(request.world, chat, request.bot, request.bot)
    return True


def create_chat_invite_link(request: Request) -> Json:
    """A link that brings people into a group."""
    chat = request.chat(Access.WRITE)
    if chat.is_private:
        raise bad_request("can't invite members to the chat")
    require_right(request, chat, "not enough rights to manage chat invite link")
    return _invite_link(request)


def require_right(request: Request, chat: Chat, words: str) -> None:
    """Raises ApiError 400 in these words unless the bot is an administrator."""
    if not chat.member(request.bot).rules:
        raise bad_request(words)


def _invite_link(request: Request) -> Json:
    given = request.given
    by_request, most = given.flag("creates_join_request"), given.integer("member_limit")
    if len(given.text("name")) > INVITE_NAME_LIMIT:
        raise bad_request("INVITE_NAME_TOO_LONG")
    if most and (by_request or most not in INVITE_MEMBERS):
        raise bad_request("USAGE_LIMIT_INVALID")
    optional = {"name": given.text("name"), "expire_date": given.integer("expire_date"), "member_limit": most}
    link = {
        "invite_link": f"https://t.me/+sandbox{request.world.number():010}",
        "creator": request.bot.as_dict(),
        "creates_join_request": by_request,
        "is_primary": False,
        "is_revoked": False,
    }
    return link | {name: value for name, value in optional.items() if value}


def _user(request: Request) -> User:
    number = request.given.integer("user_id")
    if not number:
        raise bad_request("invalid user_id specified")
    user = request.world.users.get(number)
    if user is None:
        raise bad_request("user not found")
    return user


def _is_other_bot(member: Member, bot: Bot) -> bool:
    return member.user.is_bot and member.user is not bot
