"""谁还没: who has not done what, for whoever may give tasks, in private; and a silent reminder."""

from domain.admin.setting import Name, Scope, Where
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Absence, Entry
from domain.study import study
from domain.study.item import Lesson
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened, plain

LESSON = Lesson("helmet", "先戴安全帽", "安全", "帽带系紧。", "GB 2811-2019")


async def busy(group: Place, world: World) -> Place:
    """A group with an item, a survey and a task that is due; the secretary's private chat."""
    for who in (SECRETARY, LI, WANG):
        await group.says(who, "早")
    await world.program.database.write(lambda stores: study.load(stores, lessons=[LESSON]))
    await group.says(SECRETARY, "/study")
    await group.presses(SECRETARY, "我学完了")
    await group.says(SECRETARY, "/survey 几点开会？| 16:00 | 17:00")
    await group.votes(SECRETARY, 0)
    await group.says(SECRETARY, "/task @li 今天18:00 交表")
    await group.says(SECRETARY, "/task @li 下周五18:00 写总结")
    return await opened(world, SECRETARY)


async def test_who_has_not_read_voted_and_finished(group: Place, world: World) -> None:
    office = await busy(group, world)
    await office.says(SECRETARY, "/missing")
    assert office.newest() == (
        "谁还没办　第一党支部\n"
        "🟡 1 号「交表」，11月25日（周三）18:00截止：还差 1 人\n李伟\n"
        "📖 每日学习「先戴安全帽」：还差 2 人\n李伟、王海燕\n"
        "📊 投票「几点开会？」：还差 2 人\n李伟、王海燕"
    )
    assert office.buttons() == ["🔔 提醒这 2 人"]


async def test_it_shrinks_as_people_do_it(group: Place, world: World) -> None:
    office = await busy(group, world)
    await group.says(LI, "/done 1")
    for who in (LI, WANG):
        await group.presses(who, "我学完了")
        await group.votes(who, 1)
    await office.says(SECRETARY, "谁还没办")
    assert "该办的大家都办了" in office.newest()
    assert "提醒" not in " ".join(office.buttons())


async def test_a_tap_reminds_in_private_without_a_sound_and_names_who_cannot_be_reached(
    group: Place, world: World
) -> None:
    office = await busy(group, world)
    li = await opened(world, LI)
    await office.says(SECRETARY, "/missing")
    before, spoken = len(office.bot_messages()), len(group.bot_messages())
    await office.presses(SECRETARY, "提醒这 2 人")
    assert "第一党支部还有几件事等您" in li.newest()
    assert "每日学习「先戴安全帽」" in li.newest()
    assert "交表" in li.newest()
    call = next(
        call for call in reversed(world.sandbox.calls) if call.parameters.get("text", "").startswith("第一党支部还有")
    )
    assert call.parameters["disable_notification"] in (True, "true", "True")
    assert "✅ 已悄悄提醒 1 人" in office.newest()
    assert "我提醒不到，请您说一声：王海燕" in office.newest()
    assert len(office.bot_messages()) == before, "edited in place"
    assert len(group.bot_messages()) == spoken, "nobody is named in the group"
    assert await world.rows("audit", "action = 'missing.reminded'") == 1


async def test_the_reminder_shrinks_and_goes_with_the_last_of_it(group: Place, world: World) -> None:
    office = await busy(group, world)
    li = await opened(world, LI)
    await office.says(SECRETARY, "/missing")
    await office.presses(SECRETARY, "提醒这 2 人")
    await group.presses(LI, "我学完了")
    assert "每日学习" not in li.newest()
    assert "交表" in li.newest()
    await group.says(LI, "/done 1")
    await group.votes(LI, 0)
    assert "还有几件事等您" not in li.shown()


async def test_at_most_once_a_day(group: Place, world: World) -> None:
    office = await busy(group, world)
    li = await opened(world, LI)
    for _ in range(2):
        await office.says(SECRETARY, "/missing")
        await office.presses(SECRETARY, "提醒这 2 人")
    assert "1 人今天提醒过了" in office.newest()
    assert sum("还有几件事等您" in message.get("text", "") for message in li.bot_messages()) == 1
    assert await world.rows("audit", "action = 'missing.reminded'") == 1
    await office.hears_until("2026-11-26 10:00")
    await office.says(SECRETARY, "/missing")
    await office.presses(SECRETARY, "提醒这")
    assert "已悄悄提醒 1 人" in office.newest()
    assert sum("还有几件事等您" in message.get("text", "") for message in li.bot_messages()) == 1, "in its place"


async def test_who_wants_no_reminders_gets_none(group: Place, world: World) -> None:
    office = await busy(group, world)
    li = await opened(world, LI)

    def refuse(stores):
        member = stores.members.find(world.people[LI].id)
        stores.settings.put(Where(Scope.MEMBER, member.id), Name.REMINDERS, "off")

    await world.program.database.write(refuse)
    await office.says(SECRETARY, "/missing")
    await office.presses(SECRETARY, "提醒这 2 人")
    assert "1 人关了提醒" in office.newest()
    assert "还有几件事" not in li.shown()


async def test_who_is_on_leave_or_has_left_is_not_named(group: Place, world: World) -> None:
    office = await busy(group, world)
    await world.roster(group.chat, SECRETARY, LI, WANG)

    def away(stores):
        today = world.sandbox.clock.now().date()
        li, wang = (stores.people.of_member(stores.members.find(world.people[who].id).id) for who in (LI, WANG))
        stores.people.absent([Absence(li.id, today, None)])
        stores.people.leave(wang.id, today)

    await world.program.database.write(away)
    await office.says(SECRETARY, "/missing")
    assert office.newest() == "谁还没办　第一党支部\n该办的大家都办了，请假的不算。"


