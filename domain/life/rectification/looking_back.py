"""回头看: a month after a finding was closed its verifier says whether it is still so, or came back."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.life.rectification import seeing
from domain.life.rectification.card import ask_to_look, refresh_looks
from domain.life.rectification.closing import open_again
from domain.life.rectification.model import Finding, FindingNotFound, NotOpen, NotYourLook, State
from domain.people.permission import Permission, allows, require
from domain.points.due import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import FindingId, MemberId
    from domain.life.features import Stores
    from domain.people.actor import Actor
    from domain.people.member import Member

CAME_BACK = AuditAction("rectification.came_back")


def ask(stores: Stores, slot: datetime) -> None:
    """Ask about all that is due, each verifier by one message. What was asked is not asked again."""
    asked = [
        (looker.id, looker)
        for one in stores.findings.to_look(day_of(stores, slot))
        if (looker := _hand_to_looker(stores, one, slot)) is not None
    ]
    for _, some in groupby(sorted(asked, key=lambda one: one[0]), key=lambda one: one[0]):
        looker = next(some)[1]
        ask_to_look(stores, looker, f"{slot.timestamp()}")
        stores.hooks.changed(looker.id, f"finding_looks:{looker.id}:{slot.timestamp()}", slot)


def _hand_to_looker(stores: Stores, finding: Finding, at: datetime) -> Member | None:
    """Let the verifier look, or somebody else where they cannot be written to; nobody may be there."""
    group = stores.chats.get(finding.group)
    if not (group.active and group.is_admitted):
        return None
    looker = _looker(stores, finding)
    if looker is not None:
        asked = replace(finding.round, asked_at=at)
        stores.findings.save(replace(finding, verifier=looker.id, round=asked))
    return looker


def _looker(stores: Stores, finding: Finding) -> Member | None:
    finder = stores.members.get(finding.finder)
    return next(iter(seeing.verifiers(stores, finding, finder, seeing.owners(stores, finding))), None)


def to_answer(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """A closed finding that somebody was asked to look at again. Raises FindingNotFound, NotYourLook."""
    require(stores, actor, Permission.TAKE_PART)
    finding = seeing.seen(stores, actor, number=number)
    last = finding.round
    if finding.state is not State.CLOSED or last.asked_at is None or last.looked_at is not None:
        raise NotYourLook(finding=finding)
    if finding.verifier != actor.member.id:
        raise NotYourLook(finding=finding)
    return finding


def holds(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """Say that it is still so. Raises FindingNotFound, NotYourLook."""
    require(stores, actor, Permission.TAKE_PART)
    finding = to_answer(stores, actor, number=number)
    looked = replace(finding, round=replace(finding.round, looked_at=actor.heard_at, holds=True))
    stores.findings.save(looked)
    _answered(stores, actor.member.id, looked, actor.heard_at)
    return looked


def _answered(stores: Stores, looker: MemberId, finding: Finding, at: datetime) -> None:
    cause = f"{finding.id}:{finding.round.number}:{at.timestamp()}"
    refresh_looks(stores, looker, cause)
    stores.hooks.changed(looker, f"finding_looks:{cause}", at)


def to_reopen(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """A closed finding of which somebody may say that it came back.

    Who verifies it, who has found it, and who plans the group's work. Raises FindingNotFound, NotOpen.
    """
    require(stores, actor, Permission.TAKE_PART)
    finding = seeing.seen(stores, actor, number=number)
    may = actor.member.id in {finding.verifier, finding.finder} or allows(stores, actor, seeing.PLAN)
    if not may:
        raise FindingNotFound
    if finding.state is not State.CLOSED:
        raise NotOpen(finding=finding)
    return finding


def came_back(stores: Stores, actor: Actor, *, number: FindingId, note: str) -> Finding:
    """Say that it came back, and how: it is open again. Raises NoWords, and what `to_reopen` does."""
    require(stores, actor, Permission.TAKE_PART)
    finding = to_reopen(stores, actor, number=number)
    asked = finding.verifier if finding.round.asked_at is not None and finding.round.looked_at is None else None
    opened = open_again(stores, finding, actor.member.id, note, actor.heard_at)
    stores.audit.note(actor.member.id, CAME_BACK, f"finding:{number}", old=None, new=None, at=actor.heard_at)
    if asked is not None:
        _answered(stores, asked, opened, actor.heard_at)
    return opened
