"""What is stored of somebody is theirs to see, and is forgotten some time after they have left."""

import io
import re
from datetime import date, timedelta

import pytest
import python_calamine
from sqlalchemy import text as sql

from domain.people import branch as branches
from domain.people import invitation
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.points import verify
from domain.study import study
from storage.schema import metadata
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World
from tests.study.test_study import HELMET

CHEN = 7000000001
PHONE = "13800000002"


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({CHEN})


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The administrator's private chat; Li is on the roster, and has done and said something."""
    place = Place(world, world.sandbox.open_private(world.people[SECRETARY], BOT))
    world.sandbox.start(world.people[SECRETARY], BOT)
    await group.says(SECRETARY, "/task @li 下周五18:00前 提交学习心得")
    await group.presses(LI, "完成")
    await group.says(LI, "建议：三号皮带机旁边加一个急停按钮")

    def unit(stores):
        branch = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="第一党支部").id
        (person,) = stores.people.add([Entry("10002", "李伟", branch, role="组织委员", phone=PHONE)])
        member = stores.members.find(world.people[LI].id)
        invitation.link(stores, person, member, by=member.id, at=world.sandbox.clock.now())

    await world.program.database.write(unit)
    return place


@pytest.fixture
async def private(office: Place, world: World) -> Place:
    place = Place(world, world.sandbox.open_private(world.people[LI], BOT))
    world.sandbox.start(world.people[LI], BOT)
    await world.idle()
    return place


async def left(world: World, day: date) -> None:
    """Li has left, by the roster, on a day."""
    await world.program.database.write(lambda stores: stores.people.leave(stores.people.numbered("10002").id, day))


async def everything(world: World) -> str:
    """All words in the store, but for the updates of the last days and what groups were told in the last week."""

    def look(stores):
        found = []
        for table in metadata.sorted_tables:
            if table.name not in ("inbox", "study_items", "outbox"):
                found += [str(tuple(row)) for row in stores.connection.execute(table.select())]
        private = sql("SELECT body FROM outbox WHERE chat_id IN (SELECT id FROM chats WHERE kind = 'private')")
        found += [row.body for row in stores.connection.execute(private)]
        return "\n".join(found)

    return await world.program.database.read(look)


async def test_everybody_gets_all_that_is_stored_of_them(group: Place, private: Place, world: World) -> None:
    await private.says(LI, "/export me")
    sent = next(one for one in reversed(private.bot_messages()) if "document" in one)
    assert sent["document"]["file_name"] == "我的数据 2026-11-25.xlsx"
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    book = python_calamine.load_workbook(io.BytesIO(content))
    found = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert found["名册"] == [
        ["编号", "名字", "支部", "角色", "电话", "入党日期", "离开"],
        ["10002", "李伟", "第一党支部", "组织委员", PHONE, "", ""],
    ]
    assert found["积分合计"] == [["分"], ["7"]]
    assert [row[2:] for row in found["积分明细"][1:]] == [
        ["提交学习心得", "5"],
        ["三号皮带机旁边加一个急停按钮", "2"],
    ]
    assert found["我的任务"][1][:2] == ["1", "提交学习心得"]
    assert found["我的任务"][1][5] == "2026-12-04 18:00"
    assert found["我的建议"][1][2] == "三号皮带机旁边加一个急停按钮"
    assert found["账号"][1][:3] == [str(world.people[LI].id), "李伟", "li"]
    assert any("李伟，您好" in row[1] for row in found["机器人发给我的话"][1:])
    assert await world.rows("documents") == 0
    assert await world.rows("audit", "action = 'file.exported' AND subject = 'member:2'") == 1


CODE = re.compile(r"[a-z]+[._:][a-z0-9_]+|[a-z]_[a-z]|\b[a-z]{4,}\b|1900-01-01|\* \*|[{}<>\x1f]", re.ASCII)
WRITTEN = re.compile(r"https?://\S+|/[a-z]+|@\w+|Telegram", re.ASCII)  # what people write and follow


