"""Who is responsible for a goal: chosen by a button, or by a name of the branch's people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.ids import MemberId, PersonId
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.naming import Chosen, Kind
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import WORDS, Choice, Field, Fill, Filled
from handlers.people import drafted
from handlers.work import unclear
from handlers.work.goal_draft import home_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Somebody
    from domain.people.permission import Area
    from domain.people.person import Person
    from domain.work.features import Stores
    from handlers.context import Context

NAME, NOBODY, MAX_OFFERED = "owner", "0", 12


def chat_of(stores: Stores, home: Area, actor: Actor) -> Chat:
    """The group whose people are meant: the home's; where a branch has none, as if there were one."""
    if home.group is not None:
        return stores.chats.get(home.group)
    bound = [] if home.branch is None else [one for one in stores.chats.of_branch(home.branch) if one.active]
    if bound:
        return bound[0]
    return replace(actor.chat, branch=home.branch)


def _chat(stores: Stores, filled: Filled, actor: Actor) -> Chat:
    return chat_of(stores, home_in(stores, filled), actor)


def ask(_: Stores, filled: Filled) -> Message:
    """Ask for the person, or whom an unclear name means."""
    which = drafted.unclear(filled)
    return unclear.ask_which(which) if which else Message("goal.ask_owner")


def offer(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The people of the home, or those whom an unclear name may mean; and nobody yet."""
    group, which = _chat(stores, filled, actor), drafted.unclear(filled)
    if which:
        return unclear.offer_which(stores, which, group, actor.now)
    people = [one for one in naming.directory(stores, group).people if not one.gone]
    named = [Choice(Text("task.owner_button", {"member": one}), str(one.chosen)) for one in people[:MAX_OFFERED]]
    return [*named, Choice(Text("goal.nobody_button"), NOBODY)]


async def hear(context: Context) -> Fill:
    """Read a name; one that several have is asked about. Raises BadArguments, Nobody."""
    message, actor = context.message, context.actor
    if message is None:
        raise BadArguments("task.no_owner")

    def choose(stores: Stores, filled: Filled) -> Filled:
        group = _chat(stores, filled, actor)
        return unclear.with_one(stores, filled, OWNER, message, group=group, at=actor.now)

    return choose


def pick(actor: Actor, value: str) -> Fill:
    """Somebody was tapped. Raises ButtonExpired for one who was not offered."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        if value not in {one.value for one in offer(stores, actor, filled)}:
            raise ButtonExpired
        return Filled(filled.draft.without(drafted.WANTED)).with_(OWNER, value)

    return choose


def somebody(stores: Stores, home: Area, kept: str, actor: Actor) -> Somebody | None:
    """Whom a draft has kept; `None` for nobody."""
    chosen = Chosen.read(kept)
    if chosen is None:
        return None
    people = naming.meant(stores, [chosen], chat_of(stores, home, actor), actor.now).people
    return people[0]


def member(stores: Stores, home: Area, kept: str, actor: Actor) -> Member | None:
    """The same as a member; who has no known account gets a stand-in until it is known."""
    found = somebody(stores, home, kept, actor)
    return None if found is None else naming.accounts(stores, [found], actor.now)[0]


def kept(stores: Stores, value: str) -> Member | Person | None:
    """Whom a draft has kept, by name."""
    chosen = Chosen.read(value)
    if chosen is None:
        return None
    if chosen.kind is Kind.MEMBER:
        return stores.members.get(MemberId(chosen.number))
    return stores.people.get(PersonId(chosen.number))


OWNER = Field(NAME, WORDS, "goal.field_owner", ask, hear, offer, pick, a_row=3)
