"""What people type about persons and roles, as typed values."""

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity

import plain
from domain.people import role as roles
from domain.people.member import Mention
from domain.people.permission import EVERYWHERE, Area, Role
from handlers.arguments import ENTERPRISE_NAMES, NAME, BadArguments, after_command, leading_mentions, replied_author
from handlers.origin import person_profile, text_of

# Of a text that went through `plain.line`: there are no two blanks side by side.
IDENTITY = re.compile(
    r"(?:工号|number)? ?:? ?(?P<number>[A-Za-z0-9][A-Za-z0-9_-]{0,31}+)"
    r"(?:[ ,、;]++(?:(?:姓名|name) ?:? ?)?(?P<name>.*))?",
    re.IGNORECASE,
)
MINUS = re.compile(r"(?:^|(?<=\s))[-－–—−]")
WITHDRAW = ("-", "－", "–", "—", "−", "撤销", "withdraw", "remove")
MAX_NAME_CHARS = 64


@dataclass(frozen=True, slots=True)
class RoleArguments:
    """What `/roles` asks for; nothing at all is a look at the list. `over` is a branch's name, or the enterprise."""

    mention: Mention | None
    role: Role | None
    withdraw: bool
    over: str | Area | None


def identity(text: str, usage: str) -> tuple[str, str]:
    """An employee number, and the name after it, if there is one: `10023 李明`, `工号10023，姓名李明`.

    Raises BadArguments.
    """
    match = IDENTITY.fullmatch(plain.line(text))
    if match is None or len(match["name"] or "") > MAX_NAME_CHARS:
        raise BadArguments(usage)
    return match["number"], (match["name"] or "").strip()


def first_mention(message: Message) -> Mention | None:
    """The person named directly after the command."""
    named = leading_mentions(message)[0]
    return named[0] if named else None


def mention_after_number(message: Message) -> Mention | None:
    """The person named after the first argument, or else the author of the message that is replied to."""
    words = after_command(text_of(message)).partition(" ")[2].strip()
    linked = message.parse_entities([MessageEntity.TEXT_MENTION])
    for entity, named in linked.items():
        if entity.user:
            return Mention(named, person_profile(entity.user))
    name = NAME.match(words)
    if name:
        return Mention(name[1])
    answered = replied_author(message)
    return Mention(answered.full_name, person_profile(answered)) if answered and not words else None


def role(message: Message) -> RoleArguments:
    """`[@name] [-]ROLE [BRANCH]` or `[@name] 撤销 [ROLE]`; if nobody is named, the author of the replied message.

    Raises BadArguments.
    """
    named, rest = leading_mentions(message)
    bot = message.get_bot().username.lower()
    mention = next((one for one in named if one.name.lower() != bot), None)
    answered = replied_author(message)
    if mention is None and answered:
        mention = Mention(answered.full_name, person_profile(answered))
    words = MINUS.sub(r" \g<0> ", plain.line(rest), count=1).split()
    withdraw = any(word in WITHDRAW for word in words)
    words = [word for word in words if word not in WITHDRAW]
    if mention is None and _is_name_and_role(words, withdraw=withdraw):
        mention, words = Mention(words[0]), words[1:]
    wanted = next((found for found in (roles.read(" ".join(words[:2])), *map(roles.read, words[:1])) if found), None)
    if words and wanted is None:
        raise BadArguments("role.no_such_role", words=words[0])
    both = wanted is not None and roles.read(" ".join(words[:2])) is not None and len(words) > 1
    over = " ".join(words[2 if both else 1 :])
    return RoleArguments(mention, wanted, withdraw, EVERYWHERE if over.lower() in ENTERPRISE_NAMES else over or None)


def _is_name_and_role(words: list[str], *, withdraw: bool) -> bool:
    """Whether a name of the roster is written without a sign before it: `李伟 书记`, `李伟 -书记`, `李伟 撤销`."""
    if not words or words[0].isascii() or any(map(roles.read, (words[0], " ".join(words[:2])))):
        return False
    return withdraw if len(words) == 1 else any(map(roles.read, (words[1], " ".join(words[1:3]))))


def gives_up(message: Message) -> bool:
    """Whether `/roles` gives up the sender's own role: `/roles -书记`, naming nobody or oneself."""
    try:
        wanted = role(message)
    except BadArguments:
        return False
    own = message.from_user
    if not wanted.withdraw or own is None:
        return False
    if wanted.mention is None:
        return True
    named, person = wanted.mention.name.lower(), wanted.mention.person
    return person.platform_id == own.id if person else named == (own.username or "").lower()
