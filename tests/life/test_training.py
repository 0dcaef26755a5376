"""Trainings in chat: planned by quarter, held as a meeting, tested, certified; who is due."""

import re
from dataclasses import replace
from typing import Any

from domain.people.member import PersonProfile
from domain.people.person import Entry
from domain.study.attempt import Attempt, Occasion, OccasionKind
from sandbox.files import Upload
from tests.dialogue import LI, SECRETARY, WANG, Place, World, keyboard, opened
from tests.study.answering import answers
from tests.study.questions import RIGHT, single


async def library(world: World, count: int = 6) -> None:
    """Questions about confined spaces."""

    def put(stores: Any) -> None:
        for number in range(count):
            one = single(f"q{number}", f"第{number}条怎么做？", (RIGHT, "看心情"), 0)
            stores.questions.put(replace(one, topic="有限空间"))

    await world.program.database.write(put)


async def planned(office: Place, *, tested: bool) -> None:
    """The secretary plans a required training of two hours for everybody, this quarter, valid for a year."""
    await office.says(SECRETARY, "/training")
    await office.presses(SECRETARY, "新增培训")
    await office.says(SECRETARY, "有限空间作业安全")
    await office.presses(SECRETARY, "全体人员")
    await office.says(SECRETARY, "2小时")
    await office.presses(SECRETARY, "2026 年第四季度")
    await change(office, "必修", "必修")
    await change(office, "有效期", "12 个月")
    if tested:
        await change(office, "考核", "有限空间（6 题）")
        await change(office, "合格分", "80 分")


async def change(office: Place, field: str, choice: str) -> None:
    """An answer is changed at the preview."""
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, field)
    await office.presses(SECRETARY, choice)


async def attended(group: Place, office: Place, world: World, *there: str) -> None:
    """A session is called for today, those who are there check in, and it ends."""
    await office.presses(SECRETARY, "安排一次")
    await office.says(SECRETARY, "今天11:00 一楼")
    await office.presses(SECRETARY, "发出")
    await office.presses(SECRETARY, "开始签到")
    await world.refreshed()
    code = re.findall(r"签到码：<?b?>?(\d{4})", office.shown())[-1]
    for who in there:
        await group.says(who, code)
    await office.presses(SECRETARY, "结束会议")
    await world.refreshed()


async def sits(place: Place, who: str, *options: str) -> None:
    """Somebody begins the newest test and answers one question after another."""
    await place.presses(who, "开始考核")
    for number, option in enumerate(options):
        if number:
            await place.presses(who, "下一题")
        await answers(place, who, option)


async def test_from_the_plan_to_the_certificate(group: Place, world: World, drawn: list[Any]) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    await library(world)
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await planned(office, tested=True)
    preview = office.newest()
    assert "全体人员 3 人，2 学时" in preview
    assert "必修，证书 12 个月有效，训后考核「有限空间」，80 分合格" in preview
    await office.presses(SECRETARY, "发出")
    assert "已列进 2026 年第四季度的计划" in office.newest()
    assert "该参加：有限空间作业安全（还没参加）" in await li.says(LI, "我的培训")

    await attended(group, office, world, LI, WANG)
    assert "培训" in group.shown()
    assert "📅 培训「有限空间作业安全」" in group.shown()
    assert "1. 有限空间作业安全" not in group.shown()
    assert "名单上的 3 人" in group.shown()
    assert "表决" not in "".join(office.buttons())
    assert "6 题考核，12月2日（周三）前答完就行，80 分合格" in li.newest()
    await sits(li, LI, *[RIGHT] * 6)
    assert "考核 100 分，合格" in li.shown()
    await li.presses(LI, "看证书")
    assert drawn[-1].honour == "有限空间作业安全"
    await sits(wang, WANG, "看心情", "看心情", *[RIGHT] * 4)
    assert "考核 66 分，没到 80 分" in wang.shown()

    assert "✅ 有限空间作业安全　2026年11月25日，100 分" in await li.says(LI, "/training")
    await li.presses(LI, "证书：有限空间作业安全")
    assert "编号 20261125-0001" in li.newest()
    assert "有效期到 2027年11月25日" in li.newest()
    assert "还没参加" in await wang.says(WANG, "/training")

    await office.says(SECRETARY, "/training")
    await office.presses(SECRETARY, "有限空间作业安全")
    assert "已完成 1/3 人" in office.newest()
    await office.presses(SECRETARY, "这次的结果")
    assert "✅ 李伟　100 分" in office.newest()
    assert "王海燕　66 分" in office.newest()
    await office.presses(SECRETARY, "再考一次")
    await sits(wang, WANG, *[RIGHT] * 6)
    await office.says(SECRETARY, "/training")
    await office.presses(SECRETARY, "覆盖率")
    assert "总计 66%（2/3 人次）" in office.newest()
    await office.presses(SECRETARY, "有限空间作业安全 66%")
    assert "陈" in office.newest()
    assert "王海燕" not in office.newest()


