"""The tree of branches, kept by an administrator in private."""

from typing import Any

import pytest

from domain.people import branch
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.people.role import ROLE_GRANTED
from sandbox.files import Upload
from tests.dialogue import BOT, LI, SECRETARY, WEDNESDAY, Place, World, moment
from tests.sheets.making import xlsx

ROSTER = [
    ["姓名", "工号", "所在党组织"],
    ["李伟", "1", "集团党委/一总支/第一党支部"],
    ["王海燕", "2", "集团党委/一总支/第二党支部"],
    ["赵敏", "3", "集团党委/二总支/第一党支部"],
]


@pytest.fixture
def admins() -> frozenset[int]:
    """The secretary, who has the id of the local Telegram's first person."""
    return frozenset({7000000001})


@pytest.fixture
async def office(world: World, group: Place) -> Place:
    """The administrator's private chat, with a roster brought in."""
    chat = world.sandbox.open_private(world.people[SECRETARY], BOT)
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()
    place = Place(world, chat)
    await place.says(SECRETARY, document=Upload("名册.xlsx", "", xlsx(ROSTER)))
    await place.presses(SECRETARY, "导入")
    return place


async def test_the_tree_is_shown_with_how_many_are_where(office: Place) -> None:
    lines = (await office.says(SECRETARY, "/branch")).splitlines()
    assert lines[1:5] == ["集团党委", "　一总支", "　　第一党支部　1 人", "　　第二党支部　1 人"]


async def test_a_branch_is_added_renamed_and_moved(office: Place) -> None:
    assert "已新建：集团党委 / 一总支 / 第三党支部" in await office.says(SECRETARY, "/branch 新建 一总支/第三党支部")
    assert "一总支 / 联合党支部" in await office.says(SECRETARY, "/branch 改名 第三党支部 为 联合党支部")
    assert "二总支 / 联合党支部" in await office.says(SECRETARY, "/branch 移动 联合党支部 到 二总支")
    assert "在这里：联合党支部" in await office.says(SECRETARY, "/branch 移动 联合党支部 到 顶层")
    assert await office.world.rows("branches", "name = '联合党支部' AND kind = 'branch' AND parent_id IS NULL") == 1
    assert await office.world.rows("audit", "action = 'branch.changed'") == 4


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("移动 一总支 到 一总支/第一党支部", "那是它自己，或者是它的下级"),
        ("移动 集团党委 到 集团党委", "那是它自己，或者是它的下级"),
        ("移动 一总支/第一党支部 到 二总支", "已经有“第一党支部”了"),
        ("移动 第一党支部 到 集团党委", "有几个组织都叫“第一党支部”"),
        ("改名 第二党支部 为 第一党支部", "已经有“第一党支部”了"),
        ("改名 第二党支部 为 第一\u200b党支部", "已经有“第一党支部”了"),
        ("改名 第二党支部 为 甲/乙", "没看懂"),
        ("新建 三总支/第一党支部", "没有叫“三总支”"),
        ("新建 " + "长" * 61, "没有叫"),
        ("撤销 第二党支部", "里面还有 1 人，请先说明转到哪里"),
        ("撤销 第二党支部 人员到 第二党支部", "里面还有 1 人"),
        ("撤销 一总支 人员到 二总支", "下面还有 2 个组织"),
        ("撤销 第九党支部", "没有叫“第九党支部”"),
        ("打开 第二党支部", "没看懂"),
    ],
)
async def test_what_cannot_be_is_said_and_nothing_changes(office: Place, words: str, answer: str) -> None:
    assert answer in await office.says(SECRETARY, f"/branch {words}")
    assert await office.world.rows("audit", "action = 'branch.changed'") == 0
    assert await office.world.rows("branches", "closed_at IS NULL") == 6


CLOSE = "/branch 撤销 第二党支部 人员到 一总支/第一党支部"


async def own_group(group: Place) -> None:
    """The group is the second branch's, and Li its inspector."""
    await group.says(LI, "早")

    def bind(stores: Any) -> None:
        second = branch.at(stores, ["集团党委", "一总支", "第二党支部"])
        assert second is not None
        chat = stores.chats.find(group.chat.id)
        branch.bind(stores, chat=chat, branch=second.id)
        area, li = Area(branch=second.id), stores.members.find(7000000002)
        stores.grants.add(li, Role.INSPECTOR, area, None, moment(WEDNESDAY))
        stores.audit.note(
            None, ROLE_GRANTED, f"member:{li.id}", old=None, new=f"inspector {area}", at=moment(WEDNESDAY)
        )

    await group.world.program.database.write(bind)


