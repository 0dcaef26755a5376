"""The use cases of people, for the test of permissions."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.ids import DraftId, InvitationId
from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.messaging.draft import Draft
from domain.people import (
    admin_link,
    admission,
    branch,
    helping,
    invitation,
    leading,
    leave,
    member,
    privacy,
    role,
    roster,
    speaking,
    telling,
    today,
    welcome,
)
from domain.people.branch import BranchKind
from domain.people.member import Mention
from domain.people.permission import EVERYWHERE, Area, Permission, Role
from domain.people.roster import Plan, Roster
from domain.people.welcome import Rights
from tests.stores import AT, LOCALE
from tests.use_cases import Case, Place, World

EMPTY = Roster((), frozenset(), {})
RIGHTS = Rights(hears_all=True, administrator=True)
WANG = Mention("wang")


def token() -> str:
    return "secret"


def inspecting(world: World) -> dict[str, Any]:
    """A role of somebody else's, over the branch."""
    given = world.stores.grants.add(world.member, Role.INSPECTOR, Area(branch=world.branch.id), None, world.actor.now)
    return {"grant": given}


def own_grant(world: World) -> dict[str, Any]:
    """A role of one's own."""
    given = world.stores.grants.add(
        world.actor.member, Role.INSPECTOR, Area(branch=world.branch.id), None, world.actor.now
    )
    return {"grant": given}


def claimed(world: World) -> dict[str, Any]:
    """Somebody who says who they are."""
    made = world.stores.invitations.claim(world.member.id, world.free.id, world.actor.now)
    return {"claim_id": made.id, "confirmed": False}


def asked_about(world: World) -> dict[str, Any]:
    """A button about somebody's leave."""
    about = {"asker": world.actor.member.id, "person": world.linked.id}
    return {**about, "first": date(2026, 12, 1), "last": date(2026, 12, 1)}


def leaver(world: World) -> dict[str, Any]:
    """Somebody who has left."""
    world.stores.people.leave(world.free.id, date(2026, 11, 1))
    return {"whom": world.free.id}


def uninvited(world: World) -> dict[str, Any]:
    until = world.actor.now
    return {"found": invitation.Uninvited(world.branch, [invitation.Invited(world.free, "a", (), until)], until)}


def waiting(world: World) -> dict[str, Any]:
    """A group that waits to be admitted."""
    group = world.stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "二支部"), LOCALE, AT)
    world.stores.chats.decide(group, Admission.PENDING, None, AT)
    return {"group": group.id, **rights(world)}


def refused(world: World) -> dict[str, Any]:
    return {"group": waiting(world)["group"], "admission": Admission.REFUSED}


def rights(_: World) -> dict[str, Any]:
    return {"rights": RIGHTS}


def closing(world: World) -> dict[str, Any]:
    return {"branch": world.branch.id, "people_to": world.other.id, "shown": ""}


def closed(world: World) -> dict[str, Any]:
    """A branch that was closed just now."""
    made = world.stores.branches.add(None, BranchKind.BRANCH, "九支部")
    world.stores.branches.save(replace(made, closed_at=world.actor.now))
    return {"branch": made.id}


def placing(world: World) -> dict[str, Any]:
    """A new branch that waits for the one above it."""
    values = {"name": "三", "kind": BranchKind.UNIT.value}
    draft = Draft(DraftId(0), branch.FORM, world.actor.member.id, world.actor.chat.id, "", values)
    world.stores.drafts.add(draft, world.actor.now)
    return {"above": None}


