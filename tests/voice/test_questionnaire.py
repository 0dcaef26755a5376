from functools import partial
from typing import Any

from domain.people.person import Entry
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.points.schemes import activated

LINES = """食堂满意度
1. 总体满意吗？（评分1-5）
2. 常去哪个窗口？（多选，最多2项）
面食
米饭
小炒
3. 面食哪里要改？（填空）（第2题选面食时答）
4. 还想说什么？（填空）（选填）"""


async def form_of(group: Place) -> Place:
    """The secretary's private chat, where the form of a questionnaire for the group has begun."""
    secretary = await opened(group.world, SECRETARY)
    await group.says(SECRETARY, "/survey")
    await follows(group, secretary, SECRETARY, "问卷")
    return secretary


async def follows(group: Place, private: Place, who: str, label: str) -> str:
    """Somebody presses a button of the group that opens their private chat."""
    message, row, column = group._button(label, None)
    link = message["reply_markup"]["inline_keyboard"][row][column]["url"]
    return await private.says(who, f"/start {link.partition('start=')[2]}")


async def asked(group: Place, kind: str = "实名", lines: str = LINES) -> Place:
    """The secretary has asked the group a questionnaire."""
    secretary = await form_of(group)
    await secretary.says(SECRETARY, lines)
    await secretary.presses(SECRETARY, kind)
    await secretary.presses(SECRETARY, "发出")
    return secretary


async def test_a_questionnaire_is_made_of_lines_asked_answered_and_closed(group: Place) -> None:
    secretary = await form_of(group)
    assert "谁看得到" in await secretary.says(SECRETARY, LINES)
    await secretary.presses(SECRETARY, "实名")
    shown = secretary.newest()
    assert "1. 总体满意吗？（评分 1–5）" in shown
    assert "2. 常去哪个窗口？（多选，最多 2 项）\n　○ 面食" in shown
    assert "3. 面食哪里要改？（填空，视前面的回答）" in shown
    await secretary.presses(SECRETARY, "发出")
    assert "食堂满意度" in group.newest()
    assert "4 题，实名，私聊里答；11月30日（周一）18:00截止" in group.newest()

    li = await opened(group.world, LI)
    assert "答案和姓名一起保存" in await follows(group, li, LI, "去填写")
    await li.presses(LI, "开始")
    assert li.newest().startswith("1/3")
    await li.presses(LI, "4")
    assert li.newest().startswith("2/3")
    await li.presses(LI, "面食")
    assert "下一题" in li.buttons()
    await li.presses(LI, "下一题")
    assert li.newest().startswith("3/4")
    assert "4/4" in await li.says(LI, "太咸")
    await li.presses(LI, "跳过")
    assert "3. 面食哪里要改？：太咸" in li.newest()
    await li.presses(LI, "提交")
    assert "已提交，谢谢" in li.newest()

    await group.hears_until("2026-11-30 18:00")
    assert "问卷「食堂满意度」截止了" in secretary.newest()
    assert "1 人作答" in secretary.newest()
    await secretary.presses(SECRETARY, "看结果")
    assert "总体满意吗？：平均 4.0 分" in secretary.newest()
    assert "已截止" in group.shown()
    assert "截止或撤回" in await li.says(LI, "/start round_1")


async def begun(group: Place, who: str) -> Place:
    """Somebody's private chat, where the first question of the group's questionnaire is shown."""
    private = await opened(group.world, who)
    await follows(group, private, who, "去填写")
    await private.presses(who, "开始")
    return private


async def test_answers_survive_a_pause_and_a_restart_and_are_changed_until_the_end(group: Place, world: World) -> None:
    await asked(group)
    li = await begun(group, LI)
    await li.presses(LI, "4")
    await li.presses(LI, "米饭")
    await li.presses(LI, "稍后继续")
    assert "答过的已保存" in li.newest()
    await world.restart()
    await li.presses(LI, "接着答")
    assert li.newest().startswith("2/3")
    assert "✓ 米饭" in li.buttons()
    await li.presses(LI, "上一题")
    assert "✓ 4" in li.buttons()
    await li.presses(LI, "2")
    await li.presses(LI, "下一题")
    assert "“4096”" not in await li.says(LI, "🧪" * 4096)
    assert "最多 1000 字" in li.newest()
    await li.says(LI, "都好")
    await li.presses(LI, "提交")
    await li.presses(LI, "改我的答案")
    assert "1. 总体满意吗？：2" in li.newest()
    assert "3. 还想说什么？：都好" in li.newest()
    await li.presses(LI, "1")
    await li.presses(LI, "5")
    assert "1. 总体满意吗？：5" in li.newest()
    await li.presses(LI, "提交")
    assert "改好了" in li.newest()
    assert await world.rows("responses") == 1


async def test_a_button_pressed_twenty_times_and_in_two_windows_counts_once(group: Place) -> None:
    await asked(group)
    li = await begun(group, LI)
    first = li.bot_messages()[-1]
    await li.press_together([LI] * 20, "4")
    assert li.newest().startswith("2/3")
    await li.says(LI, "/start round_1")
    assert sum(one.get("text", "").startswith("2/3") for one in li.bot_messages()) == 1
    await li.receives_press(LI, first, "round.tick:1:1:0:on")
    await li.receives_press(LI, li.bot_messages()[-1], "round.pick:1:0:2")
    assert "✓ 面食" not in li.buttons()
    await li.presses(LI, "面食")
    await li.presses(LI, "米饭")
    assert await li.presses(LI, "小炒") == "请点上面的按钮，最多 2 项。"


