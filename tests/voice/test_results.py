"""Results of questionnaires: who sees them, what of them, how they are published, and what follows from them."""

import io
from dataclasses import replace
from typing import Any

import pytest
import python_calamine

from domain.ids import MemberId, RoundId
from domain.voice.questionnaire import publishing
from domain.voice.questionnaire.round import Confidence, Returned, Round
from storage.voice.features import Stores
from tests.dialogue import LI, SECRETARY, Place, World, keyboard, opened
from tests.voice.result_rounds import Everywhere, answered, asked

FOUR = [answered(4, "=1+1"), answered(4, "热菜少"), answered(5, "挺好"), answered(2, "热菜少")]
EIGHT = [*FOUR, answered(5), answered(5, "热菜凉"), answered(5, night=True), answered(4)]


@pytest.fixture
def everywhere(monkeypatch: pytest.MonkeyPatch) -> Everywhere:
    """The rounds and responses of the program."""
    made = Everywhere()
    made.replace_those_of(Stores, monkeypatch)
    return made


async def ask(
    place: Place, everywhere: Everywhere, given: list[Returned], who: str = SECRETARY, **changes: Any
) -> Round:
    """Ask a round."""

    def known(stores: Any) -> Round:
        chat = stores.chats.find(place.chat.id)
        return asked(chat, stores.members.find(place.person(who).id), **changes)

    one = await place.world.program.database.read(known)
    everywhere.add(one, given)
    return one


async def close(place: Place, everywhere: Everywhere, number: int = 1) -> None:
    """Close a round, as the job of those who ask does."""
    at = place.sandbox.clock.now()
    one = everywhere.close(number, at)
    await place.world.program.database.write(lambda stores: publishing.publish(stores, one, at))
    place.world.program.sender.wake()
    await place.world.idle()


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The secretary's private chat."""
    await group.says(LI, "早")
    await group.says(SECRETARY, "早")
    return await opened(world, SECRETARY)


async def test_the_asker_hears_in_private_and_the_group_hears_nothing(
    group: Place, office: Place, everywhere: Everywhere
) -> None:
    await ask(group, everywhere, EIGHT)
    before = len(group.bot_messages())
    await close(group, everywhere)
    assert "问卷「食堂满意度」截止了" in office.newest()
    assert "8 人作答" in office.newest()
    assert office.buttons() == ["看结果", "公布结果", "下载表格"]
    assert len(group.bot_messages()) == before


async def test_nobody_has_answered(group: Place, office: Place, everywhere: Everywhere) -> None:
    await ask(group, everywhere, [])
    await close(group, everywhere)
    assert office.newest() == "📋 问卷「食堂满意度」截止了，没有人作答。"
    assert keyboard(office.bot_messages()[-1]) == []
    everywhere.responses.lost = {MemberId(1), MemberId(2)}  # they were too few: what they answered is not kept
    await ask(group, everywhere, [], number=2, confidence=Confidence.ANONYMOUS)
    await close(group, everywhere, 2)
    assert "2 人作答" in office.newest()
    assert "不到 5 人作答" in office.newest()


async def test_fewer_than_the_threshold_tell_nothing(group: Place, office: Place, everywhere: Everywhere) -> None:
    await ask(group, everywhere, FOUR)
    await close(group, everywhere)
    assert "不到 5 人作答，为保护大家，不显示结果" in office.newest()
    assert keyboard(office.bot_messages()[-1]) == []
    before = len(office.bot_messages())
    for action in ("results.publish:1", "results.send:1", "results.file:1"):
        await office.receives_press(SECRETARY, office.bot_messages()[-1], action)
    assert len(office.bot_messages()) == before
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.look:1")
    assert "不到 5 人作答" in office.newest()
    assert "味道" not in office.shown()


async def test_results_have_what_stands_out_every_question_and_texts(
    group: Place, office: Place, everywhere: Everywhere, drawn: list[Any]
) -> None:
    await ask(group, everywhere, EIGHT)
    await close(group, everywhere)
    await office.presses(SECRETARY, "看结果")
    said = office.newest()
    assert "味道怎么样？：平均 4.2 分（1 到 5 分）" in said
    assert "什么时候去？：88% 选「中午」" in said
    assert "文字意见 5 条" in said
    assert "热菜" not in said.split("文字意见")[0]
    assert [line.shown for line in drawn[-1].lines] == ["4.2 / 5", "中午 88%"]
    await office.presses(SECRETARY, "逐题看")
    assert "3. 晚上有热菜吗？\n不到 5 人作答，不显示" in office.newest()
    await office.presses(SECRETARY, "下一页")
    assert "4. 还想说什么？（问到 8 人，5 人答）" in office.newest()
    result = next(one for one in reversed(office.bot_messages()) if "文字意见 5 条" in one.get("caption", ""))
    await office.presses(SECRETARY, "文字意见", result)
    assert office.newest().count("热菜少") == 2


