"""Messages to those who answer suggestions, and what their card of today says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, Subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.message import Buttons
    from domain.people.member import Member
    from domain.voice.features import Stores
    from domain.voice.suggestion.life import Case

OPEN: Buttons = [[Button("triage.open_button", Action("triage.open"))]]


def handed(stores: Stores, case: Case, people: Sequence[Member], at: datetime) -> None:
    """Tell who has a suggestion now that it came to them, by one message each that gives way to the next one."""
    for one in people:
        if one.private is not None:
            about = Subject("suggestion.handed", case.suggestion.id, one.id)
            key = f"{about}:{case.life.version}"
            stores.outbox.delete(about, key=f"{key}:before")
            message = Message("triage.handed", {"case": case, "at": at}, OPEN, about)
            stores.outbox.send(one.private, message, key=key)


def passed_on(stores: Stores, member: Member, count: int, at: datetime) -> None:
    """Tell somebody how many suggestions came to them because nobody has answered in time."""
    if member.private is not None:
        about = Subject("suggestion.passed_on", member.id)
        key = f"{about}:{at.timestamp()}"
        stores.outbox.delete(about, key=f"{key}:before")
        stores.outbox.send(member.private, Message("triage.passed_on", {"count": count}, OPEN, about), key=key)
