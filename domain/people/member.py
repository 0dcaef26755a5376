"""Members: everybody who speaks is one; nobody has to register first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.admin import setting
from domain.clock import trust
from domain.feature import Feature
from domain.ids import MemberId
from domain.messaging.chat import Admission, Chat, ChatKind, ChatProfile, Locale
from domain.people.actor import Actor
from domain.people.language import spoken
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.admin.seal import Key
    from domain.ids import ChatId
    from domain.stores import Stores


class UnknownName(Refusal):
    """Nobody in the group goes by that name."""

    text = "member.unknown_name"


class AmbiguousName(Refusal):
    """Several people in the group go by that name."""

    text = "member.ambiguous_name"


class OfTheRoster(Refusal):
    """On the roster the name is somebody else's, who is not in the group; who shows it there may be another."""

    text = "member.of_the_roster"


class NoGroupYet(Refusal):
    """Asked in private by somebody who is in no group."""

    text = "study.no_group"


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """Who speaks, as the platform shows them: a person, or a group through its anonymous administrators."""

    platform_id: int
    name: str
    username: str | None = None
    language: str | None = None
    is_person: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """The person who writes and the chat, as the platform shows them. `written` is when, if it tells.

    `came` is when it came in, if it has waited in the store since.
    """

    person: PersonProfile
    chat: ChatProfile
    written: datetime | None = None
    came: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the store knows them.

    `platform_id` is missing while only a user name is known (somebody was given a task before their first word);
    `private` is the chat with the bot that they have opened, if they have; `language` is the platform's code,
    `chosen_language` the one that they asked for.
    """

    id: MemberId
    platform_id: int | None
    name: str
    username: str | None
    language: str | None
    private: ChatId | None = None
    chosen_language: str | None = None

    def reads(self, otherwise: str) -> str:
        """The language to address them in: chosen, else the platform's, else another where there are no words in it."""
        return self.chosen_language or spoken(self.language) or otherwise

    @property
    def is_person(self) -> bool:
        """Whether it is a person; groups and channels, which speak through their administrators, have negative ids."""
        return self.platform_id is None or self.platform_id > 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a chat, of a person, and whether the one has spoken in the other and is still there.

    `left_on` is the first day without them, where the roster says that they have left.
    """

    chat: Chat | None
    member: Member | None
    has_spoken: bool
    left_on: date | None = None

    def is_all_of(self, actor: Actor) -> bool:
        """Whether there was nothing to learn of who speaks, and where."""
        spoken = self.has_spoken or not actor.chat.is_group or not actor.chat.is_admitted
        return spoken and self.chat == actor.chat and self.member == actor.member


class Members(Protocol):
    """Members in the store."""

    def known(self, origins: Sequence[Origin]) -> list[Known]:
        """Who speaks and where, as far as they are known."""

    def get(self, member: MemberId) -> Member:
        """One member; they are there, or the program is wrong."""

    def several(self, wanted: Sequence[MemberId]) -> list[Member]:
        """Several members, in this order; they are there, or the program is wrong."""

    def look_up(self, member: MemberId) -> Member | None:
        """One member, if there is such a one."""

    def find(self, platform_id: int) -> Member | None:
        """The member with the platform's id."""

    def named(self, username: str) -> Member | None:
        """The member with a user name, in any case of letters."""

    def called(self, chat: ChatId, name: str) -> list[Member]:
        """The members of a chat whose display name is exactly this."""

    def namesakes(self, name: str) -> list[Member]:
        """Everybody who has spoken whose display name is exactly this, in whichever chat."""

    def add(self, profile: PersonProfile, at: datetime) -> Member:
        """Remember somebody who was not known."""

    def await_username(self, username: str, at: datetime) -> Member:
        """Add a stand-in for somebody known only by their user name, as earlier versions did."""

    def await_named(self, names: Sequence[str], at: datetime) -> list[Member]:
        """Add stand-ins for people known only by their name on the roster."""

    def save(self, member: Member) -> None:
        """Remember what has changed about a member."""

    def join(self, chat: ChatId, member: MemberId, at: datetime) -> None:
        """Note that a member is in a group; no matter how often."""

    def stray(self, key: Key) -> list[tuple[ChatId, MemberId]]:
        """Memberships that this program has not written with its key."""

    def mark_all(self, key: Key) -> None:
        """Take the memberships that there are for written with a key."""

    def speak(self, chat: ChatId, member: MemberId, at: datetime) -> None:
        """Note that a member has spoken in a group, and so is in it; no matter how often."""

    def leave(self, chat: ChatId, member: MemberId, at: datetime) -> None:
        """Note that a member has left a group."""

    def of(self, chat: ChatId) -> list[Member]:
        """A group's members as far as they are known, oldest first."""

    def gone(self, chat: ChatId) -> set[MemberId]:
        """The members who have left a group."""

    def is_in(self, chat: ChatId, member: MemberId) -> bool:
        """Whether a member is known to be in a group."""

    def how_many(self, chat: ChatId) -> int:
        """How many people are known to be in a group."""

    def groups_of(self, member: MemberId, most: int) -> list[Chat]:
        """The active, admitted groups that a member has spoken in and is in, in the order in which they were met."""

    def close_private(self, chat: ChatId) -> None:
        """Whoever had this chat with the bot for their own has none any more."""

    def home(self, member: MemberId) -> ChatId | None:
        """The group where a member belongs, of those that are admitted.

        It is that of their branch by the roster; else the one that they came to last, of those in which they have
        spoken and still are. Being named or added by others makes no home.
        """


