"""What the clock does with rounds: tells people, reminds them once, closes, asks anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import RoundId
from domain.voice.questionnaire.audience import accounts_of
from domain.voice.questionnaire.service import finish, invite, new_key, next_time, on_workday, post

if TYPE_CHECKING:
    from datetime import datetime

    from domain.voice.features import Stores
    from domain.voice.questionnaire.round import Round

REMIND_BEFORE = timedelta(days=1)
LATEST = timedelta(days=1)  # a round that could not be asked anew for so long is left out


def run(stores: Stores, slot: datetime) -> None:
    """Each minute: whatever is due. What belongs to a group that is not admitted waits until it is."""
    for one in stores.rounds.to_close(slot):
        if _is_admitted(stores, one):
            finish(stores, one, slot)
    for one in stores.rounds.to_repeat(slot):
        if _is_admitted(stores, one):
            _ask_anew(stores, one, slot)
    for one in stores.rounds.to_post(slot):
        if _is_admitted(stores, one):
            post(stores, one, slot)
    for one in stores.rounds.open_at(slot):
        if one.reminded_at is None and _is_late(one, slot) and _is_admitted(stores, one):
            _remind(stores, one, slot)


def _is_admitted(stores: Stores, one: Round) -> bool:
    return stores.chats.get(one.group).is_admitted


def _is_late(one: Round, at: datetime) -> bool:
    """Whether people are to be reminded: a day before the end, or in the last third of a short time."""
    return at >= one.closes_at - min(REMIND_BEFORE, (one.closes_at - one.opens_at) / 3)


def _remind(stores: Stores, one: Round, at: datetime) -> None:
    stores.rounds.save(replace(one, reminded_at=at))
    invite(stores, one, accounts_of(stores, one.audience) - stores.responses.submitted(one), at, again=True)


def _ask_anew(stores: Stores, one: Round, at: datetime) -> None:
    """Ask the same again for as long a time; a moment that has long passed is left out rather than made up for."""
    due, every = one.again_at, one.every
    if due is None or every is None:
        return
    stores.rounds.save(replace(one, again_at=None))
    left_out = at - due > LATEST
    while at - due > LATEST:
        due = next_time(due, every)
    opens_at = due if left_out else at
    new = replace(
        one,
        id=RoundId(0),
        asked_at=at,
        opens_at=opens_at,
        closes_at=on_workday(stores, stores.chats.get(one.group), due + (one.closes_at - one.opens_at)),
        previous=one.id,
        closed_at=None,
        posted_at=None,
        reminded_at=None,
        key=new_key(stores, one.confidence),
        again_at=next_time(due, every),
    )
    stores.rounds.add(new, f"again:{one.id}")
