"""Tasks are given and listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.people import naming
from domain.people.member import Mention
from domain.people.permission import Permission, Role, require
from domain.work.task.cards import LISTED, around
from domain.work.task.giving import Order, assign
from domain.work.task.model import (
    AlreadyGiven,
    Away,
    Given,
    Listing,
    TooManyOwners,
)
from domain.work.task.terms import PLAIN, Myself, NobodyLeads, NotABranch, OneReviewer, ReviewerOwns, UnclearName

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, MemberId
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.member import Member
    from domain.people.naming import Meant, Wanted
    from domain.work.features import Stores
    from domain.work.task.history import Link
    from domain.work.task.model import Plan, Task
    from domain.work.task.terms import Terms

MAX_OWNERS = 20  # named one by one
MAX_EVERYBODY = 500  # named together, as 全体
A_DAY = timedelta(days=1)


def give(
    stores: Stores,
    actor: Actor,
    *,
    mentions: Sequence[Wanted],
    plan: Plan,
    due_at: datetime,
    source: str,
    terms: Terms = PLAIN,
    links: Sequence[Link] = (),
) -> Given:
    """Give one task to each person that a command names, one by one or together (everybody, a party group).

    `links` are what the tasks serve. Raises TooManyOwners, AlreadyGiven, ReviewerOwns, and what `naming.meant` does.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    _check_new(stores, source)
    if terms.by_branch:
        branch = _branch(stores, actor, mentions)
        leader, told = _leader(stores, branch), replace(terms, together=False)
        return _give(
            stores,
            actor,
            [leader],
            plan=plan,
            due_at=due_at,
            source=source,
            terms=told,
            branch=branch.id,
            links=links,
        )
    found = _meant(stores, actor, mentions)
    owners = naming.accounts(stores, found.people, actor.heard_at)
    given = _give(stores, actor, owners, plan=plan, due_at=due_at, source=source, terms=terms, links=links)
    return replace(given, gone=[one.name for one in found.gone])


def give_to(
    stores: Stores, actor: Actor, *, owners: Sequence[MemberId], plan: Plan, due_at: datetime, source: str
) -> Given:
    """Give one task to each owner. `source` is the command, so that editing it gives nothing twice.

    Raises TooManyOwners, AlreadyGiven.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    _check_new(stores, source)
    found = tuple(dict.fromkeys(owners))
    check_count(len(found), MAX_OWNERS)
    return _give(stores, actor, stores.members.several(found), plan=plan, due_at=due_at, source=source)


def _check_new(stores: Stores, source: str) -> None:
    earlier = stores.tasks.given_by(source)
    if earlier:
        raise AlreadyGiven(task=earlier[0])


def meant(stores: Stores, actor: Actor, wanted: Sequence[Wanted]) -> list[Member]:
    """The owners who are named in the actor's group. Raises TooManyOwners, and what `naming.meant` does."""
    return naming.accounts(stores, _meant(stores, actor, wanted).people, actor.heard_at)


def _meant(stores: Stores, actor: Actor, wanted: Sequence[Wanted]) -> Meant:
    check_count(len(wanted))
    found = naming.meant(stores, wanted, actor.group, actor.heard_at)
    check_count(len(found.people), MAX_EVERYBODY if found.whole else MAX_OWNERS)
    return found


def check_count(owners: int, most: int = MAX_OWNERS) -> None:
    """Raises TooManyOwners."""
    if owners > most:
        raise TooManyOwners(most=most)


def _give(
    stores: Stores,
    actor: Actor,
    owners: Sequence[Member],
    *,
    plan: Plan,
    due_at: datetime,
    source: str,
    terms: Terms = PLAIN,
    branch: BranchId | None = None,
    links: Sequence[Link] = (),
) -> Given:
    group, own = actor.group, {owner.id for owner in owners}
    reviewer = reviewer_named(stores, actor, terms, own)
    order = Order(
        group,
        owners,
        actor.member,
        plan,
        due_at,
        source,
        reviewer=reviewer,
        branch=branch,
        together=terms.together and len(owners) > 1,
        links=links,
        helpers=helpers_named(stores, actor, terms, own),
    )
    tasks = assign(stores, order, actor.now, heard_at=actor.heard_at)
    waiting = [owner.name for owner in owners if owner.platform_id is None]
    away = _away(stores, owners, group.day(due_at))
    return Given(tasks, away, waiting, around=around(stores, tasks[0]))


