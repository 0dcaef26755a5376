"""Study on today's card: the item of the day, until it was read and its question answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.study.asking import daily
from domain.study.study import READ
from domain.today import Part

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.study.features import Stores


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The item that one's own group has today, with buttons to see it and to say that it was read."""
    home = stores.members.home(actor.member.id)
    given = None if home is None else stores.studies.prompt_on(home, stores.chats.get(home).day(actor.now))
    if given is None or given.is_withdrawn:
        return None
    lesson, own = given.item.lesson, actor.member.id
    has_read = bool(stores.points.credited([own], READ.name, given.source))
    if has_read and (daily.question_of(stores, given) is None or daily.has_answered(stores, given, own)):
        return None
    see = Button("study.open_button", Action("study.open"))
    read = Button("study.read_button", Action("study.read", given.id))
    return Part(Text("study.today", {"lesson": lesson, "has_read": has_read}), [[see] if has_read else [see, read]])
