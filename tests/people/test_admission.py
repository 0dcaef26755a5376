"""A group of a stranger's: the bot does nothing there until an administrator has admitted it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

import handlers
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import EVERYWHERE, Area, Role
from handlers.command import Command, Press
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, keyboard

pytestmark = pytest.mark.strangers
STRANGER, VICTIM, ADMIN = SECRETARY, LI, WANG  # the stranger owns the group, and Wang is an administrator
ADMIN_ID = 7000000003
WAITS = "本群还没有开通，我已经请管理员确认；同意之前我什么也不做、什么也不记。"
NAMED = (one for feature in handlers.FEATURES for one in feature.handlers if isinstance(one, Command))
COMMANDS = sorted({one.name for one in NAMED if one.name is not None})
PRESSES = sorted({one.action for feature in handlers.FEATURES for one in feature.handlers if isinstance(one, Press)})
# What is remembered of people, and what is said to them.
OF_PEOPLE = (
    *("members", "memberships", "tasks", "surveys", "survey_answers", "suggestions", "study_prompts", "study_attempts"),
    "study_reads",
    *("points_entries", "drafts", "settings", "grants", "claims", "absences", "people", "audit", "schedules"),
)


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({ADMIN_ID})


async def private_of(world: World, who: str) -> Place:
    """Somebody's private chat with the bot, begun."""
    place = Place(world, world.sandbox.open_private(world.people[who], BOT))
    world.sandbox.start(world.people[who], BOT)
    await world.idle()
    return place


async def strangers_group(world: World, by: str = STRANGER, members: Sequence[str] = (VICTIM,)) -> Place:
    """A group that somebody has made and added the bot to."""
    others = [world.people[who] for who in members]
    chat = world.sandbox.add_group("第一党支部", by=world.people[by], members=others, bots=[BOT])
    await world.idle()
    return Place(world, chat)


async def kept(world: World) -> dict[str, int]:
    """How much is remembered of people; rows of the enterprise's own schedules are not theirs."""
    counted = {table: await world.rows(table) for table in OF_PEOPLE if table != "schedules"}
    return {**counted, "schedules": await world.rows("schedules", "group_id IS NOT NULL")}


async def admission_of(world: World, place: Place) -> str:
    """Whether a group is admitted."""
    chat = await world.program.database.read(lambda stores: stores.chats.find(place.chat.id))
    return str(chat.admission)


async def give(world: World, who: str, role: Role, name: str | None) -> None:
    """Make somebody something, over a branch or the whole enterprise."""

    def unit(stores):
        member = stores.members.find(world.people[who].id)
        area = EVERYWHERE if name is None else Area(branch=branches.named(stores, name).id)
        stores.grants.add(member, role, area, None, world.sandbox.clock.now())

    await world.program.database.write(unit)


async def structure(world: World, *names: str) -> None:
    """Branches without groups."""

    def unit(stores):
        for name in names:
            branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=name)

    await world.program.database.write(unit)


def mention(world: World, before: str, who: str, after: str) -> dict[str, Any]:
    """A message that names somebody as the platform does, without a user name."""
    return {"text": f"{before}{world.people[who].full_name}{after}", "mentions": [world.people[who]]}


# What a stranger's group is told, and what administrators are asked


async def test_one_message_says_that_the_group_waits(world: World) -> None:
    place = await strangers_group(world)
    assert place.newest() == f"大家好，我是精益。{WAITS}"
    assert place.buttons() == []
    await place.says(STRANGER, "/start")
    world.sandbox.promote(place.chat, BOT)
    await world.idle()
    world.sandbox.demote(place.chat, BOT)
    await world.idle()
    assert len(place.bot_messages()) == 1
    assert place.newest().endswith(WAITS)


async def test_each_administrator_is_asked_once(world: World) -> None:
    private, other = await private_of(world, ADMIN), await private_of(world, VICTIM)
    await give(world, VICTIM, Role.ADMINISTRATOR, None)
    place = await strangers_group(world)
    for who in (private, other):
        assert "“第一党支部”想请我进群工作。拉我进群的是：陈书记（@chen），名册里没有这个人。" in who.newest()
        assert who.buttons() == ["允许", "拒绝"]
    said = len(private.bot_messages())
    await place.says(STRANGER, "/help")
    assert len(private.bot_messages()) == said


