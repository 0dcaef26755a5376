"""Whom a task is for: mentions by place, names as people write them, everybody; and who may not be meant."""

from datetime import date
from typing import Any

import pytest

from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.invitation import linking
from domain.people.person import Absence, Entry
from tests.dialogue import LI, SECRETARY, WANG, Place, World

ANNA, MAIMAITI, ZHANG, ZHANG_2 = "anna", "maimaiti", "zhang", "zhang_2"
WEDNESDAY = date(2026, 11, 25)
NAMES = {ANNA: "Anna Li", MAIMAITI: "买买提·吐尔逊", ZHANG: "张伟", ZHANG_2: "张伟"}


@pytest.fixture
async def many(group: Place, world: World) -> Place:
    """A group in which all have spoken, two Zhang Wei among them, and which has no roster."""
    for who, name in NAMES.items():
        world.people[who] = world.sandbox.add_person(name)
        world.sandbox.add_member(group.chat, world.people[who])
        await world.spoke(group.chat, world.people[who])
    await world.spoke(group.chat, world.people[WANG])
    return group


def owners(place: Place) -> list[str]:
    """Whom the newest card names."""
    return [line.partition("，")[2] for line in place.newest().splitlines() if " 号，" in line]


async def owner_ids(world: World) -> list[int]:
    """The owners of all tasks, as the platform knows them."""
    batches = await world.program.database.read(lambda stores: stores.tasks.open_in(1, 100))
    return [task.owner.platform_id for task in sorted(batches, key=lambda one: one.id)]


# Mentions, by their place


def linked(text: str, *people: tuple[str, Any]) -> list[dict[str, Any]]:
    """Entities for names, the next occurrence of each."""
    found, start = [], 0
    for name, user in people:
        place = text.index(name, start)
        start = place + len(name)
        offset = len(text[:place].encode("utf-16-le")) // 2
        length = len(name.encode("utf-16-le")) // 2
        found.append({"type": "text_mention", "offset": offset, "length": length, "user": user.as_dict()})
    return found


async def hears(place: Place, text: str, entities: list[dict[str, Any]], **more: Any) -> None:
    """The bot hears a message of the secretary with these entities."""
    message = {
        "message_id": 900,
        "date": int(place.sandbox.clock.now().timestamp()),
        "chat": {"id": place.chat.id, "type": "supergroup", "title": place.chat.title},
        "from": place.person(SECRETARY).as_dict(),
        **({"caption": text, "caption_entities": entities} if more else {"text": text, "entities": entities}),
        **more,
    }
    await place.world.receives("message", message)


PHOTO = {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]}


@pytest.mark.parametrize("more", [{}, PHOTO], ids=["text", "caption"])
async def test_two_mentions_that_read_alike_are_two_people(many: Place, world: World, more: dict[str, Any]) -> None:
    zhang, other = world.people[ZHANG], world.people[ZHANG_2]
    text = "/task 张伟 张伟 明天18:00 交表"
    await hears(many, text, linked(text, ("张伟", other), ("张伟", zhang)), **more)
    assert await owner_ids(world) == [other.id, zhang.id]


async def test_places_are_counted_in_units_of_utf_16(many: Place, world: World) -> None:
    friend = many.sandbox.add_person("👷👷小赵")
    zhang = world.people[ZHANG]
    text = "/task 👷👷小赵、张伟 明天18:00 交表"
    await hears(many, text, linked(text, ("👷👷小赵", friend), ("张伟", zhang)))
    assert await owner_ids(world) == [friend.id, zhang.id]


async def test_a_mention_in_the_title_stays_there(many: Place, world: World) -> None:
    text = "/task 李伟 明天18:00 替张伟交表"
    await hears(many, text, linked(text, ("张伟", world.people[ZHANG])))
    assert await owner_ids(world) == [world.people[LI].id]
    assert many.newest().startswith("📌 替张伟交表\n")


async def test_a_name_that_is_linked_in_the_title_alone_does_not_link_the_owner(many: Place, world: World) -> None:
    text = "/task 王海燕 明天18:00 帮王海燕交表"
    entity = linked(text, ("王海燕", world.people[WANG]), ("王海燕", world.people[ZHANG]))[1:]
    await hears(many, text, entity)
    assert await owner_ids(world) == [world.people[WANG].id]


