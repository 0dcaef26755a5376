"""What the tests of appeals, adjustments and settlements share: who is in charge, with their private chats open."""

from dataclasses import dataclass
from functools import partial

from domain.people.permission import Area, Role
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened

ADMIN = 7000000003  # Wang's number on the local Telegram


@dataclass(frozen=True)
class Office:
    """The group, whose branch has a secretary; Wang administrates the enterprise."""

    group: Place
    li: Place
    secretary: Place
    admin: Place


async def office(group: Place, world: World) -> Office:
    """All are on the roster, and everybody's private chat is open."""
    await world.roster(group.chat, SECRETARY, LI)
    for who in (SECRETARY, LI, WANG):
        await group.says(who, "早")
    await world.program.database.write(partial(appoint, world=world, group=group))
    return Office(group, *[await opened(world, who) for who in (LI, SECRETARY, WANG)])


def appoint(stores, *, world: World, group: Place) -> None:
    """The secretary is that of the group's branch."""
    chen = stores.members.find(world.people[SECRETARY].id)
    branch = stores.chats.find(group.chat.id).branch
    stores.grants.add(chen, Role.SECRETARY, Area(branch=branch), None, world.sandbox.clock.now())
