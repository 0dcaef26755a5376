"""What somebody has missed and reads late, and why an item was chosen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require, require_member
from domain.refusal import Refusal
from domain.study import study
from domain.study.choosing import Choice, Reason
from domain.study.day.card import file_message
from domain.study.study import PromptOver, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import PromptId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.person import Absence
    from domain.study.day.model import Missed
    from domain.study.features import Stores
    from domain.study.study import Prompt, Read


class NoFile(Refusal):
    """An item that has no picture or document any more."""

    text = "day.no_file"


LATE_FOR = timedelta(days=14)
LISTED = 5


def missed_by(stores: Stores, actor: Actor, home: Chat) -> Sequence[Missed]:
    """What somebody has not read of the last 14 days, newest first; nothing of days on leave."""
    require(stores, actor, Permission.TAKE_PART)
    today = home.day(actor.now)
    found = stores.plans.missed(actor.member.id, home.id, today - LATE_FOR, today)
    person = stores.people.of_member(actor.member.id) if found else None
    leave = stores.people.absences(person.id) if person is not None else ()
    return [one for one in found if not any(_covers(absence, one.day) for absence in leave)][:LISTED]


def _covers(absence: Absence, day: date) -> bool:
    return absence.since <= day and (absence.until is None or day < absence.until)


def look_late(stores: Stores, actor: Actor, *, prompt_id: PromptId) -> Prompt:
    """An item of one of the last 14 days. Raises PromptOver, Withdrawn, NotAMember."""
    require(stores, actor, Permission.TAKE_PART)
    given = stores.studies.prompt(prompt_id)
    if given is None or not given.group.is_admitted or given.group.day(actor.now) - given.day > LATE_FOR:
        raise PromptOver
    require_member(stores, actor, given.group)
    if given.is_withdrawn:
        raise Withdrawn
    return given


def read_late(stores: Stores, actor: Actor, *, prompt_id: PromptId) -> Read:
    """Note that somebody has read an item of one of the last 14 days. Raises what `look_late` does, AlreadyRead."""
    return study.note_read(stores, actor, look_late(stores, actor, prompt_id=prompt_id).shown)


def bring_file(stores: Stores, actor: Actor, *, prompt_id: PromptId, key: str) -> None:
    """Send somebody an item's picture or document. Raises what `look_late` does, NoFile."""
    given = look_late(stores, actor, prompt_id=prompt_id)
    if given.item.lesson.media is None:
        raise NoFile
    stores.outbox.send(actor.chat.id, file_message(given), key=key, urgent=True)


def why(stores: Stores, actor: Actor, *, prompt_id: PromptId) -> Choice:
    """Why a group was given an item. Raises PromptOver, NotAMember."""
    require(stores, actor, Permission.TAKE_PART)
    given = stores.studies.prompt(prompt_id)
    if given is None or not given.group.is_admitted:
        raise PromptOver
    require_member(stores, actor, given.group)
    return stores.plans.choice(given.id) or Choice(given.item.id, Reason.UNSEEN)
