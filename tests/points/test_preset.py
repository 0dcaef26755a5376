"""Whether persons are ranked is asked once, of the administrator of a new enterprise."""

from datetime import timedelta

import pytest

from domain.admin import setting
from domain.admin.setting import ENTERPRISE, Name, Ranking
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.points import board, points, preset
from domain.points.preset import Preset
from tests.points.events import ON_TIME
from tests.stores import AT, LOCALE


@pytest.fixture
async def private_of(database):
    return await database.write(lambda stores: stores.chats.add(ChatProfile(5, ChatKind.PRIVATE, "p"), LOCALE, AT))


def asked(stores, actor):
    return preset._ask(stores, actor)


@pytest.mark.parametrize(("chosen", "ranking"), [(Preset.LIGHT, Ranking.BRANCH), (Preset.PUBLIC, Ranking.PUBLIC)])
async def test_the_answer_is_a_setting_and_ends_the_question(database, branch, private_of, chosen, ranking):
    admin = Actor(branch.li, private_of, AT, is_root_admin=True)
    assert await database.read(asked, admin) is not None
    assert await database.read(asked, Actor(branch.wang, private_of, AT)) is None
    await database.write(preset.choose, admin, preset=chosen)
    assert await database.read(asked, admin) is None
    assert await database.read(lambda stores: stores.settings.own(ENTERPRISE, Name.RANKING)) == ranking
    assert await database.read(setting.ranking_of, branch.group) is ranking
    found = await database.read(board.board, group=branch.group, monday=AT.date())
    assert found.ranking is ranking


async def test_an_enterprise_that_was_there_before_keeps_what_it_has(database, branch, private_of):
    admin = Actor(branch.li, private_of, AT, is_root_admin=True)

    def earn(stores):
        at = AT - timedelta(days=15)
        points.award(stores, branch.li.id, branch.group, *ON_TIME, source="task:1", cause="x", at=at)

    await database.write(earn)
    assert await database.read(asked, admin) is None
    assert await database.read(setting.ranking_of, branch.group) is Ranking.PUBLIC