# Plain names


@pytest.mark.parametrize(
    "written",
    [
        "李伟 王海燕 周五",
        "李伟、王海燕 周五",
        "李伟,王海燕 周五",
        "李伟，王海燕，周五",
        "李伟和王海燕 周五",
        "李伟 和 王海燕 周五",
        "李伟以及王海燕周五",
        "李伟王海燕周五",
        "李 伟　王海燕 周五",
        "@李伟 @王海燕 周五",
        "@李伟和@王海燕周五",
        "@li 王海燕 周五",
        "李伟同志、王海燕同志 周五",
    ],
)
async def test_plain_names_are_owners(many: Place, written: str) -> None:
    await many.says(SECRETARY, f"/task {written} 提交材料")
    assert owners(many) == ["李伟", "王海燕"]
    assert many.newest().startswith("📌 提交材料\n截止：11月27日（周五）18:00")


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("买买提·吐尔逊 周五", "买买提·吐尔逊"),
        ("买买提•吐尔逊 周五", "买买提·吐尔逊"),
        ("买买提吐尔逊周五", "买买提·吐尔逊"),
        ("Anna Li 周五", "Anna Li"),
        ("anna li周五", "Anna Li"),
        ("@Anna Li 周五", "Anna Li"),
    ],
)
async def test_names_have_points_and_blanks_inside(many: Place, written: str, named: str) -> None:
    await many.says(SECRETARY, f"/task {written} 提交材料")
    assert owners(many) == [named]


async def test_a_title_that_begins_with_a_name_keeps_it(many: Place) -> None:
    await many.says(SECRETARY, "/task 李伟 周五 王海燕的材料要审")
    assert owners(many) == ["李伟"]
    assert many.newest().startswith("📌 王海燕的材料要审\n")


async def test_somebody_may_be_called_as_a_day_is(group: Place, world: World) -> None:
    world.people["friday"] = world.sandbox.add_person("周五")
    await world.spoke(group.chat, world.people["friday"])
    await group.says(SECRETARY, "/task 周五 明天 交表")
    assert owners(group) == ["周五"]
    await group.says(SECRETARY, "/task 李伟 周五 交表")
    assert owners(group) == ["李伟"]


@pytest.mark.parametrize(
    ("written", "unknown", "nearest"),
    [
        ("李伟 王海艳 周五 交表", "王海艳", "王海燕"),
        ("王海艳 周五 交表", "王海艳", "王海燕"),
        ("李伟和王海艳 周五 交表", "王海艳", "王海燕"),
        ("李伟峰 周五 交表", "李伟峰", "李伟"),
        ("李伟峰周五交表", "李伟峰", "李伟"),
        ("@王海艳 周五 交表", "王海艳", "王海燕"),
    ],
)
async def test_an_unknown_name_is_named_with_the_nearest(many: Place, written: str, unknown: str, nearest: str) -> None:
    said = await many.says(SECRETARY, f"/task {written}")
    assert f"没有叫“{unknown}”的人，是“{nearest}”吗" in said
    assert await many.world.rows("tasks") == 0


async def test_a_mistyped_command_is_edited(many: Place) -> None:
    await many.says(SECRETARY, "/task 王海艳 周五 交表")
    await many.edits(SECRETARY, "/task 王海燕 周五 交表")
    assert owners(many) == ["王海燕"]


async def test_a_wall_of_names_without_blanks_is_read_in_a_moment(many: Place) -> None:
    assert await many.says(SECRETARY, "/task " + "李伟" * 2000)
    assert await many.world.rows("tasks") == 0


# Unclear names


async def test_of_two_with_one_name_the_giver_chooses(many: Place, world: World) -> None:
    assert "“张伟”是哪一位" in await many.says(SECRETARY, "/task 李伟 张伟 周五 交表")
    assert len(many.buttons()) == 2
    await many.presses(SECRETARY, many.buttons()[1])
    assert many.newest().splitlines()[1:] == ["📌 交表", "截止：11月27日（周五）18:00", "交给：李伟、张伟"]
    await many.presses(SECRETARY, "发出")
    assert await owner_ids(world) == [world.people[LI].id, world.people[ZHANG_2].id]


