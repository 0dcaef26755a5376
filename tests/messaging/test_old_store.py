"""People go on where an earlier version has left them: open questions, old buttons, messages that wait to be sent.

The store is one that it wrote (see `tests/storage/stores/README.md`). Its chats are in the local Telegram, with all
that the bot had said in them.
"""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from sandbox.files import Upload
from tests.dialogue import BOT, LI, SECRETARY, WANG, Before, Json, Place, World, keyboard, plain
from tests.messaging.old_chats import GROUPS, PRIVATE, open_chats
from tests.sheets.making import xlsx
from tests.storage.test_old_store import OLD, lead, restore

# What people have made, given and chosen: no old button changes more of it than it says.
KEPT = (
    *("absences", "audit", "branches", "claims", "drafts", "grants", "invitations", "members", "people", "placements"),
    *("points_entries", "quiet_hours", "schedule_defaults", "settings", "study_attempts", "suggestions", "surveys"),
    *("survey_answers", "tasks"),
)
CARD_OF_2 = 11  # the message with task 2
HEAD = ["姓名", "工号", "所在党组织", "职务", "手机"]
CHEN = ["陈书记", "0001", "集团党委/第一党支部", "书记", "13800000001"]
WEI = ["李伟", "0002", "集团党委/第一党支部", "", "13800000002"]
HAIYAN = ["王海燕", "0003", "集团党委/第二党支部", "", ""]
MIN = ["赵敏", "0004", "集团党委/第二党支部", "", ""]
ROSTER_FILE = "LjZl5tcYTKE-PPphmefF_5RlQGPhEXmiF19wabOXKaguNmXm"  # as the platform called it


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old store, not upgraded; Chen is the secretary of all its groups, so that they go on."""
    file = tmp_path_factory.mktemp("store") / "old.db"
    restore(OLD, file)
    lead(file)
    return file


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({7000000001})


@pytest.fixture
def before(empty_store: Path) -> Before:
    """The chats of the old store, with what the bot has said in them."""

    return partial(open_chats, empty_store)


@pytest.fixture
def places(world: World) -> dict[int, Place]:
    """The chats by the store's numbers."""
    groups = zip(GROUPS, world.sandbox.world.groups.values(), strict=True)
    private = {number: world.sandbox.world.private[world.people[who].id, BOT] for number, who in PRIVATE.items()}
    return {number: Place(world, chat) for number, chat in (*groups, *private.items())}


async def kept(world: World) -> dict[str, list[Any]]:
    """All that the store has of what people have made, given and chosen."""
    queries = {table: f"SELECT * FROM {table}" for table in KEPT}  # noqa: S608 - the test's own words
    queries["schedules"] = "SELECT name, group_id, cron, paused, chosen FROM schedules ORDER BY id"

    def read(stores: Any) -> dict[str, list[Any]]:
        return {table: stores.connection.execute(sql(query)).fetchall() for table, query in queries.items()}

    return dict(await world.program.database.read(read))


async def changed(world: World, before: dict[str, list[Any]]) -> set[str]:
    """The tables in which something is new, changed or gone."""
    return {table for table, rows in (await kept(world)).items() if rows != before[table]}


def message_with(place: Place, data: str) -> Json:
    """The bot's message that has a button with these data."""
    return next(one for one in place.bot_messages() if any(data == button["callback_data"] for button in buttons(one)))


def buttons(message: Json) -> list[Json]:
    return [button for row in keyboard(message) for button in row]


async def press(place: Place, who: str, data: str, label: str) -> str:
    """Somebody presses a button of an old message; the notice that they see."""
    return await place.presses(who, label, message_with(place, data))


async def press_gone(place: Place, who: str, number: int, data: str) -> str:
    """The same for a button that the message does not have any more."""
    before = len(place.sandbox.calls)
    message = next(one for one in place.messages() if one["message_id"] == number)
    await place.receives_press(who, message, data)
    answers = [call for call in place.sandbox.calls[before:] if call.method.lower() == "answercallbackquery"]
    return str(answers[-1].parameters.get("text", ""))


