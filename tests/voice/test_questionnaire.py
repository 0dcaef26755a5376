from tests.dialogue import LI, SECRETARY, Place, opened

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

    assert "「食堂满意度」已结束，1 人作答" in await group.hears_until("2026-11-30 18:00")
    assert "已截止" in group.shown()
    assert "截止或撤回" in await li.says(LI, "/start round_1")