def enrol(stores: Stores, *, origin: Origin, locale: Locale, at: datetime) -> Actor | None:
    """Know who speaks and where: remembered at first sight, brought up to date when names have changed.

    Of a group that is not admitted nobody is remembered: strangers are `None`, and others are as they were.
    """
    (actor,) = enrol_all(stores, origins=[origin], locale=locale, at=at)
    return actor


def enrol_all(stores: Stores, *, origins: Sequence[Origin], locale: Locale, at: datetime) -> list[Actor | None]:
    """Enrol several, one after the other. They are looked up together, those after somebody new each alone."""
    actors: list[Actor | None] = []
    fresh = True
    for one, looked_up in zip(origins, stores.members.known(origins), strict=True):
        known = looked_up if fresh else stores.members.known([one])[0]
        here = _up_to_date(stores, known.chat, one.chat, at) if known.chat else _met(stores, one.chat, locale, at)
        actor = _enrol(stores, known, one, here, at)
        if actor is not None and here.kind is ChatKind.PRIVATE:
            actor = _at_home(stores, actor, locale)
        actors.append(actor)
        fresh = fresh and known.chat == here and (actor is None or known.is_all_of(actor))
    return actors


def _enrol(stores: Stores, known: Known, origin: Origin, here: Chat, at: datetime) -> Actor | None:
    is_root_admin = origin.person.platform_id in stores.enterprise.root_admins
    member = known.member
    if here.is_admitted or (member is None and is_root_admin):
        member = _recognise(stores, known.member, origin.person, at)
    if member is None:
        return None
    if here.is_group and here.is_admitted and origin.person.is_person and not known.has_spoken:
        stores.members.speak(here.id, member.id, at)
    heard = origin.came or at
    now = trust.believed(stores, origin.written, heard)
    return Actor(member, here, now=now, is_root_admin=is_root_admin, left_on=known.left_on, heard=heard)


def _at_home(stores: Stores, actor: Actor, locale: Locale) -> Actor:
    """Somebody in their private chat, which is known as theirs and speaks their language."""
    member, chat = actor.member, actor.chat
    owner = replace(member, private=chat.id)
    if owner != member:
        stores.members.save(owner)
    home = replace(chat, language=owner.reads(locale.language))
    if home != chat:
        stores.chats.save(home)
    return replace(actor, member=owner, chat=home)


def meet_chat(stores: Stores, *, profile: ChatProfile, locale: Locale, at: datetime) -> Chat:
    """A chat that something came from: new, known, renamed or back again."""
    known = stores.chats.find(profile.platform_id)
    return _up_to_date(stores, known, profile, at) if known else _met(stores, profile, locale, at)


