"""A meeting in chat: called in private with a preview, answered in the group, attended by its code."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from domain.people.person import Entry
from sandbox.files import Upload
from sheets.documents.writing import write
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened


async def called(office: Place, kind: str = "支部党员大会", when: str = "周五14:00 三楼会议室") -> None:
    """The secretary calls a meeting."""
    await office.says(SECRETARY, "/meeting")
    await office.presses(SECRETARY, "召集会议")
    await office.presses(SECRETARY, kind)
    await office.says(SECRETARY, when)
    await office.says(SECRETARY, "1. 审议工作计划\n2、讨论困难补助")


def code_of(office: Place) -> str:
    """The code on the secretary's card."""
    return re.findall(r"签到码：(\d{4})", office.shown())[-1]


async def test_a_meeting_is_called_answered_and_attended(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await called(office)
    preview = office.newest()
    assert "11月27日" in preview
    assert "三楼会议室" in preview
    assert "全体党员 3 人，其中有表决权 3 人" in preview
    await office.presses(SECRETARY, "发出")
    assert group.shown().count("支部党员大会") == 1
    assert "2. 讨论困难补助" in group.shown()
    assert "已记下：参加" in await group.presses(LI, "参加")
    world.sandbox.start(world.people[WANG], BOT, "meeting_away_1")
    await world.idle()
    assert "原因是什么" in wang.newest()
    await wang.says(WANG, "当天夜班")
    await world.refreshed()
    assert "参加 1 人，请假 1 人，未回复 1 人" in group.shown()
    assert "夜班" not in group.shown()
    await office.presses(SECRETARY, "名单")
    assert "王海燕：当天夜班" in office.newest()
    assert "支部党员大会11月27日（周五）12:00起才能签到" in await office.presses(SECRETARY, "开始签到")

    said = await group.hears_until("2026-11-27 13:00")
    assert "14:00开始" in said
    await office.presses(SECRETARY, "开始签到")
    await world.refreshed()
    code = code_of(office)
    assert "有表决权 3 人，实到 0 人，还差 2 人" in office.shown()
    assert await group.says(LI, code) == ""
    assert "您已经签过到了" in await li.says(LI, f"签到 {code}")
    await office.presses(SECRETARY, "放签到按钮")
    await world.refreshed()
    assert "已签到" in await group.presses(SECRETARY, "签到")
    assert "已经签过" in await group.presses(LI, "签到")
    await world.refreshed()
    assert "实到 2 人，可以表决" in office.shown()
    await office.presses(SECRETARY, "结束会议")
    await world.refreshed()
    assert "应到 3 人，实到 2 人，请假 1 人" in group.shown()
    assert "现在没有" in await li.says(LI, f"签到 {code}")


async def test_who_has_no_telephone_is_marked_and_a_new_code_ends_the_old(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await called(office, "党课", "今天11:00 一楼")
    await office.presses(SECRETARY, "发出")
    await office.presses(SECRETARY, "开始签到")
    await world.refreshed()
    old = code_of(office)
    await office.presses(SECRETARY, "换签到码")
    await world.refreshed()
    assert code_of(office) != old
    assert "还可以试 4 次" in await li.says(LI, old)
    await office.presses(SECRETARY, "名单")
    await office.presses(SECRETARY, "王海燕")
    assert "实到 1：王海燕" in office.newest()
    assert "✓ 王海燕" in office.buttons()
    for left in (3, 2, 1):
        assert f"还可以试 {left} 次" in await li.says(LI, old)
    assert "次数用完" in await li.says(LI, old)
    assert "错的次数太多" in await li.says(LI, code_of(office))


async def test_a_past_moment_a_day_without_a_time_and_a_clash(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    office = await opened(world, SECRETARY)
    await called(office)
    await office.presses(SECRETARY, "发出")
    await office.says(SECRETARY, "/meeting")
    await office.presses(SECRETARY, "召集会议")
    await office.says(SECRETARY, "例会")
    assert "已经过了" in await office.says(SECRETARY, "今天8:00")
    assert "几点" in await office.says(SECRETARY, "周五")
    await office.says(SECRETARY, "周五15:00 二楼")
    await office.presses(SECRETARY, "不写")
    assert "⚠️ 李伟那时还有11月27日（周五）14:00的支部党员大会" in office.newest()
    await office.presses(SECRETARY, "放弃")
    await office.says(SECRETARY, "/meeting")
    await office.presses(SECRETARY, "主持")
    await office.presses(SECRETARY, "取消会议")
    await office.presses(SECRETARY, "确认取消")
    await world.refreshed()
    assert "已取消" in group.shown()
    assert "参加" not in group.buttons()
    await office.says(SECRETARY, "/meeting")
    await office.presses(SECRETARY, "谁有表决权")
    await office.presses(SECRETARY, "李伟：正式党员")
    assert "李伟：预备党员" in office.newest()


async def test_who_prepares_what_is_asked_where_a_name_is_unclear(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await world.program.database.write(namesake)
    await office.says(SECRETARY, "/meeting")
    await office.presses(SECRETARY, "召集会议")
    await office.presses(SECRETARY, "支部党员大会")
    await office.says(SECRETARY, "周五14:00 三楼会议室")
    assert "没有" in await office.says(SECRETARY, "通报安全情况（汇报人：赵无名）")
    await office.says(SECRETARY, "1. 通报安全情况（李伟、王海燕）\n2. 讨论计划（第二次）")
    assert "李伟" in office.newest()
    await office.presses(SECRETARY, office.buttons()[0])
    assert "1. 通报安全情况（李伟、王海燕）" in office.newest()
    assert "2. 讨论计划（第二次）" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "1. 通报安全情况（李伟、王海燕）" in group.shown()
    assert "请您准备" in li.shown()
    await li.says(LI, "/today")
    assert "您准备：通报安全情况" in li.shown()


def namesake(stores: Any) -> None:
    """Another Li Wei on the roster, without an account."""
    (wang,) = stores.people.called("王海燕")
    stores.people.add([Entry("777", "李伟", wang.branch)])


def file_in(place: Place) -> bytes:
    """What is in the newest file that the bot has sent."""
    sent = [one["document"] for one in place.bot_messages() if "document" in one][-1]
    return bytes(place.sandbox.world.files.by_id(sent["file_id"]).data)


async def test_a_meeting_is_moved_and_put_into_a_calendar(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await called(office)
    await office.presses(SECRETARY, "发出")
    await group.presses(LI, "参加")
    await office.presses(SECRETARY, "改时间地点")
    await office.says(SECRETARY, "下周一15:00 二楼")
    assert "三楼会议室 → 二楼" in office.newest()
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "支部党员大会改到11月30日" in group.newest()
    assert "请在通知上重新回复" in group.newest()
    assert "已回复" not in group.shown()
    world.sandbox.start(world.people[LI], BOT, "meeting_calendar_1")
    await world.idle()
    assert "存进手机或电脑的日历" in li.newest()
    assert b"SEQUENCE:1" in file_in(li)
    await office.presses(SECRETARY, "存日历")
    assert b"DTSTART:20261130T070000Z" in file_in(office)


async def opened_meeting(group: Place, world: World) -> Place:
    """An assembly of three, with check-in open; Li is on probation; the secretary's private chat."""
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/meeting")
    await office.presses(SECRETARY, "谁有表决权")
    await office.presses(SECRETARY, "李伟：正式党员")
    await called(office, when="今天11:00 一楼")
    await office.presses(SECRETARY, "发出")
    await office.presses(SECRETARY, "开始签到")
    await world.refreshed()
    return office


async def proposed(office: Place, title: str, way: str) -> None:
    """An item is put to the vote."""
    await office.presses(SECRETARY, "表决议题")
    await office.presses(SECRETARY, title)
    await office.says(SECRETARY, "家中失火")
    await office.presses(SECRETARY, way)
    await office.presses(SECRETARY, "发出")


async def test_a_decision_takes_a_quorum_and_more_than_half_of_all_entitled(group: Place, world: World) -> None:
    office = await opened_meeting(group, world)
    await group.says(SECRETARY, code_of(office))
    assert "还不能表决：有表决权 2 人，实到 1 人，要 2 人" in await office.presses(SECRETARY, "表决议题")
    for who in (LI, WANG):
        await group.says(who, code_of(office))
    await proposed(office, "讨论困难补助", "公开表决")
    assert "应到有表决权 2 人，实到 2 人，须 2 票赞成" in group.shown()
    assert "已投 0 人，在场还没投：陈书记" in office.newest()
    assert "没有表决权" in await group.presses(LI, "赞成")
    assert "已记下：反对" in await group.presses(WANG, "反对")
    assert "已记下：赞成" in await group.presses(WANG, "赞成")
    await world.refreshed()
    assert "在场还没投：陈书记" in office.shown()
    await group.presses(SECRETARY, "赞成")
    await world.refreshed()
    assert "通过：赞成 2" in await office.presses(SECRETARY, "结束表决")
    await world.refreshed()
    assert "✅ 通过" in group.shown()
    assert "讨论困难补助：通过（2:0:0" in await group.says(WANG, "/meeting 困难")
    assert "没有找到" in await group.says(WANG, "/meeting 食堂")


async def test_ballots_on_paper_are_counted_by_hand(group: Place, world: World) -> None:
    office = await opened_meeting(group, world)
    for who in (SECRETARY, WANG):
        await group.says(who, code_of(office))
    await proposed(office, "审议工作计划", "无记名")
    assert "赞成" not in group.buttons()
    await office.presses(SECRETARY, "录入票数")
    assert "三个数" in await office.says(SECRETARY, "8")
    assert "票数不对：有表决权的实到 2 人" in await office.says(SECRETARY, "赞成 3 反对 0 弃权 0")
    await office.says(SECRETARY, "赞成 1 反对 1 弃权 0")
    assert "未通过" in office.newest()
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "❌ 未通过" in group.shown()
    assert await world.rows("meeting_votes") == 0


def stored(world: World, words: bytes) -> bool:
    """Whether some words stand in the store's files, in its log of changes and free pages, too."""
    file = Path(world.settings.database_url.removeprefix("sqlite:///"))
    return any(re.search(words, one.read_bytes()) for one in file.parent.glob(f"{file.name}*") if one.is_file())


async def test_a_secret_vote_is_cast_in_private_and_nobody_can_tell_what(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await called(office, when="今天11:00 一楼")
    await office.presses(SECRETARY, "发出")
    await office.presses(SECRETARY, "开始签到")
    await world.refreshed()
    for who in (SECRETARY, LI):
        await group.says(who, code_of(office))
    await office.presses(SECRETARY, "表决议题")
    await office.presses(SECRETARY, "讨论困难补助")
    await office.presses(SECRETARY, "不写")
    await office.presses(SECRETARY, "无记名电子票")
    assert "至少要 3 张" in await office.presses(SECRETARY, "发出")
    await group.says(WANG, code_of(office))
    await office.presses(SECRETARY, "发出")
    assert "领票" in group.buttons()
    assert "反对" not in group.buttons()
    before = li.messages()[-1]
    assert "已投票" in await li.presses(LI, "反对")
    assert "您已投票" in li.newest()
    await li.receives_press(LI, before, "decision.cast:1:against")  # a second tap, after the first was heard
    assert "反对" not in li.buttons()
    world.sandbox.start(world.people[LI], BOT, "ballot_1")
    await world.idle()
    assert "已经投过" in li.newest()
    world.sandbox.start(world.people[WANG], BOT, "ballot_1")
    await world.idle()
    await wang.presses(WANG, "赞成")
    await world.refreshed()
    assert "已投 2 人" in group.shown()
    assert "在场还没投：陈书记" in office.shown()
    assert "至少要 3 张" in await office.presses(SECRETARY, "结束表决")
    assert "还在表决" in await office.presses(SECRETARY, "结束会议")
    await office.presses(SECRETARY, "赞成")
    assert stored(world, rb'"data": ?"decision.new'), "other presses are readable there"
    assert not stored(world, rb'"data": ?"decision.cast'), "ballots are not"
    assert "通过：赞成 2，反对 1" in await office.presses(SECRETARY, "结束表决")
    await world.refreshed()
    assert "✅ 通过" in group.shown()
    assert await world.rows("ballots") == await world.rows("ballot_voters", "body IS NULL") == 3
    assert await world.rows("encrypted_chats") == 0


def upload(content: bytes) -> Upload:
    """A file as somebody sends it."""
    return Upload("纪要.docx", "application/octet-stream", content)


def docx(*lines: str) -> bytes:
    """A document with some lines."""
    return write("\n".join(lines))


async def test_lines_of_the_minutes_become_tasks_and_what_is_left_goes_to_the_next_meeting(
    group: Place, world: World
) -> None:
    office = await opened_meeting(group, world)
    await group.says(WANG, code_of(office))
    await office.presses(SECRETARY, "结束会议")
    await world.refreshed()
    await office.presses(SECRETARY, "名单")
    await office.presses(SECRETARY, "记原因")
    await office.presses(SECRETARY, "李伟")
    assert "已记下：李伟请假（出差）" in await office.says(SECRETARY, "出差")
    assert "出差" not in group.shown()
    await office.presses(SECRETARY, "写纪要")
    lines = (
        "陈书记主持。",
        "1. 审议工作计划：同意。",
        "李伟 周五前 完成三号机整改",
        "王海燕 2月30日前 交总结",
        "整改：8月记录不全",
    )
    await office.says(SECRETARY, "", document=upload(docx(*lines)))
    preview = office.newest()
    assert "将布置 1 项任务" in preview
    assert "李伟" in preview
    assert "完成三号机整改" in preview
    assert "没看懂，不会布置" in preview
    assert "将开 1 条整改：\n· 8月记录不全" in preview
    await office.presses(SECRETARY, "发出")
    assert "布置了 1 项任务，开了 1 条整改" in office.newest()
    assert "· 讨论困难补助" in office.newest()
    assert "完成三号机整改" in group.shown()
    assert await world.rows("task_links", "kind = 'meeting'") == 1
    await office.presses(SECRETARY, "1 号 8月记录不全")
    await office.presses(SECRETARY, "看那次会议")
    await world.refreshed()
    await office.presses(SECRETARY, "纪要文件")
    await called(office)
    assert "2. 讨论困难补助" in office.newest()


async def test_a_file_that_is_no_document_is_refused(group: Place, world: World) -> None:
    office = await opened_meeting(group, world)
    await office.presses(SECRETARY, "写纪要")
    assert "带宏" in await office.says(SECRETARY, "", document=upload(with_macros()))
    assert "太大了（最多 20 MB）" in await office.says(SECRETARY, "", document=upload(bytes(60 << 20)))
    assert "没有读到任务" in await office.says(SECRETARY, "今天开会，大家都同意。")


def with_macros() -> bytes:
    """A document with macros in it."""
    made = io.BytesIO(docx("一"))
    with zipfile.ZipFile(made, "a") as parts:
        parts.writestr("word/vbaProject.bin", b"x")
    return made.getvalue()
