"""What administrators hear when something is wrong."""

import pytest

from tests.dialogue import BOT, SECRETARY, Place

LI_ID = 7000000002


@pytest.fixture
def admins() -> frozenset[int]:
    """Li looks after the program."""
    return frozenset({LI_ID})


async def test_an_administrator_hears_which_group_the_bot_was_removed_from(private: Place, group: Place) -> None:
    group.sandbox.remove_member(group.chat, BOT, by=group.person(SECRETARY))
    await group.world.idle()
    heard = await private.hears_until("2026-11-25 10:05")
    assert "我已不在这些群里" in heard
    assert "第一党支部" in heard
    assert await private.hears_until("2026-11-25 10:30") == ""


async def test_what_happens_at_night_is_told_in_the_morning(private: Place, group: Place) -> None:
    await group.world.at("2026-11-25 23:00")
    group.sandbox.remove_member(group.chat, BOT, by=group.person(SECRETARY))
    await group.world.idle()
    assert await private.hears_until("2026-11-26 06:55") == ""
    assert "第一党支部" in await private.hears_until("2026-11-26 07:00")