async def test_without_a_test_who_was_there_has_done_it(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await planned(office, tested=False)
    await office.presses(SECRETARY, "发出")
    assert "⚠️ 该培训：有限空间作业安全" in await li.says(LI, "/start")
    await office.says(SECRETARY, "/training")
    await office.presses(SECRETARY, "有限空间作业安全")
    await attended(group, office, world, LI)
    assert "该培训" not in await li.says(LI, "/start")
    assert await group.points_of(LI) == 3
    await office.says(SECRETARY, "/training")
    await office.presses(SECRETARY, "谁该培训")
    assert "王海燕：有限空间作业安全（还没参加）" in office.newest()
    assert "李伟" not in office.newest()


async def test_what_cannot_be_planned_is_said_and_a_line_is_taken_out(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "培训计划")
    await office.presses(SECRETARY, "新增培训")
    assert "题目" in await office.says(SECRETARY, "汉" * 61)
    await office.says(SECRETARY, "用电安全")
    assert "名册里没有“飞行员”这个职务" in await office.says(SECRETARY, "飞行员")
    await office.says(SECRETARY, "全体党员")
    assert "学时要大于 0" in await office.says(SECRETARY, "0")
    await office.says(SECRETARY, "90分钟")
    assert "请写2026 年第四季度到2028 年第四季度之间的季度" in await office.says(SECRETARY, "2026年第一季度")
    await office.says(SECRETARY, "下季度")
    assert "全体党员 2 人，1.5 学时" in office.newest()
    assert "选修，证书长期有效" in office.newest()
    await office.presses(SECRETARY, "发出")
    await office.presses(SECRETARY, "培训计划")
    assert "1. 用电安全：全体党员，1.5 学时" in office.newest()
    plan = office.bot_messages()[-1]
    await office.presses(SECRETARY, "用电安全")
    await office.presses(SECRETARY, "撤下")
    await office.presses(SECRETARY, "确认撤下")
    assert "还没有计划" in office.newest()
    data = keyboard(plan)[0][0]["callback_data"]
    assert "还没有计划" in await office.receives_press(SECRETARY, plan, data)
    said = [call.parameters for call in world.sandbox.calls if call.method.lower() == "answercallbackquery"]
    assert "已经从计划里撤下了" in said[-1]["text"]


async def test_earlier_trainings_are_brought_in_from_a_table(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office = await opened(world, SECRETARY)
    await planned(office, tested=False)
    await office.presses(SECRETARY, "发出")
    await office.says(SECRETARY, "/training")
    await office.presses(SECRETARY, "覆盖率")
    await office.presses(SECRETARY, "导入以前的")
    rows = ("姓名,培训,日期,成绩", "李伟,有限空间作业安全,2026-03-01,90", "王海燕,有限空间作业安全,2027-03-01,")
    table = "\n".join((*rows, "赵六,有限空间作业安全,2026/3/1,", "王海燕,焊接,2026年3月1日,")).encode()
    await office.says(SECRETARY, document=Upload("past.csv", "text/csv", table))
    said = office.newest()
    assert "可以导入 1 条" in said
    assert "第 3 行 2027-03-01：日期看不懂或还没到" in said
    assert "第 4 行 赵六：名册里没有这个人" in said
    assert "第 5 行 焊接：计划里没有这项培训" in said
    await office.presses(SECRETARY, "发出")
    assert "已导入 1 条" in office.newest()
    await office.says(SECRETARY, "/training")
    await office.presses(SECRETARY, "覆盖率")
    assert "33%（1/3" in office.newest()


async def test_one_tap_turns_a_need_into_a_line_of_the_plan(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    await library(world)

    def weak(stores: Any) -> None:
        chat, at = stores.chats.find(group.chat.id), world.sandbox.clock.now()
        stores.people.add([Entry(f"3000{number}", f"工人{number}", chat.branch) for number in range(3)])
        (asked,) = stores.questions.by_codes(["q0"])
        for number in range(6):
            one = stores.members.add(PersonProfile(9000 + number, f"工人{number}"), at)
            occasion = Occasion(OccasionKind.CHALLENGE, number + 1, chat.id)
            stores.attempts.note(Attempt(one.id, asked.id, occasion, (0,), number < 2, at))

    await world.program.database.write(weak)
    world.sandbox.clock.move_by(60)
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "培训需求")
    await office.presses(SECRETARY, "培训需求")
    assert "有限空间：33%（2/6）" in office.newest()
    await office.presses(SECRETARY, "有限空间")
    assert "有限空间　2027 年第一季度" in office.newest()
    assert "训后考核「有限空间」，60 分合格" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "已列进 2027 年第一季度的计划：有限空间" in office.newest()
