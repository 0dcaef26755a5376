"""Who may do what: one table of roles and their permissions, for every command, button and page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.ids import BranchId, ChatId
from domain.refusal import Helper, NotAllowed, Refusal

if TYPE_CHECKING:
    from datetime import date

    from domain.ids import BranchId, ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.stores import Stores


class Permission(StrEnum):
    """What one may do."""

    SEE_OWN = "see_own"  # help, one's own points and settings: whoever speaks to the bot, also after leaving
    TAKE_PART = "take_part"  # study, do tasks, answer, suggest, look at the board
    SEE_SUMMARY = "see_summary"
    GIVE_TASKS = "give_tasks"
    PLAN_WORK = "plan_work"  # goals, responsibility lists, procedures, measures
    ASK_SURVEYS = "ask_surveys"
    SEE_RESULTS = "see_results"  # of questionnaires that others have asked, before and without their being published
    ANSWER_SUGGESTIONS = "answer_suggestions"  # say what becomes of each, and who is on call for hazards
    CHANGE_SETTINGS = "change_settings"
    EXPORT = "export"
    CHANGE_SCHEDULES = "change_schedules"
    INVITE = "invite"  # say which account is whose, and whose group a chat is
    KEEP_ROSTER = "keep_roster"  # branches, people, imports
    KEEP_REWARDS = "keep_rewards"  # the catalogue of rewards, and what is asked for from it
    KEEP_LIBRARY = "keep_library"  # of study: items, courses, campaigns
    GRANT_ROLES = "grant_roles"
    SEARCH_AUDIT = "search_audit"
    GIVE_HONOURS = "give_honours"  # and withdraw them
    ADMIT_GROUPS = "admit_groups"  # let the bot work in a group
    CHANGE_POINTS = "change_points"  # activate rules of points
    ADJUST_POINTS = "adjust_points"  # of others, with a reason; answer what they ask or apply for
    SETTLE_POINTS = "settle_points"  # of everybody, for a period


class Role(StrEnum):
    """What somebody is over a part of the enterprise; employees are everybody, without a grant."""

    EMPLOYEE = "employee"  # 职工
    LEADER = "leader"  # 党小组长
    COMMITTEE = "committee"  # 委员
    INSPECTOR = "inspector"  # 督查员
    SECRETARY = "secretary"  # 书记
    ADMINISTRATOR = "administrator"  # 管理员


EVERYBODY = frozenset({Permission.SEE_OWN, Permission.TAKE_PART})
LEADING = EVERYBODY | {Permission.SEE_SUMMARY, Permission.GIVE_TASKS}
PERMISSIONS = {
    Role.EMPLOYEE: EVERYBODY,
    Role.LEADER: LEADING,
    Role.COMMITTEE: LEADING | {Permission.ASK_SURVEYS},
    Role.INSPECTOR: EVERYBODY | {Permission.SEE_SUMMARY, Permission.EXPORT},
    Role.SECRETARY: LEADING
    | {
        Permission.PLAN_WORK,
        Permission.ASK_SURVEYS,
        Permission.SEE_RESULTS,
        Permission.ANSWER_SUGGESTIONS,
        Permission.CHANGE_SETTINGS,
        Permission.EXPORT,
        Permission.INVITE,
        Permission.KEEP_REWARDS,
        Permission.KEEP_LIBRARY,
        Permission.ADMIT_GROUPS,
        Permission.ADJUST_POINTS,
        Permission.GIVE_HONOURS,
    },
    Role.ADMINISTRATOR: frozenset(Permission),
}
AFTER_LEAVING = frozenset({Permission.SEE_OWN})


@dataclass(frozen=True, slots=True)
class Area:
    """What a role is held over: a branch and everything below it, one group, or (neither) the whole enterprise."""

    branch: BranchId | None = None
    group: ChatId | None = None

    @property
    def everywhere(self) -> bool:
        """Whether it is the whole enterprise."""
        return self.branch is None and self.group is None

    def __str__(self) -> str:
        """As the audit log has it."""
        if self.branch is not None:
            return f"branch:{self.branch}"
        return "enterprise" if self.group is None else f"chat:{self.group}"

    @classmethod
    def read(cls, words: str) -> Area:
        """One from its words, as `str` makes them. Raises ValueError."""
        kind, _, number = words.partition(":")
        if kind == "branch":
            return cls(branch=BranchId(int(number)))
        if kind == "chat":
            return cls(group=ChatId(int(number)))
        if kind != "enterprise":
            raise ValueError(words)
        return cls()


EVERYWHERE = Area()


@dataclass(frozen=True, slots=True)
class Powers:
    """What somebody is at a place: in a group the roles over it, in private all that they hold anywhere.

    `has_secretary` tells whether a secretary was named for the group: its branch's, for a 党小组 also those of the
    党支部 that it is part of, or the group's own. Secretaries further up do not count: else naming the committee's
    would leave hundreds of groups without anybody. `has_left` is set once the roster says that they have left.
    """

    roles: frozenset[Role]
    has_secretary: bool
    has_left: bool = False

    def allow(self, permission: Permission) -> bool:
        """Whether one of the roles has the permission."""
        if self.has_left:
            return permission in AFTER_LEAVING
        return any(permission in PERMISSIONS[role] for role in (*self.roles, Role.EMPLOYEE))


@dataclass(frozen=True, slots=True)
class Held:
    """What the store has of somebody's powers: roles with their areas, and the first day without them, if any."""

    roles: tuple[tuple[Role, Area], ...]
    has_secretary: bool
    left_on: date | None


