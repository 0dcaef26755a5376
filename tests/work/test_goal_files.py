"""Goals come in from a table and go out to one: in chat after somebody agreed, all of it or nothing."""

import sheets
from sandbox.files import Upload
from sheets import goals
from tests.dialogue import LI, SECRETARY, Place, World, opened
from tests.study.test_library_chat import make_secretary

YEAR = {"code": "Y1", "title": "安全年", "due": "2026-12-31", "measure": "是否完成"}
PART = {"code": "M1", "parent": "Y1", "title": "查隐患", "due": "2026-11-30", "measure": "40项", "weight": "80"}
REST = {"code": "M2", "parent": "Y1", "title": "办培训", "due": "2026-11-30", "measure": "95%", "weight": "50"}


def upload(*rows: dict[str, str]) -> Upload:
    """A workbook of goals, each by its fields."""
    return Upload("目标.xlsx", "application/octet-stream", sheets.write([goals.table(rows, "zh")], as_csv=False))


async def test_a_table_comes_in_is_changed_with_a_reason_and_goes_out(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "早")
    await make_secretary(world, SECRETARY)
    office = await opened(world, SECRETARY)
    told = await office.says(SECRETARY, document=upload(YEAR, PART, REST))
    assert "新增 3 项：\n· 安全年\n· 查隐患\n· 办培训" in told
    assert "「安全年」的下级权重合计 130%，不是 100%" in told
    assert await world.rows("goals") == 0, "nothing is imported before somebody agrees"
    await office.presses(SECRETARY, "导入")
    assert "已导入：\n新增 3 项" in office.newest()
    assert "没有要改的" in await office.says(SECRETARY, document=upload(YEAR, PART, REST))
    changed = {**REST, "weight": "20"}
    told = await office.says(SECRETARY, document=upload(YEAR, PART, changed))
    assert "第 4 行「办培训」：调整原因 没有写；改已有的目标要写原因" in told
    told = await office.says(SECRETARY, document=upload(YEAR, PART, {**changed, "reason": "任务变化"}))
    assert "调整 1 项：\n· 办培训\n2 项不变" in told
    assert "130%" not in told
    await office.presses(SECRETARY, "导入")
    assert await world.rows("goals") == 3
    assert await world.rows("goal_versions") == 4
    await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "导出表格")
    sent = next(one for one in reversed(office.bot_messages()) if "document" in one)
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    assert [one.fields["code"] for one in goals.read(content).rows] == ["Y1", "M1", "M2"]
    again = Upload("目标.xlsx", "application/octet-stream", content)
    assert "没有要改的" in await office.says(SECRETARY, document=again)


async def test_a_faulty_table_changes_nothing_and_others_tables_are_no_goals(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "早")
    await make_secretary(world, SECRETARY)
    office = await opened(world, SECRETARY)
    round_ = ({**YEAR, "parent": "M1"}, PART)
    told = await office.says(SECRETARY, document=upload(*round_))
    assert "会绕成一圈：安全年 → 查隐患 → 安全年" in told
    wrong = {**PART, "parent": "X9", "owner": "没有人"}
    told = await office.says(
        SECRETARY, document=upload({**YEAR, "due": "年底", "measure": "很好", "weight": "130"}, wrong)
    )
    assert "第 2 行「安全年」：期限 不是日期（年底）" in told
    assert "指标 看不懂（很好）" in told
    assert "权重 应是 0 到 100 的整数（130）" in told
    told = await office.says(SECRETARY, document=upload(YEAR, wrong))
    assert "上级编号 没有「X9」这项目标" in told
    assert await world.rows("goals") == 0
    own = await opened(world, LI)
    assert "目标" not in await own.says(LI, document=upload(YEAR))
