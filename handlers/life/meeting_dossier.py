"""The ledger of party life (三会一课台账) of a quarter as one document: what was due, and what each meeting left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.meeting.dossier import first_days
from domain.messaging.message import Action, Button
from handlers.life.minutes_document import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.life.meeting.dossier import Dossier
    from domain.messaging.chat import Chat
    from handlers.label import Label


def buttons(group: Chat, day: date) -> list[Sequence[Button]]:
    """The documents of this quarter and of the one before, in a row."""
    return [[_button(group, first) for first in first_days(day)]]


def _button(group: Chat, first: date) -> Button:
    quarter = (first.month + 2) // 3
    action = Action("meeting.dossier", group.id, first.year, quarter)
    return Button("meeting.dossier_button", action, {"year": first.year, "quarter": quarter})


def words_in(found: Dossier, label: Label) -> str:
    """The lines of the document."""
    lines = [label("meeting.dossier_title", dossier=found)]
    lines += [label("meeting.dossier_due", due=one) for one in found.due]
    return "\n".join([*lines, *(words_of(one, label) for one in found.records)])