async def test_what_was_queued_is_sent_once(world: World, places: dict[int, Place]) -> None:
    await world.idle()
    for _ in range(2):
        files = [one["document"]["file_name"] for one in places[3].bot_messages() if "document" in one]
        assert files == ["我的数据 2026-11-25.xlsx"]
        assert places[1].shown().count("几点巡检？") == 1
        assert places[5].shown().count("帽带<系紧>") == 1
        assert places[5].shown().count("帽带怎么系？") == 1
        card = next(one for one in places[1].messages() if one["message_id"] == CARD_OF_2)
        assert "李伟 ✅" in plain(card)
        assert not buttons(card)
        await world.restart()


async def test_an_open_task_is_answered_in_words_and_sent(world: World, places: dict[int, Place]) -> None:
    await world.idle()
    asks_owner = message_with(places[5], "draft.owner:4:2")
    assert "什么时候截止" in await places[5].says(SECRETARY, "@li", reply_to=asks_owner)
    for number in (5, 6):
        assert "要做什么" in await places[number].answers(SECRETARY, "12月5日18:00前")
    for number in (5, 6, 7):
        assert "要发到群里的任务" in await places[number].answers(SECRETARY, "写心得 | 标准：800字")
        await places[number].presses(SECRETARY, "发出")
        assert "📌 写心得" in places[number].newest()
        assert places[number].buttons()[0] == "完成"
        await places[number].presses(LI, "完成")
    assert await world.rows("tasks", "title = '写心得' AND owner_id = 2 AND done_at IS NOT NULL") == 3


async def test_an_open_survey_is_answered_in_words_and_sent(world: World, places: dict[int, Place]) -> None:
    assert "有哪些选项" in await places[8].answers(SECRETARY, "几点学习？")
    for number in (8, 9):
        assert "实名还是匿名" in await places[number].answers(SECRETARY, "16:00 | 17:00")
    for number, names in ((8, "匿名"), (9, "实名"), (10, "匿名")):
        assert "几点学习？" in await places[number].answers(SECRETARY, names)
        await places[number].presses(SECRETARY, "发出")
        assert [one["poll"]["question"] for one in places[number].messages() if "poll" in one] == ["几点学习？"]
    posted = "question = '几点学习？' AND options LIKE '%16:00%17:00%' AND asker_id = 1"
    assert await world.rows("surveys", posted) == 3
    assert await world.rows("surveys", f"{posted} AND anonymous = 0") == 1


async def test_other_open_questions_are_answered_in_words(world: World, places: dict[int, Place]) -> None:
    assert "会看到的人" in await places[3].says(LI, "班车晚点再发")
    assert "建议 3 号" in await places[3].says(LI, "实名")
    assert await places[11].answers(WANG, "车间加个饮水机") == ""
    assert places[11].reaction() == "👍"
    assert "已请王海燕所在支部的书记确认" in await places[4].says(WANG, "0003 王海燕")
    assert "每周推送上限：30 条" in await places[12].answers(SECRETARY, "30")
    assert await world.rows("settings", "scope = 'chat' AND scope_id = 12 AND name = 'cap' AND value = '30'") == 1
    assert "点“导入”或“取消”" in await places[2].says(SECRETARY, "好的")
    assert await world.rows("drafts", "id IN (2, 3, 10)") == 0


async def test_old_buttons_of_an_open_question_answer_it(world: World, places: dict[int, Place]) -> None:
    before = await kept(world)
    assert "别人正在填" in await press(places[5], LI, "draft.owner:4:2", "李伟")
    assert "别人正在填" in await press(places[10], LI, "draft.post:9:1", "匿名发出")
    assert await changed(world, before) == set()
    await press(places[5], SECRETARY, "draft.owner:4:2", "李伟")
    await press(places[5], SECRETARY, "form.back:4:due", "明天")
    await press(places[6], SECRETARY, "draft.due:5:1795687200", "明天")
    for number in (5, 6):
        assert "李伟，11月26日（周四）18:00截止" in places[number].newest()
    assert "过期" in await press_gone(places[6], SECRETARY, 2, "draft.owner:5:3")
    assert "已经结束" in await press_gone(places[5], SECRETARY, 2, "draft.owner:1:3")
    await press(places[10], SECRETARY, "draft.post:9:1", "匿名发出")
    assert "匿名：只公布票数" in places[10].newest()
    assert await changed(world, before) == {"drafts"}  # nothing is sent before somebody has agreed to the preview
    await places[10].presses(SECRETARY, "发出")
    assert await world.rows("surveys", "question = '几点学习？' AND anonymous = 1") == 1


