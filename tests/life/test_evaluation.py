"""An evaluation in chat from the file of its scheme to final stars."""

from typing import Any

from domain.people import branch as branches
from domain.people.branch import BranchKind, structure
from domain.people.permission import Area, Role
from sandbox.files import Upload
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened
from tests.life.evaluations import PERSONS, SMALL

DAYS = "2026-07-01 至 2026-09-30"


async def district(world: World, group: Place) -> None:
    """The group is that of 甲支部, with Li as secretary; 乙支部 has Wang; the secretary of the group is the office."""
    await world.roster(group.chat, LI)

    def unit(stores: Any) -> None:
        (own,) = stores.branches.all()
        root = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="集团党委")
        structure.move(stores, branch=own.id, to=root.id)
        other = branches.add(stores, parent=root.id, kind=BranchKind.BRANCH, name="乙支部")
        at = world.sandbox.clock.now()
        for who, branch in ((SECRETARY, root), (LI, own), (WANG, other)):
            member = stores.members.find(world.people[who].id)
            stores.grants.add(member, Role.SECRETARY, Area(branch=branch.id), None, at)

    await world.program.database.write(unit)


def upload(text: str) -> Upload:
    return Upload("stars.toml", "application/octet-stream", text.encode())


async def begun(office: Place) -> None:
    """The scheme is sent, twice with a mistake; then the office begins."""
    await office.says(SECRETARY, document=upload(SMALL.replace("weight = 60", "weight = 57")))
    assert "权重合计是 97%（40 + 57），必须是 100%" in office.newest()
    await office.says(SECRETARY, document=upload(SMALL.replace('from = "attendance"', 'from = "attendence"')))
    assert "没有 attendence 这个统计指标，有：" in office.newest()
    assert "attendance" in office.newest()
    await office.says(SECRETARY, document=upload(SMALL))
    assert "一票否决：责任事故，不评星" in office.newest()
    await office.presses(SECRETARY, "启用这个方案")
    await office.presses(SECRETARY, "开始评定")
    await office.presses(SECRETARY, "星级党支部")
    await office.says(SECRETARY, DAYS)
    await office.says(SECRETARY, "2 2 2")
    await office.presses(SECRETARY, "得分和等级")
    assert "参评 2 个" in office.newest()
    assert "五星最多 1 个" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "已交 0/2" in office.shown()


async def assessed(li: Place, world: World) -> None:
    """Li adds points and words, looks at what happened, hands in."""
    assert "没有数据，不计" in li.newest()
    await li.presses(LI, "特色工作：自评打分")
    await li.presses(LI, "9")
    await li.presses(LI, "写几句")
    await li.says(LI, "办了三件实事")
    assert "自评：办了三件实事" in li.newest()
    await world.refreshed()
    await li.presses(LI, "看数据和明细")
    await li.presses(LI, "出勤的明细")
    assert "这段时间没有记录" in li.newest()
    assert "已交" in await li.presses(LI, "交自评")
    await world.refreshed()


async def reviewed(office: Place, li: Place, world: World) -> None:
    """The office gives points, with a reason where they differ."""
    assert "已评 0/2" in office.shown()
    await office.presses(SECRETARY, "评审：")
    await office.presses(SECRETARY, "特色工作：打分")
    await office.presses(SECRETARY, "7")
    assert "理由是什么" in office.newest()
    await office.says(SECRETARY, "材料少两项")
    assert "✏ 特色工作：9 → 7" in office.newest()
    await office.presses(SECRETARY, "评完了")
    await world.refreshed()
    assert "9 → 7" in li.shown()
    await office.presses(SECRETARY, "评审：乙支部")
    assert "没有交自评" in office.newest()
    assert "还没有评完：特色工作" in await office.presses(SECRETARY, "评完了")
    await office.presses(SECRETARY, "特色工作：打分")
    await office.presses(SECRETARY, "10")
    await office.presses(SECRETARY, "评完了")


async def objected(office: Place, li: Place, world: World) -> None:
    """Li objects to the result of another branch; the office finds that this is right."""
    world.sandbox.start(world.people[LI], BOT, "evaluation_object_1")
    await world.idle()
    await li.presses(LI, "乙支部")
    await li.says(LI, "乙支部的一件实事是去年的")
    await li.presses(LI, "发出")
    assert "已提交" in li.shown()
    assert "去年的" in office.shown()
    await office.presses(SECRETARY, "答复异议")
    await office.presses(SECRETARY, "改分：特色工作")
    await office.says(SECRETARY, "6")
    await office.says(SECRETARY, "核实属实")
    await office.presses(SECRETARY, "发出")
    assert "已更正" in li.newest()


