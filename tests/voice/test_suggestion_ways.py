"""Ways of suggestions: anonymous with a way back, asked about, similar, taken back, hidden, for the next level."""

import pytest
from sqlalchemy import text as sql

from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.voice.suggestion import Gone, hiding, letters, merging
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x06\x00\x00\x00"
WORDS = "食堂晚班加个热菜"


async def rows(world: World, statement: str):
    """What a statement finds in the store."""
    found = await world.program.database.read(lambda stores: stores.connection.execute(sql(statement)).all())
    return [tuple(row) for row in found]


async def as_secretary(world: World, use_case, **values):
    """Run a use case as the group's secretary, in private."""

    def unit(stores):
        member = stores.members.find(world.people[SECRETARY].id)
        chat = stores.chats.get(member.private)
        return use_case(stores, Actor(member, chat, world.sandbox.clock.now()), **values)

    return await world.program.database.write(unit)


async def appoint(world: World, group: Place, who: str = SECRETARY, role: Role = Role.SECRETARY) -> None:
    """Make somebody the group's secretary."""

    def unit(stores):
        chat = stores.chats.find(group.chat.id)
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, role, Area(group=chat.id), None, world.sandbox.clock.now())

    await world.program.database.write(unit)


async def suggests_unseen(private: Place, words: str = WORDS) -> str:
    """Li makes an anonymous suggestion in the guided way; what the bot says at the end."""
    await private.says(LI, "/suggest")
    await private.presses(LI, "匿名")
    return await private.says(LI, words)


async def test_nothing_in_the_store_tells_who_made_an_anonymous_suggestion(
    group: Place, private: Place, world: World
) -> None:
    await group.says(LI, "早")
    said = await suggests_unseen(private)
    assert "收到，建议 1 号（匿名）。答复会转给您，没有人知道您是谁" in said
    assert await group.points_of(LI) == 0
    await private.hears_until("2026-11-25 10:03")
    li = world.people[LI].id
    ((author, source, mailbox, at),) = await rows(world, "SELECT author_id, source, mailbox, at FROM suggestions")
    assert await rows(world, f"SELECT platform_id FROM members WHERE id = {author}") == [(0,)]  # noqa: S608
    assert str(li) not in source
    ((sealed, hour),) = await rows(world, "SELECT sealed, hour FROM suggestion_mailboxes")
    assert str(li) not in sealed + hour
    assert await rows(world, "SELECT id FROM drafts") == []
    assert await rows(world, f"SELECT id FROM inbox WHERE body LIKE '%{WORDS}%' OR lane = '{li}'") == []  # noqa: S608
    assert await rows(world, "SELECT id FROM outbox WHERE body LIKE '%建议 1 号%' OR about = 'concealed'") == []
    assert mailbox
    assert at % (3600 * 10**6) == 0


