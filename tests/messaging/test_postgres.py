"""The same dialogues with the store on PostgreSQL: one of each kind."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from domain.people import branch as branches
from domain.people import invitation
from domain.people.branch import BranchKind
from domain.people.person import Entry
from domain.points import verify
from domain.study import study
from handlers.people.invitation import PREFIX
from sandbox.files import Upload
from tests.conftest import Postgres
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World
from tests.patience import PATIENCE
from tests.sheets.making import xlsx
from tests.study.test_study import HELMET

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
async def world(troubled_world: World, postgres: Postgres) -> AsyncIterator[World]:
    """The bot, moved to PostgreSQL."""
    await troubled_world.stop()
    with postgres.database() as url:
        troubled_world.settings = troubled_world.settings.model_copy(update={"database_url": url})
        await troubled_world.start()
        await troubled_world.program.database.write(study.load, lessons=[HELMET])
        yield troubled_world
        await troubled_world.check()
        await troubled_world.stop()


async def test_a_task_goes_from_given_to_done(group: Place) -> None:
    assert "整理实验室" in await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    assert "完成了 1 号" in await group.does(LI, "/done 1")
    assert "早已完成" in await group.says(LI, "/done 1")
    assert await group.points_of(LI) == 5


async def test_a_task_reminds_at_its_hour(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    assert "整理实验室" in await group.hears_until("2026-11-26 16:00")


async def test_pressing_together_credits_each_once(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    assert len(set(await group.press_together([LI, LI, LI, WANG, WANG], "我学完了"))) == 2
    assert [await group.points_of(who) for who in (LI, WANG)] == [1, 1]


async def test_a_suggestion_is_thanked_and_counted(group: Place) -> None:
    assert "食堂" in await group.does(LI, "/suggest 食堂晚班加个热菜")
    assert "+2 提建议「食堂晚班加个热菜」" in await group.does(LI, "/points")


async def test_a_survey_is_asked_answered_and_published(group: Place) -> None:
    await group.says(SECRETARY, "/survey 几点开会？ | 九点 | 十点")
    await group.votes(LI, 1)
    await group.hears_until("2026-12-02 10:00")
    assert "十点" in group.shown()
    assert await group.points_of(LI) == 1


async def test_the_week_is_summed_up_on_monday(group: Place) -> None:
    await group.says(LI, "/suggest 食堂晚班加个热菜")
    assert "李伟" in await group.hears_until("2026-11-30 09:00")


async def test_what_was_left_is_handled_after_a_restart(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    await group.world.restart()
    assert "完成了 1 号" in await group.does(LI, "/done 1")
    assert "整理实验室" in await group.does(LI, "/points")


async def test_a_program_stands_by_and_takes_over_where_the_first_one_ends(group: Place) -> None:
    world = group.world
    await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    first = world.program
    second = asyncio.create_task(world.start())
    await asyncio.wait([second], timeout=0.5)
    assert not second.done()
    await first.__aexit__()
    async with asyncio.timeout(PATIENCE):
        await second
    assert "完成了 1 号" in await group.does(LI, "/done 1")


async def test_who_is_who_is_found_out_shown_and_forgotten(group: Place, private: Place, world: World) -> None:
    def enter(stores):
        branch = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="第一党支部").id
        (person,) = stores.people.add([Entry("10002", "李伟", branch, phone="13800000002")])
        by = stores.members.find(world.people[LI].id).id
        stores.invitations.add([(person.id, invitation.digest("secret"))], by, AT, AT + invitation.LIFE)

    await world.program.database.write(enter)
    other = Place(world, world.sandbox.open_private(world.people[WANG], BOT))
    for place, who in ((private, LI), (other, WANG)):
        world.sandbox.say(place.chat, world.people[who], f"/start {PREFIX}secret")
    await world.idle()
    assert sum("已经用过了" in place.newest() for place in (private, other)) == 1, "one link lets one in"
    who, place = (LI, private) if "✅" in private.newest() else (WANG, other)
    await place.says(who, "/export me")
    assert any("document" in one for one in place.bot_messages())
    await world.program.database.write(
        lambda stores: stores.people.leave(stores.people.numbered("10002").id, date(2025, 11, 1))
    )
    await world.at("2026-11-26 12:00")
    assert await world.rows("people", "name = ''") == 1
    assert await world.rows("people", "phone <> ''") == 0
    assert await world.program.database.read(verify.differences) == []


@pytest.mark.parametrize("admins", [frozenset({7000000001})])
async def test_a_roster_is_brought_in_and_its_tree_changed(group: Place) -> None:
    world = group.world
    office = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    world.sandbox.start(world.people[SECRETARY], BOT)
    rows = [["姓名", "工号", "支部"], ["李伟", "1", "党委/一支部"], ["王海燕", "2", "党委/二支部"]]
    assert "新增 2 人" in await office.says(SECRETARY, document=Upload("名册.xlsx", "", xlsx(rows)))
    await office.presses(SECRETARY, "导入")
    assert "没有要改的" in await office.says(SECRETARY, document=Upload("名册.xlsx", "", xlsx(rows)))
    assert "1 人转到“一支部”" in await office.says(SECRETARY, "/branch 撤销 二支部 人员到 一支部")
    await office.presses(SECRETARY, "撤销")
    assert "已撤销“二支部”" in office.newest()
    assert "一支部　2 人" in await office.says(SECRETARY, "/branch")
