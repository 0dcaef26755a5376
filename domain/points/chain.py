"""The ledger as a sealed chain: which words of an entry its mark covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.seal import microseconds
from domain.points.scheme.default import event_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.admin.seal import Key, Word
    from domain.points.points import Entry

CAUSE = 16  # characters of a mark that are its cause's
ERASED = ""  # the cause of an entry whose member was forgotten


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An entry with its place in the chain and its mark.

    The mark has two parts, of the entry and of its cause: a cause is somebody's words, and goes when they are
    forgotten. An empty one is taken as erased.
    """

    number: int
    entry: Entry
    ordinal: int
    mark: str | None = None

    def facts(self) -> Sequence[Word]:
        """What stays of an entry when its member is forgotten."""
        one = self.entry
        words: list[Word] = [one.member, one.group, str(one.rule), one.source, self.ordinal, one.points]
        words += [one.day.isoformat(), microseconds(one.at)]
        return words if one.facts is None else [*words, str(one.event), one.facts, one.category]

    def marked(self, key: Key, previous: str) -> str:
        """The mark of this entry where it follows the one with that mark."""
        of_cause = key.of(self.entry.cause)[:CAUSE]
        return self._mark(key, previous, of_cause) + of_cause

    def _mark(self, key: Key, previous: str, of_cause: str) -> str:
        """Written by hand, since every press makes one: only what stands last may hold any character.

        That is the source; facts may as well, so their length stands before them. Entries from before there were events
        have none.
        """
        one = self.entry
        amount = f"{self.ordinal}|{one.points}|{one.day.isoformat()}|{microseconds(one.at)}"
        words = f"{self.number}|{previous}|{of_cause}|{one.member}|{one.group}|{amount}|{one.rule}|"
        if one.facts is not None:
            words = f"e{words}{one.event}|{one.category}|{len(one.facts)}|{one.facts}|"
        return key.of(words + one.source)[: 2 * CAUSE]

    def is_sound(self, key: Key, previous: str) -> bool:
        """Whether the mark is right; the event of an old entry follows from its rule, which is marked."""
        mark = self.mark or ""
        if self.entry.facts is None and self.entry.event != event_of(self.entry.rule):
            return False
        of_cause = mark[-CAUSE:]
        if self.entry.cause != ERASED and key.of(self.entry.cause)[:CAUSE] != of_cause:
            return False
        return mark == self._mark(key, previous, of_cause) + of_cause
