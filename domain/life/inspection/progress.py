"""How a round stands for whoever runs it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import InspectionRoundId
from domain.life.inspection import cards
from domain.life.inspection.cards import Progress, bureau_card
from domain.life.inspection.model import ANSWER_DAYS, Inspection, Round, Stage
from domain.life.inspection.office import managed, secretary_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.life.features import Stores
    from domain.messaging.message import Message, Subject
    from domain.people.actor import Actor

READY = frozenset({Stage.ACCEPTED, Stage.SETTLED})


def progress_of(stores: Stores, round_: Round, inspections: Sequence[Inspection], at: datetime) -> Progress:
    """How a round stands at a moment."""
    sheets = cards.sheets(stores, round_, inspections)
    waiting = [one for one in inspections if one.counts and not _is_ready(one, at)]
    unreachable = [
        one.of.name
        for one in inspections
        if one.counts and one.stage is Stage.HANDED_IN and not _is_reachable(stores, one.of.id)
    ]
    return Progress(round_, sheets, waiting, unreachable)


def _is_ready(one: Inspection, at: datetime) -> bool:
    """Whether it can be final: answered and settled, or the time for an answer is over."""
    if one.stage is Stage.HANDED_IN and one.handed_in_at is not None:
        return one.handed_in_at + timedelta(days=ANSWER_DAYS) <= at
    return one.stage in READY


def _is_reachable(stores: Stores, branch: BranchId) -> bool:
    secretary = secretary_of(stores, branch)
    return secretary is not None and secretary.private is not None


def progress(stores: Stores, actor: Actor, *, number: InspectionRoundId) -> Progress:
    """How a round stands. Raises RoundNotFound."""
    found, inspections = managed(stores, actor, number=number)
    return progress_of(stores, found, inspections, actor.now)


def current_bureau(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """The message of whoever runs a round as it is now."""
    number = InspectionRoundId(about.ids[0])
    found = stores.inspections.round(number)
    return None if found is None else bureau_card(progress_of(stores, found, stores.inspections.of_round(number), at))
