"""What is needed of the store for findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId, FindingId, MemberId, TaskId
    from domain.life.rectification.model import Entry, Finding, Round, Source


class Findings(Protocol):
    """Findings in the store."""

    def add(self, finding: Finding, key: str) -> Finding:
        """Remember a finding with its first round; its id is given now."""

    def opened_by(self, key: str) -> Finding | None:
        """The finding that was opened with a key."""

    def get(self, number: FindingId) -> Finding | None:
        """One finding."""

    def save(self, finding: Finding) -> None:
        """Remember what has changed about a finding and its last round; a round that is new is added."""

    def rounds(self, number: FindingId) -> list[Round]:
        """All rounds of a finding, the oldest first."""

    def begun_in(
        self, groups: Collection[ChatId], branches: Collection[BranchId] | None = frozenset()
    ) -> list[Finding]:
        """Findings that are neither closed nor dropped, by number.

        Of some groups and some branches, or (`branches` is `None`) of all.
        """

    def unplanned(self) -> list[Finding]:
        """All findings for which nobody has said what is done, and of which the next level has not heard, by number."""

    def newest_in(self, groups: Collection[ChatId], limit: int) -> list[Finding]:
        """Findings of groups, the newest first."""

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Finding]:
        """A group's findings whose last round was open at some time between two moments, by number."""

    def mine(self, member: MemberId, limit: int) -> list[Finding]:
        """What somebody rectifies, verifies or has found and is not over, by number."""

    def of_task(self, batch: TaskId) -> Finding | None:
        """The finding whose last round has a task."""

    def of_source(self, source: Source, about: int) -> list[Finding]:
        """What came from something, by number; without what was taken back."""

    def to_look(self, day: date) -> list[Finding]:
        """Closed findings whose look back is due on a day and was not asked for, by number."""

    def asked_of(self, verifier: MemberId) -> list[Finding]:
        """Closed findings that somebody was asked to look back at, and has not answered, by number."""

    def verified_by(self, member: MemberId) -> list[Finding]:
        """Findings that somebody is to verify or to look back at, by number."""

    def groups_with(self, branch: BranchId) -> list[ChatId]:
        """The groups in which a branch has findings that are not closed."""

    def move(self, group: ChatId, branch: BranchId | None) -> None:
        """What is not closed in a group belongs to another branch from now on."""

    def entries(
        self,
        since: datetime,
        until: datetime,
        branches: Collection[BranchId] | None,
        groups: Collection[ChatId] = (),
    ) -> list[Entry]:
        """Rounds that were open at some time between two moments, by finding and round.

        Of some branches and some groups, or (`branches` is `None`) of all.
        """

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything that one member has to do with to another, who is the same person."""


class HasFindings(Protocol):
    """Stores with this one among them."""

    @property
    def findings(self) -> Findings:
        """See `Findings`."""