async def test_whose_account_is_not_known_counts_too(group: Place, world: World) -> None:
    office = await busy(group, world)
    await world.roster(group.chat, SECRETARY, LI)

    def add(stores):
        branch = stores.chats.find(group.chat.id).branch
        stores.people.add([Entry("30001", "周杰", branch)])

    await world.program.database.write(add)
    await office.says(SECRETARY, "/missing")
    assert "每日学习「先戴安全帽」：还差 2 人" in office.newest()
    await office.presses(SECRETARY, "提醒")
    assert "周杰" in office.newest()


async def test_of_an_anonymous_survey_only_the_number_is_told(group: Place, world: World) -> None:
    for who in (SECRETARY, LI):
        await group.says(who, "早")
    await group.says(SECRETARY, "/survey 满意吗？| 是 | 否 | 匿名")
    await group.votes(LI, 0)
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/missing")
    assert "「满意吗？」：匿名，已有 1 人投" in office.newest()
    assert "提醒" not in " ".join(office.buttons())


async def test_in_a_group_nothing_is_told(group: Place, world: World) -> None:
    await busy(group, world)
    assert "私聊" in await group.says(SECRETARY, "/missing")
    assert "还差" not in group.newest()


async def test_an_employee_is_refused(group: Place, world: World) -> None:
    await busy(group, world)
    li = await opened(world, LI)
    assert "您名下还没有群" in await li.says(LI, "/missing")
    assert "还差" not in li.shown()


async def test_a_secretary_turns_from_group_to_group_and_sees_no_others(group: Place, world: World) -> None:
    office = await busy(group, world)
    own = Place(world, world.sandbox.add_group("第二党支部", by=world.people[SECRETARY], bots=[BOT]))
    world.people["sun"] = world.sandbox.add_person("孙丽", username="sun_li")
    others = Place(world, world.sandbox.add_group("第三党支部", by=world.people["sun"], bots=[BOT]))
    await world.idle()
    await own.says(SECRETARY, "早")
    await others.says("sun", "早")
    await office.says(SECRETARY, "/missing")
    assert office.buttons() == ["🔔 提醒这 2 人", "第二党支部 ▶"]
    await office.presses(SECRETARY, "第二党支部")
    assert "该办的大家都办了" in office.newest()
    assert office.buttons() == ["第一党支部 ▶"]
    shown = office.bot_messages()[-1]
    number = await world.program.database.read(lambda stores: stores.chats.find(others.chat.id).id)
    for data in (f"missing.page:{number}:0", f"missing.remind:{number}"):
        assert await office.receives_press(SECRETARY, shown, data) == plain(shown)
    assert await world.rows("audit", "action = 'missing.reminded'") == 0


async def test_a_role_over_the_branch_is_enough(group: Place, world: World) -> None:
    """The secretary of the branch is not in the group's chat."""
    await busy(group, world)
    await world.roster(group.chat, LI)
    world.people["zhao"] = world.sandbox.add_person("赵敏", username="zhao_m")
    office = await opened(world, "zhao")

    def appoint(stores):
        branch = stores.chats.find(group.chat.id).branch
        member = stores.members.find(world.people["zhao"].id)
        stores.grants.add(member, Role.SECRETARY, Area(branch=branch), None, world.sandbox.clock.now())

    await world.program.database.write(appoint)
    assert "谁还没办" in await office.says("zhao", "/missing")
    assert "李伟" in office.newest()


async def test_many_names_come_in_pages(group: Place, world: World) -> None:
    office = await busy(group, world)

    def crowd(stores):

        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=place.id)
        stores.people.add([Entry(f"4{number:04}", f"职工{number}号", place.id) for number in range(150)])

    await world.program.database.write(crowd)
    await office.says(SECRETARY, "/missing")
    assert "还差 150 人" in office.newest()
    seen = office.newest()
    for _ in range(8):
        if "下一页 ▶" not in office.buttons():
            break
        await office.presses(SECRETARY, "下一页")
        seen += office.newest()
    assert all(f"职工{number}号" in seen for number in range(150))
    assert "第一页" in " ".join(office.buttons())


async def test_who_asks_is_told_what_they_owe_themselves_but_is_nobody_to_remind(group: Place, world: World) -> None:
    for who in (SECRETARY, LI):
        await group.says(who, "早")
    office = await opened(world, SECRETARY)
    await group.says(SECRETARY, "/task 陈书记 李伟 今天18:00 交表")
    await office.says(SECRETARY, "/missing")
    assert office.newest().splitlines()[2] == "您自己、李伟"
    assert office.buttons() == ["🔔 提醒这 1 人"]

    def appoint(stores):
        chat, member = stores.chats.find(group.chat.id), stores.members.find(world.people[SECRETARY].id)
        stores.grants.add(member, Role.SECRETARY, Area(group=chat.id), None, world.sandbox.clock.now())

    await world.program.database.write(appoint)
    await office.says(SECRETARY, "/start")
    assert "您负责的人里，1 人还有事没办" in office.newest()
    await group.says(LI, "/done 2")
    await office.says(SECRETARY, "/missing")
    assert "您自己" in office.newest()
    assert "提醒这" not in office.newest() + "".join(office.buttons())