async def what_li_did(group: Place, private: Place, world: World) -> None:
    """Something for every sheet that Li can fill, and for the log: roles, schedules, settings, branches, a form."""
    await group.says(LI, "/leave 2026-11-26 至 2026-11-27")
    await world.program.database.write(
        lambda stores: stores.grants.add(
            stores.members.named("li"), Role.ADMINISTRATOR, Area(), None, world.sandbox.clock.now()
        )
    )
    for words in (
        "/schedule 学习 09:10",
        "/schedule 学习 停",
        "/schedule 周报 周五 17:00",
        "/schedule 免打扰 12:00-13:30",
    ):
        await group.says(LI, words)
    await group.says(LI, "/settings")
    await group.presses(LI, "积分榜")
    await group.presses(LI, "只给本人看")
    await group.says(LI, "/survey 几点开会？| 16:00 | 17:00 | 实名")
    await group.votes(LI, 1)
    await world.program.database.write(study.load, lessons=[HELMET])
    await group.says(LI, "/study")
    await group.votes(LI, 0)
    await group.says(LI, "/task @li 下周五18:00前 写总结")
    await group.says(LI, "/task")
    await private.says(LI, "/settings")
    await private.presses(LI, "榜上列名")
    await private.presses(LI, "否")


async def test_what_everybody_gets_is_in_words_and_not_in_code(group: Place, private: Place, world: World) -> None:
    await what_li_did(group, private, world)
    await private.says(LI, "/export me")
    sent = next(one for one in reversed(private.bot_messages()) if "document" in one)
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    book = python_calamine.load_workbook(io.BytesIO(content))
    found = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert {"操作日志", "设置", "角色", "没填完的内容", "我的实名回答", "学习答题"} <= set(found)
    for name, rows in found.items():
        cells = [WRITTEN.sub("", str(cell)) for row in rows for cell in row]
        assert [cell for cell in cells if CODE.search(cell)] == [], name
    told = ["，".join(str(cell) for cell in row[1:]) for row in found["操作日志"]]
    assert "改定时，每日学习 第一党支部，每天 08:30，每天 09:10" in told
    assert "改定时，每日学习 第一党支部，每天 09:10，每天 09:10（已暂停）" in told


@pytest.mark.parametrize("words", ["/export 我", "/export ME", "/export 本人"])
async def test_it_may_be_asked_for_in_several_words(private: Place, words: str) -> None:
    await private.says(LI, words)
    assert any("document" in one for one in private.bot_messages())


async def test_nobody_gets_what_is_stored_of_others(private: Place, world: World) -> None:
    await private.says(LI, "/export me")
    sent = next(one for one in reversed(private.bot_messages()) if "document" in one)
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    book = python_calamine.load_workbook(io.BytesIO(content))
    cells = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert str(CHEN) not in cells


async def test_it_is_given_in_private_alone(group: Place, private: Place) -> None:
    assert "私聊" in await group.says(LI, "/export me")
    assert "/export me" in await private.says(LI, "/export")
    assert "/export me" in await private.says(LI, "/export 李伟")


async def test_who_left_a_year_ago_is_forgotten_at_night(group: Place, private: Place, world: World) -> None:
    await left(world, date(2025, 11, 27))
    await world.at("2026-11-26 04:00")
    assert "李伟" in await everything(world), "a day is missing"
    await world.at("2026-11-27 04:00")
    stored = await everything(world)
    for word in ("10002", PHONE, str(world.people[LI].id), "组织委员"):
        assert word not in stored, word
    assert await world.rows("people", "name = '' AND number LIKE 'erased-%'") == 1
    assert await world.rows("audit", "action = 'person.erased' AND actor_id IS NULL") == 1


async def test_totals_stay_right_when_somebody_is_forgotten(group: Place, private: Place, world: World) -> None:
    await left(world, date(2025, 11, 1))
    await world.at("2026-11-26 04:00")
    said = await group.says(WANG, "/rank")
    assert "已离开的成员 " in said
    assert "　7" in said
    total = sql("SELECT sum(points) FROM points_entries")
    assert await world.program.database.read(lambda stores: stores.connection.execute(total).scalar_one()) == 7
    assert await world.program.database.read(verify.differences) == []


async def test_what_somebody_wrote_is_kept_without_its_author(group: Place, private: Place, world: World) -> None:
    await left(world, date(2025, 11, 1))
    await world.at("2026-11-26 04:00")
    assert await world.rows("suggestions", "text = '三号皮带机旁边加一个急停按钮'") == 1
    assert await world.rows("suggestions s JOIN members m ON m.id = s.author_id", "m.platform_id = 0") == 1
    assert await world.rows("points_entries", "cause LIKE '%皮带机%'") == 0


