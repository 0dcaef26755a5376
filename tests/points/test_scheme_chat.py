"""An administrator sends the enterprise's rules in private, sees what they would have given, and activates them."""

from pathlib import Path

import pytest

from sandbox.files import Upload
from tests.dialogue import BOT, LI, SECRETARY, Place, World

DAILY = (Path(__file__).parents[2] / "docs" / "points" / "daily.toml").read_text(encoding="utf-8")


@pytest.fixture
def admins() -> frozenset[int]:
    """The secretary, who has the id of the local Telegram's first person."""
    return frozenset({7000000001})


async def alone(world: World, who: str) -> Place:
    """Somebody's private chat with the bot."""
    chat = world.sandbox.open_private(world.people[who], BOT)
    world.sandbox.start(world.people[who], BOT)
    await world.idle()
    return Place(world, chat)


def upload(text: str) -> Upload:
    return Upload("points.toml", "application/octet-stream", text.encode())


async def test_rules_are_checked_shown_activated_and_logged(world: World, group: Place) -> None:
    office = await alone(world, SECRETARY)
    wrong = await office.says(SECRETARY, document=upload(DAILY.replace("study.read", "study.red")))
    assert "积分规则有 1 处要改" in wrong
    assert "第 24 行：没有 study.red 这种事" in wrong
    assert await world.rows("points_schemes") == 0
    shown = await office.says(SECRETARY, document=upload(DAILY))
    assert "2027年1月1日（周五）起，5 条规则，0 个申报项目" in shown
    assert "启用" in office.buttons()
    assert await world.rows("points_schemes") == 0
    await office.presses(SECRETARY, "启用")
    assert "第 1 版）已启用" in office.newest()
    assert await world.rows("points_schemes") == 1
    assert "启用积分规则：积分规则 1 号" in await office.says(SECRETARY, "/audit")


async def test_rules_may_be_left_and_employees_cannot_send_any(world: World, group: Place) -> None:
    office = await alone(world, SECRETARY)
    await office.says(SECRETARY, document=upload(DAILY))
    await office.presses(SECRETARY, "放弃")
    assert await world.rows("points_schemes") == 0
    desk = await alone(world, LI)
    assert "积分规则" not in await desk.says(LI, document=upload(DAILY))
