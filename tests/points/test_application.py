"""Extra items in chat: applied for with words and a photo, approved or given back by who is in charge."""

from datetime import date

import pytest

from sandbox.files import Upload
from tests.dialogue import LI, SECRETARY, WANG, Place, World
from tests.pictures import PNG
from tests.points.ledger import ADMIN, Office, office
from tests.points.schemes import TEXT, activated


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({ADMIN})


@pytest.fixture
async def there(group: Place, world: World) -> Office:
    found = await office(group, world)
    await world.program.database.write(activated)
    return found


async def applies(there: Office, words: str = "周六在社区扫雪两小时") -> None:
    """Li applies without a photo."""
    await there.li.says(LI, "/apply")
    await there.li.presses(LI, "志愿服务 +2")
    await there.li.says(LI, words)
    await there.li.presses(LI, "没有")
    await there.li.presses(LI, "发出")


async def test_evidence_is_seen_by_the_secretary_who_approves(there: Office, world: World) -> None:
    await there.li.says(LI, "/points")
    page = await there.li.presses(LI, "申报")
    assert "志愿服务 +2：时间、地点、做了什么" in there.li.newest(), page
    assert "违章作业" not in there.li.newest(), "what takes points away is recorded by those in charge"
    await there.li.presses(LI, "志愿服务 +2")
    assert "「志愿服务」：时间、地点、做了什么" in there.li.newest()
    assert "照片或文件收到了" in await there.li.says(LI, photo=PNG)
    preview = await there.li.says(LI, "周六 <社区> 扫雪")
    assert "志愿服务 +2" in preview
    assert "附 1 张照片或文件" in preview
    await there.li.presses(LI, "发出")
    assert "等审批，有结果我告诉您" in there.li.newest()
    card = there.secretary.newest()
    assert "待审批 1 件" in card
    assert "周六 <社区> 扫雪" in card
    assert "积分申报待审批 1 件" in await there.secretary.says(SECRETARY, "/start")
    await there.secretary.presses(SECRETARY, "去审批")
    await there.secretary.presses(SECRETARY, "看照片或文件")
    assert there.secretary.bot_messages()[-1]["document"]["file_name"] == "申报 1 号.jpg"
    sent = next(one for one in there.secretary.bot_messages() if "周六 <社区>" in str(one))
    assert "已同意" in await there.secretary.presses(SECRETARY, "同意", sent)
    assert "已同意，+2 分" in there.li.newest()
    assert "已申报" not in there.li.shown(), "the answer stands in the confirmation's place"
    assert await there.li.points_of(LI) == 2
    assert "+2 志愿服务 11月25日" in await there.li.says(LI, "/points")
    assert "待审批" not in await there.secretary.says(SECRETARY, "/start")
    assert "同意积分申报" in await there.admin.says(WANG, "/audit")


async def test_one_message_for_all_that_waits_and_a_reason_for_a_refusal(there: Office) -> None:
    await applies(there)
    heard = len(there.secretary.bot_messages())
    await applies(there, "周日在车站服务")
    assert len(there.secretary.bot_messages()) == heard
    assert "待审批 2 件" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "退回")
    assert "退回的理由" in there.secretary.newest()
    await there.secretary.says(SECRETARY, "请附照片")
    assert "已退回李伟的「志愿服务」" in there.secretary.newest()
    assert "没有同意。理由：请附照片" in there.li.newest()
    assert await there.li.points_of(LI) == 0
    assert "周日在车站服务" in there.secretary.shown(), "the next one stands in the same message"
    await applies(there)
    await there.li.presses(LI, "撤回 志愿服务")
    assert "已撤回「志愿服务」的申报" in there.li.newest()
    assert "待审批 1 件" in there.secretary.shown()


