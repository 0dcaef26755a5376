"""Standard procedures in chat: started in private, followed on one card, and changed by what a run has taught."""

import pytest

from domain.people import member
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened

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
    from dataclasses import replace

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
    preview = await office.says(SECRETARY, "12月18日")
    assert "联系场地、车辆、讲解：李伟，12月14日" in preview
    assert "没有宣传委员，先由书记办" in preview
    await office.presses(SECRETARY, "发出")
    card = group.shown()
    assert "主题党日·安全生产" in card
    assert "第 1 步/共 8 步" in card
    assert "主题党日·安全生产：征求意见，定主题" in office.shown()
    await office.presses(SECRETARY, "完成")
    await world.redrawn()
    assert "第 2 步/共 8 步" in group.shown()
    assert "先由书记办" in group.shown()
    await office.presses(SECRETARY, "完成")
    await world.redrawn()
    assert "联系场地、车辆、讲解" in li.shown()
    assert "第 3 步/共 8 步" in group.shown()
