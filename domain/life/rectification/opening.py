"""A finding is opened: by hand, or by what has found it (an inspection, a meeting, a suggestion)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.ids import FindingId
from domain.life.rectification.card import tell_planners
from domain.life.rectification.model import (
    MAX_DETAIL_CHARS,
    MAX_TITLE_CHARS,
    Finding,
    FindingNotFound,
    Kind,
    Round,
    Source,
    State,
    check_detail,
    check_words,
)
from domain.life.rectification.seeing import SEE, changed
from domain.people.permission import require

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import BranchId, ChatId, MemberId
    from domain.life.features import Stores
    from domain.messaging.message import Attached
    from domain.people.actor import Actor


OPENED = AuditAction("rectification.opened")


@dataclass(frozen=True, slots=True)
class Discovery:
    """Something that was found in a group's branch.

    `key` names it and is unique (`inspection:7:12`): the same discovery opens one finding. `branch` is that of the
    group where nothing else is said. `title` is one line of at most 200 characters, `detail` what more is to be said,
    at most 1000; longer words are cut. `about` is the number of what it came from, `item` the item of the rubric.
    `verifier` is who is to verify it: who opens it, where nothing else is said. `due_at` is the deadline that comes
    with it, if any: the branch cannot agree on a later one, and only who found it moves it. `file` is a photo
    or a document of it.
    """

    key: str
    group: ChatId
    title: str
    source: Source
    kind: Kind = Kind.OTHER
    detail: str = ""
    branch: BranchId | None = None
    about: int | None = None
    item: str = ""
    verifier: MemberId | None = None
    due_at: datetime | None = None
    file: Attached | None = None


def open_finding(stores: Stores, actor: Actor, discovery: Discovery) -> FindingId:
    """Open a finding; whoever is in charge of its group hears of it, and says what is done about it.

    Permission is asked by the caller. Raises NoWords for a title without words.
    """
    earlier = stores.findings.opened_by(discovery.key)
    if earlier is not None:
        return earlier.id
    at, group = actor.heard_at, stores.chats.get(discovery.group)
    new = Finding(
        FindingId(0),
        group.id,
        discovery.branch or group.branch,
        check_words(discovery.title[:MAX_TITLE_CHARS], MAX_TITLE_CHARS),
        discovery.detail[:MAX_DETAIL_CHARS],
        discovery.kind,
        discovery.source,
        discovery.about,
        discovery.item,
        actor.member.id,
        discovery.verifier or actor.member.id,
        at,
        State.OPEN,
        Round(1, at, last_at=discovery.due_at),
        file=discovery.file,
    )
    made = stores.findings.add(new, discovery.key)
    stores.audit.note(actor.member.id, OPENED, f"finding:{made.id}", old=None, new=None, at=at)
    tell_planners(stores, made, at, but=actor.member.id)
    changed(stores, made, "found", at)
    return made.id


@dataclass(frozen=True, slots=True)
class Report:
    """A finding as somebody writes it down."""

    title: str
    kind: Kind
    source: Source
    due_at: datetime | None = None
    detail: str = ""
    file: Attached | None = None


def report(stores: Stores, actor: Actor, *, wish: Report, source: str) -> Finding:
    """Write a finding of the actor's group down; `source` is unique. Raises NoWords.

    Whoever sees a group's summary may: its secretary, leaders, inspectors, those above.
    """
    require(stores, actor, SEE)
    found = Discovery(
        f"hand:{source}",
        actor.group.id,
        check_words(wish.title, MAX_TITLE_CHARS),
        wish.source,
        wish.kind,
        check_detail(wish.detail),
        due_at=wish.due_at,
        file=wish.file,
    )
    opened = stores.findings.get(open_finding(stores, actor, found))
    if opened is None:
        raise FindingNotFound
    return opened
