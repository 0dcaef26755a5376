"""Cards that are to be refreshed when a transaction ends: each once, whatever its units ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from domain.messaging.message import Subject


@dataclass(frozen=True, slots=True)
class Refresh:
    """The key of an edit, and how often at most the message may be edited."""

    key: str
    every: timedelta


class Refreshes:
    """What the units of one transaction ask for; a unit that is undone has asked for nothing."""

    def __init__(self) -> None:
        self._asked: dict[Subject, tuple[Refresh, ...]] = {}
        self._kept: dict[Subject, tuple[Refresh, ...]] = {}

    def begin(self) -> None:
        """A transaction begins."""
        self._asked, self._kept = {}, {}

    def keep(self) -> None:
        """A unit is well."""
        self._kept = self._asked.copy()

    def undo(self) -> None:
        """A unit is undone."""
        self._asked = self._kept.copy()

    def ask(self, subject: Subject, refresh: Refresh) -> None:
        """Every message about a subject is to be refreshed."""
        self._asked[subject] = (*self._asked.get(subject, ()), refresh)

    def drop(self, subject: Subject) -> None:
        """What was asked before is over: the messages are gone, or read otherwise from here on."""
        self._asked.pop(subject, None)

    def rename(self, old: Subject, new: Subject) -> None:
        """The messages about a subject are about another one."""
        asked = self._asked.pop(old, ())
        if asked:
            self._asked[new] = self._asked.get(new, ()) + asked

    def take(self) -> Mapping[Subject, Sequence[Refresh]]:
        """What is to be refreshed, with all that was asked, in its order; from then on nothing is.

        A key may have been used before, in another transaction: then the next one counts.
        """
        asked, self._asked = self._asked, {}
        return asked