async def test_plain_words_begin_it_and_the_same_counts_once(there: Office) -> None:
    await there.li.says(LI, "申报积分 周六在社区扫雪两小时")
    await there.li.presses(LI, "志愿服务 +2")
    await there.li.presses(LI, "没有")
    await there.li.presses(LI, "发出")
    assert "已申报" in there.li.newest()
    await there.li.says(LI, "/apply")
    assert "等审批：\n志愿服务「周六在社区扫雪两小时」" in there.li.newest()
    await there.li.presses(LI, "志愿服务 +2")
    await there.li.says(LI, "周六在社区扫雪两小时")
    await there.li.presses(LI, "没有")
    assert "已经用同样的内容申报过" in await there.li.presses(LI, "发出")


async def test_a_secretarys_own_goes_to_the_administrators(there: Office) -> None:
    await there.secretary.says(SECRETARY, "/apply 值守三夜")
    await there.secretary.presses(SECRETARY, "抢险 +5")
    await there.secretary.presses(SECRETARY, "没有")
    await there.secretary.presses(SECRETARY, "发出")
    assert "陈书记" in there.admin.newest()
    assert "值守三夜" in there.admin.newest()
    card = there.admin.bot_messages()[-1]
    approve = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await there.secretary.receives_press(SECRETARY, there.secretary.bot_messages()[-1], approve)
    assert await there.group.points_of(SECRETARY) == 0
    await there.admin.presses(WANG, "同意")
    assert await there.group.points_of(SECRETARY) == 5


async def test_without_items_nothing_is_offered(group: Place, world: World) -> None:
    there = await office(group, world)
    await there.li.says(LI, "/points")
    assert "申报" not in there.li.buttons()
    assert "没有可以申报的项目" in await there.li.says(LI, "/apply")


async def test_a_deduction_and_a_veto_are_recorded_by_those_in_charge(there: Office, world: World) -> None:
    await there.secretary.says(SECRETARY, "/adjust @li")
    assert "志愿服务" not in "".join(there.secretary.buttons()), "members apply for it"
    await there.secretary.presses(SECRETARY, "违章作业 -20")
    assert "李伟 违章作业 -20，因为什么" in there.secretary.newest()
    await there.secretary.says(SECRETARY, "11月20日未系安全带")
    assert "记录：违章作业 -20" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "发出")
    assert "李伟 -20 分，现在累计 -20 分" in there.secretary.newest()
    assert "记录：违章作业 -20\n理由：11月20日未系安全带" in there.li.newest().replace("\n\n", "\n")
    assert "-20 违章作业「11月20日未系安全带」" in await there.li.says(LI, "/points")
    await there.admin.says(WANG, "/adjust @li")
    await there.admin.presses(WANG, "受到处分 一票否决")
    await there.admin.says(WANG, "通报〔2026〕7 号")
    await there.admin.presses(WANG, "发出")
    assert "受到处分" in await there.li.says(LI, "/points")
    assert await world.rows("points_adjustments") == 2


async def test_an_item_that_the_scheme_no_longer_has_is_not_recorded(there: Office, world: World) -> None:
    await there.admin.says(WANG, "/adjust @li")
    await there.admin.presses(WANG, "违章作业 -20")
    await there.admin.says(WANG, "未系安全带")
    november, later = date(2026, 11, 1), TEXT.split("[[item]]")[0].replace("2026-01", "2026-11")
    await world.program.database.write(lambda stores: activated(stores, later, november))
    assert "没有这一项" in await there.admin.presses(WANG, "发出")
    assert await world.rows("points_adjustments") == 0


async def test_the_file_of_an_administrator_is_evidence_and_no_roster(there: Office) -> None:
    await there.admin.says(WANG, "/apply")
    await there.admin.presses(WANG, "志愿服务 +2")
    await there.admin.says(WANG, "周六在社区扫雪两小时")
    table = Upload("签到表.csv", "text/csv", "姓名,工号,支部\n李伟,1,一支部\n".encode())
    assert "附 1 张照片或文件" in await there.admin.says(WANG, document=table)