async def test_from_the_scheme_to_final_stars(group: Place, world: World) -> None:
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await opened(world, WANG)
    await district(world, group)
    await begun(office)
    await assessed(li, world)
    assert "已交 1/2" in office.shown()
    await world.restart()
    await office.hears_until("2026-11-30 08:30")
    await world.refreshed()
    await reviewed(office, li, world)
    said = await group.hears_until("2026-12-02 08:30")
    assert "1. 乙支部　100.00　五星" in said
    await objected(office, li, world)
    await world.refreshed()
    assert "1. 乙支部" not in group.shown()
    await group.hears_until("2026-12-07 08:30")
    await world.refreshed()
    assert "星级党支部结果" in group.shown()
    world.sandbox.start(world.people[LI], BOT, "evaluation_object_1")
    await world.idle()
    assert "已经结束，不能再提异议了" in li.newest()
    assert "四星" in await group.says(LI, "/evaluate")
    assert "四星" in await li.says(LI, "我们支部是几颗星")
    await li.presses(LI, "奖状")
    assert "星级党支部四星" in li.newest()
    await office.presses(SECRETARY, "结果文档")
    await office.presses(SECRETARY, "结果表格")
    named = [one["document"]["file_name"] for one in office.messages() if "document" in one]
    assert [one.rpartition(".")[2] for one in named[-2:]] == ["docx", "xlsx"]


async def test_members_are_appraised_and_each_finds_their_own_result(group: Place, world: World) -> None:
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await world.roster(group.chat, SECRETARY, LI, WANG)

    def unit(stores: Any) -> None:
        (own,), at = stores.branches.all(), world.sandbox.clock.now()
        for who, role in ((SECRETARY, Role.SECRETARY), (WANG, Role.COMMITTEE)):
            stores.grants.add(stores.members.find(world.people[who].id), role, Area(branch=own.id), None, at)

    await world.program.database.write(unit)
    assert "先点下面的样例" in await office.says(SECRETARY, "/evaluate")
    await office.presses(SECRETARY, "党员样例")
    assert office.messages()[-1]["document"]["file_name"] == "党员评定方案样例.toml"
    await office.says(SECRETARY, document=upload(PERSONS))
    await office.presses(SECRETARY, "启用这个方案")
    await office.presses(SECRETARY, "开始评定")
    await office.presses(SECRETARY, "民主评议党员")
    assert "请写起止两个日期" in await office.says(SECRETARY, "2026-09-30 至 2026-07-01")
    await office.says(SECRETARY, DAYS)
    assert "每个 1 到 60" in await office.says(SECRETARY, "2 2 0")
    await office.says(SECRETARY, "2 2 2")
    await office.presses(SECRETARY, "各看各的")
    assert "参评 3 个" in office.newest()
    assert "优秀最多 1 个" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "还没有评审人，请点“评审分工”：陈书记" in office.shown()
    assert "民主评议党员" in li.newest()
    assert "自评还没交" in await wang.says(WANG, "/start")
    await office.presses(SECRETARY, "评审分工")
    await office.presses(SECRETARY, "陈书记")
    await office.presses(SECRETARY, "王海燕")
    await world.refreshed()
    assert "还没有评审人" not in office.shown()
    await office.presses(SECRETARY, "提前进入下一步")
    await office.presses(SECRETARY, "进入下一步")
    for who, place, points in ((SECRETARY, office, "9"), (SECRETARY, office, "10"), (WANG, wang, "10")):
        await place.presses(who, "评审：")
        await place.presses(who, "履行义务：打分")
        await place.presses(who, points)
        await place.presses(who, "评完了")
        await world.refreshed()
    await office.presses(SECRETARY, "提前进入下一步")
    await office.presses(SECRETARY, "进入下一步")
    await world.refreshed()
    assert "各自的结果在各自的私聊里" in group.shown()
    assert "100.00" not in group.shown()
    assert "合计" in li.shown()
    world.sandbox.start(world.people[LI], BOT, "evaluation_object_1")
    await world.idle()
    assert "李伟" in li.buttons()
    assert "王海燕" not in li.buttons()