async def test_others_do_not_choose(many: Place, world: World) -> None:
    await many.says(SECRETARY, "/task 张伟 周五 交表")
    question = many.bot_messages()[-1]
    await many.presses(WANG, many.buttons()[0])
    await many.receives_press(WANG, question, "form.choose:1:owners:m2")
    await many.receives_press(SECRETARY, question, "form.choose:1:owners:m99")
    await many.receives_press(SECRETARY, question, "form.choose:1:owners:e0")
    assert "是哪一位" in many.newest()
    assert await world.rows("tasks") == 0


async def test_a_command_that_was_asked_about_gives_its_tasks_once(many: Place, world: World) -> None:
    await many.says(SECRETARY, "/task 张伟 周五 交表")
    await many.presses(SECRETARY, many.buttons()[0])
    await many.presses(SECRETARY, "发出")
    await many.edits(SECRETARY, "/task 李伟 周五 交表")
    assert await world.rows("tasks") == 1
    assert await world.rows("task_events", "what = 'reassigned'") == 1


async def test_a_user_name_that_nobody_was_seen_under_is_refused(group: Place, world: World) -> None:
    assert "还没见过 @ghost" in await group.says(SECRETARY, "/task @ghost 明天18:00前 交心得")
    assert await world.rows("members") == 2
    assert await world.rows("tasks") == 0


async def test_a_user_name_that_is_nearly_known_is_asked_about(group: Place, world: World) -> None:
    group.person(LI).username = "li_wei"
    await group.says(LI, "早")
    assert "还没见过 @liwei" in await group.says(SECRETARY, "/task @liwei 明天18:00前 交心得")
    await group.presses(SECRETARY, "李伟")
    await group.presses(SECRETARY, "发出")
    assert await owner_ids(world) == [world.people[LI].id]


# Everybody


async def test_everybody_of_a_group_without_roster(many: Place, world: World) -> None:
    await many.says(SECRETARY, "/task 全体 周五 交表")
    assert await world.rows("tasks") == 7
    await many.says(SECRETARY, "/done 1")
    assert await many.points_of(SECRETARY) == 0, "what one gives oneself earns nothing"


@pytest.mark.parametrize("words", ["全体党员", "全体成员", "@all", "@所有人", "全体同志", "全体"])
async def test_everybody_has_many_names(group: Place, world: World, words: str) -> None:
    await group.says(SECRETARY, f"/task {words} 周五 交表")
    assert await world.rows("tasks") == 2


@pytest.fixture
async def works(group: Place, world: World) -> Place:
    """A branch of 120 people in two party groups; the accounts of three are known, and Zhang Wei is in both."""
    await world.spoke(group.chat, world.people[WANG])
    await world.program.database.write(lambda stores: fill(stores, world, group))
    return group


def fill(stores: Any, world: World, group: Place) -> None:
    whole = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="机关党支部")
    first, second = (
        branches.add(stores, parent=whole.id, kind=BranchKind.GROUP, name=name) for name in ("第一党小组", "第二党小组")
    )
    branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=whole.id)
    told = [("10001", "陈书记", whole), ("10002", "李伟", first), ("10003", "王海燕", second)]
    told += [("10011", "张伟", first), ("10012", "张伟", second)]
    told += [(f"2{number:04}", f"职工{number:03}号", second) for number in range(115)]
    people = stores.people.add([Entry(number, name, place.id) for number, name, place in told])
    for person, who in zip(people, (SECRETARY, LI, WANG), strict=False):
        stores.people.link(person.id, stores.members.find(world.people[who].id).id)


async def test_everybody_of_the_roster_gets_a_task(works: Place, world: World) -> None:
    await works.says(SECRETARY, "/task 全体党员 周五 交表")
    assert await world.rows("tasks") == 120
    assert "等 117 人还没绑定账号" in works.newest()


@pytest.mark.parametrize("words", ["第一党小组", "一组", "第1党小组", "@第一党小组"])
async def test_a_party_group_gets_a_task(works: Place, world: World, words: str) -> None:
    await works.says(SECRETARY, f"/task {words} 周五 交表")
    assert owners(works) == ["李伟", "张伟（未绑定账号）"]


