"""A card is read: in its group, in private, and by people of other branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import ChatId
from domain.life.branch_card.model import NoBranch, Shown, subject
from domain.life.evaluation.history import history
from domain.messaging.message import Attached, AttachedKind, Message
from domain.people import branch as branches
from domain.people.permission import Permission, Role, require
from domain.people.role import of_roster
from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.life.features import Stores
    from domain.messaging.message import Buttons, Subject
    from domain.people.actor import Actor
    from domain.people.branch import Branch, Level

LISTED = 6  # honours
MAX_SECRETARIES, MAX_GRANTS = 3, 100


def of_group(stores: Stores, actor: Actor) -> Shown:
    """The card of the group's branch. Raises WrongPlace, NoBranch."""
    require(stores, actor, Permission.TAKE_PART)
    if actor.group.branch is None:
        raise NoBranch
    return read(stores, stores.branches.get(actor.group.branch))


def post(stores: Stores, actor: Actor, *, key: str) -> None:
    """Show the group its branch's card, in place of the one before. Raises WrongPlace, NoBranch."""
    shown, about = of_group(stores, actor), subject(actor.group.id)
    stores.outbox.delete(about, key=f"{key}:before")
    stores.outbox.send(actor.group.id, message(shown, about=about), key=key, urgent=True)


def own(stores: Stores, actor: Actor) -> Shown:
    """The card of somebody's own branch: by the roster, else of the group they are at home in. Raises NoBranch."""
    require(stores, actor, Permission.TAKE_PART)
    person = stores.people.of_member(actor.member.id)
    branch = person.branch if person is not None and person.left_on is None else None
    if branch is None:
        home = stores.members.home(actor.member.id)
        branch = None if home is None else stores.chats.get(home).branch
    if branch is None:
        raise NoBranch
    return read(stores, stores.branches.get(branch))


def named(stores: Stores, actor: Actor, *, words: str) -> Shown:
    """The card of the branch that is called so. Raises UnknownBranch, AmbiguousBranch."""
    require(stores, actor, Permission.TAKE_PART)
    return read(stores, branches.named(stores, words))


def of_branch(stores: Stores, actor: Actor, *, branch: BranchId) -> Shown:
    """The card of a branch. Raises NoMore for one that is closed or does not exist."""
    require(stores, actor, Permission.TAKE_PART)
    found = branches.find_open(stores, branch)
    if found is None:
        raise NoMore
    return read(stores, found)


def level(stores: Stores, actor: Actor, *, level: BranchId | None, offset: int) -> Level:
    """A page of the branches whose cards can be read."""
    require(stores, actor, Permission.TAKE_PART)
    return branches.level(stores, roots=None, level=level, offset=offset)


def read(stores: Stores, branch: Branch) -> Shown:
    """A branch's card; permission is asked before."""
    honours = stores.branch_cards.honours(branch.id, LISTED + 1)
    return Shown(
        branch,
        "" if branch.parent is None else stores.branches.get(branch.parent).name,
        stores.branch_cards.size(branch.id),
        _secretaries(stores, branch),
        stores.branch_cards.get(branch.id),
        honours[:LISTED],
        len(honours[LISTED:]),
        next(iter(history(stores, branch.id)), None),
    )


def _secretaries(stores: Stores, branch: Branch) -> Sequence[str]:
    """Who leads the branch itself or its group: by their roles, else by the roster's words."""
    groups = stores.chats.of_branch(branch.id)
    of_groups = [one for group in groups for one in stores.grants.over(group, 0, MAX_GRANTS) if one.area.group]
    grants = [*stores.grants.of_branch(branch.id), *of_groups]
    held = [one.member for one in grants if one.role is Role.SECRETARY]
    by_account = {one.member: one.name for one in stores.people.of_members([member.id for member in held])}
    names = [by_account.get(member.id, member.name) for member in held]
    if not names:
        names = [one.name for one in stores.people.in_branch(branch.id) if of_roster(one.role) is Role.SECRETARY]
    return [one for one in dict.fromkeys(names) if one][:MAX_SECRETARIES]


def message(shown: Shown, buttons: Buttons = (), *, about: Subject | None = None) -> Message:
    """A card as it is sent, with its photo above it if it has one."""
    photo = shown.card.photo
    attached = Attached(AttachedKind.PICTURE, photo) if photo else None
    return Message("branch_card.card", {"shown": shown}, buttons, about, silent=True, attached=attached)


def current_card(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The card in a group as it is now."""
    group = stores.chats.look_up(ChatId(about.ids[0]))
    if group is None or group.branch is None:
        return None
    return message(read(stores, stores.branches.get(group.branch)), about=about)
