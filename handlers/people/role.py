"""Roles in chat: /roles, and the buttons under it."""

from collections.abc import Sequence

from telegram import Update

from domain.ids import GrantId, MemberId
from domain.messaging.message import Action, Button, Buttons
from domain.people import role as roles
from domain.people.member import Member
from domain.people.permission import Area, Permission, Role
from domain.people.role import Grant, Granted
from domain.stores import Stores
from handlers import arguments, pages
from handlers.access import SEE_OWN, Needs
from handlers.arguments import BadArguments, RoleWanted
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.pages import Page

MAX_NAMES, NAMES_A_ROW = 24, 3
GIVEN = (Role.SECRETARY, Role.COMMITTEE, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR)


async def manage(_: Update, context: Context) -> None:
    """/roles [@name] [[-]ROLE] [BRANCH]: see, give or withdraw roles."""
    wanted = wanted_of(context)
    if wanted.withdraw:
        await pages.show(context, lambda stores: withdrawing(stores, context, wanted))
    elif wanted.role is not None:
        if wanted.mention is None:
            raise BadArguments("role.nobody")
        await context.answer("role.granted", give, context=context, wanted=wanted)
    elif wanted.mention is not None:
        await pages.show(context, lambda stores: asking_role(somebody(stores, context, wanted)))
    else:
        await pages.show(context, lambda stores: listed(stores, context, after=0))


async def give_up(_: Update, context: Context) -> None:
    """/roles -ROLE: give up a role of one's own."""
    wanted = wanted_of(context)
    await pages.show(context, lambda stores: withdrawing(stores, context, wanted))


def wanted_of(context: Context) -> RoleWanted:
    """What the command asks for. Raises BadArguments."""
    if context.message is None:
        raise BadArguments("role.nobody")
    return arguments.role(context.message)


def somebody(stores: Stores, context: Context, wanted: RoleWanted) -> Member:
    """Who is named; without a name, who speaks."""
    if wanted.mention is None:
        return context.actor.member
    return roles.somebody(stores, wanted.mention, context.actor.chat, context.now)


def give(stores: Stores, *, context: Context, wanted: RoleWanted) -> Granted:
    """Give the role that is wanted."""
    to, role = somebody(stores, context, wanted), wanted.role or Role.EMPLOYEE
    area = roles.area_for(stores, role=role, to=to, over=wanted.over, chat=context.actor.chat)
    return grant(stores, context, to, role, area)


def grant(stores: Stores, context: Context, to: Member, role: Role, area: Area) -> Granted:
    """Give a role over an area, as whoever speaks."""
    first = context.services.administrators
    return roles.grant(stores, to=to, role=role, area=area, actor=context.actor, first=first, at=context.now)


def withdrawing(stores: Stores, context: Context, wanted: RoleWanted) -> Page:
    """End the one grant that is meant, or ask: which one, or whether one's own last right is to go."""
    of, chat, first = somebody(stores, context, wanted), context.actor.chat, context.services.administrators
    found = roles.meant(stores, of=of, role=wanted.role, over=wanted.over, chat=chat, first=first)
    if len(found) > 1:
        return Page("role.which_one", {"member": of}, [withdraw_button(one) for one in found])
    if roles.last_own(stores, grant=found[0], by=context.actor.member):
        return asking_last(found[0])
    return ended(stores, context, found[0])


def ended(stores: Stores, context: Context, grant: Grant) -> Page:
    """End a grant and say so."""
    first = context.services.administrators
    roles.withdraw(stores, grant=grant, actor=context.actor, first=first, at=context.now)
    return Page("role.withdrawn", {"grant": grant})


def asking_last(grant: Grant) -> Page:
    """Whether somebody's own last right is really to go."""
    sure = Button("role.give_up_button", Action("role.give_up", grant.id))
    back = Button("role.back_button", Action("role.keep", grant.id))
    return Page("role.confirm_last", {"grant": grant}, [[sure, back]])


def asking_role(to: Member) -> Page:
    """As what somebody is to be named."""
    buttons = [
        Button("role.role_button", Action("role.give", to.id, GIVEN.index(role)), {"role": role}) for role in GIVEN
    ]
    return Page("role.choose_role", {"member": to}, in_rows(buttons))


def in_rows(buttons: Sequence[Button]) -> Buttons:
    """Buttons in rows of three."""
    return [buttons[i : i + NAMES_A_ROW] for i in range(0, len(buttons), NAMES_A_ROW)]


def withdraw_button(grant: Grant) -> list[Button]:
    """The row that ends a grant."""
    return [Button("role.withdraw_button", Action("role.end", grant.id), {"grant": grant})]


