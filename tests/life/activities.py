"""An activity and a front-line action for tests."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.ids import ActionId, ActivityId, ChatId, MemberId
from domain.life.action.model import Action, Kind
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


def action_of(at: datetime = AT, group: ChatId = GROUP, lead: MemberId = SOMEBODY, **more: Any) -> Action:
    """A front-line action of a month."""
    figures = Decimal(12), Decimal(5)
    until = (at + 30 * 24 * HOUR).date()
    return Action(ActionId(0), group, None, Kind.TASK_FORCE, "停机", "次", *figures, until, lead, lead, at, **more)


def action(stores: Any, group: Chat, lead: MemberId, at: datetime) -> Action:
    """The same in the store, for a group."""
    made: Action = stores.actions.add(action_of(at, group.id, lead), [lead], f"test:{at}")
    return made
