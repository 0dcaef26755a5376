"""The message of /study in private: today's item, what was missed, what else there is, in one message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name, Scope, Studying, Where
from domain.messaging.message import Action, Button, Message
from domain.people.member import NoGroupYet
from domain.people.permission import Permission, require
from domain.study import study
from domain.study.day.card import file_buttons
from domain.study.day.reading import missed_by
from domain.study.study import READ, NothingToStudy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.ids import MemberId
    from domain.messaging.message import Subject, Thread
    from domain.people.actor import Actor
    from domain.study.day.model import Missed
    from domain.study.features import Stores
    from domain.study.study import Prompt
    from domain.today import Part


def show(stores: Stores, actor: Actor, *, manages: bool, page: Subject, key: str, thread: Thread) -> None:
    """Send the message, and the item's question behind it while it is to be answered.

    `manages`: a button leads to what who is in charge can do. Raises NoGroupYet, NothingToStudy.
    """
    require(stores, actor, Permission.TAKE_PART)
    message, given = _made(stores, actor, manages=manages)
    stores.outbox.send(actor.chat.id, replace(message, subject=page), key=key, thread=thread, urgent=True)
    if given is not None:
        study.ask_alone(stores, actor, given, key=f"{key}:quiz")


def draw(stores: Stores, actor: Actor, *, manages: bool) -> Message:
    """The message as it is now, to stand in the place of what it has led to. Raises NoGroupYet, NothingToStudy."""
    require(stores, actor, Permission.TAKE_PART)
    return _made(stores, actor, manages=manages)[0]


def prefer(stores: Stores, actor: Actor, *, studying: Studying, manages: bool) -> Message:
    """Say where one wants one's study; the message as it is then. Raises NoSuchPlace in a group."""
    require(stores, actor, Permission.TAKE_PART)
    own = Where(Scope.MEMBER, actor.member.id)
    setting.change(stores, actor, name=Name.STUDY, where=own, words=studying.value)
    return draw(stores, actor, manages=manages)


def desk(stores: Stores, actor: Actor) -> Message:
    """What there is for who is in charge of study, one row of buttons for each feature."""
    require(stores, actor, Permission.TAKE_PART)
    parts = stores.hooks.study_desk(actor)
    plan = Button("day.plans_button", Action("day.groups"))
    buttons = [
        [plan],
        *_of_parts(parts),
        [Button("day.back_button", Action("day.menu"))],
    ]
    return Message("day.desk", {"parts": [part.text for part in parts]}, buttons)


def _made(stores: Stores, actor: Actor, *, manages: bool) -> tuple[Message, Prompt | None]:
    found = stores.members.home(actor.member.id)
    if found is None and not manages:
        raise NoGroupYet
    home = None if found is None else stores.chats.get(found)
    given = None if home is None else study.item_of_the_day(stores, home, actor.now)
    missed = () if home is None else missed_by(stores, actor, home)
    parts = stores.hooks.study_menu(actor)
    if given is None and not missed and not parts and not manages:
        raise NothingToStudy
    has_read = given is not None and _has_read(stores, actor.member.id, given)
    values = {
        "lesson": None if given is None else given.item.lesson,
        "has_read": has_read,
        "missed": len(missed),
        "parts": [part.text for part in parts],
    }
    buttons = [
        *_of_item(given, has_read=has_read),
        *(() if given is None else file_buttons(given)),
        *_of_missed(missed),
        *_of_parts(parts),
        _own_row(setting.studying_of(stores, actor.member.id), manages=manages),
    ]
    return Message("day.menu", values, buttons), given


def _has_read(stores: Stores, member: MemberId, given: Prompt) -> bool:
    return bool(stores.points.credited([member], READ.name, given.source))


def _of_item(given: Prompt | None, *, has_read: bool) -> Iterator[Sequence[Button]]:
    for row in () if given is None else given.buttons:
        yield row[1:] if has_read else row


def _of_missed(missed: Sequence[Missed]) -> Iterator[Sequence[Button]]:
    for one in missed:
        yield [Button("day.missed_button", Action("day.missed", one.prompt), {"day": one.day, "title": one.title})]


def _of_parts(parts: Sequence[Part]) -> Iterator[Sequence[Button]]:
    for part in parts:
        yield from (row for row in part.buttons if row)


def _own_row(studying: Studying, *, manages: bool) -> Sequence[Button]:
    other = Studying.GROUP if studying is Studying.PRIVATE else Studying.PRIVATE
    own = Button("day.prefer_button", Action("day.prefer", other.value), {"studying": other})
    return [own, *([Button("day.desk_button", Action("day.desk"))] if manages else [])]
