"""Forms read a name of somebody in a group, and ask whom it means where that is not clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.member import Mention
from domain.people.naming import Chosen, Part
from handlers.form import Choice, Filled
from handlers.people import drafted
from handlers.work import arguments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import telegram

    from domain.messaging.chat import Chat
    from domain.people.naming import Called, Somebody
    from domain.work.features import Stores
    from handlers.form import Field

TAIL = 3  # last digits of an employee number: enough to tell namesakes apart


def ask_which(which: Mention | Called) -> Message:
    """Ask whom an unclear name means."""
    if isinstance(which, Mention):
        return Message("task.ask_unseen", {"name": which.name})
    return Message("task.ask_which", {"name": which.words})


def offer_which(stores: Stores, which: Mention | Called, group: Chat, at: datetime) -> Sequence[Choice]:
    """The people of a group whom an unclear name may mean."""
    found = naming.choices(stores, which, group, at)
    return [Choice(_label_of(stores, one, number), str(one.chosen)) for number, one in enumerate(found, 1)]


def _label_of(stores: Stores, choice: Somebody | Part, number: int) -> Text:
    """A label that tells namesakes apart: by branch and last digits of the number, else by user name."""
    if isinstance(choice, Part):
        return Text("task.part_button", {"name": choice.branch.name, "above": choice.path[-2:-1]})
    person, member = choice.person, choice.member
    where = stores.branches.get(person.branch).name if person else ""
    values = {
        "name": choice.name,
        "where": where,
        "tail": person.number[-TAIL:] if person else "",
        "username": member.username if member else None,
        "number": number,
    }
    return Text("task.which_button", values)


def with_one(
    stores: Stores, filled: Filled, field: Field[str], message: telegram.Message, *, group: Chat, at: datetime
) -> Filled:
    """The draft with the first person of a group whom a message names; else with the name, to be asked about.

    Raises BadArguments, Nobody.
    """
    wanted = arguments.named(message, group, at, naming.directory(stores, group))
    (one,) = naming.settled(stores, wanted[:1], group, at)
    if not isinstance(one, Chosen):
        return Filled(filled.draft.filled(**{drafted.WANTED: drafted.keep([one])}))
    people = naming.meant(stores, [one], group, at).people
    return Filled(filled.draft.without(drafted.WANTED)).with_(field, str(people[0].chosen))
