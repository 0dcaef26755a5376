"""An administrator brings the roster in, in private."""

from typing import Any

import pytest

from domain.people.permission import Area, Role
from sandbox.files import Upload
from sheets import read_roster
from tests.dialogue import BOT, LI, SECRETARY, WEDNESDAY, Place, World, moment
from tests.sheets.making import xlsx

HEAD = ["姓名", "工号", "所在党组织", "职务", "手机"]
CHEN = ["陈书记", "0001", "集团党委/第一党支部", "书记", "13800000001"]
WEI = ["李伟", "0002", "集团党委/第一党支部", "", "13800000002"]
HAIYAN = ["王海燕", "0003", "集团党委/第二党支部", "", ""]


@pytest.fixture
def admins() -> frozenset[int]:
    """The secretary, who has the id of the local Telegram's first person."""
    return frozenset({7000000001})


def upload(*rows: list[Any], name: str = "名册.xlsx") -> Upload:
    return Upload(name, "application/octet-stream", xlsx([HEAD, *rows]))


@pytest.fixture
async def office(world: World, group: Place) -> Place:
    """The administrator's private chat with the bot."""
    chat = world.sandbox.open_private(world.people[SECRETARY], BOT)
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()
    return Place(world, chat)


async def people(world: World) -> int:
    return await world.rows("people", "left_on IS NULL")


async def test_a_roster_is_shown_then_brought_in(world: World, office: Place) -> None:
    shown = await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN))
    assert "新增 3 人" in shown
    assert "新增：陈书记、李伟、王海燕" in shown
    assert "陈书记（0001，第一党支部）职务：无 → 书记，绑定账号后将获得书记权限" in shown
    assert "集团党委 / 第一党支部" in shown
    assert await people(world) == 0
    assert "正在导入" in await office.presses(SECRETARY, "导入")
    assert "✅ 名册已导入" in office.newest()
    assert "新增 3 人" in office.newest()
    assert office.buttons() == [] or "导入" not in office.buttons()
    assert await people(world) == 3
    assert "没有要改的" in await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN))


async def test_what_would_change_is_named(world: World, office: Place) -> None:
    await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN))
    await office.presses(SECRETARY, "导入")
    moved = ["李伟", "0002", "集团党委/第二党支部", "组长", "13800000002"]
    shown = await office.says(SECRETARY, document=upload(CHEN, moved))
    assert "李伟（0002）：职务：无 → 组长" in shown
    assert "李伟（0002，第二党支部）职务：无 → 组长，绑定账号后将获得党小组长权限" in shown
    assert "李伟（0002）到 集团党委 / 第二党支部" in shown
    assert "离开" in shown
    assert "王海燕（0003）" in shown
    assert "1380000" not in shown
    assert "好，没有导入" in await office.presses(SECRETARY, "取消")
    assert await world.rows("people", "role = '组长'") == 0


async def test_many_leavers_are_confirmed_once_more_by_name(world: World, office: Place) -> None:
    others = [[f"张{number}", f"01{number}", "集团党委/第二党支部", "", ""] for number in range(3)]
    await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN, *others))
    await office.presses(SECRETARY, "导入")
    half = upload(CHEN, WEI, HAIYAN, others[0])
    assert "还会再问一次" in await office.says(SECRETARY, document=half)
    await office.presses(SECRETARY, "导入")
    asked = office.newest()
    assert "这 2 人就不在册了" in asked
    assert "张1（011）、张2（012）" in asked
    assert "集团党委 / 第二党支部：4 人里离开 2 人" in asked
    assert await people(world) == 6
    assert office.buttons() == ["是的，2 人离开", "取消"]
    await office.presses(SECRETARY, "取消")
    await office.says(SECRETARY, document=half)
    await office.presses(SECRETARY, "导入")
    await office.presses(SECRETARY, "是的，2 人离开")
    assert "✅ 名册已导入" in office.newest()
    assert await people(world) == 4