async def test_old_buttons_that_carry_words_and_numbers_work(world: World, places: dict[int, Place]) -> None:
    await world.idle()
    before = await kept(world)
    assert "完成，+5 分，累计 20 分" in await press(places[1], LI, "task.done:3", "完成")
    assert "早已完成" in await press_gone(places[1], LI, CARD_OF_2, "task.done:2")
    assert "由李伟负责" in await press_gone(places[1], WANG, CARD_OF_2, "task.done:4")
    assert "以前学过，分也记过了" in await press(places[1], LI, "study.read:1", "已学习")
    assert "以前学过，分也记过了" in await press(places[5], WANG, "study.read:2", "已学习")
    assert "+1 分，累计 1 分" in await press(places[1], SECRETARY, "study.read:1", "我学完了")
    assert await changed(world, before) == {"tasks", "points_entries"}
    assert await world.rows("tasks", "done_at IS NULL") == 1
    before = await kept(world)
    await press(places[1], SECRETARY, "schedule.open:study", "学习提示")
    assert await changed(world, before) == set()
    await press(places[2], SECRETARY, "invitation.confirm:1", "是本人")
    assert await changed(world, before) == {"people", "claims", "audit"}


# Buttons that carry a position in a list, and what they did: (chat, who, message, data).
POSITIONS = (
    (1, SECRETARY, 31, "setting.show:1:1:0"),
    (1, SECRETARY, 31, "setting.set:1:1:2:0"),
    (1, SECRETARY, 31, "setting.set:1:5:3:2"),
    (1, SECRETARY, 31, "setting.list:1:1"),
    (12, SECRETARY, 6, "setting.set:1:12:6:2"),
    (12, SECRETARY, 6, "setting.ask:1:12:6"),
    (12, SECRETARY, 6, "setting.inherit:1:12:6"),
    (3, LI, 21, "setting.set:0:2:3:0"),
    (3, LI, 27, "language.choose:1"),
    (1, SECRETARY, 31, "role.give:3:0"),
    (2, SECRETARY, 25, "role.give:3:4"),
    (2, SECRETARY, 25, "audit.page:0:0:0:0:5"),
    (2, SECRETARY, 25, "audit.page:0:3:0:0:0"),
)


async def test_old_buttons_that_carry_positions_are_over(world: World, places: dict[int, Place]) -> None:
    before = await kept(world)
    for number, who, message, data in POSITIONS:
        assert "这个按钮已经过期" in await press_gone(places[number], who, message, data), data
    assert await changed(world, before) == set()


async def test_a_roster_whose_file_is_gone_is_asked_for_again(world: World, places: dict[int, Place]) -> None:
    before = await kept(world)
    await press(places[2], SECRETARY, "roster.import:11", "导入")
    assert "请再发一次" in places[2].newest()
    assert "已经结束" in await press_gone(places[2], SECRETARY, 8, "roster.import:1")
    assert await changed(world, before) == set()


async def test_a_roster_that_waits_for_its_button_is_shown_as_now_and_brought_in(
    world: World, places: dict[int, Place]
) -> None:
    files = world.sandbox.world.files
    file = files.add(Upload("名册.xlsx", "", xlsx([HEAD, CHEN, WEI, HAIYAN, MIN])))
    files._by_id[ROSTER_FILE] = file
    await press(places[2], SECRETARY, "roster.import:11", "导入")
    assert "请再看一眼：\n新增 1 人\n不变 3 人\n\n新增：赵敏" in places[2].shown()
    await places[2].presses(SECRETARY, "导入")
    assert "✅ 名册已导入\n新增 1 人" in places[2].shown()
    assert await world.rows("people", "number = '0004' AND name = '赵敏'") == 1
    assert await world.rows("people") == 4


async def test_polls_that_stand_in_the_group_go_on(world: World, places: dict[int, Place]) -> None:
    poll = next(one for one in places[1].messages() if "poll" in one and plain(one) == "几点开会？")
    world.sandbox.vote(places[1].chat, world.people[SECRETARY], poll, [1])
    await world.idle()
    assert await world.rows("survey_answers", "survey_id = 1 AND options = '[1]'") == 2
    told = await places[1].hears_until("2026-11-28 18:00")
    assert "几点开会？</b>\n16:00：1 票（33%）\n17:00：2 票（67%）\n共 3 人参与" in told
    assert "食堂满意吗？" not in told  # nobody has voted, which its asker hears in private