async def test_allowed_the_group_hears_who_the_bot_is_and_all_administrators_see_it(world: World) -> None:
    private, other = await private_of(world, ADMIN), await private_of(world, VICTIM)
    await give(world, VICTIM, Role.ADMINISTRATOR, None)
    place = await strangers_group(world)
    assert await private.presses(ADMIN, "允许") == "已允许，我开始在群里工作。"
    assert [plain["text"][:10] for plain in place.bot_messages()] == ["大家好，我是精益。工"]
    for who in (private, other):
        assert who.newest() == "✅ 王海燕已允许我在“第一党支部”工作。"
        assert not keyboard(who.bot_messages()[-1])
    assert await world.rows("audit", "action = 'chat.admitted' AND subject = 'chat:3'") == 1
    assert "已记下" in await place.says(VICTIM, "建议：食堂加个热菜") or await world.rows("suggestions") == 1
    await place.says(STRANGER, "/task @li 下周五18:00前 写心得")
    assert await world.rows("tasks") == 1


async def test_refused_the_bot_leaves_and_stays_silent(world: World) -> None:
    private = await private_of(world, ADMIN)
    place = await strangers_group(world)
    assert await private.presses(ADMIN, "拒绝") == "已拒绝，我退出该群。"
    assert private.newest().startswith("🚫 王海燕已拒绝“第一党支部”。")
    await world.idle()
    assert not world.sandbox.world.chat(place.chat.id).member(world.sandbox.world.bot(BOT)).present
    assert await world.rows("audit", "action = 'chat.refused'") == 1
    said = len(private.bot_messages())
    world.sandbox.add_member(place.chat, BOT, by=world.people[STRANGER])
    await world.idle()
    assert place.shown().strip() == f"大家好，我是精益。{WAITS}"
    assert len(private.bot_messages()) == said
    assert not world.sandbox.world.chat(place.chat.id).member(world.sandbox.world.bot(BOT)).present
    await world.at("2026-11-25 10:10")
    assert len(private.bot_messages()) == said  # nobody is alarmed by what they wanted


async def test_where_it_cannot_leave_it_is_silent(world: World) -> None:
    private = await private_of(world, ADMIN)
    place = await strangers_group(world)
    place.sandbox.fault("leaveChat", kind="error")
    await private.presses(ADMIN, "拒绝")
    for words in ("/start", "/task @li 明天 写心得", "建议：食堂加个热菜"):
        assert await place.says(STRANGER, words) == ""
    assert await admission_of(world, place) == "refused"


async def test_of_two_who_decide_at_once_the_first_one_wins(world: World) -> None:
    private, other = await private_of(world, ADMIN), await private_of(world, VICTIM)
    await give(world, VICTIM, Role.ADMINISTRATOR, None)
    place = await strangers_group(world)
    yes, no = private._button("允许", None), other._button("拒绝", None)
    shown = await asyncio.gather(
        world.sandbox.press(private.chat, world.people[ADMIN], *yes),
        world.sandbox.press(other.chat, world.people[VICTIM], *no),
    )
    await world.idle()
    notices = {one.get("text") for one in shown}
    outcome = await admission_of(world, place)
    assert outcome in ("admitted", "refused")
    expected = {"已允许，我开始在群里工作。", "王海燕已经允许了。"} if outcome == "admitted" else None
    assert notices == (expected or {"已拒绝，我退出该群。", "李伟已经拒绝了。"})
    assert await world.rows("audit", "action LIKE 'chat.%'") == 1


@pytest.mark.parametrize("data", ["admission.admit:1", "admission.admit:99", "admission.refuse:2", "admission.admit:x"])
async def test_a_forged_press_admits_nothing(world: World, data: str) -> None:
    private = await private_of(world, VICTIM)
    place = await strangers_group(world)
    await private.receives_press(VICTIM, private.bot_messages()[-1], data)
    assert await admission_of(world, place) == "pending"


async def test_a_secretary_of_a_branch_does_not_answer_requests(world: World) -> None:
    private = await private_of(world, VICTIM)
    await structure(world, "第一党支部")
    await give(world, VICTIM, Role.SECRETARY, "第一党支部")
    place = await strangers_group(world, members=())
    group = await world.program.database.read(lambda stores: stores.chats.find(place.chat.id))
    await private.receives_press(VICTIM, private.bot_messages()[-1], f"admission.admit:{group.id}")
    assert await admission_of(world, place) == "pending"