async def test_a_questionnaire_is_withdrawn_while_it_is_answered(group: Place, world: World) -> None:
    secretary = await asked(group)
    li = await begun(group, LI)
    await secretary.presses(SECRETARY, "撤回")
    assert "找不回来" in secretary.newest()
    await secretary.presses(SECRETARY, "不，照旧")
    await secretary.presses(SECRETARY, "撤回")
    await secretary.presses(SECRETARY, "确定撤回")
    assert "已撤回，答案都已删除" in secretary.newest()
    assert await li.presses(LI, "4") == "这份问卷已经截止或撤回了。"
    assert "截止或撤回" in await li.says(LI, "太咸")
    assert "截止或撤回" not in await li.says(LI, "我的积分")
    assert "已撤回" in group.shown()
    assert "reply_markup" not in group.bot_messages()[-1]
    assert await world.rows("responses") == 0
    await world.at("2026-11-30 18:00")
    assert "已结束" not in group.shown()


async def test_nobody_outside_answers_and_who_has_not_is_seen(group: Place, world: World) -> None:
    secretary = await form_of(group)
    await secretary.says(SECRETARY, LINES.replace("食堂满意度", "食堂满意度（实名）"))
    await secretary.presses(SECRETARY, "发出")
    world.people["qian"] = world.sandbox.add_person("钱进")
    qian = await opened(world, "qian")
    assert "没有问到您" in await qian.says("qian", "/start round_1")
    li = await opened(world, LI)
    assert "「食堂满意度」" in await li.says(LI, "/start")
    await li.presses(LI, "填写")
    await li.presses(LI, "开始")
    assert "还没交" in await li.says(LI, "/start")
    assert "问卷「食堂满意度」" in await secretary.says(SECRETARY, "谁还没办")


async def test_an_enterprise_may_reward_it_and_a_dialogue_may_be_given_up(group: Place, world: World) -> None:
    rule = '[[rule]]\nname = "asked"\ntitle = "答问卷"\nevent = "questionnaire.submitted"\npoints = 2\n'
    await world.program.database.write(partial(activated, text=f"from = 2026-01-01\n{rule}"))
    secretary = await form_of(group)
    await secretary.says(SECRETARY, LINES)
    await secretary.presses(SECRETARY, "保密")
    await secretary.presses(SECRETARY, "发出")
    li = await begun(group, LI)
    assert await world.rows("encrypted_chats") == 1
    assert "不填了" in await li.says(LI, "/cancel")
    assert await world.rows("encrypted_chats") == 0
    assert "没有" in await li.says(LI, "/cancel")
    await li.says(LI, "/start round_1")
    await li.presses(LI, "4")
    await li.presses(LI, "小炒")
    await li.presses(LI, "下一题")
    await li.presses(LI, "跳过")
    await li.presses(LI, "提交")
    assert await group.points_of(LI) == 2


async def test_an_anonymous_one_is_for_five_and_gives_no_names(group: Place, world: World) -> None:
    secretary = await form_of(group)
    await secretary.says(SECRETARY, LINES)
    await secretary.presses(SECRETARY, "匿名")
    assert "什么结果都出不了，不能匿名发出" in secretary.newest()
    assert "匿名问卷什么结果都出不了" in await secretary.presses(SECRETARY, "发出")
    await world.roster(group.chat, SECRETARY, LI, WANG)
    await world.program.database.write(more_people)
    await secretary.presses(SECRETARY, "发出")
    assert "匿名，私聊里答" in group.newest()
    li = await begun(group, LI)
    await li.presses(LI, "4")
    await li.presses(LI, "小炒")
    await li.presses(LI, "下一题")
    await li.presses(LI, "跳过")
    await li.presses(LI, "提交")
    assert "已提交" in li.newest()
    assert await world.rows("points_entries") == 0
    assert "已有 1 人交" in await secretary.says(SECRETARY, "谁还没办")
    await secretary.presses(SECRETARY, "提前截止")
    await secretary.presses(SECRETARY, "确定截止")
    assert "1 人作答" in secretary.newest()
    assert "不显示结果" in secretary.newest()


def more_people(stores: Any) -> None:
    """Two more on the roster, whose accounts are not known."""
    (place,) = stores.branches.all()
    stores.people.add([Entry("8", "孙丽", place.id), Entry("9", "周杰", place.id)])


async def test_what_is_wrong_names_its_line_and_settings_are_changed_at_the_preview(group: Place) -> None:
    secretary = await form_of(group)
    assert "第 2 行“1. 满意吗？”：没有选项" in await secretary.says(SECRETARY, "食堂\n1. 满意吗？")
    many = "\n".join(f"{number}. {'问' * 100}？（填空）" for number in range(1, 31))
    await secretary.says(SECRETARY, f"大调查\n{many}")
    await secretary.presses(SECRETARY, "保密")
    assert "不满 5 人" in secretary.newest()
    await secretary.presses(SECRETARY, "后面的题")
    assert "（第 2/" in secretary.newest()
    assert secretary.buttons()[-3:] == ["发出", "修改", "放弃"]
    await secretary.presses(SECRETARY, "修改")
    await secretary.presses(SECRETARY, "截止时间")
    await secretary.says(SECRETARY, "12月4日18:00")
    assert "12月4日" in secretary.newest()
    await secretary.presses(SECRETARY, "修改")
    await secretary.presses(SECRETARY, "定期再问")
    await secretary.presses(SECRETARY, "每周")
    assert "每周再问一次" in secretary.newest()
    await secretary.presses(SECRETARY, "发出")
    assert "下一次：12月2日" in secretary.newest()
    await secretary.presses(SECRETARY, "不再定期问")
    await secretary.presses(SECRETARY, "确定")
    assert "下一次" not in secretary.newest()
