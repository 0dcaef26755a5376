"""Cross-inspection in chat, from the rubric's file to the ranking."""

from types import SimpleNamespace
from typing import Any

import pytest

from domain.people import branch as tree
from sandbox.files import Upload
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.life.inspections import NAMES, TOML, set_up
from tests.pictures import PNG


@pytest.fixture
def admins() -> frozenset[int]:
    """The office."""
    return frozenset({7000000001})


def upload(text: str) -> Upload:
    return Upload("rubric.toml", "application/octet-stream", text.encode())


async def branches(world: World, who: list[str], group: Place) -> None:
    """A branch for each, whose secretary they are; the first one has the group."""

    def unit(stores: Any) -> None:
        people = [SimpleNamespace(platform_id=world.people[one].id, name=one) for one in who]
        made = set_up(stores, people, world.sandbox.clock.now())
        tree.bind(stores, chat=stores.chats.find(group.chat.id), branch=made[0].id)

    await world.program.database.write(unit)


async def round_of(office: Place) -> None:
    """The office sends the rubric and opens a round."""
    assert "2 项，共 15 分" in await office.says(SECRETARY, document=upload(TOML))
    await office.presses(SECRETARY, "存下")
    await office.says(SECRETARY, "/inspect")
    await office.presses(SECRETARY, "组织一轮互查")
    await office.presses(SECRETARY, "党建互查")
    await office.presses(SECRETARY, "全部 3 个")
    await office.says(SECRETARY, "今天到12月20日")


async def scored(place: Place, who: str) -> None:
    """Somebody scores both items, steps back once, says what was found, and hands in."""
    await place.presses(who, "开始打分")
    assert "第 1/2 项" in place.shown()
    await place.presses(who, "10")
    assert "第 2/2 项，已打 1 项" in place.shown()
    await place.presses(who, "‹ 上一项")
    assert "已打 10 分" in place.shown()
    await place.presses(who, "下一项 ›")
    await place.presses(who, "3")
    assert "扣了 2 分" in place.shown()
    await place.presses(who, "写问题")
    await place.says(who, "十月党费晚收两人")
    assert "等书记答复" in await place.presses(who, "交给支部（13 分）")


async def test_a_round_from_the_rubric_to_the_ranking(group: Place, world: World) -> None:
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await branches(world, [LI, WANG, SECRETARY], group)
    wrong = await office.says(SECRETARY, document=upload(TOML.replace("points = 10", "points = 99")))
    assert "第 7 行：points 要在 1 到 24 之间" in wrong
    await round_of(office)
    preview = office.newest()
    assert preview.count("→") == 3
    assert all(f"→ {name}" in preview for name in NAMES)
    await office.presses(SECRETARY, "发出")
    assert "3 个检查人收到了消息" in office.newest()
    assert li.shown().count("交叉互查：党建互查") == 1
    places = {LI: li, WANG: wang, SECRETARY: office}
    for who, place in places.items():
        await scored(place, who)
    assert "13/15 分" in li.shown()
    await li.presses(LI, "有异议")
    assert "已交给检查人" in await li.says(LI, "当天就补收了")
    other = next(one for one in (WANG, SECRETARY) if "当天就补收了" in places[one].shown())
    third = next(one for one in (WANG, SECRETARY) if one != other)
    assert "已认可" in await places[third].presses(third, "认可")
    await places[other].presses(other, "认可")
    await places[other].presses(other, "更正分数：一支部")
    await places[other].presses(other, "2. 党费收缴 3/5")
    await places[other].presses(other, "4")
    await places[other].says(other, "核对过了，只晚收一人")
    await places[other].presses(other, "答复异议")
    await places[other].says(other, "已按一人扣分")
    assert "更正第 2 项：3 → 4 分" in li.shown()
    assert "检查人答复：已按一人扣分" in li.shown()
    await office.says(SECRETARY, "/inspect")
    await office.presses(SECRETARY, "党建互查（")
    await office.presses(SECRETARY, "公布全部名次")
    assert "1. 一支部 93.3 分" in office.newest()
    await office.presses(SECRETARY, "确认定稿")
    assert "3 个支部；1 个问题进入整改" in office.shown()
    assert "没有群、问题没法进整改：二支部、三支部" in office.shown()
    assert "第 1 名" in group.shown()
    assert await world.rows("findings") == 1
    await office.presses(SECRETARY, "报告 DOCX")
    await office.presses(SECRETARY, "报告 XLSX")
    assert "更正分数" not in "".join(li.buttons())
    for number in (1, 2, 3):
        await li.receives_press(LI, li.bot_messages()[-1], f"inspection.points:{number}:2:5")
    assert await world.rows("inspection_scores", "points = 5") == 0


async def test_impossible_wishes_are_said_and_changed(group: Place, world: World) -> None:
    office = await opened(world, SECRETARY)
    await branches(world, [LI, WANG, SECRETARY], group)
    assert "还没有互查细则" in await office.says(SECRETARY, "/inspect")
    await office.presses(SECRETARY, "细则样例")
    assert office.messages()[-1]["document"]["file_name"] == "互查细则样例.toml"
    await round_of(office)
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, "回避")
    await office.says(SECRETARY, "一支部、二支部")
    assert "要回避" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "这样配不成对" in office.newest()
    assert await world.rows("inspection_rounds") == 0
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, "支部")
    await office.says(SECRETARY, "除了 三支部")
    assert "至少要 3 个支部" in office.newest()
    await office.presses(SECRETARY, "放弃")


async def test_photos_are_seen_by_the_branch_and_one_answer_counts(group: Place, world: World) -> None:
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await branches(world, [LI, WANG, SECRETARY], group)
    await round_of(office)
    await office.presses(SECRETARY, "发出")
    await li.presses(LI, "开始打分")
    await li.presses(LI, "8")
    await li.presses(LI, "写问题")
    await li.says(LI, "会议记录缺两次", photo=PNG)
    assert "第 2/2 项，已打 1 项" in li.shown()
    await li.presses(LI, "5")
    await li.presses(LI, "交给支部")
    inspected = next(place for place in (wang, office) if "会议记录缺两次" in place.shown())
    who = WANG if inspected is wang else SECRETARY
    assert "⚠️ 第 1 项：会议记录缺两次（有照片）" in inspected.shown()
    await inspected.presses(who, "看照片")
    assert "第 1 项 三会一课：会议记录缺两次" in inspected.newest()
    said = await inspected.press_together([who, who], "认可")
    assert set(said) == {"支部已经有人答复过了。", "已认可"}
    assert "没有要您做的" in await li.says(LI, "/inspect")