async def test_who_becomes_reachable_later_is_asked_then(world: World) -> None:
    await strangers_group(world)
    private = await private_of(world, ADMIN)
    assert any("“第一党支部”想请我进群工作" in one["text"] for one in private.bot_messages())
    said = len(private.bot_messages())
    await private.says(ADMIN, "/start")
    assert len(private.bot_messages()) == said, "greeting and card come in place of those before"


async def test_hundreds_of_groups_annoy_nobody(world: World) -> None:
    private = await private_of(world, ADMIN)
    for _ in range(25):
        world.sandbox.add_group("假的", by=world.people[STRANGER], bots=[BOT])
    await world.idle()
    asked = [one for one in private.bot_messages() if "想请我进群工作" in one["text"]]
    assert len(asked) <= 25


# Who admits a group by what they do


async def test_an_administrator_who_adds_the_bot_admits_the_group(world: World) -> None:
    place = await strangers_group(world, by=ADMIN, members=(VICTIM,))
    assert [one["text"][:10] for one in place.bot_messages()] == ["大家好，我是精益。工"]
    await place.says(VICTIM, "建议：食堂加个热菜")
    assert await world.rows("suggestions") == 1


@pytest.mark.parametrize("command", ["/help", "/start", "/task @li 明天18:00前 写心得", "/rank@jingyi_bot"])
async def test_an_administrator_who_gives_a_command_admits_the_group(world: World, command: str) -> None:
    place = await strangers_group(world, members=(VICTIM, ADMIN))
    assert await place.says(ADMIN, command) != ""
    assert await admission_of(world, place) == "admitted"
    assert WAITS not in place.shown()


@pytest.mark.parametrize("words", ["大家好", "/foo", "/help@other_bot", "建议：食堂加个热菜"])
async def test_an_administrator_who_only_speaks_admits_nothing(world: World, words: str) -> None:
    place = await strangers_group(world, members=(VICTIM, ADMIN))
    await place.says(ADMIN, words)
    assert await admission_of(world, place) == "pending"
    assert len(place.bot_messages()) == 1


async def test_a_command_that_an_administrator_forwards_admits_nothing(world: World) -> None:
    place = await strangers_group(world, members=(VICTIM, ADMIN))
    sender = world.people[ADMIN].as_dict()
    origin = {"type": "user", "sender_user": world.people[STRANGER].as_dict(), "date": 1}
    chat = {"id": place.chat.id, "type": "supergroup", "title": "第一党支部"}
    message = {"message_id": 99, "date": 1, "chat": chat, "from": sender, "text": "/help", "forward_origin": origin}
    await world.receives("message", {**message, "entities": [{"type": "bot_command", "offset": 0, "length": 5}]})
    assert await admission_of(world, place) == "pending"


async def test_a_secretary_who_adds_the_bot_admits_the_group(world: World) -> None:
    await private_of(world, VICTIM)
    await structure(world, "第一党支部")
    await give(world, VICTIM, Role.SECRETARY, "第一党支部")
    place = await strangers_group(world, by=VICTIM, members=())
    assert await admission_of(world, place) == "admitted"


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.LEADER, Role.INSPECTOR])
async def test_other_roles_admit_nothing(world: World, role: Role) -> None:
    await private_of(world, VICTIM)
    await structure(world, "第一党支部")
    await give(world, VICTIM, role, "第一党支部")
    place = await strangers_group(world, by=VICTIM, members=())
    await place.says(VICTIM, "/help")
    assert await admission_of(world, place) == "pending"


async def test_a_secretary_does_not_overrule_an_administrator_but_another_administrator_does(world: World) -> None:
    private = await private_of(world, ADMIN)
    await private_of(world, VICTIM)
    await structure(world, "第一党支部")
    place = await strangers_group(world, members=(VICTIM, ADMIN))
    await give(world, VICTIM, Role.SECRETARY, "第一党支部")
    await private.presses(ADMIN, "拒绝")
    await world.idle()
    world.sandbox.add_member(place.chat, BOT, by=world.people[VICTIM])
    await world.idle()
    assert await admission_of(world, place) == "refused"
    world.sandbox.add_member(place.chat, BOT, by=world.people[ADMIN])
    await world.idle()
    assert await admission_of(world, place) == "admitted"


