"""Somebody leaves, or a branch is closed, while a round goes on: whoever runs it hears who has to be named anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.life.charge import in_charge
from domain.life.inspection import cards
from domain.life.inspection.model import Stage, bureau
from domain.life.inspection.progress import progress_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.life.features import Stores
    from domain.life.inspection.model import Inspection, Round


def left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Somebody has left: what they have not handed in waits for another inspector."""
    _release(stores, stores.inspections.of_inspector(member), at)
    _hand_on(stores, member, at)


def _hand_on(stores: Stores, member: MemberId, at: datetime) -> None:
    """Their rounds are somebody else's, who gets the card."""
    for one in [one for one in stores.inspections.running() if one.owner == member]:
        handed = hand_over(stores, one)
        if handed.owner != member:
            tell_owner(stores, handed, at)


def forgotten(stores: Stores, member: MemberId, at: datetime) -> None:
    """Somebody is about to be erased: the same."""
    _release(stores, stores.inspections.of_inspector(member), at)
    _hand_on(stores, member, at)


def branch_closed(stores: Stores, branch: BranchId, _: MemberId | None, at: datetime) -> None:
    """A branch is no more: what it was to inspect waits for another inspector; it is inspected by nobody itself."""
    begun = [one for one in stores.inspections.by_branch(branch) if one.stage is Stage.SCORING]
    _release(stores, begun, at)
    of = stores.inspections.of_branches([branch])
    for one in of:
        stores.outbox.delete(one.card, key=f"{one.card}:closed:{at.timestamp()}")
        cards.show_desk(stores, one.round, one.inspector, key=f"closed:{one.id}:{at.timestamp()}")
    for round_ in stores.inspections.running():
        if any(one.round == round_.id for one in of):
            tell_owner(stores, round_, at)


def branch_reopened(stores: Stores, branch: BranchId, _: datetime, __: MemberId | None, at: datetime) -> None:
    """It is open again: it is inspected as before."""
    for one in stores.inspections.of_branches([branch]):
        cards.show_desk(stores, one.round, one.inspector, key=f"reopened:{one.id}:{at.timestamp()}")


def _release(stores: Stores, inspections: Sequence[Inspection], at: datetime) -> None:
    """What waits for points or an answer has no inspector any more, and whoever runs the rounds hears of it."""
    waiting = [one for one in inspections if one.awaits_inspector and one.inspector is not None]
    for one in waiting:
        stores.inspections.save(replace(one, inspector=None, item=0))
        cards.show_desk(stores, one.round, one.inspector, key=f"released:{one.id}:{at.timestamp()}")
    for round_ in stores.inspections.running():
        if any(one.round == round_.id and one.counts for one in waiting):
            tell_owner(stores, round_, at)


def hand_over(stores: Stores, round_: Round) -> Round:
    """Whoever runs a round and may no more, or has left, gives it to the next who plans all its branches' work."""
    of = {one.of.id for one in stores.inspections.of_round(round_.id)}
    people = [in_charge(stores, branch, round_.owner) for branch in of]
    known = [{one.id for one in some} for some in people]
    if not people or any(round_.owner in some for some in known):
        return round_
    to = next((one for one in people[0] if all(one.id in some for some in known)), None)
    if to is None:
        return round_
    handed = replace(round_, owner=to.id)
    stores.inspections.save_round(handed)
    return handed


def tell_owner(stores: Stores, round_: Round, at: datetime) -> None:
    """One message that shows how the round stands, in place of the one before."""
    round_ = hand_over(stores, round_)
    private = stores.members.get(round_.owner).private
    card = cards.bureau_card(progress_of(stores, round_, stores.inspections.of_round(round_.id), at))
    about = bureau(round_.id)
    stores.outbox.delete(about, key=f"{about}:{at.timestamp()}:before")
    if private is not None:
        stores.outbox.send(private, card, key=f"{about}:{at.timestamp()}")
    stores.hooks.changed(round_.owner, f"{about}:{at.timestamp()}", at)


def merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    """Two members are one."""
    if awaited != known:
        stores.inspections.hand_over(awaited, known)
