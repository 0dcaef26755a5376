"""Results are handed in with evidence, accepted with a grade or returned with a reason; 完成 is taken back."""

import io
from typing import Any

import python_calamine

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened, plain
from tests.pictures import PNG


async def sheet(world: World, place: Place, who: str, command: str, name: str) -> list[Any]:
    """The first row of a sheet of the newest file that somebody got in private, after a command if there is one."""
    if command:
        await place.says(who, command)
    sent = next(one["document"] for one in reversed(place.bot_messages()) if "document" in one)
    content = world.sandbox.world.files.by_id(sent["file_id"]).data
    rows: list[list[Any]] = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name(name).to_python()
    return rows[1]


async def test_a_result_is_handed_in_returned_and_accepted(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    li, wang = await opened(world, LI), await opened(world, WANG)
    card = await group.says(SECRETARY, "/task @li 下周五18:00前 整理台账 | 资源：档案柜钥匙 | 验收：王海燕")
    assert "资源：档案柜钥匙\n验收：王海燕" in card
    await group.says(LI, photo=PNG, reply_to=group.bot_messages()[-1])
    assert group.reaction() == "👍"
    assert "1 号「整理台账」收到材料：照片或文件 1 份" in li.newest()
    assert li.buttons() == ["提交验收", "不是材料"]
    assert "已交，等王海燕验收" in await li.presses(LI, "提交验收")
    assert "10 分钟内可以撤销" in li.newest()
    await world.refreshed()
    assert "1 号，李伟，待验收" in group.shown()
    assert await group.points_of(LI) == 0
    shown = wang.newest()
    assert "待验收" in shown
    assert "附 1 份照片或文件" in shown
    assert "photo" in wang.bot_messages()[-1]
    assert "正等验收" in await group.says(LI, "/done 1")
    await wang.presses(WANG, "退回")
    assert "为什么退回" in wang.newest()
    await wang.says(WANG, "照片看不清，请补一张")
    assert "已退回" in wang.newest()
    assert "王海燕说：照片看不清，请补一张" in li.newest()
    await li.says(LI, "补拍的近照在这里", photo=PNG, reply_to=li.bot_messages()[-1])
    await li.presses(LI, "提交验收")
    assert "待验收" in wang.newest()
    assert "说明：补拍的近照在这里" in wang.newest()
    assert "已通过：良好" in await wang.presses(WANG, "良好")
    assert "经王海燕验收：良好，+5 分" in li.newest()
    assert await group.points_of(LI) == 5
    await world.refreshed()
    assert "1 号，李伟 ✅" in group.shown()
    own = await sheet(world, li, LI, "/export me", "我的任务")
    assert own[-3:] == ["2026-11-25 10:00", "2026-11-25 10:00", "良好"]
    await opened(world, SECRETARY)
    office = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    await group.says(SECRETARY, "/export")
    assert (await sheet(world, office, SECRETARY, "", "任务"))[-2:] == ["是", "良好"]
    assert "已经验收，不能再撤销" in await li.says(LI, "/done 撤销 1")


async def test_finishing_is_taken_back_for_ten_minutes(group: Place, world: World) -> None:
    li = await opened(world, LI)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名")
    await group.presses(LI, "完成")
    assert await group.points_of(LI) == 5
    assert "任务还在进行中" in await li.presses(LI, "撤销")
    assert await group.points_of(LI) == 0
    await world.refreshed()
    assert group.buttons()[0] == "完成"
    await group.presses(LI, "完成")
    assert await group.points_of(LI) == 5
    await world.at("2026-11-25 10:30")
    assert "没有十分钟内报过完成" in await li.presses(LI, "撤销")
    assert await group.points_of(LI) == 5


async def test_the_reviewer_is_asked_on_the_card_and_nobody_reviews_their_own(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    assert "李伟是责任人，不能验收自己的任务" in await group.says(SECRETARY, "/task @li 明天 巡检 | 验收：@li")
    await group.says(SECRETARY, "/task @li 王海燕 明天 布置会场 | 一起 | 验收：我")
    await group.presses(WANG, "我完成了")
    await world.refreshed()
    assert "通过" not in await group.presses(LI, "良好")
    assert "已通过：优秀" in await group.presses(SECRETARY, "优秀")
    assert [await group.points_of(who) for who in (LI, WANG)] == [5, 5]


async def test_the_form_asks_for_a_reviewer_only_who_wants_one(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(WANG, "早")
    await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, "李伟")
    await group.says(SECRETARY, "明天18:00前 整理台账 | 资源：钥匙", reply_to=group.bot_messages()[-1])
    assert "验收：" not in group.newest()
    assert "加验收人" in group.buttons()
    await group.presses(SECRETARY, "加验收人")
    await group.presses(SECRETARY, "王海燕")
    assert "资源：钥匙\n交给：李伟\n验收：王海燕" in group.newest()
    await group.presses(SECRETARY, "加协同人")
    await group.says(SECRETARY, "我", reply_to=group.bot_messages()[-1])
    assert "协同：陈书记" in group.newest()
    await group.presses(SECRETARY, "发出")
    assert "验收：王海燕\n协同：陈书记" in group.newest()
    await group.says(SECRETARY, "/task 某某 明天 整理 | 验收：王海燕")
    assert "王海燕" in group.shown()


async def test_seen_and_done_are_said_by_a_reply(group: Place, world: World) -> None:
    await opened(world, LI)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名")
    card = group.bot_messages()[-1]
    await group.says(LI, "收到", reply_to=card)
    assert group.reaction() == "👍"
    await world.refreshed()
    assert "1 号，李伟，已收到" in group.shown()
    assert await group.says(LI, "这个要交给谁？", reply_to=card) == ""
    assert group.reaction() == ""
    await group.says(LI, "完成了", reply_to=card)
    assert await group.points_of(LI) == 5
    assert "任务还在进行中" in await group.does(LI, "/done 撤销")


async def test_a_picture_in_private_is_asked_about_where_several_tasks_are_open(group: Place, world: World) -> None:
    li = await opened(world, LI)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名 | 验收：我")
    await group.says(SECRETARY, "/task @li 明天18:00前 巡检 | 验收：我")
    await li.says(LI, photo=PNG)
    assert "是哪项任务的材料" in li.newest()
    await li.presses(LI, "2 号「巡检」")
    assert "2 号「巡检」收到材料：照片或文件 1 份" in li.newest()
    await li.presses(LI, "不是材料")
    assert "收到材料" not in li.shown()


async def test_a_press_of_the_wrong_button_is_taken_back_in_plain_words(group: Place, world: World) -> None:
    li = await opened(world, LI)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名")
    await group.presses(LI, "完成")
    assert "任务还在进行中" in await li.says(LI, "撤销完成")
    assert await group.points_of(LI) == 0


async def test_what_changes_about_a_result_that_waits_shows_in_the_reviewers_message(
    group: Place, world: World
) -> None:
    await group.says(WANG, "早")
    wang = await opened(world, WANG)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名 | 验收：王海燕")
    command = group.last
    await group.says(LI, "/done 1")
    await group.edits(SECRETARY, "/task @li 明天18:00前 报名表 | 验收：王海燕", command)
    assert "1 号「报名表」" in wang.newest()
    await group.edits(SECRETARY, "/task @王海燕 明天18:00前 报名表", command)
    assert "待验收" not in wang.newest()
    assert "1 号「报名表」改由您负责" in wang.newest()


async def test_points_name_only_what_stands_after_a_task_was_taken_back_and_done_late(
    group: Place, world: World
) -> None:
    li = await opened(world, LI)
    await group.says(SECRETARY, "/task @li 今天18:00前 报名")
    await group.presses(LI, "完成")
    await li.says(LI, "/done 撤销 1")
    assert "按时完成「报名」11月25日（已撤回）" in await li.says(LI, "/points")
    await group.hears_until("2026-11-25 18:30")
    await group.presses(LI, "完成")
    assert "+2 迟完成「报名」" in await li.says(LI, "/points")


async def test_an_album_is_one_piece_of_evidence_with_one_answer(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    li, wang = await opened(world, LI), await opened(world, WANG)
    await group.says(SECRETARY, "/task @li 明天18:00前 布置会场 | 验收：王海燕")
    card = group.bot_messages()[-1]
    await group.says(LI, photo=PNG)
    picture = group.messages()[-1]
    for number in range(3):
        first = {"caption": "现场照片", "reply_to_message": card} if number == 0 else {}
        await world.receives("message", {**picture, "message_id": 900 + number, "media_group_id": "7", **first})
    assert "收到材料：照片或文件 3 份" in li.newest()
    assert len([one for one in li.bot_messages() if "收到材料" in plain(one)]) == 1
    await li.presses(LI, "提交验收")
    assert "说明：现场照片\n附 3 份照片或文件" in wang.newest()
    await wang.presses(WANG, "看材料（3）")
    assert [plain(one).split("：")[0].split("\n")[0] for one in wang.bot_messages()[-3:]] == [
        f"1 号材料 {place}/3" for place in (1, 2, 3)
    ]


async def test_an_edited_command_has_another_reviewer_and_one_more_helper(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    wang, office = await opened(world, WANG), await opened(world, SECRETARY)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名")
    command, card = group.last, group.bot_messages()[-1]["message_id"]

    def lines() -> list[str]:
        return next(plain(one) for one in group.bot_messages() if one["message_id"] == card).splitlines()

    await group.edits(SECRETARY, "/task @li 明天18:00前 报名 | 验收：王海燕 | 协同：我", command)
    assert group.reaction(command) == "👍"
    await world.refreshed()
    assert lines()[2:4] == ["验收：王海燕", "协同：陈书记"]
    await group.says(LI, "/done 1")
    assert "1 号「报名」" in wang.newest()
    await group.edits(SECRETARY, "/task @li 明天18:00前 报名 | 验收：我 | 协同：我", command)
    assert "1 号「报名」" in office.newest()
    assert "待验收" not in wang.newest(), "nobody else is asked any more"
    assert "李伟是责任人" in await group.edits(SECRETARY, "/task @li 明天18:00前 报名 | 验收：李伟", command)
