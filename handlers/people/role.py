"""Roles in chat: /roles, and the buttons under it."""

from collections.abc import Sequence
from functools import partial

from telegram import Update

from domain.ids import GrantId, MemberId
from domain.messaging.message import Action, Button, Message, in_rows
from domain.people import role as roles
from domain.people.identity import Whom
from domain.people.permission import Area, Permission, Role
from domain.people.role import Grant, Granted, Last, Proposed, Roles, Sure, WhichOne, Withdrawn
from handlers import pages
from handlers.access import SEE_OWN, Needs
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.command import Command, Press
from handlers.context import Context, always, nothing
from handlers.feature import Entry, Feature, Help, Section
from handlers.people import arguments
from handlers.people.arguments import RoleArguments

NAMES_A_ROW = 3
GRANT_ROLES = Permission.GRANT_ROLES
MANAGE = Needs(GRANT_ROLES, GRANT_ROLES)
GIVEN = (Role.SECRETARY, Role.COMMITTEE, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR)


async def manage(_: Update, context: Context) -> None:
    """/roles [@name] [[-]ROLE] [BRANCH]: see, give or withdraw roles."""
    wanted = wanted_of(context)
    if wanted.withdraw:
        await withdraw(context, wanted)
    elif wanted.role is not None:
        await give(context, wanted, wanted.role)
    elif wanted.mention is not None:
        await pages.show(context, partial(roles.candidate, actor=context.actor, who=wanted.mention), ask_role)
    else:
        await pages.show(context, partial(roles.page, actor=context.actor, after=0), say_page)


async def give_up(_: Update, context: Context) -> None:
    """/roles -ROLE: give up a role of one's own."""
    await withdraw(context, wanted_of(context))


def wanted_of(context: Context) -> RoleArguments:
    """What the command asks for. Raises BadArguments."""
    if context.message is None:
        raise BadArguments("role.nobody")
    return arguments.role(context.message)


async def give(context: Context, wanted: RoleArguments, role: Role) -> None:
    """Give a role. Raises BadArguments if nobody is named."""
    if wanted.mention is None:
        raise BadArguments("role.nobody")
    use_case = partial(roles.propose, actor=context.actor, who=wanted.mention, role=role, over=wanted.over)
    await pages.show(context, use_case, ask_sure)


def ask_sure(found: Sequence[Proposed]) -> Message:
    """The question whether the right one is meant, or which one of several of a name."""
    if len(found) > 1:
        buttons = [[person_button(one.whom, proposed_action("role.propose", one))] for one in found]
        return Message("identity.which_one", buttons=buttons)
    one = found[0]
    sure = Button("identity.sure_button", proposed_action("role.appoint", one))
    values = {"whom": one.whom, "role": one.role, "where": one.where}
    return Message("role.proposed", values, [[sure, Button("identity.cancel_button", Action("role.cancel"))]])


def person_button(whom: Whom, action: Action) -> Button:
    """A button that names somebody by what the roster says of them."""
    return Button("identity.person_button", action, {"whom": whom})


def proposed_action(name: str, one: Proposed) -> Action:
    """What a button says of a role that is to be given: the account, the role, what it is over."""
    kind, _, number = str(one.area).partition(":")
    return Action(name, one.member, one.role.value, kind, number or 0)


def proposed_of(context: Context) -> tuple[MemberId, Role, Area]:
    """The account, the role and the area that a button names. Raises ButtonExpired."""
    pressed = context.pressed.having(4)
    try:
        area = Area.read(f"{pressed.word(2)}:{pressed.number(3)}")
    except ValueError as error:
        raise ButtonExpired from error
    return MemberId(pressed.number(0)), given_role(pressed.member(Role, 1)), area


def given_role(role: Role) -> Role:
    """A role that can be given. Raises ButtonExpired."""
    if role not in GIVEN:
        raise ButtonExpired
    return role


def say_granted(granted: Granted) -> Message:
    """The answer after a role was given."""
    return Message("role.granted", {"granted": granted})


async def withdraw(context: Context, wanted: RoleArguments) -> None:
    """End a grant; ask which one if several match, and for confirmation if it is the sender's own last one."""
    use_case = partial(roles.take_back, actor=context.actor, who=wanted.mention, role=wanted.role, over=wanted.over)
    await pages.show(context, use_case, say_taken_back)


def say_taken_back(outcome: Withdrawn | WhichOne | Last) -> Message:
    """The answer to withdrawing: done, or one of the two questions."""
    if isinstance(outcome, WhichOne):
        buttons = [withdraw_button(one) for one in outcome.grants]
        return Message("role.which_one", {"member": outcome.member}, buttons)
    return ask_last(outcome) if isinstance(outcome, Last) else say_withdrawn(outcome)


def say_withdrawn(withdrawn: Withdrawn) -> Message:
    """The answer after a role was withdrawn."""
    return Message("role.withdrawn", {"grant": withdrawn.grant})


def ask_last(last: Last) -> Message:
    """The question whether to give up the sender's own last role."""
    sure = Button("role.give_up_button", Action("role.give_up", last.grant.id))
    back = Button("role.back_button", Action("role.keep", last.grant.id))
    return Message("role.confirm_last", {"grant": last.grant}, [[sure, back]])


