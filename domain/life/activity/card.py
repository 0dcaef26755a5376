"""The one card of an activity in its group, and the private one of whoever has proposed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import ActivityId
from domain.life.activity.levels import approvers
from domain.life.activity.looking import SHOWN, sheet_of
from domain.life.activity.model import Activity, Sheet, State
from domain.messaging.message import Action, Button, DeepLink, Message

if TYPE_CHECKING:
    from datetime import datetime

    from domain.life.features import Stores
    from domain.messaging.message import Buttons, Subject

PHOTO_LINK = "activity_photo_"


def card(sheet: Sheet, at: datetime) -> Message:
    """What the group reads: what it is, and how many come."""
    return Message("activity.card", {"sheet": sheet, "at": at}, _card_buttons(sheet.activity, at), sheet.activity.card)


def _card_buttons(activity: Activity, at: datetime) -> Buttons:
    number = activity.id
    if activity.is_held:
        here = [[Button("activity.check_in_button", Action("activity.check_in", number))]] if activity.by_button else []
        return [*here, [Button("activity.photo_button", DeepLink(f"{PHOTO_LINK}{number}"))]]
    if activity.state is State.ENDED and activity.album_at is None:
        return [[Button("activity.photo_button", DeepLink(f"{PHOTO_LINK}{number}"))]]
    join = [Button("activity.join_button", Action("activity.join", number, 0))] if activity.takes(at) else []
    leave = [Button("activity.leave_button", Action("activity.leave", number))] if activity.lets_go(at) else []
    family = family_buttons(activity) if activity.takes(at) else []
    return [row for row in ([*join, *leave], family) if row]


def family_buttons(activity: Activity) -> list[Button]:
    """A button for each number of the family that may come along."""
    return [
        Button("activity.family_button", Action("activity.join", activity.id, more), {"family": more})
        for more in range(1, activity.family + 1)
    ]


def desk(sheet: Sheet, approvers: tuple[str, ...] = ()) -> Message:
    """How an activity is run, and what came of it. `approvers` are the names of those who are asked."""
    values = {"sheet": sheet, "approvers": approvers}
    return Message("activity.desk", values, _desk_buttons(sheet), sheet.activity.desk)


def _desk_buttons(sheet: Sheet) -> Buttons:
    activity = sheet.activity

    def button(text: str) -> Button:
        """A button whose action has the name of its label."""
        return Button(text, Action(text.removesuffix("_button"), activity.id))

    match activity.state:
        case State.PROPOSED:
            return [[button("activity.cancel_button")]]
        case State.RETURNED:
            return [[button("activity.revise_button"), button("activity.cancel_button")]]
        case State.OPEN:
            return [
                [button("activity.begin_button"), button("activity.list_button")],
                [button("activity.move_button"), button("activity.cancel_button")],
            ]
        case State.HELD:
            way = [] if activity.by_button else [button("activity.by_button_button")]
            return [
                [button("activity.list_button"), button("activity.code_button"), *way],
                [button("activity.end_button")],
            ]
        case State.ENDED:
            album = [button("activity.album_button")] if sheet.photos and activity.album_at is None else []
            return [[button("activity.list_button"), button("activity.cost_button"), *album]]
        case State.CANCELLED:
            return []


def refresh(stores: Stores, activity: Activity, *, key: str) -> None:
    """Both cards show how it stands; they are edited every few seconds at most."""
    for about in (activity.card, activity.desk):
        stores.outbox.refresh(about, key=f"{about}:{key}")


def send_desk(stores: Stores, activity: Activity, *, key: str) -> None:
    """The private card at the end of the chat of whoever has proposed it, in place of the one before."""
    private = stores.members.get(activity.proposer).private
    if private is not None:
        stores.outbox.delete(activity.desk, key=f"{key}:before")
        stores.outbox.send(private, desk(sheet_of(stores, activity), asked(stores, activity)), key=key)


def asked(stores: Stores, activity: Activity) -> tuple[str, ...]:
    """The names of those who are asked to approve a proposal."""
    return tuple(one.name for one in approvers(stores, activity)) if activity.state is State.PROPOSED else ()


def current_card(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """The group's card as it is now."""
    activity = stores.activities.get(ActivityId(about.ids[0]))
    return None if activity is None or activity.state not in SHOWN else card(sheet_of(stores, activity), at)


def current_desk(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The private card as it is now."""
    activity = stores.activities.get(ActivityId(about.ids[0]))
    return None if activity is None else desk(sheet_of(stores, activity), asked(stores, activity))
