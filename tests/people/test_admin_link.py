"""The first administrator opens a link that was printed where the program runs."""

import re

import pytest

from domain.people import admin_link
from domain.people.permission import EVERYWHERE, Role
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World

LINK = re.compile(r"https://t\.me/jingyi_bot\?start=(admin-[A-Za-z0-9_-]{32})\n")


@pytest.fixture
async def payload(world: World, capsys: pytest.CaptureFixture[str]) -> str:
    """The payload of a link that was just printed: the program was started."""
    await world.restart()
    return printed(capsys)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """The payload of the newest printed link."""
    return LINK.findall(capsys.readouterr().out)[-1]


async def opens(world: World, who: str, payload: str) -> Place:
    """Somebody's private chat, in which they have opened a link."""
    place = Place(world, world.sandbox.open_private(world.people[who], BOT))
    world.sandbox.start(world.people[who], BOT)
    await world.idle()
    await place.says(who, f"/start {payload}")
    return place


async def administrators(world: World) -> list[str]:
    found = await world.program.database.read(lambda stores: stores.grants.administrators())
    return [member.name for member in found]


async def test_whoever_opens_the_link_is_the_first_administrator(world: World, payload: str) -> None:
    place = await opens(world, LI, payload)
    assert place.newest().startswith("您是精益的管理员了。")
    assert await administrators(world) == ["李伟"]
    assert "/roles" in await place.says(LI, "/help")
    assert await world.rows("audit", "action = 'admin.link_used'") == 1
    assert await world.rows("audit", "action = 'role.granted' AND new = 'administrator enterprise'") == 1


async def test_the_link_holds_once(world: World, payload: str) -> None:
    await opens(world, LI, payload)
    assert "已经有管理员了" in (await opens(world, WANG, payload)).newest()
    assert await administrators(world) == ["李伟"]
    assert await world.rows("admin_links") == 0


async def test_of_two_who_open_it_at_once_one_becomes_administrator(world: World, payload: str) -> None:
    places = [Place(world, world.sandbox.open_private(world.people[who], BOT)) for who in (LI, WANG)]
    for place, who in zip(places, (LI, WANG), strict=True):
        world.sandbox.start(world.people[who], BOT)
        world.sandbox.say(place.chat, world.people[who], f"/start {payload}")
    await world.idle()
    assert len(await administrators(world)) == 1
    assert sorted("您是精益的管理员了" in place.newest() for place in places) == [False, True]


async def test_a_day_later_the_link_is_over(world: World, payload: str) -> None:
    await world.at("2026-11-26 10:01")
    assert "这个链接已经用过、过期" in (await opens(world, LI, payload)).newest()
    assert await administrators(world) == []


async def test_a_newer_link_ends_the_one_before(world: World, payload: str, capsys: pytest.CaptureFixture[str]) -> None:
    await world.restart()
    newer = printed(capsys)
    assert "这个链接已经用过、过期" in (await opens(world, LI, payload)).newest()
    assert await administrators(world) == []
    await opens(world, WANG, newer)
    assert await administrators(world) == ["王海燕"]


async def test_in_a_group_where_others_read_it_nobody_becomes_administrator(group: Place, payload: str) -> None:
    assert "私聊" in await group.says(LI, f"/start {payload}")
    assert await administrators(group.world) == []


@pytest.mark.parametrize("wrong", ["admin-", "admin-" + "a" * 32, "admin-%"])
async def test_a_guessed_link_makes_nobody_administrator(world: World, payload: str, wrong: str) -> None:
    await opens(world, LI, wrong)
    assert await administrators(world) == []


async def test_the_token_stands_nowhere_in_the_store(world: World, payload: str) -> None:
    token = payload.removeprefix("admin-")
    assert await world.rows("admin_links", f"digest = '{token}'") == 0
    assert await world.rows("audit", f"subject LIKE '%{token}%' OR new LIKE '%{token}%'") == 0
    assert await world.rows("admin_links") == 1


async def test_where_there_is_an_administrator_nothing_is_printed(
    world: World, payload: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await opens(world, LI, payload)
    await world.restart()
    assert LINK.search(capsys.readouterr().out) is None
    with pytest.raises(admin_link.HasAdministrators):
        await world.program.database.write(
            lambda stores: admin_link.make(stores, token="x", at=world.sandbox.clock.now())
        )


async def test_an_administrator_who_has_left_is_none(world: World, payload: str) -> None:
    await opens(world, LI, payload)

    def leave(stores):
        (grant,) = stores.grants.of(stores.members.find(world.people[LI].id).id)
        assert (grant.role, grant.area) == (Role.ADMINISTRATOR, EVERYWHERE)
        stores.grants.end(grant.id, None, world.sandbox.clock.now())

    await world.program.database.write(leave)
    assert not await world.program.database.read(admin_link.has_administrators)


@pytest.mark.strangers
async def test_the_first_administrator_is_asked_about_the_groups_that_wait(world: World, payload: str) -> None:
    world.sandbox.add_group("第一党支部", by=world.people[SECRETARY], bots=[BOT])
    await world.idle()
    place = await opens(world, LI, payload)
    assert place.buttons() == ["允许", "拒绝"]
    assert await place.presses(LI, "允许") == "已允许，我开始在群里工作。"


class TestWhereSettingsNameAdministrators:
    @pytest.fixture
    def admins(self) -> frozenset[int]:
        return frozenset({7000000003})

    async def test_nothing_is_printed(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        await world.restart()
        assert LINK.search(capsys.readouterr().out) is None
        assert await world.rows("admin_links") == 0
