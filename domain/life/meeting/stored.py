"""What meetings need of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from domain.ids import BranchId, ChatId, MeetingId, MemberId, PersonId
    from domain.life.meeting.model import Attendance, Invited, Meeting, Standing


class Meetings(Protocol):
    """Meetings in the store."""

    def add(self, meeting: Meeting, source: str) -> Meeting:
        """Remember a meeting; its id is given now."""

    def called_by(self, source: str) -> Meeting | None:
        """The meeting that was called by a form."""

    def get(self, meeting: MeetingId) -> Meeting | None:
        """One meeting."""

    def save(self, meeting: Meeting) -> None:
        """Remember what has changed about a meeting."""

    def invite(self, people: Sequence[Invited]) -> None:
        """Add people to those who are to come; their ids are given now."""

    def uninvite(self, people: Collection[int]) -> None:
        """Some are not to come any more, by their ids."""

    def people(self, meeting: MeetingId) -> list[Invited]:
        """Who is to come, in the order in which they were added."""

    def save_person(self, person: Invited) -> None:
        """Remember what has changed about somebody who is to come."""

    def in_group(self, group: ChatId, before: int, limit: int) -> list[Meeting]:
        """A group's meetings with a lower id than `before`, the newest first."""

    def coming_in(self, group: ChatId) -> list[Meeting]:
        """A group's meetings that are called or open, the next first."""

    def of_member(self, member: MemberId) -> list[Meeting]:
        """The meetings that are called or open and that somebody is to attend, the next first."""

    def current(self) -> list[Meeting]:
        """All meetings that are called or open, the next first."""

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Meeting]:
        """A group's meetings between two moments whose check-in has begun, the oldest first."""

    def held(self, branch: BranchId, since: datetime, until: datetime) -> list[Meeting]:
        """The meetings of a branch between two moments whose check-in has begun, the oldest first."""

    def attendance(self, branch: BranchId, since: datetime, until: datetime) -> Mapping[MeetingId, Attendance]:
        """How many came to the same meetings."""

    def standings(self, people: Collection[PersonId]) -> Mapping[PersonId, Standing]:
        """The standing in the party of people, as far as somebody has said it."""

    def put_standing(self, person: PersonId, standing: Standing) -> None:
        """Say what somebody's standing in the party is."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """An awaited member turns out to be a known one: what is theirs is the known one's, who is to come once."""
