"""Who is who: invitations, claims and their confirmation, whose account is whose."""

import io
import re
from datetime import timedelta

import pytest
import python_calamine

from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened, plain

CHEN = 7000000001  # the secretary's id on the platform


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({CHEN})


@pytest.fixture
async def roster(group: Place, world: World) -> None:
    """A works with two branches, the group bound to the first; nobody's account is known yet."""

    def unit(stores):
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="机械厂党委").id
        first = branches.add(stores, parent=top, kind=BranchKind.BRANCH, name="第一党支部").id
        second = branches.add(stores, parent=top, kind=BranchKind.BRANCH, name="第二党支部").id
        branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=first)
        stores.people.add(
            [
                Entry("10001", "陈书记", first, role="书记", phone="13800000001"),
                Entry("10002", "李伟", first, phone="13800000002"),
                Entry("10003", "王 海燕", first, phone="13800000003"),
                Entry("20001", "赵敏", second, role="书记", phone="13800000004"),
            ]
        )

    await world.program.database.write(unit)


@pytest.fixture
async def office(roster: None, world: World) -> Place:
    """The private chat of the administrator."""
    return await opened(world, SECRETARY)


@pytest.fixture
async def li(office: Place, world: World) -> Place:
    """Li's private chat."""
    return await opened(world, LI)


@pytest.fixture
async def wang(office: Place, world: World) -> Place:
    """Wang's private chat."""
    return await opened(world, WANG)


def payload(said: str) -> str:
    """What the deep link in a message carries."""
    found = re.search(r"https://t\.me/jingyi_bot\?start=([A-Za-z0-9_-]{1,64})(?![A-Za-z0-9_-])", said)
    assert found, said
    return found[1]


async def whose(world: World, who: str) -> str | None:
    """The employee number of whose account somebody's is."""

    def look(stores):
        member = stores.members.find(world.people[who].id)
        person = member and stores.people.of_member(member.id)
        return person and person.number

    return await world.program.database.read(look)


# Invitations


async def test_an_invitation_tells_whose_account_it_is(group: Place, office: Place, li: Place, world: World) -> None:
    said = await office.says(SECRETARY, "/invite 10002")
    assert "李伟（机械厂党委 › 第一党支部）的邀请链接" in said
    assert "12月9日（周三）10:00前有效" in said
    heard = await li.says(LI, f"/start {payload(said)}")
    assert "✅ 李伟，您好，已绑定：机械厂党委 › 第一党支部" in heard
    assert await whose(world, LI) == "10002"


