"""Findings in chat: written down, a measure agreed, rectified, verified by somebody else, looked back at."""

import io
from typing import Any

import docx
import pytest

from domain.ids import ChatId
from domain.people.permission import Area, Role
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.pictures import PNG


async def written(office: Place, title: str = "三季度支委会记录不全", last: str = "由支部定") -> None:
    """The secretary writes a finding down."""
    await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "写一条问题")
    await office.says(SECRETARY, f"{title}\n缺 8 月、9 月两次")
    await office.presses(SECRETARY, "台账资料")
    await office.presses(SECRETARY, "自查")
    if last == "由支部定":
        await office.presses(SECRETARY, last)
    else:
        await office.says(SECRETARY, last)
    await office.presses(SECRETARY, "发出")


async def agreed(office: Place, owner: str = "李伟", due: str = "下周五18:00前") -> None:
    """A measure is agreed on."""
    await office.presses(SECRETARY, "定整改措施")
    await office.says(SECRETARY, "记录员换人没有交接")
    await office.says(SECRETARY, "补齐两次会议记录 | 标准：有签到有记录")
    await office.presses(SECRETARY, owner)
    await office.says(SECRETARY, due)


async def test_a_finding_from_beginning_to_end(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    assert "没有未销号的问题" in await office.says(SECRETARY, "/rectify")
    await written(office)
    assert "1 号问题（待定措施）" in office.newest()
    assert "等您定整改措施 1 条" in await office.says(SECRETARY, "/start")
    await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "1 号")
    await agreed(office)
    assert "责任人：李伟" in office.newest()
    assert "验收人：陈书记" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "📌 补齐两次会议记录" in group.newest()
    assert "交接" not in group.shown()
    await world.refreshed()
    assert "1 号问题（整改中）" in office.shown()
    assert "整改中，李伟" in await li.says(LI, "我的整改")
    await group.presses(LI, "完成")
    assert "补齐两次会议记录" in office.newest()
    await office.presses(SECRETARY, "退回")
    await office.says(SECRETARY, "还差 9 月")
    await li.presses(LI, "重新提交")
    await office.presses(SECRETARY, "合格")
    await world.refreshed()
    assert "1 号问题（已销号）" in office.shown()
    await world.at("2026-12-28 10:00")
    assert "回头看" in office.newest()
    await office.presses(SECRETARY, "1 号又出现了")
    await office.says(SECRETARY, "11 月又缺一次")
    assert "记为反复" in office.newest()
    assert "（第 2 次出现）" in await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "统计")
    assert "反复 1" in office.newest()
    await office.presses(SECRETARY, "反复")
    assert "1 号 三季度支委会记录不全" in office.newest()


async def test_an_inspector_finds_the_branch_rectifies_others_do_not_see_it(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    await granted(world, SECRETARY, Role.SECRETARY, 1)
    await granted(world, WANG, Role.INSPECTOR, 1)
    office, wang, li = await opened(world, SECRETARY), await opened(world, WANG), await opened(world, LI)
    await inspected(wang)
    assert "定整改措施" not in wang.buttons()
    assert "有问题等您定整改措施" in office.newest()
    await office.presses(SECRETARY, "1 号")
    await office.presses(SECRETARY, "定整改措施")
    await office.says(SECRETARY, "没人管")
    await office.says(SECRETARY, "每季度更新一次")
    await office.says(SECRETARY, "李伟")
    assert "期限不能比它晚" in await office.says(SECRETARY, "12月10日18:00前")
    await office.says(SECRETARY, "12月3日18:00前")
    assert "验收人：王海燕" in office.newest()
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, "验收人")
    assert "不能自己验收" in await office.says(SECRETARY, "李伟")
    await office.presses(SECRETARY, "王海燕")
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "有问题等您定整改措施" not in office.shown()
    assert "整改中" in wang.shown()
    await group.says(LI, photo=PNG, reply_to=group.bot_messages()[-1])
    await li.presses(LI, "提交验收")
    assert "附 1 份照片或文件" in wang.newest()
    await wang.presses(WANG, "良好")
    await world.refreshed()
    assert "1 号问题（已销号）" in wang.shown()
    page = next(one for one in office.bot_messages() if "1 号问题" in str(one.get("text")))
    await office.receives_press(SECRETARY, page, "rectification.plan:1")
    assert "现在不能这样做" in answered(office)
    await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "统计")
    await office.presses(SECRETARY, "台账文件")
    sent = next(one["document"] for one in reversed(office.bot_messages()) if "document" in one)
    document = docx.Document(io.BytesIO(world.sandbox.world.files.by_id(sent["file_id"]).data))
    words = "\n".join(one.text for one in document.paragraphs)
    assert "措施：每季度更新一次" in words
    assert "已销号" in words
    assert "私聊" in await group.says(SECRETARY, "/rectify")
    mine = await li.says(LI, "/rectify")
    assert "阵地" not in mine, "it is closed"