class HasLeft(Refusal):
    """The roster says that they have left."""

    text = "general.gone"
    helper = Helper.ADMINISTRATOR


class NotAdmitted(Refusal):
    """Nobody has admitted the group: nothing is done in it, for it or about it, whoever asks."""

    text = "admission.not_admitted"


class NobodyKnown(Refusal):
    """An anonymous administrator asks for what needs a role, and cannot be told from the others."""

    text = "general.unknowable"


class NotEverywhere(Refusal):
    """What concerns the whole enterprise takes a role over all of it."""

    text = "general.not_everywhere"
    helper = Helper.ADMINISTRATOR


class NotAMember(Refusal):
    """It belongs to a group that they are no part of."""

    text = "general.not_a_member"


def require_admitted(chat: Chat) -> None:
    """Raises NotAdmitted for a group that nobody has admitted."""
    if not chat.is_admitted:
        raise NotAdmitted


def powers(stores: Stores, actor: Actor) -> Powers:
    """What somebody is where they ask, in one statement."""
    held = stores.grants.held(actor.member.id, actor.chat)
    if actor.is_root_admin:
        return Powers(frozenset({Role.ADMINISTRATOR}), held.has_secretary)
    return Powers(frozenset(role for role, _ in held.roles), held.has_secretary, _has_left(held, actor))


def _has_left(held: Held, actor: Actor) -> bool:
    return held.left_on is not None and held.left_on <= actor.today


def _may_stand_in(powers: Powers, actor: Actor, permission: Permission) -> bool:
    """Whether the group's administrators on the platform act as its secretary: while none was named for it."""
    is_barred = powers.has_secretary or powers.has_left or not actor.chat.is_group or not actor.chat.is_admitted
    return not is_barred and permission in PERMISSIONS[Role.SECRETARY]


def allows(stores: Stores, actor: Actor, permission: Permission) -> bool:
    """Whether somebody may do something where they ask: in private it is enough to have it over some part."""
    return refusal_of(stores, actor, permission) is None


def allowed(stores: Stores, actor: Actor) -> frozenset[Permission]:
    """All that somebody may do where they ask."""
    if not actor.chat.is_admitted:
        return frozenset()
    found = powers(stores, actor)
    return frozenset(one for one in Permission if _allows(found, actor, one))


