"""Standard procedures in chat: started in private, followed on one card, and changed by what a run has taught."""

from dataclasses import replace

import pytest

from domain.people import member
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from handlers.work.procedure_files import XLSX, samples, write
from sandbox.files import Upload
from tests.dialogue import LI, SECRETARY, Place, World, opened

KIND = "application/octet-stream"
SHORT = """\
title: 走访慰问
source: 本支部的做法
steps:
  - {key: a, title: 列名单, who: 组织委员, when: 启动后1天}
  - {key: b, title: 买慰问品, who: 宣传委员, when: 轮到后3天内, check: 不超标准}
  - {key: c, title: 走访, who: 书记, when: 轮到后5天内, outcome: 照片, waits: [a, b]}
"""


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The secretary's private chat; Li is 组织委员 of the group's branch, nobody is 宣传委员."""
    await world.roster(group.chat, LI)
    chen = world.people[SECRETARY]

    def put(stores):
        li = stores.people.of_member(stores.members.find(world.people[LI].id).id)
        stores.people.save([_with_role(li, "组织委员")])
        known = member.meet(stores, PersonProfile(chen.id, chen.full_name, chen.username), world.sandbox.clock.now())
        area = Area(branch=li.branch)
        stores.grants.add(known, Role.SECRETARY, area, None, world.sandbox.clock.now())

    await world.program.database.write(put)
    return await opened(world, SECRETARY)


def _with_role(person, role):
    return replace(person, role=role)


async def test_a_sample_is_started_and_its_steps_go_to_who_holds_the_role(
    group: Place, office: Place, world: World
) -> None:
    li = await opened(world, LI)
    assert "标准流程" in await office.says(SECRETARY, "/procedure")
    assert "范本：发展党员" in office.buttons()
    await office.presses(SECRETARY, "范本：主题党日")
    assert "征求意见，定主题（书记，活动前 10 天）" in office.newest()
    await office.presses(SECRETARY, "启动")
    assert "哪个主题" in office.newest()
    await office.says(SECRETARY, "安全生产")
    assert "12月" in "".join(office.buttons())
    assert "请只写日期" in await office.says(SECRETARY, "12月18日开会")
    preview = await office.says(SECRETARY, "12月18日")
    assert "联系场地、车辆、讲解：李伟，12月14日" in preview
    assert "没有宣传委员，先由书记办" in preview
    await office.presses(SECRETARY, "发出")
    card = group.shown()
    assert "主题党日·安全生产" in card
    assert "第 1 步/共 8 步" in card
    assert "主题党日·安全生产：征求意见，定主题" in office.shown()
    await office.presses(SECRETARY, "完成")
    await world.refreshed()
    assert "第 2 步/共 8 步" in group.shown()
    assert "先由书记办" in group.shown()
    await office.presses(SECRETARY, "完成")
    await world.refreshed()
    assert "联系场地、车辆、讲解" in li.shown()
    assert "第 3 步/共 8 步" in group.shown()


async def test_a_file_is_kept_run_to_its_end_and_changed_by_what_was_learnt(
    group: Place, office: Place, world: World
) -> None:
    li = await opened(world, LI)
    assert "走访慰问" in await office.says(
        SECRETARY, document=Upload("走访慰问.yaml", "application/yaml", SHORT.encode())
    )
    await office.presses(SECRETARY, "给「第一党支部」用")
    assert "保存好了，3 步" in office.newest()
    await office.says(SECRETARY, "标准流程")
    await office.presses(SECRETARY, "走访慰问")
    await office.presses(SECRETARY, "启动")
    assert "没有宣传委员，先由书记办" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "走访慰问：列名单" in li.shown()
    assert "走访慰问：买慰问品" not in office.shown(), "it waits for the list"

    await li.presses(LI, "完成")
    await world.refreshed()
    assert "第 2 步/共 3 步" in group.shown()
    await office.presses(SECRETARY, "完成")
    await office.presses(SECRETARY, "完成")
    await world.refreshed()
    assert "全部 3 步办完" in group.shown()
    await office.presses(SECRETARY, "写三句")
    await office.says(SECRETARY, "分工清楚")
    await office.presses(SECRETARY, "没有")
    await office.says(SECRETARY, "先问清楚家里缺什么")
    await office.presses(SECRETARY, "2. 买慰问品")
    await office.presses(SECRETARY, "写进这一步的标准")
    assert "下次改：先问清楚家里缺什么" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "第 2 版" in await office.presses(SECRETARY, "采纳")
    await world.refreshed()
    assert "复盘" not in "".join(group.buttons())
    await office.says(SECRETARY, "/procedure")
    await office.presses(SECRETARY, "走访慰问")
    assert "第 2 版" in office.newest()


async def test_stopping_withdraws_open_tasks_and_old_buttons_answer_kindly(
    group: Place, office: Place, world: World
) -> None:
    await office.says(SECRETARY, "/procedure")
    await office.presses(SECRETARY, "范本：发展党员")
    await office.presses(SECRETARY, "启动")
    await office.says(SECRETARY, "张晓明")
    assert "25. 材料归档" in office.newest()
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "第 1 步/共 25 步" in group.shown()
    assert "后面还有" in group.shown()
    await office.says(SECRETARY, "/procedure")
    await office.presses(SECRETARY, "发展党员·张晓明（1/25）")
    page = office.messages()[-1]
    await office.presses(SECRETARY, "停止")
    await office.presses(SECRETARY, "停止")
    await world.refreshed()
    assert "已停止" in group.shown()
    assert "没有进行中的任务" in await group.says(SECRETARY, "/tasks")
    assert "已停止" in await office.receives_press(SECRETARY, page, "procedure.stopped:1")
    assert "已停止" in await office.receives_press(SECRETARY, page, "procedure.run:99")


async def test_a_circle_is_refused_with_the_names_of_its_steps(group: Place, office: Place) -> None:
    wrong = SHORT.replace("when: 启动后1天}", "when: 启动后1天, waits: c}")
    told = await office.says(SECRETARY, document=Upload("圈.yaml", "application/yaml", wrong.encode()))
    assert "列名单 → 走访 → 列名单" in told or "走访 → 列名单" in told
    told = await office.says(
        SECRETARY, document=Upload("错.yaml", "application/yaml", SHORT.replace("轮到后3天内", "很快").encode())
    )
    assert "第 5 行：“很快”看不出时间" in told
    table = write(dict(samples("zh"))["admission"], XLSX, "流程", "zh")
    assert "读到流程 <b>发展党员</b>，25 步" in await office.says(SECRETARY, document=Upload("流程.xlsx", KIND, table))
    await office.presses(SECRETARY, "不要")
    assert "流程" not in "".join(office.buttons())
