"""Honours as secretaries give and withdraw them, and people see them."""

from typing import Any

import pytest

from charts import Certificate
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World

CITATION = "连续三个月零隐患，带出两名徒弟"


@pytest.fixture
async def branch(world: World, group: Place) -> Place:
    """The group of a branch with all three on its roster; its secretary by role."""
    await world.roster(group.chat, SECRETARY, LI, WANG)

    def appoint(stores: Any) -> None:
        chen, place = stores.members.find(world.people[SECRETARY].id), stores.chats.find(group.chat.id).branch
        stores.grants.add(chen, Role.SECRETARY, Area(branch=place), None, world.sandbox.clock.now())
        branches.add(stores, parent=place, kind=BranchKind.GROUP, name="第一党小组")

    await world.program.database.write(appoint)
    return group


async def honoured(place: Place, title: str = "岗位能手", who: str = "李伟") -> None:
    """The secretary honours somebody."""
    await place.says(SECRETARY, "/honour")
    await place.presses(SECRETARY, title)
    await place.presses(SECRETARY, who)
    await place.answers(SECRETARY, CITATION)
    await place.presses(SECRETARY, "发出")


async def test_a_secretary_honours_somebody_and_the_certificate_is_theirs_to_see(branch: Place, world: World) -> None:
    await honoured(branch)
    assert branch.newest().splitlines()[0] == "🎖 岗位能手"
    assert CITATION in branch.newest()
    assert "第一党支部，11月25日（周三）" in branch.newest()
    assert "请先打开和我的私聊" in await branch.presses(LI, "看证书")
    await branch.opens_private(LI)
    assert "已私聊发给您" in await branch.presses(LI, "看证书")
    lis = Place(world, world.sandbox.open_private(world.people[LI], BOT))
    assert "李伟：" in lis.newest()
    assert "特授予“岗位能手”称号" in lis.newest()
    assert "2026年11月25日" in lis.newest()
    assert "岗位能手，11月25日" in await lis.says(LI, "我的荣誉")
    await lis.presses(LI, "证书：岗位能手")
    assert "荣誉证书" in lis.newest()
    assert "1 号 李伟，岗位能手" in await branch.says(WANG, "/honours")
    assert await world.rows("audit", "action = 'honour.given'") == 1
    await branch.hears_until("2026-11-25 11:00")
    assert "🎖 李伟（岗位能手）" in await branch.says(SECRETARY, "/summary")
    await lis.says(LI, "/settings")
    await lis.presses(LI, "榜上列名")
    await lis.presses(LI, "否")
    assert "🎖 荣誉 1 项" in await branch.says(SECRETARY, "/summary")


async def test_a_certificate_is_a_picture_for_the_group_and_for_whoever_asks(
    branch: Place, world: World, drawn: list[Any]
) -> None:
    await branch.opens_private(LI)
    await honoured(branch)
    announced = branch.bot_messages()[-1]
    await branch.presses(LI, "看证书")
    lis = Place(world, world.sandbox.open_private(world.people[LI], BOT))
    assert ("photo" in announced, "photo" in lis.bot_messages()[-1]) == (True, True)
    assert CITATION in announced["caption"]
    assert "特授予“岗位能手”称号" in lis.newest(), "the words say all of it"
    assert drawn[0] == drawn[1]
    assert drawn[0] == Certificate("荣誉证书", "李伟 同志", "岗位能手", CITATION, "第一党支部", "2026年11月25日")
    await branch.says(SECRETARY, "/honour 撤销 1 事迹不属实")
    assert "李伟" not in repr(drawn[2]), "nobody's name stays under a title that holds no more"
    assert (drawn[2].title, drawn[2].honour) == ("称号已撤销", "岗位能手")


async def test_a_team_is_a_branch(branch: Place, drawn: list[Any]) -> None:
    await honoured(branch, "突击队", "第一党小组")
    assert drawn[0].name == "第一党小组"
    assert branch.newest().splitlines()[:2] == ["🎖 突击队", "第一党小组"]
    await honoured(branch, "先进集体", "第一党支部")
    assert branch.newest().splitlines()[:2] == ["🎖 先进集体", "第一党支部"]


async def test_it_is_withdrawn_for_a_reason_and_the_announcement_says_so(branch: Place, world: World) -> None:
    await honoured(branch)
    announced = branch.bot_messages()[-1]["message_id"]
    assert "编号和原因" in await branch.says(SECRETARY, "/honour 撤销 1")
    assert "没有 9 号荣誉" in await branch.says(SECRETARY, "/honour 撤销 9 写错了")
    assert "已撤销 1 号" in await branch.says(SECRETARY, "/honour 撤销 1 事迹不属实")
    shown = next(one for one in branch.bot_messages() if one["message_id"] == announced)
    assert shown["caption"] == "李伟的“岗位能手”称号已撤销：事迹不属实"
    assert not shown.get("reply_markup", {}).get("inline_keyboard")
    assert "没有 1 号荣誉" in await branch.says(SECRETARY, "/honour 撤销 1 再来一次")
    assert "还没有授予过" in await branch.says(WANG, "/honours")
    await branch.receives_press(LI, shown, "honour.certificate:1")
    assert await world.rows("audit", "action = 'honour.withdrawn'") == 1


async def test_employees_and_secretaries_of_other_branches_may_not(branch: Place, world: World) -> None:
    await honoured(branch)
    world.people["zhao"] = world.sandbox.add_person("赵敏", username="zhao")

    def appoint(stores: Any) -> None:
        other = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="二支部")
        zhao = stores.members.find(world.people["zhao"].id)
        stores.grants.add(zhao, Role.SECRETARY, Area(branch=other.id), None, world.sandbox.clock.now())

    zhaos = Place(world, world.sandbox.open_private(world.people["zhao"], BOT))
    world.sandbox.start(world.people["zhao"], BOT)
    await world.idle()
    await world.program.database.write(appoint)
    assert "没有 1 号荣誉" in await zhaos.says("zhao", "/honour 撤销 1 不服")
    world.sandbox.add_member(branch.chat, world.people["zhao"])
    for who in (LI, "zhao"):
        for text in ("/honour", "/honour 撤销 1 不服"):
            assert "只有" in await branch.says(who, text), who
    assert await world.rows("honours", "withdrawn_at IS NULL") == 1
    chens = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()
    assert "已撤销 1 号" in await chens.says(SECRETARY, "/honour 撤销 1 事迹不属实")


async def test_a_secretary_does_not_honour_themselves(branch: Place, world: World) -> None:
    await branch.says(SECRETARY, "/honour")
    await branch.presses(SECRETARY, "岗位能手")
    assert not any("书记" in label for label in branch.buttons())
    await branch.answers(SECRETARY, "陈书记")
    await branch.answers(SECRETARY, CITATION)
    assert "荣誉要授予别人" in await branch.presses(SECRETARY, "发出")
    assert await world.rows("honours") == 0
