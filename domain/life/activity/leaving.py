"""Somebody leaves, or is erased: their seats go to those who wait."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.life.activity import card
from domain.life.activity.model import Place, State
from domain.life.activity.signing import move_up

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.life.features import Stores


def left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Whoever leaves gives their seats to those who wait."""
    for activity in stores.activities.of_member(member):
        if activity.state is not State.OPEN:
            continue
        for one in stores.activities.people(activity.id):
            if one.member == member:
                stores.activities.save_signup(replace(one, place=Place.OUT))
        move_up(stores, activity, at)
        card.refresh(stores, activity, key=f"left:{member}:{at.timestamp()}")


def forgotten(stores: Stores, member: MemberId, at: datetime) -> None:
    """Whoever is erased comes to nothing any more."""
    left(stores, member, None, at)
