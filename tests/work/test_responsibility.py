"""Lists of responsibilities in chat: a sample is adopted, whoever has the role gets the tasks, files in and out."""

from typing import Any

import pytest

from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.invitation import linking
from domain.people.permission import Area, Role
from domain.people.person import Entry
from sandbox.files import Upload
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.sheets.making import xlsx

PEOPLE = ((SECRETARY, "10001", "陈书记", "书记"), (LI, "10002", "李伟", "组织委员"), (WANG, "10003", "王海燕", ""))
SHEET = [
    ["支部责任清单", "", "", "", ""],
    ["责任岗位", "工作内容", "频次", "成果形式", "依据"],
    ["书记", "讲党课", "每季度最后一个工作日", "讲稿", "条例"],
    ["组织委员", "收缴党费", "每月25日", "登记表", ""],
]


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """A branch with its group, on whose roster everybody is with a role."""
    for who in (SECRETARY, LI, WANG):
        await world.spoke(group.chat, world.people[who])

    def fill(stores: Any) -> None:
        at = world.sandbox.clock.now()
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="机关党支部")
        branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=place.id)
        people = stores.people.add([Entry(number, name, place.id, role) for _, number, name, role in PEOPLE])
        for person, (who, *_) in zip(people, PEOPLE, strict=True):
            member = stores.members.find(world.people[who].id)
            linking.link(stores, person, member, by=member.id, at=at)
        chen = stores.members.find(world.people[SECRETARY].id)
        if not stores.grants.of(chen.id):
            stores.grants.add(chen, Role.SECRETARY, Area(branch=place.id), None, at)

    await world.program.database.write(fill)
    return group


async def test_a_sample_list_is_adopted_and_its_turns_reach_who_has_the_role(office: Place) -> None:
    assert "还没有清单" in await office.says(SECRETARY, "/responsibilities")
    await office.presses(SECRETARY, "范本")
    assert "《中国共产党支部工作条例（试行）》" in office.newest()
    await office.presses(SECRETARY, "党支部常用责任清单")
    assert "新增 17 项" in office.newest()
    await office.presses(SECRETARY, "采用")
    assert "机关党支部的责任清单已更新：新增 17 项" in office.newest()
    assert "还没有人担任：副书记、宣传委员、纪检委员、党小组长" in office.newest()
    await office.presses(SECRETARY, "返回")
    assert "· 组织委员，3 项，李伟" in office.newest()
    await office.presses(SECRETARY, "组织委员")
    assert "收缴党费并公布\n　　每月25日 18:00，遇休息日顺延，成果：党费收缴登记表" in office.newest()
    assert "依据：《关于中国共产党党费收缴、使用和管理的规定》" in office.newest()
    said = await office.hears_until("2026-12-18 10:00")
    assert "收缴党费并公布" in said
    assert "这项由宣传委员负责，目前没有人担任，请书记代办" in said


async def test_one_sees_ones_own_duties_in_private(office: Place, world: World) -> None:
    await office.says(SECRETARY, "/responsibilities")
    await office.presses(SECRETARY, "范本")
    await office.presses(SECRETARY, "党支部常用责任清单")
    await office.presses(SECRETARY, "采用")
    private = await opened(world, LI)
    assert "收缴党费并公布\n　　每月25日 18:00" in await private.says(LI, "/responsibilities")
    assert "讲党课" not in private.newest()
    assert "没有责任清单里的职责" in await (await opened(world, WANG)).says(WANG, "我的职责")


async def test_only_who_plans_work_adopts_a_list(office: Place) -> None:
    await office.says(LI, "/responsibilities")
    assert "范本" not in office.buttons()
    await office.says(SECRETARY, "/responsibilities")
    await office.presses(LI, "范本")
    await office.presses(LI, "党支部常用责任清单")
    assert "新增" not in office.newest()


async def test_a_table_is_imported_after_a_preview_and_exported(office: Place, world: World) -> None:
    private = await opened(world, SECRETARY)
    await private.says(SECRETARY, "/responsibilities")
    for label in (office.chat.title, "导入导出", "导入"):
        await private.presses(SECRETARY, label)
    wrong = [*SHEET, ["宣传委员", "学习安排", "有空的时候", "", ""]]
    assert "第 5 行，节奏：“有空的时候”" in await private.says(SECRETARY, document=Upload("清单.xlsx", "", xlsx(wrong)))
    assert "新增 2 项" in await private.says(SECRETARY, document=Upload("清单.xlsx", "", xlsx(SHEET)))
    await private.presses(SECRETARY, "发出")
    assert "新增 2 项，修改 0 项，停止 0 项" in office.newest()
    await private.says(SECRETARY, "/responsibilities")
    for label in (office.chat.title, "导入导出", "导出"):
        await private.presses(SECRETARY, label)
    sent = next(one for one in reversed(private.bot_messages()) if "document" in one)
    assert sent["document"]["file_name"] == "责任清单.xlsx"
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    await private.says(SECRETARY, "/responsibilities")
    for label in (office.chat.title, "导入导出", "导入"):
        await private.presses(SECRETARY, label)
    assert "2 项都已经有了" in await private.says(SECRETARY, document=Upload("清单.xlsx", "", content))
