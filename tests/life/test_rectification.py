"""Findings in chat: written down, a measure agreed, rectified, verified by somebody else, looked back at."""

from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened


async def written(office: Place, title: str = "三季度支委会记录不全", last: str = "由支部定") -> None:
    """The secretary writes a finding down."""
    await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "写一条问题")
    await office.says(SECRETARY, f"{title}\n缺 8 月、9 月两次")
    await office.presses(SECRETARY, "台账资料")
    await office.presses(SECRETARY, "自查")
    if last == "由支部定":
        await office.presses(SECRETARY, last)
    else:
        await office.says(SECRETARY, last)
    await office.presses(SECRETARY, "发出")


async def agreed(office: Place, owner: str = "李伟", due: str = "下周五18:00前") -> None:
    """A measure is agreed on."""
    await office.presses(SECRETARY, "定整改措施")
    await office.says(SECRETARY, "记录员换人没有交接")
    await office.says(SECRETARY, "补齐两次会议记录 | 标准：有签到有记录")
    await office.presses(SECRETARY, owner)
    await office.says(SECRETARY, due)


async def test_a_finding_from_beginning_to_end(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    assert "没有没销号的问题" in await office.says(SECRETARY, "/rectify")
    await written(office)
    assert "1 号问题（待定措施）" in office.newest()
    assert "等您定整改措施 1 条" in await office.says(SECRETARY, "/start")
    await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "1 号")
    await agreed(office)
    assert "责任人：李伟" in office.newest()
    assert "验收人：陈书记" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "📌 补齐两次会议记录" in group.newest()
    assert "交接" not in group.shown()
    await world.redrawn()
    assert "1 号问题（整改中）" in office.shown()
    assert "整改中，李伟" in await li.says(LI, "我的整改")
    await group.presses(LI, "完成")
    assert "补齐两次会议记录" in office.newest()
    await office.presses(SECRETARY, "退回")
    await office.says(SECRETARY, "还差 9 月")
    await li.presses(LI, "重新提交")
    await office.presses(SECRETARY, "合格")
    await world.redrawn()
    assert "1 号问题（已销号）" in office.shown()
    await world.at("2026-12-28 10:00")
    assert "回头看" in office.newest()
    await office.presses(SECRETARY, "1 号又出现了")
    await office.says(SECRETARY, "11 月又缺一次")
    assert "记为反复" in office.newest()
    assert "（第 2 次出现）" in await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "统计")
    assert "反复 1" in office.newest()
    await office.presses(SECRETARY, "反复")
    assert "1 号 三季度支委会记录不全" in office.newest()