# Nothing happens in a group that waits


async def test_no_command_does_anything_there(world: World) -> None:
    await private_of(world, VICTIM)
    place = await strangers_group(world)
    before = await kept(world)
    for command in COMMANDS:
        for who in (STRANGER, VICTIM):
            for words in (
                f"/{command}",
                f"/{command} @li 明天18:00前 写心得 | 16:00 | 17:00",
                f"/{command}@jingyi_bot 10002",
            ):
                assert await place.says(who, words) == "", words
        assert len(place.bot_messages()) == 1, command
        assert await kept(world) == before, command


async def test_no_press_does_anything_there(world: World) -> None:
    await private_of(world, VICTIM)
    place = await strangers_group(world)
    before, shown = await kept(world), place.newest()
    for action in PRESSES:
        for data in (action, f"{action}:1", f"{action}:1:1"):
            for who in (STRANGER, VICTIM):
                assert await place.receives_press(who, place.bot_messages()[-1], data) == shown, data
        assert len(place.bot_messages()) == 1, action
        assert await kept(world) == before, action


@pytest.mark.parametrize("words", ["建议：食堂加个热菜", "#建议 食堂", "我的积分", "请假到周五", "大家好"])
async def test_words_do_nothing_there(world: World, words: str) -> None:
    place = await strangers_group(world)
    before = await kept(world)
    for who in (STRANGER, VICTIM):
        assert await place.says(who, words) == ""
        await place.edits(who, f"{words}！")
    assert await kept(world) == before


async def test_who_comes_and_goes_there_is_not_noted(world: World) -> None:
    await private_of(world, VICTIM)
    place = await strangers_group(world, members=())
    world.sandbox.promote(place.chat, BOT)
    await world.idle()
    before = await kept(world)
    world.sandbox.add_member(place.chat, world.people[VICTIM], by=world.people[STRANGER])
    await world.idle()
    world.sandbox.remove_member(place.chat, world.people[VICTIM])
    await world.idle()
    assert await kept(world) == before


async def test_the_clock_does_nothing_there(world: World) -> None:
    place = await strangers_group(world)
    assert await place.hears_until("2026-11-26 08:31") == ""
    assert await place.hears_until("2026-11-30 09:01") == ""
    assert await world.rows("schedules", "group_id IS NOT NULL") == 0
    assert len(place.bot_messages()) == 1


async def test_the_groups_owner_acts_as_secretary_only_once_it_is_admitted(world: World) -> None:
    private = await private_of(world, ADMIN)
    await private_of(world, STRANGER)
    place = await strangers_group(world)
    for command in (
        "/task @li 明天18:00前 写心得",
        "/survey 几点？ | 16:00 | 17:00",
        "/export",
        "/settings",
        "/summary",
    ):
        assert await place.says(STRANGER, command) == ""
    await private.presses(ADMIN, "允许")
    await world.spoke(place.chat, world.people[LI])
    assert "写心得" in await place.says(STRANGER, "/task @li 明天18:00前 写心得")


async def test_the_branches_are_not_shown_there(world: World) -> None:
    await structure(world, "第一党支部", "第二党支部")
    place = await strangers_group(world)
    await place.receives_press(STRANGER, place.bot_messages()[-1], "welcome.bind")
    await place.says(STRANGER, "/start")
    assert "第二党支部" not in place.shown()
    assert place.buttons() == []


# The victim


async def test_a_private_suggestion_of_somebody_mentioned_never_reaches_the_strangers_group(world: World) -> None:
    victim, stranger = await private_of(world, VICTIM), await private_of(world, STRANGER)
    place = await strangers_group(world, members=())
    await place.says(STRANGER, **mention(world, "/task ", VICTIM, " 明天18:00前 写心得"))
    await victim.says(VICTIM, "建议：车间主任克扣加班费")
    await victim.presses(VICTIM, "署名")
    assert await world.rows("suggestions", "group_id IS NULL") == 1
    assert await world.rows("memberships") == 0
    await place.says(STRANGER, "/export")
    await stranger.says(STRANGER, "/export")
    assert not [one for one in stranger.messages() if "document" in one]
    assert "写心得" not in victim.shown()


