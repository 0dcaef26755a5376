"""What activities need of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ActivityId, ChatId, MemberId, SurveyId
    from domain.life.activity.model import Activity, Photo, Resource, Signup


class Activities(Protocol):
    """Activities in the store."""

    def add(self, activity: Activity, source: str) -> Activity:
        """Remember an activity; its id is given now."""

    def proposed_by(self, source: str) -> Activity | None:
        """The activity that was proposed by a form."""

    def get(self, activity: ActivityId) -> Activity | None:
        """One activity."""

    def save(self, activity: Activity) -> None:
        """Remember what has changed about an activity."""

    def put_resources(self, activity: ActivityId, resources: Sequence[Resource]) -> None:
        """What it needs, in place of what it needed before."""

    def resources(self, activity: ActivityId) -> list[Resource]:
        """What it needs."""

    def booked(self, since: datetime, until: datetime) -> list[tuple[Activity, Resource]]:
        """What is needed for some time between two moments by activities that may take place, in any group."""

    def people(self, activity: ActivityId) -> list[Signup]:
        """Who has signed up, also who has signed off again, the earliest first."""

    def sign_up(self, one: Signup) -> None:
        """Add somebody; their id is given now."""

    def save_signup(self, one: Signup) -> None:
        """Remember what has changed about somebody who has signed up."""

    def in_group(self, group: ChatId, most: int) -> list[Activity]:
        """A group's activities that are not over, the next first."""

    def of_member(self, member: MemberId) -> list[Activity]:
        """The activities that are not over and that somebody has signed up for, the next first."""

    def current(self) -> list[Activity]:
        """All activities that are not over, the next first."""

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Activity]:
        """A group's activities that were held and began between two moments, the earliest first."""

    def waiting_for_approval(self) -> list[Activity]:
        """All proposals that wait, the oldest first."""

    def note_wishes(self, survey: SurveyId, group: ChatId, at: datetime) -> None:
        """Remember that a survey asked a group what it wishes."""

    def wishes(self, group: ChatId, since: datetime) -> list[SurveyId]:
        """The surveys that asked a group since a moment, the newest first."""

    def add_photo(self, photo: Photo) -> None:
        """Keep a photo; the same one is kept once."""

    def photos(self, activity: ActivityId) -> list[Photo]:
        """The photos of an activity, in the order in which they came."""

    def choose_photo(self, number: int, *, chosen: bool) -> None:
        """Say whether a photo is posted."""

    def drop_photos(self, activity: ActivityId, member: MemberId) -> None:
        """Forget somebody's photos."""