def _met(stores: Stores, profile: ChatProfile, locale: Locale, at: datetime) -> Chat:
    """A chat that is new; what the enterprise has set holds there."""
    return setting.inherit(stores, stores.chats.add(profile, locale, at))


def _up_to_date(stores: Stores, known: Chat, profile: ChatProfile, at: datetime) -> Chat:
    """A known chat as it is now. A group from which the bot was removed has to be admitted anew.

    Others may have taken it over meanwhile, and nobody has told the bot who is in it.
    """
    if known.active and known.title == profile.title and known.kind == profile.kind:
        return known
    current = replace(known, title=profile.title, kind=profile.kind, active=True)
    stores.chats.save(current)
    if not known.active and known.is_group and known.is_admitted:
        stores.chats.decide(current, Admission.PENDING, None, at)
        stores.outbox.withdraw(current.id)
    return stores.chats.get(current.id)


def meet(stores: Stores, person: PersonProfile, at: datetime) -> Member:
    """A member by the platform's id, or by a user name that was waiting for them.

    Who is known already and takes that user name later gets what was waiting under it.
    """
    return _recognise(stores, stores.members.find(person.platform_id), person, at)


def _recognise(stores: Stores, known: Member | None, person: PersonProfile, at: datetime) -> Member:
    if person.username and (known is None or known.username != person.username):
        awaited = stores.members.named(person.username)
        if awaited and awaited.platform_id is None:
            known = known or awaited
            stores.hooks.merged(awaited.id, known.id, at)
    if known is None:
        return stores.members.add(person, at)
    number, name, username = person.platform_id, person.name, person.username
    language = person.language or known.language
    if (number, name, username, language) == (known.platform_id, known.name, known.username, known.language):
        return known
    current = replace(known, platform_id=number, name=name, username=username, language=language)
    stores.members.save(current)
    return current


def home(stores: Stores, actor: Actor) -> Chat:
    """The group that somebody asks in; in private their own. Raises NoGroupYet."""
    if actor.chat.is_group:
        return actor.chat
    group = stores.members.home(actor.member.id)
    if group is None:
        raise NoGroupYet
    return stores.chats.get(group)


def note_moves(stores: Stores, actor: Actor, *, came: Sequence[PersonProfile], went: Sequence[PersonProfile]) -> None:
    """The platform tells who came into a chat and who went."""
    chat, at = actor.chat, actor.heard_at
    for person in came:
        stores.members.join(chat.id, meet(stores, person, at).id, at)
    for person in went:
        member = meet(stores, person, at)
        if member.id not in stores.members.gone(chat.id):  # the platform tells it twice
            stores.members.join(chat.id, member.id, at)  # people who never spoke there may have tasks
            stores.members.leave(chat.id, member.id, at)
            stores.hooks.departed(chat.id, member.id, at)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a message: by user name, by display name, or by the platform itself."""

    name: str
    person: PersonProfile | None = None

    @property
    def is_username(self) -> bool:
        """Whether the name can be a user name, and so is compared with user names alone."""
        return self.person is None and self.name.isascii()


def known(stores: Stores, mention: Mention) -> Member:
    """Whom a mention means, of those who are known already. Raises UnknownName, AmbiguousName."""
    if mention.person is not None or mention.is_username:
        one = stores.members.find(mention.person.platform_id) if mention.person else stores.members.named(mention.name)
        found = [one] if one else []
    else:
        of_roster = [one.member for one in stores.people.called(mention.name) if one.member is not None]
        found = [*map(stores.members.get, of_roster)] or stores.members.namesakes(mention.name)
    if len(found) > 1:
        raise AmbiguousName(name=mention.name)
    if not found:
        raise UnknownName(name=mention.name)
    return found[0]


def _name_of(stores: Stores, number: int) -> str | None:
    return stores.members.get(MemberId(number)).name


FEATURE = Feature("member", named={"member": _name_of})
