"""Admission: the bot does nothing in a group until somebody who answers for it has admitted it.

Anybody can add the bot to a group of their own. Such a group reads one message, and administrators get one request
each in private. An administrator or a secretary who adds the bot or gives a command in a group admits it thereby.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.messaging.administrators import private_chats
from domain.messaging.chat import Admission, notice_for, requests_for
from domain.messaging.message import Action, Button, Message
from domain.people.permission import (
    EVERYWHERE,
    PERMISSIONS,
    Area,
    Permission,
    allows_over,
    require,
    require_everywhere,
)
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ChatId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member, PersonProfile
    from domain.stores import Stores

GROUP_ADMITTED = AuditAction("chat.admitted")
GROUP_REFUSED = AuditAction("chat.refused")
MAX_WAITING_GROUPS = 20  # that administrators are asked about at a time: whoever makes hundreds annoys nobody


class AlreadyDecided(Refusal):
    """Another administrator was first."""

    text = "admission.already_decided"


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody has decided about a group."""

    group: Chat
    by: Member

    @property
    def is_admitted(self) -> bool:
        """Whether the bot works there from now on."""
        return self.group.is_admitted


def ask(stores: Stores, *, group: ChatId, by: PersonProfile | None, at: datetime) -> None:
    """Tell a group once that it waits, and ask each administrator once; `by` is who has brought the bot there.

    A group that was refused hears nothing, and nobody is asked again.
    """
    chat = stores.chats.get(group)
    if chat.admission is not Admission.PENDING:
        return
    about = notice_for(group)
    notice = Message("admission.waits", subject=about)
    stores.outbox.send(group, notice, key=f"{about}:{_round(chat)}", urgent=True)
    if group in {one.id for one in stores.chats.waiting(MAX_WAITING_GROUPS)}:
        for _, private in private_chats(stores):
            _request(stores, chat, private, by)


def _round(chat: Chat) -> int:
    """Tells the times apart that a group has begun to wait."""
    return 0 if chat.admission_at is None else int(chat.admission_at.timestamp())


def _request(stores: Stores, group: Chat, private: ChatId, by: PersonProfile | None) -> None:
    known = None if by is None else stores.members.find(by.platform_id)
    person = None if known is None else stores.people.of_member(known.id)
    about = requests_for(group.id)
    yes = Button("admission.admit_button", Action("admission.admit", group.id))
    no = Button("admission.refuse_button", Action("admission.refuse", group.id))
    values = {"group": group, "by": by, "person": person}
    request = Message("admission.request", values, [[yes, no]], about)
    stores.outbox.send(private, request, key=f"{about}:{_round(group)}:{private}", urgent=True)


def ask_again(stores: Stores) -> None:
    """Ask administrators about all groups that wait, of which they have not heard: after an upgrade, or at a start."""
    for group in stores.chats.waiting(MAX_WAITING_GROUPS):
        for _, private in private_chats(stores):
            _request(stores, group, private, None)


def show_waiting(stores: Stores, actor: Actor) -> None:
    """Ask an administrator who has just opened their private chat about the groups that wait."""
    require(stores, actor, Permission.SEE_OWN)
    if not actor.chat.is_group and allows_over(stores, actor, Permission.ADMIT_GROUPS, EVERYWHERE):
        for group in stores.chats.waiting(MAX_WAITING_GROUPS):
            _request(stores, group, actor.chat.id, None)


def may_admit(stores: Stores, actor: Actor) -> bool:
    """Whether somebody admits a group by adding the bot or giving a command in it.

    It takes a role as administrator or secretary: over the group's branch, or over any branch while nobody has said
    whose group it is. What was refused, administrators of the whole enterprise alone admit after all. The group's
    administrators on the platform are nobody here.
    """
    if actor.is_root_admin:
        return True
    if actor.has_left:
        return False
    group = actor.group
    over = {
        grant.area for grant in stores.grants.of(actor.member.id) if Permission.ADMIT_GROUPS in PERMISSIONS[grant.role]
    }
    if EVERYWHERE in over:
        return True
    if group.admission is Admission.REFUSED:
        return False
    if group.branch is None:
        return any(area.branch is not None for area in over) or Area(group=group.id) in over
    return any(Area(branch=above.id) in over for above in stores.branches.ancestors(group.branch))


def enter(stores: Stores, actor: Actor) -> bool:
    """Somebody adds the bot to a group, or gives a command in it; whether that admits the group."""
    if not may_admit(stores, actor):
        return False
    if stores.chats.decide(actor.group, Admission.ADMITTED, actor.member.id, actor.heard_at):
        _carry_out(stores, Decided(stores.chats.get(actor.group.id), actor.member), actor.heard_at)
    return stores.chats.get(actor.group.id).is_admitted


def decide(stores: Stores, actor: Actor, *, group: ChatId, admission: Admission) -> Decided:
    """An administrator admits a group or refuses it, on the request that they got; the first one decides.

    Raises NotEverywhere, AlreadyDecided, NoMore.
    """
    require(stores, actor, Permission.ADMIT_GROUPS)
    require_everywhere(stores, actor, Permission.ADMIT_GROUPS)
    chat = stores.chats.look_up(group)
    if chat is None or not chat.is_group:
        raise NoMore
    at = actor.heard_at
    if chat.admission is not Admission.PENDING or not stores.chats.decide(chat, admission, actor.member.id, at):
        by = stores.chats.decided_by(group)
        raise AlreadyDecided(group=stores.chats.get(group), by=None if by is None else stores.members.get(by))
    decided = Decided(stores.chats.get(group), actor.member)
    _carry_out(stores, decided, actor.heard_at)
    return decided


def _carry_out(stores: Stores, decided: Decided, at: datetime) -> None:
    """Note a decision, show it to all who were asked, and let the group begin."""
    group, about = decided.group, requests_for(decided.group.id)
    action = GROUP_ADMITTED if decided.is_admitted else GROUP_REFUSED
    stores.audit.note(decided.by.id, action, f"chat:{group.id}", old=None, new=None, at=at)
    key = f"{about}:{_round(group)}:decided"
    stores.outbox.edit(about, Message("admission.decided", {"decided": decided}), key=key)
    if decided.is_admitted:
        setting.inherit(stores, group)
        stores.schedules.recompute(group.id)
        notice = notice_for(group.id)
        stores.outbox.delete(notice, key=f"{notice}:{_round(group)}:over")


FEATURE = Feature("admission", audit=(GROUP_ADMITTED, GROUP_REFUSED))
