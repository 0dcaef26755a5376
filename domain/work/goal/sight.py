"""Whose goals somebody sees, and whose they may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.people.invitation.linking import answered_for
from domain.people.permission import Area, Permission, Role, allows, allows_over, require
from domain.refusal import NotAllowed
from domain.work.goal.model import Goal, GoalNotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.ids import BranchId, ChatId, GoalId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.work.features import Stores

MAX_GROUPS = 50  # of one's own


@dataclass(slots=True)
class Sight:
    """Whose goals somebody sees: of the branches they are part of, of those below where they are in charge.

    `part_of` are the branches that they are part of, nearest first, `groups` their groups; `over` are the branches
    that they answer for with all below, `None` is all of them.
    """

    stores: Stores
    part_of: list[BranchId]
    groups: list[ChatId]
    over: set[BranchId] | None
    known: dict[Area, bool] = field(default_factory=dict)

    def shows(self, home: Area) -> bool:
        """Whether the goals of a home are for their eyes."""
        if home not in self.known:
            self.known[home] = self._shows(home)
        return self.known[home]

    def _shows(self, home: Area) -> bool:
        if home.branch is None:
            return self.over is None or home.group in self.groups
        if self.over is None or home.branch in self.part_of:
            return True
        return any(above.id in self.over for above in self.stores.branches.ancestors(home.branch))

    def homes(self) -> list[Area]:
        """Those with goals that they see, their own first."""
        own = [*(Area(group=one) for one in self.groups), *(Area(branch=one) for one in self.part_of)]
        known = [one for one in self.stores.goals.homes() if self.shows(one)]
        first = [one for one in own if one in known]
        return [*first, *(one for one in known if one not in first)]


def sight(stores: Stores, actor: Actor) -> Sight:
    """Whose goals somebody sees where they ask: in a group what is the group's, and what is above and below it."""
    require(stores, actor, Permission.TAKE_PART)
    if actor.chat.is_group:
        part_of = _line(stores, [actor.chat.branch])
        below = set() if actor.chat.branch is None else {actor.chat.branch}
        return Sight(stores, part_of, [actor.chat.id], below)
    groups = stores.members.groups_of(actor.member.id, MAX_GROUPS)
    person = stores.people.of_member(actor.member.id)
    own = [] if person is None or person.left_on is not None else [person.branch]
    part_of = _line(stores, [*own, *(group.branch for group in groups)])
    over = answered_for(stores, actor, Permission.SEE_SUMMARY)
    return Sight(stores, part_of, [one.id for one in groups], over)


def _line(stores: Stores, branches: Iterable[BranchId | None]) -> list[BranchId]:
    """Branches with all that they are part of, each once."""
    found = (above.id for one in branches if one is not None for above in stores.branches.ancestors(one))
    return list(dict.fromkeys(found))


def seen(stores: Stores, actor: Actor, number: GoalId) -> Goal:
    """A goal that somebody sees. Raises GoalNotFound."""
    found = stores.goals.get(number)
    if found is None:
        raise GoalNotFound
    is_own = found.owner is not None and found.owner.id == actor.member.id  # wherever they are now
    if not is_own and not sight(stores, actor).shows(found.home):
        raise GoalNotFound  # what is others' is not told
    return found


def home_of(chat: Chat) -> Area:
    """Whose goals are kept in a group: its branch's, else its own."""
    return Area(group=chat.id) if chat.branch is None else Area(branch=chat.branch)


def may(stores: Stores, actor: Actor, permission: Permission, home: Area) -> bool:
    """Whether somebody may do something for a home: in its group as for all that is the group's, else by a role."""
    if actor.chat.is_group and home in (home_of(actor.chat), Area(group=actor.chat.id)):
        return allows(stores, actor, permission)
    return allows_over(stores, actor, permission, home)


def require_planning(stores: Stores, actor: Actor, home: Area) -> None:
    """Raises what `require` does, and NotAllowed for somebody who plans the work of other branches only."""
    require(stores, actor, Permission.PLAN_WORK)
    if not may(stores, actor, Permission.PLAN_WORK, home):
        raise NotAllowed(by=Role.ADMINISTRATOR, group_admins=False)


def is_within(stores: Stores, home: Area, above: Area) -> bool:
    """Whether a home is another one, or a part of it."""
    if home == above:
        return True
    if above.branch is None:
        return False
    branch = home.branch
    if home.group is not None:
        branch = stores.chats.get(home.group).branch
    return branch is not None and any(one.id == above.branch for one in stores.branches.ancestors(branch))
