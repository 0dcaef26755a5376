"""People leave, members are one, branches close: what is open goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.life.rectification import seeing
from domain.life.rectification.card import ask_to_look, looks_of, news_of
from domain.life.rectification.model import State

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.life.features import Stores


def left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Somebody has left: what they were to verify or to look at again is somebody else's.

    A result that waits is handed on with its task, and so are tasks of theirs.
    """
    stores.outbox.delete(looks_of(member), key=f"{looks_of(member)}:left:{at.timestamp()}")
    stores.outbox.delete(news_of(member), key=f"{news_of(member)}:left:{at.timestamp()}")
    for finding in stores.findings.verified_by(member):
        finder = stores.members.get(finding.finder)
        others = seeing.verifiers(stores, finding, finder, {member, *seeing.owners(stores, finding)})
        if not others:
            continue
        handed = replace(finding, verifier=others[0].id)
        stores.findings.save(handed)
        if handed.state is State.CLOSED and handed.round.asked_at is not None:
            ask_to_look(stores, others[0], f"left:{member}:{finding.id}:{finding.round.number}")
        seeing.changed(stores, handed, f"left:{member}", at)


def merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    """Two members are one person."""
    if awaited != known:
        stores.findings.hand_over(awaited, known)


def branch_closed(stores: Stores, branch: BranchId, _: MemberId | None, __: datetime) -> None:
    """A branch was closed: what is open goes with its group to where that belongs now, else to the branch above."""
    parent = stores.branches.get(branch).parent
    for group in stores.findings.groups_with(branch):
        now = stores.chats.get(group).branch
        stores.findings.move(group, parent if now is None or now == branch else now)


def branch_reopened(stores: Stores, branch: BranchId, _: datetime, __: MemberId | None, ___: datetime) -> None:
    """The closing was taken back: what is open in the groups that are the branch's again is its own again."""
    for group in stores.chats.of_branch(branch):
        stores.findings.move(group.id, branch)
