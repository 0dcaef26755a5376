"""A group's work as a file: who gets it, where, and what is in it."""

import io
from typing import Any

import pytest
import python_calamine

from domain.admin.setting import Name, Scope, Where
from domain.study import study
from domain.study.item import Lesson
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World

LESSON = Lesson("helmet", "进现场先戴安全帽", "安全", "帽带系紧。", "GB 2811-2019")
GIVEN = "2026-11-25 10:00"


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The secretary's private chat with the bot, begun."""
    place = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()
    return place


@pytest.fixture
async def busy(group: Place, world: World) -> Place:
    """A group where something was done of each kind."""
    await world.program.database.write(study.load, lessons=[LESSON])
    await group.says(SECRETARY, "/task @li 明天18:00前 整理 <实验室> | 标准：不少于800字 | 成果：心得一篇")
    await group.presses(LI, "完成")
    await group.says(LI, "建议：=三号皮带机旁边加一个急停按钮")
    await group.says(WANG, "/study")
    await group.presses(WANG, "我学完了")
    await group.says(SECRETARY, "/survey 几点开始？ | 16:00 | 17:00 | 截止：今天12:00")
    await group.votes(LI, 1)
    await group.says(SECRETARY, "/survey 去哪里？ | 厂史馆 | 烈士陵园 | 匿名 | 截止：今天12:00")
    await group.votes(WANG, 0)
    await group.hears_until("2026-11-25 12:10")
    return group


def files(place: Place) -> list[dict[str, Any]]:
    return [one for one in place.bot_messages() if "document" in one]


def book(place: Place) -> dict[str, list[list[Any]]]:
    """The sheets of the newest file."""
    content = place.sandbox.world.files.by_id(files(place)[-1]["document"]["file_id"]).data
    found = python_calamine.load_workbook(io.BytesIO(content))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


async def ranks(world: World, value: str) -> None:
    await world.program.database.write(lambda stores: stores.settings.put(Where(Scope.ENTERPRISE), Name.RANKING, value))


async def test_the_secretary_gets_the_months_work_in_private(busy: Place, office: Place, world: World) -> None:
    assert await busy.says(SECRETARY, "/export") == "台账已经私聊发给您。"
    assert files(busy) == [], "many people's names are no file for a group"
    assert files(office)[-1]["document"]["file_name"] == "第一党支部 台账 2026-11-01 至 2026-11-30.xlsx"
    found = book(office)
    assert list(found) == ["任务", "建议", "积分", "积分明细", "学习", "学习成效", "调查"]
    assert found["任务"] == [
        ["编号", "任务", "责任人", "标准", "成果", "交办时间", "截止时间", "提交时间", "完成时间", "按时", "验收结果"],
        [1, "整理 <实验室>", "李伟", "不少于800字", "心得一篇", GIVEN, "2026-11-26 18:00", "", GIVEN, "是", ""],
    ]
    assert found["建议"][1][1] == "=三号皮带机旁边加一个急停按钮"
    assert found["建议"][1][3:] == [GIVEN, "李伟"]
    assert found["积分"] == [
        ["姓名", "合计", "学习", "提建议", "参与调查", "按时完成"],
        ["李伟", 8, 0, 2, 1, 5],
        ["王海燕", 1, 1, 0, 0, 0],
    ]
    assert len(found["积分明细"]) == 1 + 4
    assert found["学习"][1][2:] == [1, 0, 0, "王海燕"]
    assert await world.rows("audit", "action = 'file.exported' AND subject = 'work chat:1'") == 1
    assert await world.rows("documents") == 0, "what is in a file is forgotten once it was sent"


async def test_of_an_anonymous_survey_only_counts_are_told(busy: Place, office: Place) -> None:
    await busy.says(SECRETARY, "/export 本周")
    rows = book(office)["调查"][1:]
    assert [row[4:] for row in rows if row[1] == "几点开始？"] == [
        ["否", 1, "16:00", 0, "", "否", ""],
        ["否", 1, "17:00", 1, "李伟", "否", ""],
    ]
    assert [row[4:] for row in rows if row[1] == "去哪里？"] == [
        ["是", 1, "厂史馆", 1, "", "否", ""],
        ["是", 1, "烈士陵园", 0, "", "否", ""],
    ]


async def test_an_anonymous_suggestion_has_no_name_and_no_points(group: Place, office: Place, private: Place) -> None:
    await group.says(LI, "早")
    for words, names in (("食堂晚班加个热菜", "匿名"), ("门口加个路灯", "署名")):
        await private.says(LI, f"/suggest {words}")
        await private.presses(LI, names)
    await group.says(SECRETARY, "/export")
    found = book(office)
    assert [(row[1], row[4]) for row in found["建议"][1:]] == [("食堂晚班加个热菜", ""), ("门口加个路灯", "李伟")]
    assert [row[3] for row in found["积分明细"][1:]] == ["门口加个路灯"]
    assert await group.points_of(LI) == 2


@pytest.mark.parametrize("value", ["private", "branch"])
async def test_where_the_board_names_nobody_points_are_totals(
    busy: Place, office: Place, world: World, value: str
) -> None:
    await ranks(world, value)
    await busy.says(SECRETARY, "/export")
    found = book(office)
    assert found["积分"][0] == ["规则", "次数", "分"]
    assert ["按时完成", 1, 5] in found["积分"]
    assert "积分明细" not in found
    assert "王海燕" not in str(found["学习"])
    assert found["学习"][1][2] == 1
    assert "积分只有合计" in office.newest()


