"""A secretary sends the library's file in private, sees what would change, imports it, and keeps the items."""

from dataclasses import replace
from typing import Any

from domain.people.permission import EVERYWHERE, Role
from domain.study.course import Course
from domain.study.item import Lesson
from domain.study.library import Library
from handlers.study import library_files
from sandbox.files import Upload
from tests.dialogue import LI, WANG, Place, World, opened
from tests.pictures import PNG
from tests.study.questions import single

ASKED = replace(single("helmet", "怎么系？", ("松", "紧"), 1), source="规程", topic="安全")
HELMET = Lesson("helmet", "安全帽<要>系紧", "安全", "系紧。", "规程", ASKED)
LOCK = Lesson("lock", "挂牌上锁", "安全", "谁上锁谁开锁。", "规程")
WHOLE = Library((HELMET, LOCK), (Course("c", "两课", ("lock", "helmet")),))


def upload(library: Library, ending: str) -> Upload:
    return Upload(f"学习.{ending}", "application/octet-stream", library_files.write(library, ending, "zh"))


async def make_secretary(world: World, who: str) -> None:
    def unit(stores: Any) -> None:
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, Role.SECRETARY, EVERYWHERE, None, world.sandbox.clock.now())

    await world.program.database.write(unit)


async def test_a_library_comes_in_is_kept_and_goes_out(world: World, group: Place) -> None:
    await group.says(LI, "早")
    await make_secretary(world, LI)
    office = await opened(world, LI)
    told = await office.says(LI, document=upload(WHOLE, "md"))
    assert "新增 3 条，修改 0 条，不变 0 条" in told
    assert await world.rows("study_items") == 0, "nothing is imported before somebody agrees"
    await office.presses(LI, "导入")
    assert "已导入：新增 3 条" in office.newest()
    for ending in ("toml", "xlsx"):
        assert "没有要改的" in await office.says(LI, document=upload(WHOLE, ending))
    assert await world.rows("study_items") == 2

    page = await office.says(LI, "/study 学习库")
    assert "安全帽&lt;要&gt;系紧（安全），没推过" in page
    assert "两课（2 课）" in page
    await office.presses(LI, "1. 安全帽")
    assert "A. 松" in office.newest()
    assert "答案：B" in office.newest()
    await office.presses(LI, "撤下")
    assert "已撤下" in office.newest()
    assert "挂牌上锁" in await group.hears_until("2026-11-26 08:30"), "the one that is withdrawn is not shown"
    await office.presses(LI, "恢复")
    await office.presses(LI, "返回")
    assert "推过" in office.newest()
    await office.presses(LI, "TOML")
    sent = next(one for one in reversed(office.bot_messages()) if "document" in one)
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    assert library_files.read(content) == WHOLE


async def test_a_faulty_file_a_declined_one_and_others_files_change_nothing(world: World, group: Place) -> None:
    for who in (LI, WANG):
        await group.says(who, "早")
    await make_secretary(world, LI)
    office, other = await opened(world, LI), await opened(world, WANG)
    faulty = Upload("坏.md", "text/markdown", "---\ntitle: 甲\nexpires: 明天\n---\n正文\n".encode())
    told = await office.says(LI, document=faulty)
    assert "有 2 处要改，什么都没有导入" in told
    assert "第 3 行 「甲」：到期日期 不是日期（明天）" in told
    course = Upload("课.toml", "text/plain", '[[course]]\ntitle = "课"\nitems = ["none"]\n'.encode())
    assert "库里没有「none」" in await office.says(LI, document=course)
    await office.says(LI, document=upload(WHOLE, "xlsx"))
    await office.presses(LI, "不导入")
    assert "新增" not in await other.says(WANG, document=upload(WHOLE, "xlsx"))
    assert "新增" not in await other.says(WANG, document=upload(WHOLE, "toml"))
    assert "学习库" not in await other.says(WANG, "/study 学习库")
    questionnaire = Upload("问卷.yaml", "text/plain", b"title: x\nquestions:\n  - text: y\n    kind: text\n")
    assert "1 题" in await office.says(LI, document=questionnaire)
    assert await world.rows("study_items") == 0


async def test_an_item_gets_a_picture_and_a_course_ends(world: World, group: Place) -> None:
    await group.says(LI, "早")
    await make_secretary(world, LI)
    office = await opened(world, LI)
    await office.says(LI, document=upload(WHOLE, "md"))
    await office.presses(LI, "导入")
    await office.says(LI, "/study 学习库")
    await office.presses(LI, "2. 挂牌上锁")
    await office.presses(LI, "附图片或文件")
    assert "请发一张图片" in office.newest()
    assert "没有图片或文件" in await office.says(LI, "图片")
    assert "会附上这张图片" in await office.says(LI, photo=PNG)
    await office.says(LI, "/study 学习库")
    await office.presses(LI, "1. 安全帽")
    await office.presses(LI, "附图片或文件")
    assert "会附上这个文件" in await office.says(LI, document=upload(WHOLE, "md")), "a file is not taken for a library"
    await office.presses(LI, "附图片或文件")
    await office.presses(LI, "去掉附件")
    assert "不再有附件" in office.newest()
    await group.hears_until("2026-11-26 08:30")
    assert any("photo" in one for one in group.bot_messages()), "the group sees it with the picture"
    await office.says(LI, "/study 学习库")
    await office.presses(LI, "课程与主题教育")
    await office.presses(LI, "两课")
    assert "仍留在学习库里" in office.newest()
    await office.presses(LI, "结束")
    assert "现在没有课程" in office.newest()
    assert (await world.rows("study_courses"), await world.rows("study_items")) == (0, 2)
