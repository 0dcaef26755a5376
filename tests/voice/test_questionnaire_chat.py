"""A secretary sends a questionnaire's file in private, sees what was read and what was not, and keeps it."""

import io
import json
from typing import Any

import pytest
import python_calamine

from domain.people.permission import EVERYWHERE, Role
from sandbox.files import Upload
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World
from tests.sheets.making import xlsx

TABLE = [["标题", "食堂"], ["题目", "题型", "选项"], ["好吃吗？", "单选", "好|不好"], ["说说", "文字"]]
SURVEYJS = {
    "title": "食堂",
    "pages": [
        {
            "name": "p1",
            "title": "第一页",
            "elements": [
                {"type": "rating", "name": "stars"},
                {"type": "matrixdynamic", "name": "table"},
                {"type": "comment", "name": "why", "visibleIf": "{stars} < 3 and {x} = 1"},
            ],
        }
    ],
}


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({7000000001})


async def desk(world: World, who: str) -> Place:
    """Somebody's private chat with the bot."""
    chat = world.sandbox.open_private(world.people[who], BOT)
    world.sandbox.start(world.people[who], BOT)
    await world.idle()
    return Place(world, chat)


async def make_secretary(world: World, who: str) -> None:
    def unit(stores: Any) -> None:
        stores.grants.add(
            stores.members.find(world.people[who].id), Role.SECRETARY, EVERYWHERE, None, world.sandbox.clock.now()
        )

    await world.program.database.write(unit)


def upload(content: bytes, name: str = "问卷.xlsx") -> Upload:
    return Upload(name, "application/octet-stream", content)


async def test_a_file_is_shown_kept_listed_given_back_and_removed(world: World, group: Place) -> None:
    await group.says(LI, "早")
    await make_secretary(world, LI)
    office = await desk(world, LI)
    data = json.dumps(SURVEYJS, ensure_ascii=False).encode()
    shown = await office.says(LI, document=upload(data, "不知道.txt"))
    assert "《食堂》，2 题" in shown
    assert "1. stars（打分，选答）" in shown
    assert "这里没有的题型，整题未带：table（matrixdynamic）" in shown
    assert "条件太复杂，没有照搬：why（" in shown
    assert "分页、分组的标题：p1" in shown
    assert await world.rows("kept_questionnaires") == 0
    await office.presses(LI, "保存")
    assert "已保存问卷《食堂》，2 题，还没有发给任何人" in office.newest()
    assert await world.rows("kept_questionnaires") == 1
    assert await world.rows("audit", "action = 'questionnaire.kept'") == 1
    listed = await office.says(LI, "/questionnaires")
    assert "存着 1 份" in listed
    assert office.buttons()[:2] == ["食堂", "删除"]
    await office.presses(LI, "食堂")
    assert [row[0] for row in sheet(world, office)][:2] == ["标题", "说明"]
    await office.presses(LI, "现成：民主评议党员测评")
    assert "对____的评议等次" in [row[0] for row in sheet(world, office)]
    await office.presses(LI, "空白表格")
    assert len(sheet(world, office)) == 3
    await office.presses(LI, "删除")
    assert await world.rows("kept_questionnaires") == 0


def sheet(world: World, place: Place) -> list[list[Any]]:
    """The newest file."""
    sent = next(one for one in reversed(place.bot_messages()) if "document" in one)
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


async def test_mistakes_are_told_by_their_cells_and_nothing_is_kept(world: World, group: Place) -> None:
    await group.says(LI, "早")
    await make_secretary(world, LI)
    office = await desk(world, LI)
    told = await office.says(LI, document=upload(xlsx([*TABLE, ["几次？", "几选"], ["打分", "打分"]], sheet="问卷")))
    assert "问卷里有 1 处要改，没有保存" in told
    assert "单元格 B5：没有“几选”这种题型" in told
    told = await office.says(LI, document=upload(xlsx([*TABLE, ["打分", "打分"]], sheet="问卷")))
    assert "单元格 A5：打分要写最小值和最大值，在 0 到 10 之间" in told
    await office.says(LI, document=upload(xlsx(TABLE, sheet="问卷")))
    await office.presses(LI, "放弃")
    assert await world.rows("kept_questionnaires") == 0


async def test_an_administrators_table_is_a_roster_or_a_questionnaire_by_its_content(
    world: World, group: Place
) -> None:
    office = await desk(world, SECRETARY)
    roster = [["姓名", "工号", "所在党组织"], ["李伟", "0002", "集团党委/第一党支部"]]
    assert "新增 1 人" in await office.says(SECRETARY, document=upload(xlsx(roster)))
    assert "《食堂》，2 题" in await office.says(SECRETARY, document=upload(xlsx(TABLE, sheet="问卷")))
    await office.presses(SECRETARY, "保存")
    assert await world.rows("kept_questionnaires") == 1
    assert "没找到表头：前 30 行里要有一行写着“姓名”" in await office.says(SECRETARY, document=upload(xlsx([["a"]])))


async def test_whoever_asks_no_surveys_sends_no_questionnaire(world: World, group: Place) -> None:
    await group.says(WANG, "早")
    office = await desk(world, WANG)
    assert "食堂" not in await office.says(WANG, document=upload(xlsx(TABLE, sheet="问卷")))
    assert await world.rows("drafts") == 0
    assert "没有权限" in await office.says(WANG, "/questionnaires") or "书记" in office.newest()
