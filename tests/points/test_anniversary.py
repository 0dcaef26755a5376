"""The day of joining the Party: asked once, greeted where it is allowed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.admin.setting import Marking, Name, Scope, Where
from domain.points.anniversary import days_of, next_after
from tests.dialogue import LI, SECRETARY, WANG, Place, World

DAYS = st.dates(date(1921, 7, 1), date(2100, 12, 31))


@given(joined=DAYS, today=DAYS)
def test_the_next_day_is_kept_and_is_the_first(joined: date, today: date) -> None:
    found = next_after(joined, today)
    assert found >= today
    assert found.year > joined.year
    assert (joined.month, joined.day) in days_of(found)
    if found.year > max(today.year, joined.year + 1):
        assert found.replace(year=found.year - 1, day=min(found.day, 28)) < today


@pytest.mark.parametrize(
    ("today", "kept"),
    [
        (date(2027, 2, 28), [(2, 28), (2, 29)]),
        (date(2028, 2, 28), [(2, 28)]),
        (date(2028, 2, 29), [(2, 29)]),
        (date(2100, 2, 28), [(2, 28), (2, 29)]),
        (date(2027, 3, 1), [(3, 1)]),
    ],
)
def test_the_29th_of_february_is_kept_on_the_28th_in_other_years(today: date, kept: list[tuple[int, int]]) -> None:
    assert days_of(today) == kept


async def joined(world: World, group: Place, **days: date) -> None:
    """Everybody is on the roster, some with the day on which they joined the Party."""
    await world.roster(group.chat, SECRETARY, LI, WANG)

    def put(stores: Any) -> None:
        for who, day in days.items():
            member = stores.members.find(world.people[who].id)
            stores.members.speak(stores.chats.find(group.chat.id).id, member.id, world.sandbox.clock.now())
            stores.people.save([replace(stores.people.of_member(member.id), joined_on=day)])

    await world.program.database.write(put)


async def choose(world: World, who: str, marking: Marking) -> None:
    def put(stores: Any) -> None:
        member = stores.members.find(world.people[who].id)
        stores.settings.put(Where(Scope.MEMBER, member.id), Name.ANNIVERSARY, marking.value)

    await world.program.database.write(put)


async def test_it_is_asked_on_the_card_and_greeted_at_nine(world: World, group: Place, private: Place) -> None:
    await joined(world, group, li=date(2008, 12, 1), wang=date(2020, 12, 1))
    said = await private.says(LI, "/start")
    assert "12月1日（周二）是您的政治生日" in said
    assert "那天在私聊和群里祝贺" in await private.presses(LI, "群里也可以")
    assert "政治生日" not in private.newest()
    assert "政治生日" not in await private.says(LI, "/start")
    await choose(world, WANG, Marking.GROUP)
    before = len(group.bot_messages())
    await private.hears_until("2026-12-01 08:59")
    assert "周年" not in private.newest()
    await private.hears_until("2026-12-01 09:05")
    assert "入党 18 周年" in "".join(str(one.get("text")) for one in private.bot_messages())
    told = [one["text"] for one in group.bot_messages()[before:] if "政治生日快乐" in one.get("text", "")]
    assert told == ["🎉 政治生日快乐：李伟（入党 18 周年）、王海燕（入党 6 周年）\n感谢各位同志一路的付出。"]


async def test_nobody_is_named_who_has_not_allowed_it(world: World, group: Place, private: Place) -> None:
    await joined(world, group, li=date(2008, 11, 26), wang=date(2020, 11, 26), secretary=date(2026, 11, 26))
    await choose(world, LI, Marking.PRIVATE)
    await choose(world, SECRETARY, Marking.GROUP)
    await private.hears_until("2026-11-26 09:05")
    assert "入党 18 周年" in "".join(str(one.get("text")) for one in private.bot_messages())
    assert "政治生日" not in "".join(str(one.get("text")) for one in group.bot_messages())


async def test_the_day_after_it_is_too_late(world: World, group: Place, private: Place) -> None:
    await joined(world, group, li=date(2008, 11, 26))
    await choose(world, LI, Marking.GROUP)
    async with world.away("2026-11-27 08:00"):
        pass
    assert "周年" not in "".join(str(one.get("text")) for one in private.bot_messages())
    assert await world.rows("outbox", "key LIKE 'anniversary:%'") == 0


async def test_a_forged_choice_changes_nothing(world: World, group: Place, private: Place) -> None:
    await private.says(LI, "/start")
    await private.receives_press(LI, private.bot_messages()[-1], "anniversary.choose:everybody")
    await group.says(LI, "早")
    await group.receives_press(LI, group.bot_messages()[-1], "anniversary.choose:group")
    assert await world.rows("settings", "name = 'anniversary'") == 0