async def test_who_was_forgotten_and_comes_back_is_new(group: Place, private: Place, world: World) -> None:
    await left(world, date(2025, 11, 1))
    await world.at("2026-11-26 04:00")
    assert "还没有积分" in await private.says(LI, "/points")
    assert "还没有积分" in await group.does(LI, "/points")


async def test_who_is_there_is_never_forgotten(group: Place, private: Place, world: World) -> None:
    await world.at("2028-11-26 12:00")
    assert PHONE in await everything(world)


# On request


async def test_an_administrator_forgets_a_leaver_after_being_asked(office: Place, private: Place, world: World) -> None:
    await left(world, date(2026, 11, 20))
    said = await office.says(SECRETARY, "/erase 10002")
    assert "李伟</b>　工号 10002 · 第一党支部\n账号：李伟 @li" in said
    assert "要抹去这位吗" in said
    await office.presses(SECRETARY, "不抹去")
    assert office.newest() == "好，没有抹去。"
    assert PHONE in await everything(world)
    await office.says(SECRETARY, "/erase 10002")
    await office.presses(SECRETARY, "抹去")
    assert "已抹去。7 分还在账上" in office.newest()
    assert PHONE not in await everything(world)
    assert "名册里没有工号 10002" in await office.says(SECRETARY, "/erase 10002")


async def test_who_is_still_on_the_roster_is_not_forgotten(office: Place, world: World) -> None:
    assert "还在名册上" in await office.says(SECRETARY, "/erase 10002")
    assert "还在名册上" in await office.says(SECRETARY, "/erase @li")
    await office.receives_press(SECRETARY, office.bot_messages()[-1], "privacy.erase_person:1")
    assert PHONE in await everything(world)


async def test_a_guest_is_forgotten_by_user_name(group: Place, office: Place, world: World) -> None:
    world.people["guest"] = world.sandbox.add_person("访客", username="visitor")
    world.sandbox.add_member(group.chat, world.people["guest"])
    await group.says("guest", "建议：大门口加一盏灯")
    await office.says(SECRETARY, "/erase @visitor")
    await office.presses(SECRETARY, "抹去")
    assert "已抹去。2 分还在账上" in office.newest()
    assert str(world.people["guest"].id) not in await everything(world)
    assert "例如：/erase 10023" in await office.says(SECRETARY, "/erase @nobody")
    assert "例如：/erase 10023" in await office.says(SECRETARY, "/erase")


async def test_a_button_pressed_twice_forgets_once(office: Place, private: Place, world: World) -> None:
    await left(world, date(2026, 11, 20))
    await office.says(SECRETARY, "/erase 10002")
    asked = office.bot_messages()[-1]
    await office.presses(SECRETARY, "抹去")
    await office.receives_press(SECRETARY, asked, "privacy.erase_person:1")
    assert await world.rows("audit", "action = 'person.erased'") == 1


async def test_others_forget_nobody(group: Place, private: Place, world: World) -> None:
    await left(world, date(2026, 11, 20))
    assert "管理员" in await private.says(LI, "/erase 10002") or "离开" in private.newest()
    await private.receives_press(LI, private.bot_messages()[-1], "privacy.erase_person:1")
    assert PHONE in await everything(world)


# Telephone numbers


async def test_no_telephone_number_is_ever_said_in_a_group(
    group: Place, office: Place, private: Place, world: World
) -> None:
    for who, words in (
        (SECRETARY, "/roles"),
        (SECRETARY, "/roles @li 书记"),
        (SECRETARY, "/bind 10002 @li"),
        (SECRETARY, "/task @li 明天 巡检"),
        (LI, "/help"),
        (LI, "/start"),
        (LI, "/rank"),
        (LI, "/points"),
        (SECRETARY, "/summary"),
        (SECRETARY, "/export me"),
        (SECRETARY, "/erase 10002"),
        (SECRETARY, "/unbind 10002"),
    ):
        await group.says(who, words)
    world.sandbox.clock.move_by(timedelta(minutes=1))
    assert await world.rows("outbox", f"body LIKE '%{PHONE}%'") == 0


async def test_a_guest_with_a_role_is_not_forgotten(group: Place, office: Place, world: World) -> None:
    await group.says(WANG, "早")
    world.people[WANG].username = "wang"
    await group.says(WANG, "早")
    await office.confirms(SECRETARY, "/roles @wang 管理员")
    assert "还有角色" in await office.says(SECRETARY, "/erase @wang")