KEEP, GRANT = Permission.KEEP_ROSTER, Permission.GRANT_ROLES
ANYBODY, PART = Permission.SEE_OWN, Permission.TAKE_PART
GROUP = Place.GROUP
CASES = (
    Case(branch.show, KEEP, everywhere=True),
    Case(
        branch.create, KEEP, arguments=lambda _: {"name": "三", "kind": BranchKind.UNIT, "above": None}, everywhere=True
    ),
    Case(branch.rename, KEEP, arguments=lambda _: {"branch": "一支部", "name": "三支部"}, everywhere=True),
    Case(branch.move, KEEP, arguments=lambda _: {"branch": "一支部", "to": "二支部"}, everywhere=True),
    Case(branch.propose, KEEP, arguments=lambda _: {"branch": "一支部", "people_to": "二支部"}, everywhere=True),
    Case(branch.close, KEEP, arguments=closing, everywhere=True),
    Case(branch.reopen, KEEP, arguments=closed, everywhere=True),
    Case(branch.propose_place, KEEP, arguments=lambda _: {"name": "三", "kind": BranchKind.UNIT}, everywhere=True),
    Case(branch.choose_place, KEEP, arguments=lambda _: {"level": None, "offset": 0}, everywhere=True),
    Case(branch.create_below, KEEP, arguments=placing, everywhere=True),
    Case(roster.show, KEEP, everywhere=True),
    Case(roster.look, KEEP, everywhere=True),
    Case(roster.note_export, KEEP, arguments=lambda _: {"count": 2}, everywhere=True),
    Case(
        roster.bring_in,
        KEEP,
        arguments=lambda world: {
            "roster": EMPTY,
            "agreed": roster.plan(roster.known(world.stores), EMPTY).fingerprint,
        },
        everywhere=True,
    ),
    Case(roster.propose, KEEP, arguments=lambda _: {"plan": Plan(), "file": "f", "name": "n"}, everywhere=True),
    Case(roster.proposed, KEEP, arguments=lambda _: {"number": DraftId(1)}, everywhere=True),
    Case(roster.agree, KEEP, arguments=lambda _: {"number": DraftId(1), "roster": EMPTY, "key": "k"}, everywhere=True),
    Case(roster.decline, KEEP, arguments=lambda _: {"number": DraftId(1)}, everywhere=True),
    Case(role.page, GRANT, GROUP, lambda _: {"after": 0}),
    Case(role.candidates, GRANT, GROUP),
    Case(role.candidate, GRANT, GROUP, lambda _: {"who": WANG}),
    Case(role.propose, GRANT, GROUP, lambda _: {"who": WANG, "role": Role.LEADER}),
    Case(
        role.appoint,
        GRANT,
        GROUP,
        lambda world: {"who": world.member.id, "role": Role.LEADER, "area": Area(branch=world.branch.id)},
    ),
    Case(
        role.grant,
        GRANT,
        GROUP,
        lambda world: {"to": world.member, "role": Role.LEADER, "area": Area(branch=world.branch.id)},
    ),
    Case(
        role.grant,
        GRANT,
        arguments=lambda world: {"to": world.member, "role": Role.LEADER, "area": EVERYWHERE},
        everywhere=True,
    ),
    Case(role.take_back, GRANT, GROUP, lambda world: {"who": WANG, "role": _any(world), "over": None}),
    Case(role.withdraw, GRANT, GROUP, lambda world: {"grant": world.stores.grants.get(inspecting(world)["grant"])}),
    Case(role.standing, GRANT, GROUP, inspecting),
    Case(role.ask_end, GRANT, GROUP, inspecting),
    Case(role.end, GRANT, GROUP, inspecting),
    Case(role.give_up, PART, GROUP, own_grant),
    Case(invitation.invite, Permission.INVITE, arguments=lambda _: {"number": "1", "token": "secret"}),
    Case(invitation.choose, Permission.INVITE, elsewhere=True),
    Case(invitation.uninvited, Permission.INVITE, arguments=lambda world: {"branch": world.branch.id, "token": token}),
    Case(invitation.invite_all, Permission.INVITE, arguments=uninvited),
    Case(invitation.answer, Permission.INVITE, GROUP, claimed),
    Case(invitation.answer, Permission.INVITE, arguments=claimed),
    Case(invitation.ask_bind, Permission.INVITE, GROUP, lambda _: {"number": "1", "guest": WANG}),
    Case(
        invitation.bind,
        Permission.INVITE,
        GROUP,
        lambda world: {"person": world.free.id, "guest": world.member.id},
    ),
    Case(invitation.unbind, KEEP, GROUP, lambda _: {"number": "2"}),
    Case(invitation.accept, ANYBODY, arguments=lambda _: {"digest": "no such"}),
    Case(invitation.not_me, ANYBODY, arguments=lambda _: {"invitation_id": InvitationId(1)}),
    Case(invitation.claim, ANYBODY, arguments=lambda _: {"number": "1", "name": "李伟"}),
    Case(
        leave.take, Permission.GIVE_TASKS, GROUP, lambda _: {"mention": WANG, "first": date(2026, 12, 1), "last": None}
    ),
    Case(leave.take, PART, arguments=lambda _: {"mention": None, "first": date(2026, 12, 1), "last": None}),
    Case(
        leave.ask_half,
        Permission.GIVE_TASKS,
        GROUP,
        lambda _: {"mention": WANG, "first": date(2026, 12, 1), "day": date(2026, 12, 1), "part": "下午"},
    ),
    Case(leave.take_asked, Permission.GIVE_TASKS, GROUP, asked_about),
    Case(leave.drop_asked, Permission.GIVE_TASKS, GROUP, lambda world: dict(tuple(asked_about(world).items())[:2])),
    Case(leave.come_back, Permission.GIVE_TASKS, GROUP, lambda _: {"mention": WANG}),
    Case(leave.come_back, PART, arguments=lambda _: {"mention": None}),
    Case(leave.show, PART, GROUP),
    Case(privacy.own, ANYBODY),
    Case(privacy.note_export, ANYBODY),
    Case(privacy.ask_person, KEEP, arguments=lambda _: {"number": "1"}),
    Case(privacy.ask_mentioned, KEEP, arguments=lambda _: {"mention": WANG}),
    Case(privacy.erase, KEEP, arguments=leaver),
    Case(speaking.choose, PART, arguments=lambda _: {"language": "en"}),
    Case(admin_link.open_link, ANYBODY, arguments=lambda _: {"token": "no such"}),
    Case(admission.decide, Permission.ADMIT_GROUPS, arguments=refused, everywhere=True),
    Case(admission.show_waiting, ANYBODY),
    Case(welcome.admit, Permission.ADMIT_GROUPS, arguments=waiting, everywhere=True),
    Case(welcome.greet, ANYBODY),
    Case(today.show, PART, arguments=lambda _: {"key": "k"}),
    Case(leading.groups, ANYBODY, arguments=lambda _: {"permission": Permission.GIVE_TASKS}),
    Case(welcome.introduce, ANYBODY, GROUP, rights),
    Case(welcome.introduce_anew, ANYBODY, GROUP, lambda _: {"rights": RIGHTS, "key": "k"}),
)


def _any(world: World) -> Role:
    """The role that somebody else is given, to be taken back."""
    inspecting(world)
    return Role.INSPECTOR


# Functions with an actor that are no use case of their own, and why.
PARTS = {
    role.service.area_for: "a part of others",
    role.service.meant: "a part of others",
    role.giving.check: "asks itself, a part of others",
    role.giving.check_ends: "asks itself, a part of others",
    helping.names: "a part of every refusal: the names of who can help, none for strangers",
    telling.tell_administrators: "a part of others: tells what was done",
    invitation.linking.answers_for: "asks itself, a part of others",
    invitation.linking.answered_for: "asks itself, a part of others",
    invitation.linking.demand: "asks itself, a part of others",
    invitation.bind_group: "takes a role in two branches, whatever the place allows: see test_invitation",
    welcome.bind: "as bind_group",
    welcome.choose: "shows what of the tree one may bind a group to: see test_welcome",
    admission.may_admit: "asks itself, a part of others: see test_admission",
    admission.enter: "asks itself: see test_admission",
    welcome.part: "what the platform tells",
    member.home: "a part of others",
    leading.groups_led: "a part of others: asks for the permission in each group",
    member.note_moves: "what the platform tells",
}