async def test_what_closing_moves_is_shown_first_and_waits_for_a_button(office: Place, group: Place) -> None:
    await own_group(group)
    shown = await office.says(SECRETARY, CLOSE)
    assert "要撤销“第二党支部”吗？" in shown
    assert "1 人转到“第一党支部”：王海燕" in shown
    assert "1 个群归“第一党支部”" in shown
    assert "1 个角色随之结束：李伟（督查员）" in shown
    assert office.buttons() == ["撤销", "不撤销"]
    await office.presses(SECRETARY, "不撤销")
    assert "没有撤销" in office.newest()
    assert await office.world.rows("branches", "closed_at IS NOT NULL") == 0


async def test_a_branch_closes_and_is_had_back_within_ten_minutes(office: Place, group: Place, world: World) -> None:
    await own_group(group)
    await office.says(SECRETARY, CLOSE)
    await office.presses(SECRETARY, "撤销")
    assert "已撤销“第二党支部”。1 人转到“第一党支部”" in office.newest()
    assert await world.rows("grants", "revoked_at IS NULL AND role = 'inspector'") == 0
    assert await world.rows("branches JOIN chats ON branch_id = branches.id", "name = '第一党支部'") == 1
    await office.presses(SECRETARY, "恢复")
    assert "已恢复：集团党委 / 一总支 / 第二党支部" in office.newest()
    assert await world.rows("branches", "closed_at IS NOT NULL") == 0
    assert await world.rows("branches JOIN chats ON branch_id = branches.id", "name = '第二党支部'") == 1
    assert await world.rows("people JOIN branches ON branch_id = branches.id", "branches.name = '第二党支部'") == 1
    assert await world.rows("grants", "revoked_at IS NULL AND role = 'inspector'") == 1


async def test_after_ten_minutes_it_stays_closed(office: Place, world: World) -> None:
    await office.says(SECRETARY, CLOSE)
    await office.presses(SECRETARY, "撤销")
    await office.hears_until("2026-11-25 10:11")
    assert "已超过十分钟" in await office.presses(SECRETARY, "恢复")
    assert await world.rows("branches", "closed_at IS NOT NULL") == 1
    assert "第二党支部" not in await office.says(SECRETARY, "/branch")
    assert "没有叫“第二党支部”" in await office.says(SECRETARY, "/branch 改名 第二党支部 为 甲")


async def test_more_than_was_shown_is_shown_again(office: Place, world: World) -> None:
    await office.says(SECRETARY, CLOSE)

    def add(stores: Any) -> None:
        second = branch.at(stores, ["集团党委", "一总支", "第二党支部"])
        assert second is not None
        stores.people.add([Entry("9", "周杰", second.id)])

    await world.program.database.write(add)
    await office.presses(SECRETARY, "撤销")
    assert "2 人转到“第一党支部”：王海燕、周杰" in office.newest()
    assert await world.rows("branches", "closed_at IS NOT NULL") == 0


async def test_a_new_branch_without_one_above_is_asked_for_it(office: Place, world: World) -> None:
    assert "上级是哪一个" in await office.says(SECRETARY, "/branch 新建 第五党支部")
    await office.presses(SECRETARY, "集团党委")
    await office.presses(SECRETARY, "二总支")
    await office.presses(SECRETARY, "二总支")
    assert "已新建：集团党委 / 二总支 / 第五党支部" in office.newest()
    await office.says(SECRETARY, "/branch 新建 集团工会")
    await office.presses(SECRETARY, "没有上级")
    assert await world.rows("branches", "name = '集团工会' AND parent_id IS NULL") == 1
    assert "已新建：直属党支部" in await office.says(SECRETARY, "/branch 新建 顶层/直属党支部")


async def test_it_is_nothing_for_others_or_for_a_group(office: Place, group: Place, private: Place) -> None:
    assert "私聊" in await group.says(SECRETARY, "/branch")
    assert "管理员" in await private.says(LI, "/branch")
