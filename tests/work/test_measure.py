"""Measures of improvement in private, from beginning to decision; lean figures under /summary."""

import pytest

from charts import Picture, Topics
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The secretary's private chat."""
    await group.says(SECRETARY, "早")
    return await opened(world, SECRETARY)


async def finishes(group: Place, world: World, count: int) -> None:
    """Li gets tasks and finishes them at once."""
    for number in range(count):
        await group.says(SECRETARY, f"/task @li 明天18:00前 巡检{number}")
        await group.presses(LI, "完成")


async def begins(office: Place, figure: str, target: str) -> None:
    await office.says(SECRETARY, "/improve")
    await office.presses(SECRETARY, "写一条改进措施")
    await office.says(SECRETARY, "周例会改成站会")
    await office.presses(SECRETARY, figure)
    await office.says(SECRETARY, target)
    await office.presses(SECRETARY, "2026年12月25日")


async def test_a_measure_is_begun_checked_and_made_standard(group: Place, office: Place, world: World) -> None:
    await begins(office, "按时率", "90%")
    assert "按时率：数据不足 → 目标 90%" in office.newest()
    assert "2026年12月25日看结果" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "记下了，1 号改进措施" in office.newest()
    await world.at("2026-12-01 09:00")
    await finishes(group, world, 5)
    await world.at("2026-12-25 09:00")
    assert "到看结果的时候了：1 号改进措施" in office.newest()
    assert "现在 100%，达到目标" in office.newest()
    assert "待定的改进措施" in await office.says(SECRETARY, "/start")
    await office.presses(SECRETARY, "定 1 号措施")
    await office.presses(SECRETARY, "固化")
    assert "怎么固定下来" in office.newest()
    await office.says(SECRETARY, "写进支部工作制度")
    assert "1 号措施已固化" in office.newest()
    assert "固化：写进支部工作制度" in office.shown()
    assert "待定的改进措施" not in await office.says(SECRETARY, "/start")
    assert "（已固化）" in await office.says(SECRETARY, "改进措施")


async def test_a_figure_of_ones_own_is_reported_and_a_revised_measure_has_a_next_round(
    office: Place, world: World
) -> None:
    await office.says(SECRETARY, "/improve")
    await office.presses(SECRETARY, "写一条改进措施")
    await office.says(SECRETARY, "周例会改成站会")
    await office.says(SECRETARY, "例会时长（分钟）")
    assert "请只写一个数" in await office.says(SECRETARY, "从 60 到 90")
    await office.says(SECRETARY, "60")
    assert "不比现在的 60 好" in await office.says(SECRETARY, "60")
    await office.says(SECRETARY, "20 分钟")
    assert "请写今后一年以内的一天" in await office.says(SECRETARY, "2029年1月1日")
    await office.says(SECRETARY, "12月1日")
    await office.presses(SECRETARY, "发出")
    await world.at("2026-12-01 09:00")
    assert "还没有填现在的数" in office.newest()
    await office.presses(SECRETARY, "填现在的数")
    await office.says(SECRETARY, "35")
    assert "现在 35，好转了，没到目标" in office.newest()
    await office.presses(SECRETARY, "再改")
    await office.says(SECRETARY, "汇报还是太长")
    await office.presses(SECRETARY, "写下一轮措施")
    await office.says(SECRETARY, "每人最多两分钟")
    assert "例会时长（分钟）现在 35，想做到多少" in office.newest()
    await office.says(SECRETARY, "20")
    await office.says(SECRETARY, "12月31日")
    await office.presses(SECRETARY, "发出")
    await office.says(SECRETARY, "/improve")
    await office.presses(SECRETARY, "2 号 每人最多两分钟")
    assert "上一轮（1 号）：周例会改成站会，现在 35" in office.newest()
    old = next(one for one in office.bot_messages() if "1 号改进措施" in str(one.get("text")))
    assert "不用再定" in await decided_again(office, old)


async def decided_again(office: Place, message: object) -> str:
    """Somebody presses a button of a measure that was decided."""
    before = len(office.sandbox.calls)
    await office.receives_press(SECRETARY, message, "measure.decide:1:kept")  # type: ignore[arg-type]
    answers = [one for one in office.sandbox.calls[before:] if one.method.lower() == "answercallbackquery"]
    return str(answers[-1].parameters.get("text"))


async def test_a_task_is_given_from_a_measure_and_shown_on_its_card(group: Place, office: Place, world: World) -> None:
    await group.says(LI, "早")
    await begins(office, "按时率", "90%")
    await office.presses(SECRETARY, "发出")
    await office.says(SECRETARY, "/improve")
    await office.presses(SECRETARY, "1 号")
    await office.presses(SECRETARY, "布置任务")
    await office.presses(SECRETARY, "李伟")
    await office.says(SECRETARY, "12月1日18:00前")
    assert "周例会改成站会" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "📌 周例会改成站会" in group.newest()
    assert await world.rows("task_links", "kind = 'measure' AND number = 1") == 1
    await group.presses(LI, "完成")
    await office.says(SECRETARY, "/improve")
    await office.presses(SECRETARY, "1 号")
    assert "任务：完成 1/1 项" in office.newest()


async def test_others_have_no_measures(office: Place, world: World, group: Place) -> None:
    private = await opened(world, WANG)
    assert "由支部负责人来定" in await private.says(WANG, "/improve")
    assert "私聊" in await group.says(SECRETARY, "/improve")


async def test_the_summary_leads_to_the_figures_with_a_picture(
    group: Place, office: Place, world: World, drawn: list[Picture]
) -> None:
    await office.says(SECRETARY, "/summary")
    await office.presses(SECRETARY, "精益指标")
    assert "没有完成的任务" in office.newest()
    await finishes(group, world, 6)
    await world.at("2026-11-25 11:00")
    await office.says(SECRETARY, "/summary")
    await office.presses(SECRETARY, "精益指标")
    assert "完成 6 项，按时 100%" in office.newest()
    assert not isinstance(drawn[-1], Topics), "nobody said when the work began"
    await office.presses(SECRETARY, "近 90 天")
    assert "完成 6 项，按时 100%" in office.newest()
    await office.presses(SECRETARY, "写一条改进措施")
    assert "打算怎么改" in office.newest()