async def test_the_other_administrators_hear_of_an_import_once(world: World, office: Place, private: Place) -> None:
    await private.says(LI, "/start")
    await world.program.database.write(_make_li_an_administrator)
    await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN))
    await office.presses(SECRETARY, "导入")
    told = [one["text"] for one in private.bot_messages() if "导入了名册" in one["text"]]
    assert len(told) == 1
    assert "新增 3 人" in told[0]
    assert "将获得书记权限" in told[0]
    assert not [one for one in office.bot_messages() if "导入了名册" in one["text"]]
    calls = [call.parameters for call in world.sandbox.calls if "导入了名册" in str(call.parameters.get("text"))]
    assert [str(one["disable_notification"]).lower() for one in calls] == ["true"]


def _make_li_an_administrator(stores: Any) -> None:
    stores.grants.add(stores.members.find(7000000002), Role.ADMINISTRATOR, Area(), None, moment(WEDNESDAY))


async def test_a_real_file_is_read_as_it_is_meant(world: World, office: Place) -> None:
    head = [
        "姓名",
        "员工工号",
        "所在支部",
        "职务",
        "党内职务",
        "入职日期",
        "入党日期",
        "员工状态",
        "离职日期",
        "员工代码卡",
    ]
    rows = [
        ["陈书记", "0001", "第一党支部", "车间主任", "支部书记", "2010-07-01", "2019-07-01", "在职", "", ""],
        ["李伟", "0002", "第一党支部", "", "", "2010-07-01", "", "退休", "", ""],
        ["王海燕", "0003", "第一党支部", "", "", "2010-07-01", "", "在职", "2026-11-24", ""],
        ["赵敏", "0004", "第一党支部", "", "", "2010-07-01", "", "在职", "2026-11-25", ""],
    ]
    shown = await office.says(SECRETARY, document=Upload("名册.xlsx", "", xlsx([head, *rows])))
    assert "新增：陈书记、赵敏" in shown
    assert "职务（已用“党内职务”）、入职日期（已用“入党日期”）" in shown
    assert "员工代码卡（" not in shown or "表头请改成" in shown
    await office.presses(SECRETARY, "导入")
    assert await people(world) == 2
    assert await world.rows("people", "joined_on = '2019-07-01' AND role = '支部书记'") == 1


async def test_faults_are_told_by_row_and_column_and_nothing_is_done(world: World, office: Place) -> None:
    twice = ["王海燕", "0002", "集团党委/第二党支部", "", "没有"]
    told = await office.says(SECRETARY, document=upload(CHEN, WEI, twice))
    assert "2 处要改" in told
    assert "第 4 行 B 列：工号重复：0002 (3)" in told
    assert "第 4 行 E 列：不像电话：没有" in told
    assert await people(world) == 0
    assert await world.rows("drafts") == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 \x00", "我能读的是 XLSX 和 CSV"),
        (b"\xd0\xcf\x11\xe0" * 9, ".xls"),
        ("姓名\n李伟".encode(), "没找到表头"),
    ],
    ids=["pdf", "xls", "no heading"],
)
async def test_another_file_is_refused_in_words(office: Place, content: bytes, words: str) -> None:
    assert words in await office.says(SECRETARY, document=Upload("x", "application/pdf", content))


async def test_a_csv_of_an_old_program_is_a_roster_too(world: World, office: Place) -> None:
    text = "工号;姓名;支部\r\n0001;陈书记;第一党支部\r\n"
    shown = await office.says(SECRETARY, document=Upload("名册.csv", "text/csv", text.encode("gbk")))
    assert "新增 1 人" in shown
    await office.presses(SECRETARY, "导入")
    assert await world.rows("people", "name = '陈书记'") == 1


async def test_an_employees_file_is_no_roster(world: World, private: Place) -> None:
    told = await private.says(LI, document=upload(WEI))
    assert "新增" not in told
    assert await world.rows("drafts") == 0
    assert "署名" in await private.says(LI, "建议：食堂晚班加个热菜", document=upload(WEI))
    assert "管理员" in await private.says(LI, "/roster")


async def test_a_roster_is_nothing_for_a_group(group: Place) -> None:
    assert "私聊" in await group.says(SECRETARY, "/roster")
    assert await group.says(SECRETARY, document=upload(CHEN)) == ""


async def test_who_was_faster_is_shown_before_anything_is_done(world: World, office: Place) -> None:
    await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN))
    await world.program.database.write(_change)
    await office.presses(SECRETARY, "导入")
    assert "请再看一眼" in office.newest()
    assert "更改 1 人" in office.newest()
    await office.presses(SECRETARY, "导入")
    assert "✅" in office.newest()
    assert await people(world) == 3


