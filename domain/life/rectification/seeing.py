"""Who is concerned by a finding, and what each may see and do.

Use cases get the actor in the group of the finding, wherever they write from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.rectification.model import Finding, FindingNotFound, HasMeasure, NotOpen, Shown, State
from domain.messaging.administrators import administrators, grants_over, secretaries, secretaries_among
from domain.people.permission import Permission, allows, require

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from domain.ids import ChatId, FindingId, MemberId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member

PLAN, SEE = Permission.PLAN_WORK, Permission.SEE_SUMMARY


def group_of(stores: Stores, number: FindingId) -> ChatId:
    """The group of a finding. Raises FindingNotFound."""
    found = stores.findings.get(number)
    if found is None:
        raise FindingNotFound
    return found.group


def owners(stores: Stores, finding: Finding) -> set[MemberId]:
    """Who rectifies it, or did so last."""
    batch = finding.round.batch
    tasks = [] if batch is None else stores.tasks.batch(batch)
    found = {one.owner.id for one in tasks}
    return found if finding.round.owner is None else found | {finding.round.owner}


def is_concerned(stores: Stores, finding: Finding, member: MemberId) -> bool:
    """Whether somebody has found it, verifies it or rectifies it."""
    return member in {finding.finder, finding.verifier} or member in owners(stores, finding)


def seen(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """A finding of the actor's group, for who is concerned or sees the group's summary. Raises FindingNotFound."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.findings.get(number)
    if found is None or found.group != actor.group.id:
        raise FindingNotFound
    if not (is_concerned(stores, found, actor.member.id) or allows(stores, actor, SEE)):
        raise FindingNotFound  # what other branches have to rectify is not told
    return found


def to_plan(stores: Stores, actor: Actor, *, number: FindingId) -> Finding:
    """An open finding of the actor's group, for who plans its work. Raises FindingNotFound, HasMeasure, NotOpen."""
    require(stores, actor, PLAN)
    found = seen(stores, actor, number=number)
    if found.state is State.UNDERWAY:
        by = None if found.round.planned_by is None else stores.members.get(found.round.planned_by)
        raise HasMeasure(finding=found, by=by)
    if found.state is not State.OPEN:
        raise NotOpen(finding=found)
    return found


def shown(stores: Stores, finding: Finding) -> Shown:
    """A finding with all that belongs to it."""
    batch = finding.round.batch
    tasks = [] if batch is None else stores.tasks.batch(batch)
    reviewer = next((one.reviewer for one in tasks), None)
    verifier = finding.round.closed_by or reviewer or finding.verifier
    return Shown(
        finding,
        stores.chats.get(finding.group),
        stores.findings.rounds(finding.id)[:-1],
        tasks,
        stores.members.get(finding.finder),
        None if verifier is None else stores.members.get(verifier),
        "" if finding.branch is None else stores.branches.get(finding.branch).name,
    )


def planners(stores: Stores, finding: Finding) -> list[Member]:
    """Who says what is done: the secretaries of the group's own branch, else those above, else administrators.

    Only those who can be written to and have not left. Where nobody is in charge, whoever has found it.
    """
    group = stores.chats.get(finding.group)
    grants = grants_over(stores, group)
    near = [one for one in grants if one.area.group == group.id or one.area.branch == group.branch]
    for people in (secretaries_among(near), secretaries_among(grants), administrators(stores)):
        there = reachable(stores, people)
        if there:
            return there
    return reachable(stores, stores.members.several([finding.finder]))


def above(stores: Stores, group: Chat) -> list[Member]:
    """The next level: the secretaries of the nearest branch above that has some, else administrators."""
    chain = [] if group.branch is None else stores.branches.ancestors(group.branch)[1:]
    for branch in chain:
        there = reachable(stores, secretaries_among(stores.grants.of_branch(branch.id)))
        if there:
            return there
    return reachable(stores, administrators(stores))


def reachable(stores: Stores, people: Sequence[Member]) -> list[Member]:
    """Those who can be written to and have not left, each once."""
    known = {one.id: one for one in people if one.is_person and one.private is not None}
    gone = {one.member for one in stores.people.of_members(list(known)) if one.left_on is not None} if known else set()
    return [one for one in known.values() if one.id not in gone]


def verifiers(stores: Stores, finding: Finding, planner: Member, but: Collection[MemberId]) -> list[Member]:
    """Who may verify it, in the order in which they are taken: never who rectifies it (`but`).

    Who was named, who has found it, who plans it, the secretaries, the next level.
    """
    group = stores.chats.get(finding.group)
    named = [finding.finder] if finding.verifier is None else [finding.verifier, finding.finder]
    people = [*stores.members.several(named), planner, *secretaries(stores, group), *above(stores, group)]
    order = {one: place for place, one in enumerate(named)}
    people = sorted(people, key=lambda one: order.get(one.id, len(order)))
    return [one for one in reachable(stores, people) if one.id not in but]


def concerned(stores: Stores, finding: Finding) -> list[MemberId]:
    """Whose today's card may show it."""
    people = {finding.finder, *owners(stores, finding), *(one.id for one in planners(stores, finding))}
    return sorted(people if finding.verifier is None else people | {finding.verifier})


def changed(stores: Stores, finding: Finding, cause: str, at: datetime) -> None:
    """Today's cards of those whom it concerns change."""
    for member in concerned(stores, finding):
        stores.hooks.changed(member, f"finding:{finding.id}:{finding.round.number}:{cause}:{at.timestamp()}", at)
