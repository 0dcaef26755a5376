"""A group's one reminder, a person's one in private, and cards that live."""

from typing import Any

import pytest
from sqlalchemy import text as sql

from domain.messaging.outbox import CARD_EVERY
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain

Json = dict[str, Any]


@pytest.fixture
async def people(group: Place, world: World) -> list[str]:
    """Ten more people of the group, all of whom have spoken there."""
    names = [f"p{number}" for number in range(10)]
    for number, name in enumerate(names):
        world.people[name] = world.sandbox.add_person(f"职工{number}", username=f"staff_{number}")
        world.sandbox.add_member(group.chat, world.people[name])
        await group.says(name, "早")
    return names


def owners(count: int) -> str:
    return " ".join(f"@staff_{number}" for number in range(count))


def reminders(place: Place) -> list[str]:
    return [plain(one) for one in place.bot_messages() if "任务提醒" in plain(one)]


def cards(place: Place) -> list[str]:
    return [plain(one) for one in place.bot_messages() if plain(one).startswith("📌")]


def sent(world: World, place: Place, since: int = 0) -> list[Json]:
    calls = [call for call in world.sandbox.calls[since:] if call.method.lower() == "sendmessage"]
    here = [call.parameters for call in calls if str(call.parameters["chat_id"]) == str(place.chat.id)]
    return [one for one in here if "周小结" not in one["text"]]


async def private_of(world: World, who: str) -> Place:
    place = Place(world, world.sandbox.open_private(world.people[who], BOT))
    world.sandbox.start(world.people[who], BOT)
    await world.idle()
    return place


async def test_ten_owners_and_three_rounds_are_three_messages_of_which_one_stands(
    group: Place, world: World, people: list[str]
) -> None:
    await group.says(SECRETARY, f"/task {owners(10)} 周五18:00前 交心得")
    since = len(world.sandbox.calls)
    rounds = ("2026-11-26 09:00", "2026-11-27 09:00", "2026-11-30 09:00")
    for round_, when in enumerate(rounds):
        await group.hears_until(when)
        assert len(sent(world, group, since)) == round_ + 1
        assert len(reminders(group)) == 1
    assert reminders(group)[0].splitlines()[1:3] == [
        "🔴 交心得",
        "　　已逾期，原定11月27日（周五）18:00，还差 10 人："
        "职工0、职工1、职工2、职工3、职工4、职工5、职工6、职工7、职工8、职工9",
    ]
    assert [one.get("disable_notification") for one in sent(world, group, since)] == [None] * 3, "it calls people"
    for day in range(1, 12):
        await group.hears_until(f"2026-12-{day:02} 12:00")
    assert len(sent(world, group, since)) == 8, "five mornings in a row, then one a week"
    assert len(reminders(group)) == 1


async def test_tasks_of_one_round_are_one_message(group: Place, world: World, people: list[str]) -> None:
    await group.says(SECRETARY, f"/task {owners(2)} 今天18:00前 交心得")
    await group.says(SECRETARY, f"/task {owners(3)} 今天18:00前 交报表")
    await group.says(SECRETARY, "/task @li 今天18:00前 巡检")
    since = len(world.sandbox.calls)
    await group.hears_until("2026-11-25 16:00")
    assert len(sent(world, group, since)) == 1
    assert group.newest().splitlines() == [
        "⏰ 任务提醒",
        "🟡 交心得",
        "　　11月25日（周三）18:00截止，还差 2 人：职工0、职工1",
        "🟡 交报表",
        "　　11月25日（周三）18:00截止，还差 3 人：职工0、职工1、职工2",
        "🟡 6 号 巡检",
        "　　11月25日（周三）18:00截止，还差李伟",
    ]
    assert group.buttons() == ["我完成了「交心得」", "我完成了「交报表」", "我完成了「巡检」"]


async def test_the_reminder_shrinks_as_people_finish_and_goes_with_the_last(
    group: Place, world: World, people: list[str]
) -> None:
    await group.says(SECRETARY, f"/task {owners(3)} 今天18:00前 交心得")
    await group.hears_until("2026-11-25 16:00")
    since = len(world.sandbox.calls)
    assert group.buttons() == ["我完成了"]
    for who in people[:2]:
        await group.presses(who, "我完成了")
    await world.refreshed()
    assert "还差职工2" in reminders(group)[0]
    assert "已完成 2/3" in cards(group)[0]
    await group.says(people[2], "/done 3")
    assert reminders(group) == []
    assert sent(world, group, since) == []


