"""Who may do what: one table of roles and their permissions, for every command, button and page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId
    from domain.messaging.chat import Chat
    from domain.people.member import Actor, Member
    from domain.stores import Stores


class Permission(StrEnum):
    """What one may do."""

    SEE_OWN = "see_own"  # help, one's own points and settings: whoever speaks to the bot, also after leaving
    TAKE_PART = "take_part"  # study, do tasks, answer, suggest, look at the board
    SEE_SUMMARY = "see_summary"
    GIVE_TASKS = "give_tasks"
    ASK_SURVEYS = "ask_surveys"
    CHANGE_SETTINGS = "change_settings"
    EXPORT = "export"
    CHANGE_SCHEDULES = "change_schedules"
    INVITE = "invite"  # say which account is whose, and whose group a chat is
    KEEP_ROSTER = "keep_roster"  # branches, people, imports
    GRANT_ROLES = "grant_roles"
    SEARCH_AUDIT = "search_audit"


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
    | {Permission.ASK_SURVEYS, Permission.CHANGE_SETTINGS, Permission.EXPORT, Permission.INVITE},
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


def powers(stores: Stores, *, member: Member, chat: Chat, first: Collection[int], at: datetime) -> Powers:
    """What somebody is at a place, in one statement.

    `first` are the platform's ids of the administrators whom the program's own settings name: they always are.
    """
    held = stores.grants.held(member.id, chat)
    if member.platform_id in first:
        return Powers(frozenset({Role.ADMINISTRATOR}), held.has_secretary)
    return Powers(frozenset(role for role, _ in held.roles), held.has_secretary, _has_left(held, chat, at))


def _has_left(held: Held, chat: Chat, at: datetime) -> bool:
    return held.left_on is not None and held.left_on <= chat.day(at)


def over(
    stores: Stores, *, actor: Actor, permission: Permission, area: Area, first: Collection[int], at: datetime
) -> bool:
    """Whether who speaks may do something for a part of the enterprise, by a role over it or over what it is in."""
    if actor.member.platform_id in first:
        return permission in PERMISSIONS[Role.ADMINISTRATOR]
    held = stores.grants.held(actor.member.id, actor.chat)
    if _has_left(held, actor.chat, at):
        return permission in AFTER_LEAVING
    mine = {its for role, its in held.roles if permission in PERMISSIONS[role]}
    if EVERYWHERE in mine or area in mine:
        return True
    if area.branch is None:
        return False
    return any(Area(branch=above.id) in mine for above in stores.branches.ancestors(area.branch))
