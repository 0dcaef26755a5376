"""An activity is found for whoever plans the work of its group, or takes part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.activity.model import OVER, Activity, Sheet, State
from domain.life.activity.refusing import ActivityNotFound, ActivityOver
from domain.people.permission import Permission, is_part_of, require

if TYPE_CHECKING:
    from domain.ids import ActivityId, ChatId
    from domain.life.features import Stores
    from domain.people.actor import Actor

SHOWN = (State.OPEN, State.HELD, *OVER)  # states in which people of the group know of it


def group_of(stores: Stores, number: ActivityId) -> ChatId:
    """The group of an activity. Raises ActivityNotFound."""
    activity = stores.activities.get(number)
    if activity is None:
        raise ActivityNotFound
    return activity.group


def sheet_of(stores: Stores, activity: Activity) -> Sheet:
    """An activity with those who have signed up."""
    return Sheet(activity, stores.activities.people(activity.id), len(stores.activities.photos(activity.id)))


def managed(stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
    """An activity of the actor's group, for those who plan its work. Raises ActivityNotFound."""
    require(stores, actor, Permission.PLAN_WORK)
    activity = stores.activities.get(number)
    if activity is None or activity.group != actor.group.id:
        raise ActivityNotFound
    return sheet_of(stores, activity)


def at_stage(stores: Stores, actor: Actor, number: ActivityId, *stages: State) -> Sheet:
    """The same, if it is at one of some stages. Raises ActivityNotFound, ActivityOver."""
    sheet = managed(stores, actor, number=number)
    if sheet.activity.state not in stages:
        raise ActivityOver(activity=sheet.activity)
    return sheet


def known(stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
    """An activity that people of its group see, wherever they are. Raises ActivityNotFound."""
    require(stores, actor, Permission.TAKE_PART)
    activity = stores.activities.get(number)
    if activity is None or activity.state not in SHOWN:
        raise ActivityNotFound
    if actor.chat.id != activity.group and not is_part_of(stores, actor.member.id, stores.chats.get(activity.group)):
        raise ActivityNotFound
    return sheet_of(stores, activity)
