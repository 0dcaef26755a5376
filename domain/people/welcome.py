"""What somebody is shown first, and a group: who they are here, and three things to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.feature import Feature, Offer
from domain.messaging import delivery
from domain.messaging.chat import Admission, ChatKind
from domain.messaging.message import Action, Button, Message, Subject
from domain.people import admission, invitation
from domain.people import branch as branches
from domain.people.permission import Permission, Role, allows, powers, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId, ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.admission import Decided
    from domain.people.branch import Level
    from domain.people.person import Person
    from domain.stores import Stores

MAX_THINGS = 3  # things


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that one has to do first: the name of an offer (`bind`), how much waits, and whether it presses."""

    name: str
    count: int = 1
    pressing: bool = True


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who somebody is here, as far as it is known, and the things to do before all others."""

    name: str
    person: Person | None
    path: tuple[str, ...]
    roles: tuple[Role, ...]
    things: Sequence[Offered]
    has_left: bool = False

    @property
    def presses(self) -> bool:
        """Whether it is said at every /start, not only at the first one."""
        return self.has_left or any(thing.pressing for thing in self.things)


@dataclass(frozen=True, slots=True)
class Rights:
    """What the platform lets the bot know of a group: every message, and who comes and goes."""

    hears_all: bool
    administrator: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the bot says of itself in a group. `can_bind`: nobody has said whose group it is, and there are branches."""

    group: Chat
    rights: Rights
    path: tuple[str, ...]
    can_bind: bool

    @property
    def message(self) -> Message:
        """As it is said, with a button to say whose group it is."""
        values = {
            "hears_all": self.rights.hears_all,
            "administrator": self.rights.administrator,
            "path": self.path,
            "can_bind": self.can_bind,
        }
        button = Button("welcome.bind_button", Action("welcome.bind"))
        return Message("welcome.group", values, [[button]] if self.can_bind else (), subject(self.group))


@dataclass(frozen=True, slots=True)
class Bound:
    """Whose group it is from now on."""

    path: tuple[str, ...]


def greeting(member: MemberId) -> Subject:
    """The subject of the message that greets somebody in private."""
    return Subject("greeting", member)


def subject(group: Chat) -> Subject:
    """What the message is about in which the bot introduces itself to a group."""
    return Subject("welcome", group.id)


def greet(stores: Stores, actor: Actor) -> Greeting:
    """Greet somebody in their private chat."""
    require(stores, actor, Permission.SEE_OWN)
    admission.show_waiting(stores, actor)
    member = actor.member
    person = stores.people.of_member(member.id)
    path = branches.path(stores, person.branch) if person else ()
    name, held = person.name if person else member.name, powers(stores, actor)
    if held.has_left:
        return Greeting(name, person, path, (), (), has_left=True)
    roles = tuple(role for role in Role if role in held.roles)
    return Greeting(name, person, path, roles, stores.hooks.offered(actor, MAX_THINGS))


def introduce(stores: Stores, actor: Actor, *, rights: Rights) -> Introduction:
    """Introduce the bot to a group, and offer to say whose group it is."""
    require(stores, actor, Permission.SEE_OWN)
    return _introduction(stores, actor.group.id, rights)


def admit(stores: Stores, actor: Actor, *, group: ChatId, rights: Rights) -> Decided:
    """Admit a group, to which the bot introduces itself. Raises what `admission.decide` does."""
    decided = admission.decide(stores, actor, group=group, admission=Admission.ADMITTED)
    message, begun = _introduction(stores, group, rights).message, decided.group.admission_at
    stores.outbox.send(group, message, key=f"{subject(decided.group)}:{begun}", urgent=True)
    return decided


def introduce_anew(stores: Stores, actor: Actor, *, rights: Rights, key: str) -> None:
    """A right has been given to the bot, or taken away: the introduction says how it is now."""
    require(stores, actor, Permission.SEE_OWN)
    message = _introduction(stores, actor.group.id, rights).message
    stores.outbox.edit(subject(actor.group), message, key=key)


def _introduction(stores: Stores, number: ChatId, rights: Rights) -> Introduction:
    group = stores.chats.get(number)
    path = branches.path(stores, group.branch) if group.branch is not None else ()
    can_bind = group.branch is None and bool(stores.branches.children(None))
    return Introduction(group, rights, path, can_bind)


def choose(stores: Stores, actor: Actor, *, level: BranchId | None, offset: int) -> Level:
    """The branches that somebody may say the group is of, below one or at the top.

    Raises WrongPlace, NotYourBranch for who may say it of none, NoMore.
    """
    require(stores, actor, Permission.SEE_OWN)
    anywhere = replace(actor, chat=replace(actor.group, kind=ChatKind.PRIVATE))  # not by roles over the group alone
    roots = invitation.answered_for(stores, anywhere)
    if roots is not None and not roots:
        raise invitation.NotYourBranch(person=None)
    return branches.level(stores, roots=roots, level=level, offset=offset)


def bind(stores: Stores, actor: Actor, *, branch: BranchId, rights: Rights, key: str) -> Bound:
    """Say whose group it is; the introduction shows it. Raises what `invitation.bind_group` does."""
    invitation.bind_group(stores, actor, branch=branch)
    introduction = _introduction(stores, actor.group.id, rights)
    stores.outbox.edit(subject(actor.group), replace(introduction.message, buttons=()), key=key)
    return Bound(introduction.path)


def part(stores: Stores, actor: Actor) -> None:
    """The bot was removed from a chat, or blocked."""
    delivery.leave(stores, chat=actor.chat.id, at=actor.heard_at)
    if not actor.chat.is_group:
        stores.members.save(replace(actor.member, private=None))
        stores.keyboards.forget(actor.chat.id)


def _join(stores: Stores, actor: Actor) -> int:
    """Come into the work group; who keeps the roster may belong to none."""
    at_home = stores.members.home(actor.member.id) is not None
    return int(not at_home and not allows(stores, actor, Permission.KEEP_ROSTER))


FEATURE = Feature("welcome", offers=(Offer("join", 40, _join),))