async def test_it_is_published_after_a_preview_and_once(group: Place, office: Place, everywhere: Everywhere) -> None:
    await ask(group, everywhere, EIGHT)
    await close(group, everywhere)
    await office.presses(SECRETARY, "公布结果")
    assert "群里会收到这些" in office.newest()
    assert "问卷结果" not in group.shown()
    await office.presses(SECRETARY, "放弃")
    assert "群里会收到这些" not in office.shown()
    await office.presses(SECRETARY, "公布结果")
    notices = await office.press_together([SECRETARY, SECRETARY], "发出")
    assert "这个按钮已经过期" in "".join(notices)
    assert group.shown().count("问卷结果：食堂满意度") == 1
    assert "热菜少" not in group.shown()
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.publish:1")
    assert "群里会收到这些" not in office.shown()


async def test_only_those_in_charge_see_results(
    group: Place, office: Place, world: World, everywhere: Everywhere
) -> None:
    await ask(group, everywhere, EIGHT)
    await close(group, everywhere)
    private = await opened(world, LI)
    await private.says(LI, "/help")
    for action in ("look:1", "open:1:questions", "open:1:texts", "publish:1", "send:1", "file:1", "task:1", "tasks:1"):
        await private.receives_press(LI, private.bot_messages()[-1], f"results.{action}")
        assert "味道" not in private.shown()
    assert "味道" not in group.shown()
    assert "还没有您能看结果的问卷" in await private.says(LI, "/results")
    await group.receives_press(SECRETARY, group.bot_messages()[-1], "results.look:1")
    assert "味道" not in group.shown()
    one = everywhere.rounds.known[RoundId(1)]
    everywhere.add(replace(one, withdrawn_at=one.asked_at), [])
    await office.presses(SECRETARY, "看结果")
    assert "味道" not in office.shown()


async def test_who_has_asked_sees_results_without_being_in_charge(
    group: Place, office: Place, world: World, everywhere: Everywhere
) -> None:
    await ask(group, everywhere, EIGHT, who=LI)
    private = await opened(world, LI)
    await close(group, everywhere)
    assert "食堂满意度" in private.newest()
    assert "要看哪份问卷" in await private.says(LI, "问卷结果")
    await private.presses(LI, "食堂满意度")
    assert "8 人作答" in private.newest()
    assert "要看哪份问卷" in await office.says(SECRETARY, "/survey 结果")


@pytest.mark.parametrize("at_once", [False, True])
async def test_results_are_hidden_until_the_closing(
    group: Place, office: Place, everywhere: Everywhere, *, at_once: bool
) -> None:
    """Those of an anonymous round always."""
    confidence = Confidence.ANONYMOUS if at_once else Confidence.CONFIDENTIAL
    await ask(group, everywhere, EIGHT, confidence=confidence, results_at_once=at_once)
    await office.says(SECRETARY, "/help")
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.look:1")
    assert "味道" not in office.shown()
    await close(group, everywhere)
    await office.presses(SECRETARY, "看结果")
    assert "味道" in office.newest()


async def test_an_open_round_is_told_in_steps(group: Place, office: Place, everywhere: Everywhere) -> None:
    one = await ask(group, everywhere, EIGHT[:6], results_at_once=True)
    await office.says(SECRETARY, "/results")
    await office.presses(SECRETARY, "食堂满意度")
    assert "先要有 5 人作答" in office.newest()
    everywhere.add(one, EIGHT[:6] + [answered(1)] * 4)
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.look:1")
    assert "味道" not in office.newest()
    everywhere.add(one, EIGHT[:6] + [answered(1)] * 5)
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.look:1")
    assert "味道怎么样？：平均 4.2 分" in office.newest()
    assert "11 人作答，还在进行" in office.newest()