async def test_what_a_guest_has_earned_stays_theirs(group: Place, office: Place, li: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 下周五18:00前 提交学习心得")
    await group.presses(LI, "完成")
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10002'))}")
    assert "累计 <b>5</b> 分" in await li.says(LI, "/points")


async def test_an_invitation_works_once(office: Place, li: Place, wang: Place, world: World) -> None:
    token = payload(await office.says(SECRETARY, "/invite 10002"))
    await li.says(LI, f"/start {token}")
    assert "已经用过了" in await wang.says(WANG, f"/start {token}")
    assert "已经绑定了" in await li.says(LI, f"/start {token}")
    assert await whose(world, WANG) is None


async def test_an_invitation_is_too_old_after_two_weeks(office: Place, li: Place, world: World) -> None:
    token = payload(await office.says(SECRETARY, "/invite 10002"))
    world.sandbox.clock.move_by(timedelta(days=14))
    assert "过期了" in await li.says(LI, f"/start {token}")
    assert await whose(world, LI) is None


async def test_a_newer_invitation_ends_the_older(office: Place, li: Place) -> None:
    older = payload(await office.says(SECRETARY, "/invite 10002"))
    newer = payload(await office.says(SECRETARY, "/invite 10002"))
    assert "链接不对" in await li.says(LI, f"/start {older}")
    assert "✅" in await li.says(LI, f"/start {newer}")


@pytest.mark.parametrize("token", ["invite-", "invite-x", "invite-" + "a" * 57, "invite-' OR 1=1"])
async def test_a_token_that_is_none_opens_nothing(li: Place, token: str) -> None:
    assert "链接不对" in await li.says(LI, f"/start {token}")


async def test_who_is_somebody_already_cannot_be_another(office: Place, li: Place, world: World) -> None:
    first, second = [payload(await office.says(SECRETARY, f"/invite {number}")) for number in (10002, 10003)]
    await li.says(LI, f"/start {first}")
    assert "这个账号已经绑定了名册里的李伟" in await li.says(LI, f"/start {second}")
    assert await whose(world, LI) == "10002"


async def test_one_person_has_one_account(office: Place, li: Place, wang: Place, world: World) -> None:
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10002'))}")
    assert "对不上，或者名册里的这个人已经绑定账号" in await wang.says(WANG, "/bind 10002 李伟")
    assert "李伟已经绑定了另一个账号" in await office.says(SECRETARY, "/invite 10002")


async def test_who_was_sent_the_wrong_link_says_so(office: Place, li: Place, world: World) -> None:
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10003'))}")
    await li.presses(LI, "这不是我")
    assert "已经解绑" in li.newest()
    assert await whose(world, LI) is None
    shown = next(one for one in li.bot_messages() if "王 海燕，您好" in plain(one))
    await li.presses(LI, "这不是我", shown)
    assert "已经解绑" in li.newest(), "nothing happens the second time"
    assert await whose(world, LI) is None


async def test_only_whose_link_it_was_can_say_that_it_is_not_theirs(
    office: Place, li: Place, wang: Place, world: World
) -> None:
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10002'))}")
    await wang.receives_press(WANG, wang.bot_messages()[-1], "invitation.not_me:1")
    assert await whose(world, LI) == "10002"
    world.sandbox.clock.move_by(timedelta(days=2))
    await li.presses(LI, "这不是我")
    assert await whose(world, LI) == "10002", "after a day it takes an administrator"


async def test_a_token_is_kept_as_a_digest_alone(office: Place, world: World) -> None:
    secret = payload(await office.says(SECRETARY, "/invite 10002")).removeprefix("invite-")
    assert await world.rows("invitations", f"digest LIKE '%{secret}%'") == 0
    assert await world.rows("invitations", "length(digest) = 64") == 1


async def test_a_branch_is_invited_by_a_file(office: Place, li: Place, world: World) -> None:
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10002'))}")
    assert "邀请哪个支部的人" in await office.says(SECRETARY, "/invite")
    await office.presses(SECRETARY, "机械厂党委")
    await office.presses(SECRETARY, "第一党支部")
    sent = next(one for one in reversed(office.bot_messages()) if "document" in one)
    assert sent["document"]["file_name"] == "邀请链接 第一党支部.xlsx"
    assert "2 人的邀请链接" in sent["caption"]
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["工号", "姓名", "支部", "邀请链接"]
    assert [row[:3] for row in rows[1:]] == [
        ["10001", "陈书记", "机械厂党委 / 第一党支部"],
        ["10003", "王 海燕", "机械厂党委 / 第一党支部"],
    ]
    assert "✅ 王 海燕" in await (await opened(world, WANG)).says(WANG, f"/start {payload(rows[2][3])}")
    assert await world.rows("documents") == 0, "what was in the file is forgotten"


async def test_what_is_not_to_be_invited_is_refused_in_words(office: Place, group: Place) -> None:
    assert "名册里没有工号 99999" in await office.says(SECRETARY, "/invite 99999")
    assert "例如：/invite 10023" in await office.says(SECRETARY, "/invite 李伟")
    assert "私聊" in await group.says(SECRETARY, "/invite 10002")


async def test_others_may_not_invite(li: Place) -> None:
    assert "管理员" in await li.says(LI, "/invite 10003") or "书记" in li.newest()
    assert "start=" not in li.newest()


# Claims


async def test_the_secretary_confirms_who_somebody_is(office: Place, li: Place, world: World) -> None:
    assert "已请李伟所在支部的书记确认" in await li.says(LI, "/bind 10002 李伟")
    assert "李伟（@li）说自己是机械厂党委 › 第一党支部的李伟（工号 10002）" in office.newest()
    await office.presses(SECRETARY, "是本人")
    assert "✅ 李伟是李伟，陈书记已确认" in office.newest()
    assert office.buttons()[-3:] == ["减负（推荐）", "公开排名", "English"], "only the greeting still has some"
    assert "已确认您是李伟" in li.newest()
    assert await whose(world, LI) == "10002"


async def test_a_claim_that_is_not_confirmed_changes_nothing(office: Place, li: Place, world: World) -> None:
    await li.says(LI, "/bind 10003 王海燕")
    await office.presses(SECRETARY, "不是")
    assert "没有确认" in office.newest()
    assert "没有确认您是王 海燕" in li.newest()
    assert await whose(world, LI) is None


async def test_one_is_asked_for_number_and_name(office: Place, li: Place) -> None:
    assert "请回复工号和姓名" in await li.says(LI, "/bind")
    assert "对不上" in await li.says(LI, "10002 张三")
    assert "已请李伟所在支部的书记确认" in await li.says(LI, "工号：10002，姓名：李伟")


async def test_a_link_can_lead_to_the_question_who_one_is(office: Place, li: Place) -> None:
    assert "请回复工号和姓名" in await li.says(LI, "/start bind")
    assert "已请李伟所在支部的书记确认" in await li.says(LI, "10002 李伟")


@pytest.mark.parametrize("words", ["10002 张三", "99999 李伟", "20001 李伟", "10002李伟"])
async def test_a_wrong_pair_is_not_told_what_was_wrong(li: Place, words: str) -> None:
    said = await li.says(LI, f"/bind {words}")
    assert "对不上" in said or "例如：/bind 10023 李明" in said
    assert "赵敏" not in said


async def test_names_are_compared_as_people_write_them(office: Place, wang: Place) -> None:
    assert "已请王 海燕" in await wang.says(WANG, "/bind １０００３　王海燕")


async def test_numbers_cannot_be_guessed(office: Place, li: Place, world: World) -> None:
    for number in range(5):
        assert "对不上" in await li.says(LI, f"/bind {30000 + number} 李伟")
    assert "一小时内最多试 5 次" in await li.says(LI, "/bind 10002 李伟")
    world.sandbox.clock.move_by(timedelta(minutes=61))
    assert "已请李伟" in await li.says(LI, "/bind 10002 李伟")


@pytest.mark.parametrize("words", ["10002 李伟", "10002 张三", "30001 李伟"])
async def test_the_right_pair_of_somebody_linked_reads_and_counts_as_a_wrong_one(
    office: Place, li: Place, wang: Place, words: str
) -> None:
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10002'))}")
    said = {await wang.says(WANG, f"/bind {words}") for _ in range(4)}
    assert said == {await wang.says(WANG, "/bind 30009 王五")}
    assert "一小时内最多试 5 次" in await wang.says(WANG, "/bind 10003 王海燕")


async def test_who_is_linked_is_told_so_whatever_pair_they_write(office: Place, li: Place, world: World) -> None:
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10002'))}")
    wrong = await li.says(LI, "/bind 30001 王五")
    assert "这个账号已经绑定了名册里的李伟" in wrong
    assert await li.says(LI, "/bind 10003 王海燕") == wrong
    assert "已经绑定了" in await li.says(LI, "/bind 10002 李伟")
    assert await world.rows("claims") == 0


async def test_a_newer_claim_takes_the_place_of_the_older(office: Place, li: Place, world: World) -> None:
    await li.says(LI, "/bind 10003 王海燕")
    older = office.bot_messages()[-1]
    await li.says(LI, "/bind 10002 李伟")
    assert "王 海燕" not in office.shown()
    await office.receives_press(SECRETARY, older, "invitation.confirm:1")
    assert await whose(world, LI) is None


async def test_two_claims_for_one_person_cannot_both_be_confirmed(
    office: Place, li: Place, wang: Place, world: World
) -> None:
    await li.says(LI, "/bind 10002 李伟")
    first = office.bot_messages()[-1]
    await wang.says(WANG, "/bind 10002 李伟")
    await office.presses(SECRETARY, "是本人")
    assert "李伟已经绑定了另一个账号" in await office.presses(SECRETARY, "是本人", first)
    assert (await whose(world, WANG), await whose(world, LI)) == ("10002", None)


async def test_who_may_not_confirm_cannot(office: Place, li: Place, wang: Place, world: World) -> None:
    await li.says(LI, "/bind 10002 李伟")
    await wang.receives_press(WANG, wang.bot_messages()[-1], "invitation.confirm:1")
    assert await whose(world, LI) is None


async def test_a_secretary_answers_for_their_own_branch_alone(
    office: Place, li: Place, wang: Place, world: World
) -> None:
    await wang.says(WANG, f"/start {payload(await office.says(SECRETARY, '/invite 20001'))}")
    assert "这里的人都已经绑定账号" not in await wang.says(WANG, "/invite")
    assert wang.buttons() == ["第二党支部"], "the roster made them its secretary"
    assert "李伟不在您负责的支部" in await wang.says(WANG, "/invite 10002")
    await li.says(LI, "/bind 10002 李伟")
    await wang.receives_press(WANG, wang.bot_messages()[-1], "invitation.confirm:1")
    assert await whose(world, LI) is None


async def test_the_branchs_own_secretary_is_asked_first(office: Place, li: Place, wang: Place, world: World) -> None:
    await wang.says(WANG, f"/start {payload(await office.says(SECRETARY, '/invite 10001'))}")
    before = len(office.bot_messages())
    await li.says(LI, "/bind 10002 李伟")
    assert "说自己是" in wang.newest()
    assert len(office.bot_messages()) == before
    await wang.presses(WANG, "是本人")
    assert await whose(world, LI) == "10002"


async def test_nobody_confirms_themselves(office: Place, li: Place, wang: Place, world: World) -> None:
    await wang.says(WANG, f"/start {payload(await office.says(SECRETARY, '/invite 10001'))}")
    await li.says(LI, "/bind 10002 李伟")
    assert "自己的身份要由别人来确认" not in await wang.presses(WANG, "是本人")

    def make_secretary(stores):
        member = stores.members.find(world.people[LI].id)
        branch = branches.at(stores, ["机械厂党委", "第二党支部"])
        stores.grants.add(member, Role.SECRETARY, Area(branch=branch.id), None, world.sandbox.clock.now())

    await world.program.database.write(make_secretary)
    await office.says(SECRETARY, "/unbind 10002")
    await li.says(LI, "/bind 20001 赵敏")
    await li.receives_press(LI, li.bot_messages()[-1], "invitation.confirm:2")
    assert await whose(world, LI) is None


async def test_a_claim_is_over_after_two_weeks(office: Place, li: Place, world: World) -> None:
    await li.says(LI, "/bind 10002 李伟")
    world.sandbox.clock.move_by(timedelta(days=15))
    assert "过期" in await office.presses(SECRETARY, "是本人")
    assert await whose(world, LI) is None


async def test_what_one_is_goes_into_no_group(group: Place, li: Place) -> None:
    assert await group.says(LI, "/bind 10002 李伟") == "这条指令请在和我的私聊里发。"


# By somebody's word


async def test_a_guest_is_matched_by_who_answers_for_the_branch(group: Place, office: Place, world: World) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    asked = await group.says(SECRETARY, "/bind 10002 @li")
    assert "李伟</b>　工号 10002 · 第一党支部\n账号：李伟 @li" in asked
    assert await whose(world, LI) is None, "not before it is confirmed"
    await group.presses(SECRETARY, "确认")
    assert "李伟已绑定名册里的李伟" in group.newest()
    assert await whose(world, LI) == "10002"
    assert await group.points_of(LI) == 2


async def test_a_guest_without_a_user_name_is_matched_by_a_reply(group: Place, office: Place, world: World) -> None:
    await group.says(WANG, "早")
    await group.confirms(SECRETARY, "/bind 10003", reply_to=group.last)
    assert await whose(world, WANG) == "10003"


async def test_who_has_not_spoken_cannot_be_matched(group: Place, office: Place) -> None:
    assert "还没见过 @somebody" in await group.says(SECRETARY, "/bind 10002 @somebody")


async def test_others_cannot_match_anybody(group: Place, office: Place, world: World) -> None:
    await group.says(LI, "早")
    assert "只有" in await group.says(WANG, "/bind 10002 @li")
    assert await whose(world, LI) is None


async def test_an_administrator_frees_an_account(group: Place, office: Place, wang: Place, world: World) -> None:
    await wang.says(WANG, f"/start {payload(await office.says(SECRETARY, '/invite 10001'))}")
    assert "/invite" not in await wang.says(WANG, "/unbind 10001")
    assert await whose(world, WANG) == "10001", "a secretary cannot"
    assert "账号已经解绑" in await office.says(SECRETARY, "/unbind 10001")
    assert await whose(world, WANG) is None
    held = await world.program.database.read(
        lambda stores: stores.grants.of(stores.members.find(world.people[WANG].id).id)
    )
    assert held == [], "what the roster gave goes with it"
    assert "还没有绑定账号" in await office.says(SECRETARY, "/unbind 10001")
    assert "例如：/unbind 10023" in await office.says(SECRETARY, "/unbind")


async def test_who_has_left_is_nobody_any_more(office: Place, li: Place, world: World) -> None:
    token = payload(await office.says(SECRETARY, "/invite 10002"))
    today = world.sandbox.clock.now().date()
    await world.program.database.write(lambda stores: stores.people.leave(stores.people.numbered("10002").id, today))
    assert "李伟已调离" in await li.says(LI, f"/start {token}")
    assert "对不上" in await li.says(LI, "/bind 10002 李伟")


async def test_everything_is_noted(office: Place, li: Place, world: World) -> None:
    await li.says(LI, f"/start {payload(await office.says(SECRETARY, '/invite 10002'))}")
    await office.says(SECRETARY, "/unbind 10002")

    def look(stores):
        return [(str(one.action), one.subject, one.old, one.new) for one in stores.audit.chain()]

    noted = await world.program.database.read(look)
    member = await world.program.database.read(lambda stores: stores.members.find(world.people[LI].id).id)
    assert noted == [
        ("person.invited", "person:2", None, None),
        ("person.linked", "person:2", None, f"member:{member}"),
        ("person.linked", "person:2", f"member:{member}", None),
    ]


async def test_no_telephone_number_is_said(group: Place, office: Place, li: Place, world: World) -> None:
    await li.says(LI, "/bind 10002 李伟")
    await office.presses(SECRETARY, "是本人")
    await office.says(SECRETARY, "/invite 10003")
    assert await world.rows("outbox", "body LIKE '%1380000%'") == 0


async def test_two_who_follow_one_link_at_once_are_not_both_let_in(
    office: Place, li: Place, wang: Place, world: World
) -> None:
    token = payload(await office.says(SECRETARY, "/invite 10002"))
    world.sandbox.say(li.chat, world.people[LI], f"/start {token}")
    world.sandbox.say(wang.chat, world.people[WANG], f"/start {token}")
    await world.idle()
    assert {await whose(world, LI), await whose(world, WANG)} == {"10002", None}
    assert sum("已经用过了" in place.newest() for place in (li, wang)) == 1


async def test_a_link_that_is_followed_in_a_group_opens_nothing(group: Place, office: Place, world: World) -> None:
    token = payload(await office.says(SECRETARY, "/invite 10002"))
    assert "私聊" in await group.says(LI, f"/start {token}")
    assert await whose(world, LI) is None


@pytest.mark.parametrize("admins", [frozenset({7000000003})])
async def test_a_groups_administrators_answer_for_its_own_branch_alone(
    group: Place, roster: None, world: World
) -> None:
    """While it has no secretary; the committee's group does not reach down into its branches so."""
    await group.says(LI, "早")
    assert "已绑定名册里的李伟" in await group.confirms(SECRETARY, "/bind 10002 @li")
    await group.says(WANG, "/unbind 10002")

    def bind_to_the_committee(stores):
        top = branches.at(stores, ["机械厂党委"]).id
        branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=top)

    await world.program.database.write(bind_to_the_committee)
    assert "李伟不在您负责的支部" in await group.says(SECRETARY, "/bind 10002 @li")
    assert await whose(world, LI) is None


@pytest.mark.parametrize("admins", [frozenset()])
async def test_where_nobody_else_can_be_asked_the_branchs_group_is(group: Place, roster: None, world: World) -> None:
    li = await opened(world, LI)
    assert "已请李伟所在支部的书记确认" in await li.says(LI, "/bind 10002 李伟")
    assert "说自己是机械厂党委 › 第一党支部的李伟" in group.newest()
    assert "10002" not in group.newest(), "the number is nobody's to read here"
    assert "只有" in await group.presses(WANG, "是本人")
    assert await whose(world, LI) is None
    await group.presses(SECRETARY, "是本人")
    assert await whose(world, LI) == "10002"


@pytest.mark.parametrize("admins", [frozenset()])
async def test_where_nobody_can_be_asked_one_is_told_how_to_go_on(group: Place, roster: None, world: World) -> None:
    await world.program.database.write(
        lambda stores: branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=None)
    )
    li = await opened(world, LI)
    assert "请让书记先私聊我发 /start" in await li.says(LI, "/bind 10002 李伟")
