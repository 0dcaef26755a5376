"""The question of a form for people of a group: by name, by mention or by button; an unclear name is asked about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.ids import ChatId
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.member import Mention
from domain.people.naming import Called, Chosen, Kind, Part, Somebody
from domain.points.thanks.model import NotOnePerson, in_own_words
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import Choice, Filled
from handlers.messaging.asking import PLACE
from handlers.people import drafted
from handlers.people.drafted import unclear
from handlers.points import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.naming import Wanted
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Field, Fill
    from handlers.people.drafted import Settled

MAX_BUTTONS = 12
A_ROW = 3
TAIL = 3  # last digits of an employee number: enough to tell namesakes apart
NEVER = datetime(1, 1, 1, tzinfo=UTC)  # no member is met in this lookup, so the moment does not matter


def group_of(stores: Stores, filled: Filled) -> Chat:
    """The group that a form is for."""
    place = filled.draft.values.get(PLACE)
    return stores.chats.get(filled.draft.chat if place is None else ChatId(int(place)))


def shown(stores: Stores, filled: Filled, field: Field[tuple[Chosen, ...]]) -> list[Somebody]:
    """The people who were chosen."""
    chosen: tuple[Chosen, ...] = filled[field]
    found = naming.shown(stores, chosen, group_of(stores, filled), NEVER)
    return [one for one in found if isinstance(one, Somebody)]


def fill(filled: Filled, field: Field[tuple[Chosen, ...]], wanted: Sequence[Settled]) -> Filled:
    """The draft with these people. Raises NotOnePerson."""
    if any(isinstance(one, Chosen) and one.kind in (Kind.BRANCH, Kind.EVERYBODY) for one in wanted):
        raise NotOnePerson
    return drafted.with_people(filled, field, wanted)


def settle(stores: Stores, wanted: Sequence[Wanted], group: Chat, at: datetime) -> list[Settled]:
    """Each clear name as a choice, each unclear one as it was written. Raises NotHere, Gone, NotOnePerson."""
    with in_own_words():
        return list(naming.settled(stores, wanted, group, at))


def ask_which(which: Mention | Called) -> Message:
    """Ask whom an unclear name means."""
    return Message("thanks.ask_which", {"name": which.name if isinstance(which, Mention) else which.words})


def offer(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The choices: the group's other members, or the people whom an unclear name may mean."""
    which = unclear(filled)
    if which is None:
        people = [one for one in stores.members.of(actor.group.id) if one.is_person and one.id != actor.member.id]
        return [_choice(stores, Somebody(one, None)) for one in people[:MAX_BUTTONS]]
    found = naming.choices(stores, which, actor.group, actor.now)
    return [_choice(stores, one, tell_apart=True) for one in found if not isinstance(one, Part)]


def _choice(stores: Stores, one: Somebody, *, tell_apart: bool = False) -> Choice:
    """A button; one that tells namesakes apart says branch and last digits of the number, else the user name."""
    person, member = (one.person, one.member) if tell_apart else (None, None)
    values = {
        "name": one.name,
        "where": stores.branches.get(person.branch).name if person else "",
        "tail": person.number[-TAIL:] if person else "",
        "username": member.username if member else None,
    }
    return Choice(Text("thanks.person_button", values), str(one.chosen))


async def hear(context: Context, field: Field[tuple[Chosen, ...]]) -> Fill:
    """Read one or several names. Raises BadArguments, and what `settle` does."""
    group, at, message = context.actor.group, context.now, context.message
    known = await context.read(lambda stores: naming.directory(stores, group))
    wanted, rest = names.Reader(message, known).read(0) if message else ([], "")
    asked = [*wanted, Called(rest)] if rest else wanted
    if not asked:
        raise BadArguments("thanks.usage")
    return lambda stores, filled: fill(filled, field, drafted.answered(filled, settle(stores, asked, group, at)))


def pick(actor: Actor, value: str, field: Field[tuple[Chosen, ...]]) -> Fill:
    """A name was tapped. Raises ButtonExpired for one that was not offered."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        offered = {one.value for one in offer(stores, actor, filled)}
        chosen = Chosen.read(value)
        if chosen is None or value not in offered:
            raise ButtonExpired
        return fill(filled, field, drafted.answered(filled, [chosen]))

    return choose
