"""What dialogues about study between groups need."""

import pytest

from domain.people import member
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Role
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World
from tests.study.questions import RIGHT, single


@pytest.fixture
async def second(group: Place, world: World) -> Place:
    """Another group, with Wang in it; each group is a branch's, the library has questions, Chen leads everything."""
    chen = world.people[SECRETARY]
    other = world.sandbox.add_group("二支部", by=chen, members=[world.people[WANG]], bots=[BOT])
    await world.idle()
    await world.roster(group.chat, LI)
    await world.roster(other, WANG)

    def put(stores):
        for number in range(20):
            stores.questions.put(single(f"q{number}", f"第{number}条怎么做？", (RIGHT, "看心情"), 0))
        known = member.meet(stores, PersonProfile(chen.id, chen.full_name, chen.username), world.sandbox.clock.now())
        stores.grants.add(known, Role.SECRETARY, EVERYWHERE, None, world.sandbox.clock.now())

    await world.program.database.write(put)
    return Place(world, other)
