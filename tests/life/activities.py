"""An activity for tests."""

from datetime import datetime, timedelta
from typing import Any

from domain.ids import ActivityId, ChatId, MemberId
from domain.life.activity.model import Activity, Place, Signup, State
from domain.messaging.chat import Chat
from tests.samples import AT

HOUR = timedelta(hours=1)


GROUP, SOMEBODY = ChatId(1), MemberId(1)
GIVEN: dict[str, Any] = {
    "title": "登山",
    "aim": "健身",
    "place": "西山",
    "capacity": 2,
    "family": 1,
    "budget": 100,
    "survey": None,
    "state": State.OPEN,
}


def activity_of(at: datetime = AT, group: ChatId = GROUP, proposer: MemberId = SOMEBODY, **more: Any) -> Activity:
    """An activity in an hour."""
    times = {
        "starts_at": at + HOUR,
        "ends_at": at + 3 * HOUR,
        "sign_up_until": at + HOUR / 2,
        "sign_off_until": at + HOUR,
    }
    branch = more.pop("branch", None)
    return Activity(ActivityId(0), group, branch, proposer=proposer, proposed_at=at, **{**GIVEN, **times, **more})


def activity(stores: Any, group: Chat, proposer: MemberId, at: datetime, **more: Any) -> Activity:
    """The same in the store, for a group; its proposer has signed up."""
    new = activity_of(at, group.id, proposer, branch=group.branch, **more)
    made: Activity = stores.activities.add(new, f"test:{new.title}:{new.state}:{new.starts_at}")
    stores.activities.sign_up(Signup(0, made.id, proposer, "", 0, Place.IN, at))
    return made