async def test_words_that_came_before_the_choice_are_cleared(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    assert "这句原话马上抹去" in await private.says(LI, f"建议：{WORDS}")
    await private.presses(LI, "匿名")
    assert "（匿名）" in private.shown()
    await private.hears_until("2026-11-25 10:03")
    for table, column in (("inbox", "body"), ("outbox", "body"), ("drafts", "entries")):
        assert await rows(world, f"SELECT 1 FROM {table} WHERE {column} LIKE '%{WORDS}%'") == []  # noqa: S608


async def test_an_anonymous_author_is_asked_and_answers(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    await appoint(world, group)
    await suggests_unseen(private)
    await as_secretary(world, letters.write, number=1, text="哪个食堂？")
    await world.idle()
    assert "哪个食堂？" in private.shown()
    assert "没有人知道您是谁" in private.shown()
    await private.presses(LI, "回复")
    assert "没有附您的姓名" in await private.says(LI, "二号食堂")
    assert "匿名作者回复" in office.shown()
    assert "二号食堂" in office.shown()
    assert "李" not in office.newest()
    await private.hears_until("2026-11-25 10:05")
    assert await rows(world, "SELECT 1 FROM inbox WHERE body LIKE '%二号食堂%'") == []
    assert await rows(world, "SELECT by_id FROM suggestion_letters WHERE text = '二号食堂'") == [(None,)]


async def test_anonymous_in_a_group_is_not_taken_but_may_be_deleted(group: Place, private: Place, world: World) -> None:
    said = await group.says(LI, f"匿名建议：{WORDS}")
    assert "显示着您的名字" in said
    assert (await world.stored())["suggestions"] == 0
    written = group.last
    assert "给提建议的人用" in await group.presses(WANG, "删掉我的消息")
    assert written in group.messages()
    world.sandbox.promote(group.chat, BOT)
    await group.presses(LI, "删掉我的消息")
    assert WORDS not in str(group.messages())
    assert "显示着您的名字" not in group.shown()
    world.sandbox.start(world.people[LI], BOT, "anonymous")
    await world.idle()
    assert "（匿名）" in await private.says(LI, WORDS)


@pytest.mark.parametrize("remark", ["你好", "收到", "好的", "没有建议", "加菜"])
async def test_a_remark_after_the_call_is_asked_about(group: Place, remark: str) -> None:
    await group.says(SECRETARY, "/suggest")
    call = group.bot_messages()[-1]
    assert "算您的建议吗" in await group.says(LI, remark, reply_to=call)
    assert await group.points_of(LI) == 0
    assert "给提建议的人用" in await group.presses(WANG, "算建议")
    assert "收到，建议 1 号" in await group.presses(LI, "算建议")
    assert await group.points_of(LI) == 2
    assert "算您的建议吗" not in group.shown()


async def test_a_remark_that_is_none_is_forgotten(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/suggest")
    await group.says(LI, "收到", reply_to=group.bot_messages()[-1])
    assert "不算建议" in await group.presses(LI, "不是")
    assert (await world.stored())["suggestions"] == 0


async def test_a_button_pressed_twenty_times_credits_once(group: Place) -> None:
    await group.says(SECRETARY, "/suggest")
    await group.says(LI, "你好", reply_to=group.bot_messages()[-1])
    await group.press_together([LI] * 20, "算建议")
    assert await group.points_of(LI) == 2


async def test_a_similar_one_is_shown_and_supported(group: Place, world: World) -> None:
    await group.does(LI, f"建议：{WORDS}")
    said = await group.says(WANG, "建议：希望食堂夜班能增加一道热菜")
    assert "已有类似的：1 号" in said
    assert await group.points_of(WANG) == 0
    assert "共 1 人附议" in await group.presses(WANG, "附议 1 号")
    assert await rows(world, "SELECT merged_into, doubt FROM suggestions WHERE id = 2") == [(1, None)]
    assert await group.points_of(WANG) == 0


async def test_a_similar_one_is_submitted_all_the_same_and_another_number_is_not_similar(group: Place) -> None:
    await group.does(LI, f"建议：{WORDS}")
    await group.says(WANG, "建议：希望食堂夜班能增加一道热菜")
    assert "收到，建议 2 号" in await group.presses(WANG, "仍然提交")
    assert await group.points_of(WANG) == 2

    await group.does(LI, "建议：三号皮带机护栏加到1.5米")
    assert "建议 4 号" in await group.does(WANG, "建议：五号皮带机护栏加到1.5米")
    assert "建议 5 号" in await group.does(WANG, "建议：三号皮带机护栏加到15米")


async def test_forwarded_words_are_asked_about_and_earn_nothing(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.does(WANG, f"建议：{WORDS}")
    world.sandbox.forward(group.chat, world.people[LI], group.last, private.chat)
    await world.idle()
    await private.presses(LI, "署名")
    assert "是转发的内容，算您的建议吗" in private.shown()
    await private.presses(LI, "算建议")
    assert "收到，建议 2 号" in private.shown()
    assert await group.points_of(LI) == 0


async def test_a_suggestion_is_taken_back_within_a_day(group: Place, private: Place, world: World) -> None:
    await group.does(LI, f"建议：{WORDS}")
    assert await group.points_of(LI) == 2
    assert "建议 1 号已撤回" in await private.presses(LI, "撤回")
    assert await group.points_of(LI) == 0
    assert await rows(world, "SELECT text, taken_back FROM suggestions") == [("", 1)]
    assert await rows(world, f"SELECT 1 FROM points_entries WHERE cause LIKE '%{WORDS[:4]}%'") == []  # noqa: S608
    (noted,) = await rows(world, "SELECT action, old, new FROM audit WHERE action LIKE 'suggestion.%'")
    assert noted == ("suggestion.taken_back", None, None)
    assert "建议 2 号" in await group.does(LI, f"建议：{WORDS}")


async def test_plain_words_take_the_newest_back_and_a_day_is_the_end(group: Place, private: Place) -> None:
    await group.does(LI, f"建议：{WORDS}")
    assert "建议 1 号已撤回" in await private.says(LI, "撤回建议")
    await group.does(LI, "建议：停车场加装充电桩")
    await group.hears_until("2026-11-26 10:01")
    assert "已经过了一天" in await private.says(LI, "撤回建议2")


async def test_an_anonymous_one_is_taken_back_by_its_number(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    await suggests_unseen(private)
    other = await opened(world, WANG)
    assert "给提建议的人用" in await other.says(WANG, "撤回建议1")
    assert "建议 1 号已撤回" in await private.says(LI, "撤回建议1")
    assert await rows(world, "SELECT actor_id FROM audit WHERE action LIKE 'suggestion.%'") == [(None,)]


async def test_words_of_the_list_hide_a_suggestion_but_keep_it(group: Place, world: World) -> None:
    await world.program.database.write(lambda stores: stores.hidden_words.change(["混蛋"], []))
    assert "暂不显示原文" in await group.does(LI, "建议：食堂那个混 蛋师傅要换")
    assert await rows(world, "SELECT hidden FROM suggestions") == [(1,)]
    await group.opens_private(SECRETARY)
    await appoint(world, group)
    await as_secretary(world, hiding.let_show, number=1)
    assert await rows(world, "SELECT hidden FROM suggestions") == [(0,)]


async def test_merging_is_undone_and_never_goes_in_a_circle(group: Place, world: World) -> None:
    await group.does(LI, "建议：停车场加装充电桩")
    await group.does(WANG, "建议：锅炉房地面积水")
    await group.opens_private(SECRETARY)
    await appoint(world, group)
    merged = await as_secretary(world, merging.merge, number=1, into=2)
    assert merged.into.supporters == 1
    with pytest.raises(merging.MergedInCircle):
        await as_secretary(world, merging.merge, number=2, into=1)
    with pytest.raises(merging.MergedInCircle):
        await as_secretary(world, merging.merge, number=2, into=2)
    await as_secretary(world, merging.separate, number=1)
    with pytest.raises(merging.NotMerged):
        await as_secretary(world, merging.separate, number=1)
    kinds = [
        action
        for (action,) in await rows(world, "SELECT action FROM audit WHERE action LIKE 'suggestion.%' ORDER BY id")
    ]
    assert kinds == ["suggestion.merged", "suggestion.separated"]


async def test_what_is_similar_is_merged_and_separated_by_buttons(group: Place, world: World) -> None:
    await group.does(LI, f"建议：{WORDS}")
    await group.says(WANG, "建议：希望食堂夜班能增加一道热菜")
    await group.presses(WANG, "仍然提交")
    office = await opened(world, SECRETARY)
    await appoint(world, group)
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "suggestion.alike:2")
    assert "1 号“食堂晚班加个热菜”" in office.newest()
    await office.presses(SECRETARY, "合并到 1 号")
    assert "已合并到 1 号，共 1 人附议" in office.newest()
    await office.presses(SECRETARY, "取消合并")
    assert "附议也分开了" in office.newest()
    assert await rows(world, "SELECT merged_into FROM suggestions ORDER BY id") == [(None,), (None,)]


async def test_one_for_the_next_level_is_not_seen_by_the_own_secretary(
    group: Place, private: Place, world: World
) -> None:
    await group.says(LI, "早")
    await private.says(LI, "/suggest")
    await private.presses(LI, "署名，交给上一级")
    assert "已交给上一级" in await private.says(LI, "书记办事不公")
    await group.opens_private(SECRETARY)
    await appoint(world, group)
    with pytest.raises(Gone):
        await as_secretary(world, letters.correspondence, number=1)
    shown = await world.program.database.read(
        lambda stores: stores.suggestions.recent(stores.chats.find(group.chat.id).id, 10)
    )
    assert shown == []

    def unit(stores):
        chat = stores.chats.find(group.chat.id)
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
        own = branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name="一支部")
        branches.bind(stores, chat=chat, branch=own.id)
        member = stores.members.find(world.people[SECRETARY].id)
        stores.grants.add(member, Role.SECRETARY, Area(branch=top.id), None, world.sandbox.clock.now())

    await world.program.database.write(unit)
    assert (await as_secretary(world, letters.correspondence, number=1)).above


async def test_the_list_is_changed_in_chat_by_those_in_charge_of_all(
    group: Place, private: Place, world: World
) -> None:
    await group.says(LI, "早")
    assert "先看一看的词" not in await private.says(LI, "/hidden_words")

    def unit(stores):
        member = stores.members.find(world.people[LI].id)
        stores.grants.add(member, Role.ADMINISTRATOR, Area(), None, world.sandbox.clock.now())

    await world.program.database.write(unit)
    assert "已加 2 个" in await private.says(LI, "/hidden_words +混蛋 白痴")
    assert "去掉 1 个" in await private.says(LI, "/hidden_words -白痴")
    assert "混蛋" in await private.says(LI, "/hidden_words")


async def test_a_picture_is_kept_for_the_triage(group: Place, world: World) -> None:
    await group.does(LI, "建议：这里加个扶手", photo=PNG)
    ((photo,),) = await rows(world, "SELECT photo FROM suggestions")
    assert photo