async def test_a_named_round_tells_those_in_charge_all_and_the_group_no_less_than_the_threshold(
    group: Place, office: Place, world: World, everywhere: Everywhere
) -> None:
    li = await world.program.database.read(lambda stores: stores.members.find(group.person(LI).id).id)
    await ask(group, everywhere, [answered(2, "=cmd|热菜少", member=li)], confidence=Confidence.NAMED)
    await close(group, everywhere)
    assert office.buttons() == ["看结果", "下载表格"]
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.publish:1")
    assert "群里会收到这些" not in office.newest()
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.file:1")
    sheets = book(office)
    assert ["李伟", "味道怎么样？", "2"] in sheets["逐人作答"]
    assert ["还想说什么？", "=cmd|热菜少"] in sheets["文字意见"]
    assert "请只给该看的人" in office.newest()


def book(place: Place) -> dict[str, list[list[Any]]]:
    """The sheets of the newest file."""
    sent = next(one for one in reversed(place.bot_messages()) if "document" in one)
    assert sent["document"]["file_name"] == "问卷结果 食堂满意度.xlsx"
    found = python_calamine.load_workbook(io.BytesIO(place.sandbox.world.files.by_id(sent["document"]["file_id"]).data))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


async def test_the_file_of_a_confidential_round_has_no_names(
    group: Place, office: Place, world: World, everywhere: Everywhere
) -> None:
    await ask(group, everywhere, [one._replace(member=number) for number, one in enumerate(EIGHT, 1)])
    await close(group, everywhere)
    await office.presses(SECRETARY, "下载表格")
    sheets = book(office)
    assert list(sheets) == ["问卷各题", "问卷各选项", "文字意见"]
    assert sheets["问卷各题"][1][2:6] == ["味道怎么样？", 8, 8, "4.25"]
    assert sheets["问卷各题"][3][2:6] == ["晚上有热菜吗？", "", "", ""]
    assert len(sheets["文字意见"]) == 6
    assert await world.rows("audit", "action = 'file.exported'") == 1


async def test_a_task_follows_from_results_and_the_group_reads_that_it_is_done(
    group: Place, office: Place, world: World, everywhere: Everywhere
) -> None:
    await ask(group, everywhere, EIGHT)
    await close(group, everywhere)
    await office.presses(SECRETARY, "公布结果")
    await office.presses(SECRETARY, "发出")
    await office.says(SECRETARY, "/results")
    await office.presses(SECRETARY, "食堂满意度")
    await office.presses(SECRETARY, "布置任务")
    await office.presses(SECRETARY, "李伟")
    await office.presses(SECRETARY, "明天")
    assert "落实问卷「食堂满意度」：味道怎么样？" in office.newest()
    await office.presses(SECRETARY, "发出")
    await group.says(SECRETARY, "/task @li 明天18:00前 加热菜")
    await office.says(SECRETARY, "/results")
    await office.presses(SECRETARY, "食堂满意度")
    assert "⏳ 落实问卷「食堂满意度」" in office.newest()
    await office.presses(SECRETARY, "关联已有任务")
    assert office.buttons() == ["2 加热菜"]
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "results.link:1:99")
    await office.presses(SECRETARY, "2 加热菜")
    assert "⏳ 加热菜" in office.newest()
    await group.says(LI, "/done 1")
    await group.hears_until("2026-11-25 12:30")
    assert "✅ 加热菜" not in group.shown()
    await group.says(LI, "/done 2")
    before = len(group.bot_messages())
    await group.hears_until("2026-11-25 14:30")
    assert len(group.bot_messages()) == before, "what was published is edited"
    assert "大家说的 → 我们做的" in group.shown()
    assert "✅ 加热菜" in group.shown()


async def test_the_next_round_is_compared_with_the_last(group: Place, office: Place, everywhere: Everywhere) -> None:
    await ask(group, everywhere, [answered(2)] * 7)
    await close(group, everywhere)
    await ask(group, everywhere, EIGHT, number=2, previous=RoundId(1))
    await close(group, everywhere, 2)
    await office.presses(SECRETARY, "看结果")
    assert "味道怎么样？：平均 4.2 分（1 到 5 分），比上次高 2.2 分" in office.newest()
    assert "什么时候去？：88% 选「中午」\n" in office.newest(), (
        "seven who said the same are not told apart from the eighth"
    )


async def test_the_weekly_summary_and_the_export_have_what_was_published(
    group: Place, office: Place, everywhere: Everywhere
) -> None:
    await ask(group, everywhere, EIGHT)
    await close(group, everywhere)
    assert "问卷结果" not in await group.says(SECRETARY, "/summary")
    await office.presses(SECRETARY, "公布结果")
    await office.presses(SECRETARY, "发出")
    await group.hears_until("2026-11-25 11:00")
    assert "问卷结果：「食堂满意度」8 人作答" in await group.says(SECRETARY, "/summary")
