"""Review and reflections as people see them: one dialogue for each whole way."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.ids import MemberId
from domain.study import study
from domain.study.item import Lesson
from domain.study.question import Question, QuestionKind
from domain.study.review import service
from domain.study.review.model import Review
from domain.study.review.schedule import Memory
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened

HELMET = Lesson("helmet", "进现场先戴安全帽", "安全", "进入现场必须戴好安全帽，帽带系紧，帽壳无裂纹。", "GB 2811-2019")
MINE = "以前我总觉得夏天戴帽子闷，巡检几分钟不戴也没事，上个月掉下一个螺母正好砸在老周的帽子上。"
ANOTHER = "作为班长，班前会上我要逐个检查帽带，新来的徒弟不会调节帽箍，今天就手把手教他们调好。"
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
async def library(world: World) -> None:
    await world.program.database.write(lambda stores: study.load(stores, lessons=[HELMET]))


async def test_a_wrong_answer_comes_back_in_private_on_a_quiet_card(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")

    def forget(stores: Any) -> MemberId:
        member: MemberId = stores.members.find(world.people[LI].id).id
        for code in ("a", "b"):
            stores.questions.put(Question(code, QuestionKind.TRUE_FALSE, f"第{code}题，对吗？", right=(0,)))
        for one in stores.questions.by_codes(["a", "b"]):
            memory = Memory(0.25, 6.5, TODAY - timedelta(days=1), TODAY)
            stores.reviews.save(Review(member, one.id, one.version, memory))
        return member

    await world.program.database.write(forget)
    assert await private.hears_until("2026-11-26 08:44") == ""
    card = await private.hears_until("2026-11-26 08:45")
    assert "有 2 题该复习了" in card
    await private.presses(LI, "开始复习")
    assert "第a题" in private.newest()
    await private.presses(LI, "错")
    assert "再问您一次" in private.newest()
    assert "还有 1 题" in private.newest()
    await private.presses(LI, "下一题")
    assert "第b题" in private.newest()
    await private.presses(LI, "对")
    assert "复习做完了" in private.newest()
    assert "复习做完了，一共 2 题" in await private.says(LI, "/review")
    assert "已暂停" in await private.presses(LI, "暂停复习")
    assert "复习已暂停" in private.newest()
    assert "接着复习" in await private.presses(LI, "恢复复习")
    assert "私聊" in await group.says(LI, "/review")
    standing = await world.program.database.read(
        lambda stores: service.standing(stores, stores.members.find(world.people[LI].id).id, TODAY)
    )
    assert not standing.is_paused


async def test_a_reflection_is_written_copied_edited_and_shown_with_consent(
    group: Place, private: Place, world: World
) -> None:
    office, wang = await opened(world, SECRETARY), await opened(world, WANG)
    await group.hears_until("2026-11-26 08:30")
    item = next(one for one in group.bot_messages() if "安全帽" in str(one.get("text")))
    assert await group.says(LI, "收到，认真学习了", reply_to=item) == ""
    assert private.newest() != "收到"
    assert await group.says(LI, MINE, reply_to=item) == ""
    assert group.reaction() == "👍"
    assert "心得记下了" in private.newest()
    assert await group.says(WANG, MINE + "不忘初心！", reply_to=item) == ""
    assert "和别人的一篇几乎一样" in wang.newest()
    await group.edits(WANG, ANOTHER)
    await private.says(LI, "/reflect")
    assert "螺母" in private.newest()
    assert "再多写几句" in await group.says(LI, "/reflect 收到")
    await office.says(SECRETARY, "/reflect")
    await office.presses(SECRETARY, "看大家写的")
    assert "老周" in office.newest()
    assert "徒弟" in office.newest()
    await office.presses(SECRETARY, "精选 2")
    assert "已征求意见" in office.newest()
    assert "可以吗" in private.newest()
    before = len(group.bot_messages())
    assert await private.presses(LI, "可以") == "已发到群里"
    assert len(group.bot_messages()) == before + 1
    assert "心得精选" in group.newest()
    assert "老周" in group.newest()
