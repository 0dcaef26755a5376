"""What is said once a round is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Message, Thread

if TYPE_CHECKING:
    from datetime import datetime

    from domain.voice.features import Stores
    from domain.voice.questionnaire.round import Round


def publish(stores: Stores, one: Round, at: datetime) -> None:
    """Say in the group that a round is closed, and how many have answered."""
    values = {"round": one, "submitted": len(stores.responses.submitted(one)), "at": at}
    thread = Thread(reply_to=stores.outbox.message_about(one.subject))
    stores.outbox.send(one.group, Message("questionnaire.result", values), key=f"{one.subject}:result", thread=thread)