async def test_who_has_a_private_chat_is_told_there_and_not_called_in_the_group(
    group: Place, world: World, people: list[str]
) -> None:
    place = await private_of(world, people[0])
    await group.says(SECRETARY, f"/task {owners(3)} 今天18:00前 交心得")
    await group.hears_until("2026-11-25 16:00")
    assert "还差 3 人：职工1、职工2 等" in reminders(group)[0]
    assert place.newest().splitlines() == ["职工0，有 1 项任务快到期：", "🟡 1 号 交心得", "　　11月25日（周三）18:00"]
    assert "+5 分" in await place.presses(people[0], "完成")
    assert "还差 2 人：职工1、职工2" in reminders(group)[0]
    assert "快到期" not in place.shown()


async def test_where_everybody_has_a_private_chat_the_group_hears_nothing(
    group: Place, world: World, people: list[str]
) -> None:
    places = [await private_of(world, who) for who in people[:3]]
    await group.says(SECRETARY, f"/task {owners(3)} 今天18:00前 交心得")
    assert await group.hears_until("2026-11-25 16:00") == ""
    assert ["快到期" in place.newest() for place in places] == [True] * 3
    assert await group.hears_until("2026-11-26 09:00") == ""
    assert ["已逾期" in place.newest() for place in places] == [True] * 3
    assert [sum("有 1 项任务" in plain(one) for one in place.bot_messages()) for place in places] == [1] * 3


async def test_one_digest_for_a_person_whatever_groups_their_tasks_are_in(
    group: Place, private: Place, world: World
) -> None:
    chat = world.sandbox.add_group("二支部", by=world.people[SECRETARY], members=[world.people[LI]], bots=[BOT])
    await world.idle()
    other = Place(world, chat)
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    await other.says(SECRETARY, "/task @li 今天18:00前 交报表")
    said = await private.hears_until("2026-11-25 16:00")
    assert said.count("李伟，有 2 项任务快到期") == 1
    assert private.buttons() == ["✓ 完成「交心得」", "✓ 完成「交报表」"]
    assert "李伟，有 2 项任务已逾期" in await private.hears_until("2026-11-26 09:00")
    assert sum("2 项任务" in plain(one) for one in private.bot_messages()) == 1


async def test_a_later_round_keeps_what_is_due_and_calls_nobody_again(
    group: Place, world: World, people: list[str]
) -> None:
    await group.says(SECRETARY, "/task @staff_0 周五18:00前 交心得")
    await group.says(SECRETARY, "/task @staff_1 明天09:30前 交报表")
    assert "职工1</a>" in await group.hears_until("2026-11-26 07:30")
    said = await group.hears_until("2026-11-26 09:00")
    assert ("职工0</a>" in said, "职工1</a>" in said, "职工1" in said) == (True, False, True)
    said = await group.hears_until("2026-11-27 09:00")
    assert ("职工1</a>" in said, "职工0</a>" in said) == (True, True), "a morning calls everybody"
    assert len(reminders(group)) == 1