def _allows(found: Powers, actor: Actor, permission: Permission) -> bool:
    acts = actor.is_platform_admin and _may_stand_in(found, actor, permission)
    return found.allow(permission) or acts


def refusal_of(stores: Stores, actor: Actor, permission: Permission) -> Refusal | None:
    """Why somebody may not do something where they ask; `None` where they may.

    What everybody may do costs no statement. In a group that is not admitted nobody may do anything.
    """
    if not actor.chat.is_admitted:
        return NotAdmitted()
    if permission in EVERYBODY and (actor.is_root_admin or not actor.has_left):
        return None
    found = powers(stores, actor)
    if _allows(found, actor, permission):
        return None
    if found.has_left:
        return HasLeft()
    if not actor.member.is_person:
        return NobodyKnown(secretary=found.has_secretary)
    who = Role.SECRETARY if permission in PERMISSIONS[Role.SECRETARY] else Role.ADMINISTRATOR
    return NotAllowed(by=who, group_admins=who is Role.SECRETARY and not found.has_secretary)


def require(stores: Stores, actor: Actor, permission: Permission) -> None:
    """Raises NotAdmitted, NotAllowed, HasLeft, NobodyKnown for somebody who may not do something where they ask."""
    refusal = refusal_of(stores, actor, permission)
    if refusal is not None:
        raise refusal


def depends_on_platform(stores: Stores, actor: Actor, permission: Permission) -> bool:
    """Whether it matters if the platform has somebody as an administrator of the group."""
    if permission in EVERYBODY or not actor.chat.is_group or not actor.chat.is_admitted:
        return False
    found = powers(stores, actor)
    return not found.allow(permission) and _may_stand_in(found, actor, permission)


def allows_over(stores: Stores, actor: Actor, permission: Permission, area: Area) -> bool:
    """Whether somebody may do something for a part of the enterprise, by a role over it or over what it is in."""
    if not actor.chat.is_admitted:
        return False
    if actor.is_root_admin:
        return permission in PERMISSIONS[Role.ADMINISTRATOR]
    held = stores.grants.held(actor.member.id, actor.chat)
    if _has_left(held, actor):
        return permission in AFTER_LEAVING
    mine = {its for role, its in held.roles if permission in PERMISSIONS[role]}
    if EVERYWHERE in mine or area in mine:
        return True
    if area.branch is None:
        return False
    return any(Area(branch=above.id) in mine for above in stores.branches.ancestors(area.branch))


def require_over(stores: Stores, actor: Actor, permission: Permission, area: Area) -> None:
    """Raises NotAllowed for somebody who may not do something for a part of the enterprise."""
    if not allows_over(stores, actor, permission, area):
        raise NotAllowed(by=Role.ADMINISTRATOR, group_admins=False)


def require_everywhere(stores: Stores, actor: Actor, permission: Permission) -> None:
    """Raises NotEverywhere for somebody who may do something for a part of the enterprise only, or for none."""
    if not allows_over(stores, actor, permission, EVERYWHERE):
        raise NotEverywhere


def is_part_of(stores: Stores, member: MemberId, group: Chat) -> bool:
    """Whether somebody is part of a group: in it, of its branch by the roster, or with a role over it."""
    if stores.members.is_in(group.id, member):
        return True
    return _is_of_branch(stores, member, group) or bool(stores.grants.held(member, group).roles)


def _is_of_branch(stores: Stores, member: MemberId, group: Chat) -> bool:
    person = None if group.branch is None else stores.people.of_member(member)
    if person is None or person.left_on is not None:
        return False
    return any(above.id == group.branch for above in stores.branches.ancestors(person.branch))


def require_member(stores: Stores, actor: Actor, group: Chat) -> None:
    """Raises NotAMember for somebody who acts on what belongs to a group that they are no part of.

    Whoever acts in the group itself is in it, and costs no statement.
    """
    if actor.chat.id == group.id or actor.is_root_admin:
        return
    if not is_part_of(stores, actor.member.id, group):
        raise NotAMember