def _branch(stores: Stores, actor: Actor, wanted: Sequence[Wanted]) -> Branch:
    """The one part of the group's branch that is named. Raises NotABranch."""
    names = naming.directory(stores, actor.group)
    if len(wanted) != 1:
        raise NotABranch
    one = wanted[0]
    if isinstance(one, naming.Chosen):
        found = [part for part in names.parts if part.chosen == one]
    else:
        found = names.part(one.name if isinstance(one, Mention) else one.words)
    if len(found) != 1:
        raise NotABranch
    return found[0].branch


def leader_named(stores: Stores, actor: Actor, mentions: Sequence[Wanted]) -> Member:
    """Who leads the part of the group's branch that a command names. Raises NotABranch, NobodyLeads."""
    return _leader(stores, _branch(stores, actor, mentions))


def _leader(stores: Stores, branch: Branch) -> Member:
    """Who leads a branch: its secretary, else the leader of the party group. Raises NobodyLeads."""
    grants = stores.grants.of_branch(branch.id)
    found = [one.member for role in (Role.SECRETARY, Role.LEADER) for one in grants if one.role is role]
    if not found:
        raise NobodyLeads(branch=branch.name)
    return found[0]


def reviewer_named(stores: Stores, actor: Actor, terms: Terms, owners: Collection[MemberId]) -> MemberId | None:
    """Who is to review the results. Raises ReviewerOwns, and what `naming.meant` does."""
    if terms.reviewer is None:
        return None
    found = _named(stores, actor, [terms.reviewer])
    if len(found) > 1:
        raise OneReviewer
    if found[0].id in owners:
        raise ReviewerOwns(reviewer=found[0])
    return found[0].id


def helpers_named(stores: Stores, actor: Actor, terms: Terms, owners: Collection[MemberId]) -> list[MemberId]:
    """Who is to help, without the owners. Raises TooManyOwners, and what `naming.meant` does."""
    found = _named(stores, actor, terms.helpers) if terms.helpers else []
    check_count(len(found))
    return [one.id for one in found if one.id not in owners]


def _named(stores: Stores, actor: Actor, wanted: Sequence[Wanted | Myself]) -> list[Member]:
    """Members by their names in a command; `MYSELF` is who has written it."""
    others = [one for one in wanted if not isinstance(one, Myself)]
    own = [actor.member] if len(others) < len(wanted) else []
    try:
        people = naming.meant(stores, others, actor.group, actor.heard_at).people if others else []
    except naming.Unclear as unclear:
        one = unclear.wanted
        raise UnclearName(name=one.name if isinstance(one, Mention) else one.words) from unclear
    return [*own, *naming.accounts(stores, people, actor.heard_at)]


def _away(stores: Stores, owners: Sequence[Member], day: date) -> list[Away]:
    """The owners who are on leave when the task is due."""
    by_id = {owner.id: owner for owner in owners}
    found = stores.people.absent_on(list(by_id), day)
    return [Away(by_id[who], leave.until and leave.until - A_DAY) for who, leave in found]


def own_open(stores: Stores, actor: Actor) -> Listing:
    """One's own open tasks."""
    require(stores, actor, Permission.TAKE_PART)
    return _listed(stores.tasks.open_of(actor.member.id, limit=100), actor, own=True)


def own_begun(stores: Stores, actor: Actor) -> Listing:
    """Those of one's own open tasks that do not wait for a reviewer, to choose the finished one from."""
    require(stores, actor, Permission.TAKE_PART)
    begun = [task for task in stores.tasks.open_of(actor.member.id, limit=100) if task.is_begun]
    return _listed(begun, actor, own=True)


def _listed(found: Sequence[Task], actor: Actor, *, own: bool) -> Listing:
    return Listing(found[:LISTED], len(found[LISTED:]), own, actor.heard_at)