async def test_mondays_reminder_of_sunday_comes_on_friday(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 11月30日18:00前 交心得")
    assert await group.hears_until("2026-11-27 08:59") == ""
    assert "11月30日（周一）18:00截止" in await group.hears_until("2026-11-27 09:00")
    assert await group.hears_until("2026-11-30 08:00") == ""


@pytest.mark.parametrize("change", ["finished", "left", "on leave", "withdrawn group", "off"])
async def test_the_state_is_looked_at_again_when_a_reminder_fires(group: Place, world: World, change: str) -> None:
    await group.says(LI, "早")
    await world.roster(group.chat, LI, WANG)
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    if change == "finished":
        await group.presses(LI, "完成")
    elif change == "left":
        world.sandbox.remove_member(group.chat, group.person(LI), by=group.person(SECRETARY))
        await world.idle()
    elif change == "on leave":
        await group.says(LI, "/leave 到周五")
    elif change == "off":
        await set_off(world)
    else:
        world.sandbox.remove_member(group.chat, BOT, by=group.person(SECRETARY))
        await world.idle()
    assert await group.hears_until("2026-11-25 16:00") == ""
    assert await group.hears_until("2026-11-26 09:30") == ""


async def set_off(world: World) -> None:
    put = sql(
        "INSERT INTO settings (scope, scope_id, name, value) SELECT 'member', id, 'reminders', 'off' FROM members"
    )
    await world.program.database.write(lambda stores: stores.connection.execute(put))


# Cards


async def test_a_card_of_many_counts_and_names_who_is_missing(group: Place, world: World, people: list[str]) -> None:
    await group.says(SECRETARY, f"/task {owners(10)} 周五18:00前 交心得")
    assert cards(group)[0].splitlines() == [
        "📌 交心得",
        "截止：11月27日（周五）18:00",
        "已完成 0/10",
        "还差：职工0、职工1、职工2、职工3、职工4、职工5、职工6、职工7、职工8、职工9",
    ]
    assert group.buttons() == ["我完成了", "申请延期", "改期", "换人", "撤回"]
    assert await group.presses(people[3], "我完成了") == "完成，+5 分，累计 5 分；点错了发 /done 撤销"
    assert "早已完成" in await group.presses(people[3], "我完成了")
    assert await group.presses(WANG, "我完成了") == "这项任务没有交给您，不用点；自己的任务发 /tasks 看。"
    assert cards(group)[0].splitlines()[2:] == [
        "已完成 1/10",
        "还差：职工0、职工1、职工2、职工4、职工5、职工6、职工7、职工8、职工9",
    ]
    for who in people:
        await group.presses(who, "我完成了")
    await world.refreshed()
    assert cards(group)[0].splitlines()[2:] == ["已完成 10/10"]
    assert group.buttons() == []


async def test_however_many_press_a_card_is_edited_every_few_seconds(
    group: Place, world: World, people: list[str]
) -> None:
    await group.says(SECRETARY, f"/task {owners(10)} 周五18:00前 交心得")
    since = len(world.sandbox.calls)
    assert len(await group.press_together(people, "我完成了")) == 10
    for _ in range(3):
        world.sandbox.clock.move_by(CARD_EVERY)
        await world.idle()
    edits = [call for call in world.sandbox.calls[since:] if call.method.lower() == "editmessagetext"]
    assert len(edits) <= 2
    assert "已完成 10/10" in cards(group)[0]
    assert sent(world, group, since) == []


async def test_a_card_says_the_year_where_it_is_another(group: Place) -> None:
    assert "截止：2027年1月4日（周一）12:00" in plain_of(await group.says(SECRETARY, "/task @li 2027-01-04 12:00 交表"))


def plain_of(said: str) -> str:
    return said.replace("<b>", "").replace("</b>", "")


async def test_a_reminder_of_an_earlier_version_goes_with_the_next_one(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    ids = sql("SELECT group_id, owner_id FROM tasks")

    def put(stores: Any) -> None:
        group_id, owner = stores.connection.execute(ids).one()
        about = {"about": f"task.reminder:{group_id}:{owner}"}
        stores.connection.execute(sql("UPDATE outbox SET about = :about WHERE about LIKE 'tasks:%'"), about)

    await world.program.database.write(put)
    assert len(cards(group)) == 1, "stands for the old reminder here"
    await group.hears_until("2026-11-25 16:00")
    assert cards(group) == []


async def test_whoever_has_had_the_mornings_digest_gets_no_other_on_the_same_day(
    group: Place, private: Place, world: World
) -> None:
    await group.says(SECRETARY, "/task @li 周四18:00前 交心得")
    assert "李伟，有 1 项任务快到期" in await private.hears_until("2026-11-26 09:00")
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "任务提醒的时间")
    await group.presses(SECRETARY, "其他…")
    await group.says(SECRETARY, "10:00")
    await group.says(SECRETARY, "/task @li 周五18:00前 交报表")
    assert await private.hears_until("2026-11-26 10:30") == ""
    assert await private.hears_until("2026-11-26 18:30") == ""
    assert "2 项任务快到期或已逾期" in await private.hears_until("2026-11-27 10:00")


async def test_a_task_is_blue_and_yellow_as_the_settings_say(group: Place, private: Place) -> None:
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "黄灯")
    await group.presses(SECRETARY, "3")
    await group.says(SECRETARY, "/task @li 下周一18:00前 交心得")
    assert "🟡 1 号 交心得" in await private.hears_until("2026-11-26 09:00"), "Thursday, Friday, Monday"