def _change(stores: Any) -> None:
    """Somebody else has entered the secretary by another role meanwhile."""
    from domain.people.branch import BranchKind
    from domain.people.person import Entry

    top = stores.branches.add(None, BranchKind.COMMITTEE, "集团党委")
    first = stores.branches.add(top.id, BranchKind.BRANCH, "第一党支部")
    stores.people.add([Entry("0001", "陈书记", first.id, "副书记", "13800000001")])


async def test_pressing_twice_imports_once(world: World, office: Place) -> None:
    await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN))
    await office.press_together([SECRETARY, SECRETARY], "导入")
    assert await people(world) == 3
    assert await world.rows("audit", "action = 'file.imported'") == 1


async def test_words_instead_of_a_button_leave_it_waiting(world: World, office: Place) -> None:
    await office.says(SECRETARY, document=upload(CHEN))
    assert "等着您点" in await office.says(SECRETARY, "好的")
    assert "不填了" in await office.says(SECRETARY, "/cancel")
    assert await world.rows("drafts") == 0


async def test_it_goes_on_after_a_restart(world: World, office: Place) -> None:
    await office.says(SECRETARY, document=upload(CHEN, WEI))
    await world.restart()
    await office.presses(SECRETARY, "导入")
    assert await people(world) == 2


async def test_the_template_can_be_filled_in_and_the_export_sent_back(world: World, office: Place) -> None:
    assert "XLSX 或 CSV" in await office.says(SECRETARY, "/roster")
    await office.presses(SECRETARY, "空白模板")
    reading = read_roster(sent(world, office))
    assert not reading.faults
    assert not reading.lines  # the example is nobody
    assert reading.told >= {"name", "number", "party", "role", "phone", "joined_on", "leave_from", "leave_to"}
    await office.says(SECRETARY, document=upload(CHEN, WEI, HAIYAN))
    await office.presses(SECRETARY, "导入")
    await office.presses(SECRETARY, "导出现有名册")
    content = sent(world, office)
    assert [line.number for line in read_roster(content).lines] == ["0001", "0002", "0003"]
    assert "没有要改的" in await office.says(SECRETARY, document=Upload("名册.xlsx", "", content))
    assert await world.rows("audit", "action = 'file.exported'") == 1


def sent(world: World, place: Place) -> bytes:
    """The newest file that the bot has sent."""
    message = next(one for one in reversed(place.messages()) if "document" in one and one["from"]["is_bot"])
    return world.sandbox.world.files.by_id(message["document"]["file_id"]).data


async def test_what_a_bot_may_not_fetch_is_refused_before_it_is_tried(office: Place, world: World) -> None:
    calls = len(world.sandbox.calls)
    told = await office.says(SECRETARY, document=Upload("名册.xlsx", "", b"x" * (20 * 1024 * 1024 + 1)))
    assert "最多 20 MB" in told
    assert all(call.method.lower() != "getfile" for call in world.sandbox.calls[calls:])


async def test_a_file_that_the_platform_has_forgotten_is_asked_for_again(office: Place, world: World) -> None:
    await office.says(SECRETARY, document=upload(CHEN))
    world.sandbox.world.files._by_id.clear()
    await office.presses(SECRETARY, "导入")
    assert "请再发一次" in office.newest()
    assert await people(world) == 0
    assert "导入" in office.buttons()


async def test_an_administrator_of_a_part_may_not_bring_in_the_whole(
    office: Place, private: Place, world: World
) -> None:
    await office.says(SECRETARY, document=upload(CHEN, WEI))
    await office.presses(SECRETARY, "导入")
    await world.program.database.write(_make_li_an_administrator_of_a_part)
    assert "全企业的管理员" in await private.says(LI, document=upload(WEI))
    assert "全企业的管理员" in await private.says(LI, "/roster")


def _make_li_an_administrator_of_a_part(stores: Any) -> None:
    li, (top, *_) = stores.members.find(7000000002), stores.branches.all()
    stores.grants.add(li, Role.ADMINISTRATOR, Area(branch=top.id), None, moment(WEDNESDAY))