def ask_role(found: Sequence[Whom]) -> Message:
    """The question which role to give, or which one of several of a name is meant."""
    people = [one.member for one in found if one.member is not None]
    if len(people) > 1:
        chosen = zip(found, people, strict=True)
        return Message(
            "identity.which_one",
            buttons=[[person_button(one, Action("role.choose", to.id))] for one, to in chosen],
        )
    buttons = [
        Button("role.role_button", Action("role.give", to.id, role.value), {"role": role})
        for to in people
        for role in GIVEN
    ]
    return Message("role.choose_role", {"whom": found[0]}, in_rows(buttons, NAMES_A_ROW))


def withdraw_button(grant: Grant) -> list[Button]:
    """The row with the button that ends a grant."""
    return [Button("role.withdraw_button", Action("role.end", grant.id), {"grant": grant})]


def say_page(found: Roles) -> Message:
    """Who has which role: in a group those over the group, in private those of the whole enterprise."""
    first = Action("role.page", 0) if found.newer else None
    further = Action("role.page", found.grants[-1].id) if found.older else None
    buttons = [*map(withdraw_button, found.grants), *pages.page_buttons(first=first, further=further)]
    if found.group:
        buttons.append([Button("role.grant_button", Action("role.whom"))])
    return Message("role.page", {"roles": found}, buttons)


async def press_page(_: Update, context: Context) -> None:
    """Button: another page."""
    after = context.pressed.having(1).number()
    await pages.turn(context, partial(roles.page, actor=context.actor, after=after), say_page)


async def press_whom(_: Update, context: Context) -> None:
    """Button: give a role; asks to whom."""
    await pages.turn(context, partial(roles.candidates, actor=context.actor), ask_whom)


def ask_whom(people: Sequence[Whom]) -> Message:
    """A button for each of them."""
    named = [
        Button("role.person_button", Action("role.choose", one.member.id), {"whom": one})
        for one in people
        if one.member is not None
    ]
    return Message("role.choose_person", buttons=in_rows(named, NAMES_A_ROW))


async def press_choose(_: Update, context: Context) -> None:
    """Button: a person was chosen; asks for the role."""
    who = MemberId(context.pressed.having(1).number())
    await pages.turn(context, partial(roles.candidate, actor=context.actor, who=who), ask_role)


async def press_give(_: Update, context: Context) -> None:
    """Button: a role was chosen, over the group or over what the person belongs to; asks for confirmation."""
    pressed = context.pressed.having(2)
    who, role = MemberId(pressed.number(0)), given_role(pressed.member(Role, 1))
    await pages.turn(context, partial(roles.propose, actor=context.actor, who=who, role=role), ask_sure)


async def press_propose(_: Update, context: Context) -> None:
    """Button: one of several of a name was chosen; asks for confirmation."""
    who, role, area = proposed_of(context)
    use_case = partial(roles.propose, actor=context.actor, who=who, role=role, over=area)
    await pages.turn(context, use_case, ask_sure)


async def press_appoint(_: Update, context: Context) -> None:
    """Button: the right one is meant. Give the role."""
    who, role, area = proposed_of(context)
    await pages.turn(context, partial(roles.appoint, actor=context.actor, who=who, role=role, area=area), say_granted)


async def press_cancel(_: Update, context: Context) -> None:
    """Button: somebody else was meant."""
    await pages.turn(context, nothing, always(Message("role.kept")))


def grant_of(context: Context) -> GrantId:
    """The grant that a button names."""
    return GrantId(context.pressed.having(1).number())


async def press_end(_: Update, context: Context) -> None:
    """Button: withdraw a role; asks for confirmation."""
    await pages.turn(context, partial(roles.ask_end, actor=context.actor, grant=grant_of(context)), ask_end)


def ask_end(asked: Sure | Last) -> Message:
    """The question whether to withdraw a role."""
    if isinstance(asked, Last):
        return ask_last(asked)
    sure = Button("role.sure_button", Action("role.ended", asked.grant.id))
    back = Button("role.back_button", Action("role.page", 0))
    return Message("role.confirm", {"grant": asked.grant}, [[sure, back]])


async def press_ended(_: Update, context: Context) -> None:
    """Button: confirm the withdrawal."""
    await pages.turn(context, partial(roles.end, actor=context.actor, grant=grant_of(context)), say_withdrawn)


async def press_give_up(_: Update, context: Context) -> None:
    """Button: confirm giving up one's own last role."""
    await pages.turn(context, partial(roles.give_up, actor=context.actor, grant=grant_of(context)), say_withdrawn)


async def press_keep(_: Update, context: Context) -> None:
    """Button: keep one's own role."""
    await pages.turn(context, partial(roles.standing, actor=context.actor, grant=grant_of(context)), say_kept)


def say_kept(_: Grant) -> Message:
    """The answer when nothing has changed."""
    return Message("role.kept")


FEATURE = Feature(
    "role",
    handlers=(
        Command("roles", give_up, SEE_OWN, when=arguments.gives_up),
        Command("roles", manage, MANAGE),
        Press("role.page", press_page, GRANT_ROLES),
        Press("role.whom", press_whom, GRANT_ROLES),
        Press("role.choose", press_choose, GRANT_ROLES),
        Press("role.give", press_give, GRANT_ROLES),
        Press("role.propose", press_propose, GRANT_ROLES),
        Press("role.appoint", press_appoint, GRANT_ROLES),
        Press("role.cancel", press_cancel, GRANT_ROLES),
        Press("role.end", press_end),
        Press("role.ended", press_ended),
        Press("role.give_up", press_give_up),
        Press("role.keep", press_keep),
    ),
    entries=(Entry("roles", "role", MANAGE, 70, help=Help(10, Section.ADMINISTRATORS)),),
)