async def test_of_two_party_groups_of_one_name_the_giver_chooses(works: Place, world: World) -> None:
    def more(stores: Any) -> None:
        top = next(one for one in stores.branches.all() if one.name == "机关党支部")
        for name in ("东区", "西区"):
            place = branches.add(stores, parent=top.id, kind=BranchKind.UNIT, name=name)
            group = branches.add(stores, parent=place.id, kind=BranchKind.GROUP, name="青年小组")
            stores.people.add([Entry(f"{place.id}", f"{name}青年", group.id)])

    await world.program.database.write(more)
    await works.says(SECRETARY, "/task 青年小组 周五 交表")
    assert works.buttons() == ["青年小组（东区）", "青年小组（西区）"]
    await works.presses(SECRETARY, "西区")
    assert "交给：青年小组（1 人）" in works.newest()
    await works.presses(SECRETARY, "发出")
    assert owners(works) == ["西区青年（未绑定账号）"]


async def test_namesakes_of_the_roster_are_told_apart_by_branch_and_number(works: Place, world: World) -> None:
    await works.says(SECRETARY, "/task 张伟 周五 交表")
    assert works.buttons() == ["张伟（第一党小组，尾号 011）", "张伟（第二党小组，尾号 012）"]
    await works.presses(SECRETARY, "第二党小组")
    await works.presses(SECRETARY, "发出")
    assert "张伟还没绑定账号" in works.newest()


async def test_who_links_their_account_later_has_the_task(works: Place, world: World) -> None:
    await works.says(SECRETARY, "/task 职工003号 周五 交表")
    world.people["late"] = world.sandbox.add_person("小三")
    world.sandbox.add_member(works.chat, world.people["late"])
    await works.says("late", "早")
    await world.program.database.write(lambda stores: link(stores, world))
    assert "完成了 1 号" in await works.does("late", "/done 1")
    assert await works.points_of("late") == 5
    await works.says(SECRETARY, "/task 职工003号 周五 再交一次")
    assert owners(works) == ["小三"]


def link(stores: Any, world: World) -> None:
    """Somebody answers for it that an account is that of number 20003."""
    member = stores.members.find(world.people["late"].id)
    by, at = stores.members.find(world.people[SECRETARY].id), world.sandbox.clock.now()
    linking.link(stores, stores.people.numbered("20003"), member, by=by.id, at=at)


async def test_too_many_of_a_group_of_people_are_refused(works: Place, world: World) -> None:
    def more(stores: Any) -> None:
        place = stores.branches.all()[0]
        stores.people.add([Entry(f"3{number:04}", f"外协{number:03}号", place.id) for number in range(400)])

    await world.program.database.write(more)
    assert "最多交办给 500 人" in await works.says(SECRETARY, "/task 全体 周五 交表")
    assert await world.rows("tasks") == 0


# Leave, and who is no more there


async def test_an_owner_on_leave_past_the_deadline_is_told_of_at_once(works: Place, world: World) -> None:
    def absent(stores: Any) -> None:
        person = stores.people.numbered("10002")
        stores.people.absent([Absence(person.id, WEDNESDAY, WEDNESDAY.replace(day=30))])

    await world.program.database.write(absent)
    await works.says(SECRETARY, "/task 李伟、王海燕 周五 交表")
    assert "⚠️ 李伟请假到11月29日（周日），截止时不在岗" in works.newest()
    await works.says(SECRETARY, "/task 李伟 12月2日 交表")
    assert "请假" not in works.newest()


async def test_who_left_the_group_gets_no_tasks(many: Place, world: World) -> None:
    many.sandbox.remove_member(many.chat, many.person(LI), by=many.person(SECRETARY))
    await world.idle()
    for words in ("@li", "李伟", "@李伟"):
        assert "李伟已经退群或离开单位" in await many.says(SECRETARY, f"/task {words} 周五 交表")
    await many.says(SECRETARY, "/task 全体 周五 交表")
    assert world.people[LI].id not in await owner_ids(world)