async def test_who_is_on_no_board_has_no_points_in_the_file(busy: Place, office: Place, world: World) -> None:
    def unit(stores: Any) -> None:
        wang = stores.members.find(world.people[WANG].id)
        stores.settings.put(Where(Scope.MEMBER, wang.id), Name.ON_BOARD, "no")

    await world.program.database.write(unit)
    await busy.says(SECRETARY, "/export")
    found = book(office)
    assert "王海燕" not in str([found["积分"], found["积分明细"], found["学习"]])
    assert found["学习"][1][2] == 1


@pytest.mark.parametrize("words", ["１１月", "2026-11", "２０２６年１１月", "本周", "11 月", "this month"])
async def test_a_period_may_be_written_in_several_ways(busy: Place, office: Place, words: str) -> None:
    assert "私聊发给您" in await busy.says(SECRETARY, f"／export　{words}")
    assert len(files(office)) == 1


@pytest.mark.parametrize("words", ["10月", "12月", "上周", "2027-01", "2026-10"])
async def test_of_a_period_without_work_there_is_no_file(busy: Place, office: Place, words: str) -> None:
    assert "没有可以导出的内容" in await busy.says(SECRETARY, f"/export {words}")
    assert files(office) == []


@pytest.mark.parametrize(
    "words", ["13月", "0月", "明天", "<b>", "2026-11-05", "9999-12", "11", "李伟", "10月 11月", "汉" * 3000]
)
async def test_a_wrong_period_is_answered_with_a_right_one(group: Place, office: Place, words: str) -> None:
    for place in (group, office):
        said = await place.says(SECRETARY, f"/export {words}")
        assert "/export 2026-10" in said
        assert "\n" not in said
    assert files(office) == []


async def test_nobody_else_gets_it(busy: Place, private: Place) -> None:
    assert "书记" in await busy.says(LI, "/export")
    assert "/export me" in await private.says(LI, "/export 10月")
    assert "/export 10月" not in await private.says(LI, "/help")
    assert files(private) == []


async def test_without_a_private_chat_the_button_leads_to_it(busy: Place, world: World) -> None:
    assert "打开和我的私聊" in await busy.says(SECRETARY, "/export")
    button = busy.bot_messages()[-1]["reply_markup"]["inline_keyboard"][0][0]
    assert button["url"] == "https://t.me/jingyi_bot?start=export"
    place = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    await place.says(SECRETARY, "/start export")
    assert len(files(place)) == 1


async def test_the_link_shows_today_to_who_may_not(private: Place) -> None:
    assert "今天" in await private.says(LI, "/start export")
    assert files(private) == []


async def test_in_private_it_is_of_ones_own_group(busy: Place, office: Place) -> None:
    await office.says(SECRETARY, "/export 本周")
    assert "第一党支部" in files(office)[-1]["document"]["file_name"]


async def test_of_several_groups_one_is_chosen_and_comes_once(busy: Place, office: Place, world: World) -> None:
    chen, li, _ = world.people.values()
    world.sandbox.add_group("第二党支部", by=chen, members=[li], bots=[BOT])
    world.sandbox.add_group("别人的支部", by=li, members=[chen], bots=[BOT])
    await world.idle()
    assert "哪个群" in await office.says(SECRETARY, "/export")
    assert office.buttons() == ["第一党支部", "第二党支部"]
    await office.press_together([SECRETARY, SECRETARY], "第一党支部")
    assert len(files(office)) == 1
    assert await world.rows("audit", "action = 'file.exported'") == 1
    assert office.buttons() == [] or "第一党支部" not in office.buttons()


async def test_a_forged_button_brings_nothing(busy: Place, office: Place, private: Place, world: World) -> None:
    days = "739556:739585"
    message = private.bot_messages()[-1]
    for data in (
        f"export.group:1:{days}",
        f"export.group:99:{days}",
        "export.group:1:739585:739556",
        "export.group:1:1:999999999",
    ):
        await private.receives_press(LI, message, data)
    message = office.bot_messages()[-1]
    for data in (f"export.group:1:{days}", "export.group:1:1:3", "export.group:1:739000:739585", "export.group:1:0:3"):
        await office.receives_press(SECRETARY, message, data)
    assert files(private) == files(office) == []


async def test_the_same_update_twice_brings_one_file(busy: Place, office: Place, world: World) -> None:
    await busy.says(SECRETARY, "/export")
    await world.restart()
    assert len(files(office)) == 1


async def test_help_tells_secretaries_of_it(group: Place) -> None:
    assert "/export 10月" in await group.says(SECRETARY, "/help")
    assert "/export 10月" not in await group.says(LI, "/help")


async def test_the_file_is_in_the_language_of_its_reader(busy: Place, world: World) -> None:
    world.people[SECRETARY].language_code = "en"
    place = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()
    await busy.says(SECRETARY, "/export this week")
    assert files(place)[-1]["document"]["file_name"] == "第一党支部 work 2026-11-23 to 2026-11-29.xlsx"
    assert list(book(place)) == ["Tasks", "Suggestions", "Points", "Ledger", "Study", "Learnt", "Surveys"]
    assert book(place)["Tasks"][1][-2] == "yes"