async def says_with_a_photo(place: Place, words: str) -> None:
    """A photo without words is asked about."""
    assert "给照片配一句话" in await place.says(WANG, photo=PNG)
    await place.says(WANG, words, photo=PNG)


async def inspected(wang: Place) -> None:
    """A finding from above, with a photo and a deadline."""
    await wang.says(WANG, "写一条问题整改")
    await wang.presses(WANG, "写一条问题")
    await says_with_a_photo(wang, "阵地没有更新")
    await wang.presses(WANG, "现场与安全")
    await wang.presses(WANG, "上级督查")
    assert "没看懂" in await wang.says(WANG, "尽快吧") or "什么时候" in wang.newest()
    await wang.says(WANG, "12月4日18:00前")
    await wang.presses(WANG, "发出")
    await wang.presses(WANG, "照片")
    assert "photo" in wang.bot_messages()[-1]


def answered(place: Place) -> str:
    """The notice after the last press."""
    calls = [one for one in place.sandbox.calls if one.method.lower() == "answercallbackquery"]
    return str(calls[-1].parameters.get("text"))


async def granted(world: World, who: str, role: Role, group: int) -> None:
    """Somebody gets a role over a group."""

    def unit(stores: Any) -> None:
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, role, Area(group=ChatId(group)), None, world.sandbox.clock.now())

    await world.program.database.write(unit)


@pytest.mark.parametrize("language", ["en"])
async def test_in_english(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    office = await opened(world, SECRETARY)
    assert "no open finding" in await office.says(SECRETARY, "/rectify")
    await office.presses(SECRETARY, "Write a finding")
    await office.says(SECRETARY, "Minutes are missing")
    await office.presses(SECRETARY, "Records")
    await office.presses(SECRETARY, "Self-check")
    await office.presses(SECRETARY, "The branch decides")
    assert "Only those in charge" in office.newest()
    await office.presses(SECRETARY, "Send")
    await office.presses(SECRETARY, "Agree on a measure")
    await office.says(SECRETARY, "No hand-over")
    await office.says(SECRETARY, "Complete the minutes")
    await office.presses(SECRETARY, "李伟")
    await office.says(SECRETARY, "December 3 18:00")
    assert "Verified by: 陈书记" in office.newest()
    await office.presses(SECRETARY, "Send")
    await group.presses(LI, "Done")
    await office.presses(SECRETARY, "Passed")
    await world.refreshed()
    assert "Finding 1 (closed)" in office.shown()
    await world.at("2026-12-29 10:00")
    assert "A look back" in office.newest()
    assert "still fixed" in await office.presses(SECRETARY, "No. 1 still fixed")
    assert "All looked at again" in office.newest()
    await office.says(SECRETARY, "rectification")
    await office.presses(SECRETARY, "Figures")
    assert "closed 1 (on time 1)" in office.newest()
    await office.presses(SECRETARY, "Closed")
    assert "No. 1 Minutes are missing" in office.newest()


async def test_a_suggestion_becomes_a_finding_and_is_done_with_it(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await group.says(WANG, "早")
    await group.does(LI, "建议：三号楼消防栓被挡住了")
    await office.says(SECRETARY, "/suggestions")
    await office.presses(SECRETARY, "转整改")
    preview = office.newest()
    assert "三号楼消防栓被挡住了" in preview
    assert "来源：群众建议" in preview
    assert "李伟" not in preview
    await office.presses(SECRETARY, "发出")
    assert "1 号问题（待定措施）" in office.newest()
    assert "被采纳了" in li.newest()
    await agreed(office, "王海燕")
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    await office.presses(SECRETARY, "看那条建议")
    assert "建议 1 号" in office.newest()
    await office.presses(SECRETARY, "1 号 三号楼")
    assert "整改中" in office.newest()
    await group.presses(WANG, "完成")
    await office.presses(SECRETARY, "合格")
    assert "办成了" in li.newest(), "the suggestion is done with the finding"