async def test_being_mentioned_in_an_admitted_group_is_no_membership_and_no_home(world: World) -> None:
    victim = await private_of(world, VICTIM)
    place = await strangers_group(world, by=ADMIN, members=(STRANGER,))
    await place.says(ADMIN, **mention(world, "/task ", VICTIM, " 明天18:00前 写心得"))
    assert await world.rows("tasks") == 1
    await victim.says(VICTIM, "建议：车间主任克扣加班费")
    await victim.presses(VICTIM, "署名")
    assert await world.rows("suggestions", "group_id IS NULL") == 1
    assert await world.rows("memberships", "member_id = (SELECT id FROM members WHERE username = 'li')") == 0


async def test_somebody_who_was_added_by_others_has_no_home_there_before_they_speak(world: World) -> None:
    victim = await private_of(world, VICTIM)
    place = await strangers_group(world, by=ADMIN, members=(STRANGER,))
    world.sandbox.add_member(place.chat, world.people[VICTIM], by=world.people[STRANGER])
    await world.idle()
    await victim.says(VICTIM, "建议：车间主任克扣加班费")
    await victim.presses(VICTIM, "署名")
    assert await world.rows("suggestions", "group_id IS NULL") == 1
    await place.says(VICTIM, "大家好")
    await victim.says(VICTIM, "建议：食堂加个热菜")
    await victim.presses(VICTIM, "署名")
    assert await world.rows("suggestions", "group_id IS NOT NULL") == 1


async def test_a_private_suggestion_goes_to_the_rosters_branch_wherever_one_has_spoken(world: World) -> None:
    victim = await private_of(world, VICTIM)
    own = await strangers_group(world, by=ADMIN, members=(VICTIM,))
    await world.roster(own.chat, VICTIM)
    other = await strangers_group(world, by=ADMIN, members=(VICTIM,))
    await other.says(VICTIM, "大家好")
    await victim.says(VICTIM, "建议：食堂加个热菜")
    await victim.presses(VICTIM, "署名")
    number = (await world.program.database.read(lambda stores: stores.chats.find(own.chat.id))).id
    assert await world.rows("suggestions", f"group_id = {number}") == 1


# What becomes of an admission


async def test_a_group_that_becomes_a_supergroup_stays_admitted(world: World) -> None:
    chat = world.sandbox.add_group(
        "第一党支部", by=world.people[ADMIN], members=[world.people[VICTIM]], bots=[BOT], kind="group"
    )
    await world.idle()
    place = Place(world, world.sandbox.migrate(chat, by=world.people[ADMIN]))
    await world.idle()
    assert await admission_of(world, place) == "admitted"
    assert await place.says(VICTIM, "/help") != ""


async def test_a_group_that_has_removed_the_bot_waits_again_when_others_bring_it_back(world: World) -> None:
    private = await private_of(world, ADMIN)
    place = await strangers_group(world, by=ADMIN, members=(STRANGER, VICTIM))
    await place.says(ADMIN, "/help")
    await place.says(VICTIM, "早")
    await place.says(ADMIN, "/task @li 明天18:00前 写心得")
    world.sandbox.remove_member(place.chat, BOT, by=world.people[ADMIN])
    await world.idle()
    world.sandbox.add_member(place.chat, BOT, by=world.people[STRANGER])
    await world.idle()
    assert await admission_of(world, place) == "pending"
    assert place.newest().endswith(WAITS)
    assert private.buttons() == ["允许", "拒绝"]
    said = len(place.bot_messages())
    assert await place.hears_until("2026-11-26 16:01") == ""
    assert len(place.bot_messages()) == said
    await private.presses(ADMIN, "允许")
    assert await place.says(VICTIM, "/done 1") == ""
    assert place.reaction() == "👍"


async def test_a_restart_asks_nobody_twice(world: World) -> None:
    private = await private_of(world, ADMIN)
    place = await strangers_group(world)
    said = len(private.bot_messages())
    await world.restart()
    assert len(private.bot_messages()) == said
    assert len(place.bot_messages()) == 1
    await private.presses(ADMIN, "允许")
    assert await admission_of(world, place) == "admitted"
