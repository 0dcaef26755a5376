"""Taking back what a group was shown today: its message and its question go, nobody can read or answer it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from domain.messaging.chat import Chat
    from domain.study.features import Stores


def take_back(stores: Stores, group: Chat, day: date) -> None:
    """Delete the messages of a day's item, in the group and in private; points that it brought stay."""
    given = stores.studies.prompt_on(group.id, day)
    if given is None:
        return
    for subject in (given.subject, given.file, given.quiz, given.private):
        stores.outbox.delete(subject, key=f"{subject}:withdrawn")
