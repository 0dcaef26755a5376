"""Overdue tasks go on to the next level; the owner reads so before, the superior what to do about it."""

import io
from typing import Any

import docx
import pytest

from domain.people.permission import Area, Role
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened, plain


@pytest.fixture
async def late(group: Place, world: World) -> Place:
    """The secretary's private chat; Li and Wang have a task that is due today, the secretary holds that role."""
    for who in (SECRETARY, LI, WANG):
        await group.says(who, "早")
    await named(world, group, SECRETARY, Role.SECRETARY, Area(group=1))
    office = await opened(world, SECRETARY)
    await group.says(SECRETARY, "/task @li 明天18:00前 交心得 | 标准：不少于800字")
    await group.says(SECRETARY, "/task 王海燕 明天18:00前 交报表")
    return office


async def named(world: World, group: Place, who: str, role: Role, area: Area) -> None:
    def unit(stores: Any) -> None:
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, role, area, None, world.sandbox.clock.now())

    await world.program.database.write(unit)


async def days(place: Place, *mornings: str) -> str:
    """Let mornings pass with all their jobs; what was said in a chat."""
    said = [await place.hears_until(f"{day} {clock}") for day in mornings for clock in ("06:05", "08:45", "09:05")]
    return "\n".join(said)


async def test_its_owner_reads_on_the_workday_before_that_it_will_be_reported(group: Place, late: Place) -> None:
    li = await opened(group.world, LI)
    said = await days(li, "2026-11-26")
    assert "11月27日（周五）还没办完，将报告交办人" in said
    assert "报告交办人" in group.shown(), "Wang has no private chat"
    assert "督办" not in late.shown()


async def test_the_superior_gets_one_message_for_all_that_is_late(group: Place, late: Place) -> None:
    await days(group, "2026-11-26", "2026-11-27")
    reports = [plain(one) for one in late.bot_messages() if "督办" in plain(one)]
    assert len(reports) == 1
    assert "1 号 交心得，李伟，逾期 1 个工作日" in reports[0]
    assert "2 号 交报表，王海燕，逾期 1 个工作日" in reports[0]


async def test_what_is_finished_after_the_notice_is_not_reported(group: Place, late: Place) -> None:
    await days(group, "2026-11-26")
    await group.says(LI, "/done 1")
    await group.says(WANG, "/done 2")
    await days(group, "2026-11-27")
    assert "督办" not in late.shown()


async def test_a_superior_writes_a_measure_takes_the_document_and_ends_it(
    group: Place, late: Place, world: World
) -> None:
    li = await opened(world, LI)
    await days(group, "2026-11-26", "2026-11-27")
    await late.presses(SECRETARY, "1 号「交心得」")
    assert "已报告" not in late.newest()
    assert "11月27日（周五）08:40 报告交办人" in late.newest()
    await late.presses(SECRETARY, "写督办措施")
    assert "已私下告诉李伟" in await late.says(SECRETARY, "周一前补齐")
    assert "陈书记提出的措施：\n周一前补齐" in li.newest()
    await late.says(SECRETARY, "/follow")
    assert "已有措施" in late.newest()
    await late.presses(SECRETARY, "1 号「交心得」")
    await late.presses(SECRETARY, "督办单")
    words = paper(late)
    assert ("督办事项", "交心得 (1)") in words
    assert ("质量标准", "不少于800字") in words
    assert ("督办措施", "周一前补齐") in words
    await late.presses(SECRETARY, "结束督办")
    assert late.buttons() == ["2 号「交报表」"], "it is not listed any more"
    assert "报告" not in await days(li, "2026-11-30", "2026-12-01", "2026-12-02"), "it goes up no more"


def paper(place: Place) -> list[tuple[str, str]]:
    """The rows of the newest document of a chat."""
    message = next(one for one in reversed(place.bot_messages()) if "document" in one)
    assert message["document"]["file_name"].endswith(".docx")
    data = place.sandbox.world.files.by_id(message["document"]["file_id"]).data
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [(row.cells[0].text, row.cells[1].text) for row in table.rows]


async def test_others_see_no_follow_up(group: Place, late: Place, world: World) -> None:
    wang = await opened(world, WANG)
    await days(group, "2026-11-26", "2026-11-27")
    said = await wang.says(WANG, "/follow")
    assert "交心得" not in said
    await late.says(SECRETARY, "/follow")
    assert "交心得" in late.newest()


async def test_where_it_is_off_nothing_is_reported(group: Place, late: Place) -> None:
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "逾期上报")
    await group.presses(SECRETARY, "不上报")
    await days(group, "2026-11-26", "2026-11-27", "2026-11-30")
    assert "督办" not in late.shown()


async def test_plain_words_open_it(group: Place, late: Place) -> None:
    assert "没有需要督办的任务" in await late.says(SECRETARY, "看看督办情况")