def listed(stores: Stores, context: Context, *, after: int) -> Page:
    """Who has which role: in a group over it, in private in the whole enterprise."""
    chat = context.actor.chat
    group = chat if chat.is_group else None
    found = roles.page(stores, group=group, after=after, first=context.services.administrators)
    further = str(found.grants[-1].id) if found.older else None
    buttons = [withdraw_button(one) for one in found.grants]
    buttons += pages.leaf("role.page", first="0" if found.newer else None, further=further)
    if group:
        buttons.append([Button("role.grant_button", Action("role.whom"))])
    return Page("role.page", {"roles": found}, buttons)


async def press_page(_: Update, context: Context) -> None:
    """Another page."""
    after = context.pressed()[0]
    await pages.turn(context, lambda stores: listed(stores, context, after=after))


async def press_whom(_: Update, context: Context) -> None:
    """Somebody is to be named: who?"""
    chat = context.group()

    def ask(stores: Stores) -> Page:
        people = stores.members.of(chat.id)[:MAX_NAMES]
        named = [Button("role.person_button", Action("role.choose", who.id), {"member": who}) for who in people]
        return Page("role.choose_person", buttons=in_rows(named))

    await pages.turn(context, ask)


async def press_choose(_: Update, context: Context) -> None:
    """Who is known: as what?"""
    who = MemberId(context.pressed()[0])
    await pages.turn(context, lambda stores: asking_role(of_the_group(stores, context, who)))


def of_the_group(stores: Stores, context: Context, who: MemberId) -> Member:
    """A member whom a button names. Raises ButtonExpired for nobody, and for one who is not in the group (any more)."""
    chat, found = context.actor.chat, stores.members.look_up(who)
    if found is None or (chat.is_group and not stores.members.is_in(chat.id, who)):
        raise ButtonExpired
    return found


async def press_give(_: Update, context: Context) -> None:
    """All is known: give the role over the group, or what the person belongs to."""
    who, number = context.pressed(2)
    if number >= len(GIVEN):
        raise ButtonExpired

    def name(stores: Stores) -> Page:
        to, role = of_the_group(stores, context, MemberId(who)), GIVEN[number]
        area = roles.area_for(stores, role=role, to=to, over=None, chat=context.actor.chat)
        return Page("role.granted", {"granted": grant(stores, context, to, role, area)})

    await pages.turn(context, name)


def standing(stores: Stores, context: Context, number: int) -> Grant:
    """A grant that a button names. Raises ButtonExpired for one that has ended, NotYours for who may not end it."""
    found = stores.grants.get(GrantId(number))
    if found is None:
        raise ButtonExpired
    first = context.services.administrators
    roles.check_ends(stores, grant=found, actor=context.actor, first=first, at=context.now)
    return found


async def press_end(_: Update, context: Context) -> None:
    """A role is to be withdrawn: really?"""
    number = context.pressed()[0]

    def ask(stores: Stores) -> Page:
        found = standing(stores, context, number)
        if roles.last_own(stores, grant=found, by=context.actor.member):
            return asking_last(found)
        row = [
            Button("role.sure_button", Action("role.ended", found.id)),
            Button("role.back_button", Action("role.page", 0)),
        ]
        return Page("role.confirm", {"grant": found}, [row])

    await pages.turn(context, ask)


async def press_ended(_: Update, context: Context) -> None:
    """It is."""
    number = context.pressed()[0]
    await pages.turn(context, lambda stores: ended(stores, context, standing(stores, context, number)))


async def press_give_up(_: Update, context: Context) -> None:
    """One's own role is to go, although it is the last. Raises ButtonExpired for anybody else."""
    number = context.pressed()[0]

    def end(stores: Stores) -> Page:
        found = standing(stores, context, number)
        if found.member.id != context.actor.member.id:
            raise ButtonExpired
        return ended(stores, context, found)

    await pages.turn(context, end)


async def press_keep(_: Update, context: Context) -> None:
    """One's own role stays."""
    number = context.pressed()[0]

    def keep(stores: Stores) -> Page:
        standing(stores, context, number)
        return Page("role.kept")

    await pages.turn(context, keep)


GRANT_ROLES = Permission.GRANT_ROLES


FEATURE = Feature(
    "role",
    handlers=(
        Command("roles", give_up, SEE_OWN, when=arguments.gives_up),
        Command("roles", manage, Needs(GRANT_ROLES, GRANT_ROLES)),
        Press("role.page", press_page, GRANT_ROLES),
        Press("role.whom", press_whom, GRANT_ROLES),
        Press("role.choose", press_choose, GRANT_ROLES),
        Press("role.give", press_give, GRANT_ROLES),
        Press("role.end", press_end),
        Press("role.ended", press_ended),
        Press("role.give_up", press_give_up),
        Press("role.keep", press_keep),
    ),
)
