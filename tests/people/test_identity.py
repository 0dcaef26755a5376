"""Rights and identities go to whom the platform or the roster vouches for; names that people choose decide nothing."""

from typing import Any

import pytest

from domain.features import FEATURES
from domain.people import branch as branches
from domain.people import telling
from domain.people.branch import BranchKind
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Entry
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened, plain

CHEN = 7000000001  # the secretary's id on the platform
FALSE, SUN = "false", "sun"  # somebody who calls themselves 李伟, and somebody of the other branch
TASK = "/task @chen 明天18:00前 巡检"


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({CHEN})


@pytest.fixture
async def works(group: Place, world: World) -> Place:
    """Two branches; Li's account is known; a stranger in the group shows Li's name and another's user name."""
    world.people[FALSE] = world.sandbox.add_person("李伟", username="false")
    world.people[SUN] = world.sandbox.add_person("孙丽", username="sun_li")
    for who in (FALSE, SUN):
        world.sandbox.add_member(group.chat, world.people[who])
    for who in (SECRETARY, LI, WANG, FALSE, SUN):
        await group.says(who, "早")
    await world.program.database.write(lambda stores: fill(stores, world, group))
    return group


def fill(stores: Any, world: World, group: Place) -> None:
    first, second = (
        branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=name) for name in ("一支部", "二支部")
    )
    branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=first.id)
    people = stores.people.add(
        [Entry("10002", "李伟", first.id), Entry("10003", "王海燕", first.id), Entry("20002", "孙 丽", second.id)]
    )
    for person, who in zip(people, (LI, None, SUN), strict=True):
        if who is not None:
            stores.people.link(person.id, stores.members.find(world.people[who].id).id)


async def holders(world: World) -> list[int | None]:
    """Who has a role, by the platform's ids."""
    found = await world.program.database.read(lambda stores: stores.grants.all(0, 100))
    return [one.member.platform_id for one in found]


# Roles


@pytest.mark.parametrize("words", ["@李伟 管理员", "李伟 管理员", "李伟 书记"])
async def test_a_name_of_the_roster_is_the_rosters_and_not_whoever_shows_it(
    works: Place, world: World, words: str
) -> None:
    said = await works.says(SECRETARY, f"/roles {words}")
    assert "李伟</b>　工号 10002 · 一支部\n账号：李伟 @li\n" in said
    assert await holders(world) == []
    await works.presses(SECRETARY, "确认")
    assert await holders(world) == [world.people[LI].id]


async def test_cancelling_gives_nothing(works: Place, world: World) -> None:
    await works.says(SECRETARY, "/roles @li 管理员")
    await works.presses(SECRETARY, "取消")
    assert works.newest() == "好，没有改动。"
    assert await holders(world) == []


@pytest.mark.parametrize("name", ["赵强", "王海燕"])
async def test_a_name_that_is_only_shown_gets_no_role(works: Place, world: World, name: str) -> None:
    """Be it on nobody's roster, or that of somebody whose account is not known."""
    world.people[FALSE].first_name = name
    await works.says(FALSE, "早")
    office = await opened(world, SECRETARY)
    for place in (works, office):
        for words in (f"@{name} 管理员", f"{name} 书记", f"@{name} 撤销"):
            assert "显示名谁都能改" in await place.says(SECRETARY, f"/roles {words}")
    assert await holders(world) == []


async def test_a_display_name_is_not_taken_for_a_user_name(works: Place, world: World) -> None:
    world.people[FALSE].first_name = "sunli"
    await works.says(FALSE, "早")
    office = await opened(world, SECRETARY)
    for place in (works, office):
        assert "还没见过 @sunli" in await place.says(SECRETARY, "/roles @sunli 书记")
        assert "还没见过 @sunli" in await place.says(SECRETARY, "/bind 10003 @sunli")
    assert "例如：/erase" in await office.says(SECRETARY, "/erase @sunli")
    assert "没有叫“sunli”的人" in await office.says(SECRETARY, "/audit @sunli")
    assert await holders(world) == []
    assert await world.rows("people", "member_id IS NOT NULL") == 2


async def test_a_user_name_that_went_to_another_is_the_last_owners(works: Place, world: World) -> None:
    """The confirmation shows whose it is now."""
    world.people[LI].username = None
    world.people[FALSE].username = "li"
    for who in (LI, FALSE):
        await works.says(who, "早")
    said = await works.says(SECRETARY, "/roles @li 书记")
    assert "账号：<b>李伟 @li</b>\n⚠️ 还没绑定名册" in said
    await works.presses(SECRETARY, "取消")


async def test_what_was_shown_is_given_whatever_names_change_meanwhile(works: Place, world: World) -> None:
    await works.says(SECRETARY, "/roles @li 书记")
    world.people[LI].username, world.people[FALSE].username = None, "li"
    shown = works.bot_messages()[-1]
    for who in (LI, FALSE):
        await works.says(who, "早")
    await works.presses(SECRETARY, "确认", shown)
    assert await holders(world) == [world.people[LI].id]


async def test_several_of_one_name_are_chosen_by_number_and_branch(works: Place, world: World) -> None:
    def namesake(stores: Any) -> None:
        person = stores.people.numbered("20002")
        (other,) = stores.people.add([Entry("20009", "李伟", person.branch)])
        stores.people.link(person.id, None)
        stores.people.link(other.id, stores.members.find(world.people[SUN].id).id)

    await world.program.database.write(namesake)
    assert "同名，是哪一位" in await works.says(SECRETARY, "/roles @李伟 书记")
    assert works.buttons() == ["李伟 10002 · 一支部", "李伟 20009 · 二支部"]
    await works.presses(SECRETARY, "20009")
    assert "工号 20009 · 二支部\n账号：孙丽 @sun_li" in works.newest()
    await works.presses(SECRETARY, "确认")
    assert await holders(world) == [world.people[SUN].id]
    await works.says(SECRETARY, "/roles @李伟")
    await works.presses(SECRETARY, "10002")
    await works.presses(SECRETARY, "委员")
    await works.presses(SECRETARY, "确认")
    assert set(await holders(world)) == {world.people[SUN].id, world.people[LI].id}
    await works.says(SECRETARY, "/roles 李伟 -委员")
    assert await holders(world) == [world.people[SUN].id]


async def test_the_list_to_choose_from_tells_who_is_on_no_roster(works: Place) -> None:
    await works.says(SECRETARY, "/roles")
    await works.presses(SECRETARY, "任命")
    assert {"李伟", "李伟（名册外）", "孙 丽"} <= set(works.buttons())
    await works.presses(SECRETARY, "李伟（名册外）")
    assert "账号：李伟 @false\n⚠️ 还没绑定名册" in works.newest()


async def test_only_who_may_give_the_role_can_confirm_it(works: Place, world: World) -> None:
    await works.says(SECRETARY, "/roles @false 管理员")
    assert "只有" in await works.presses(FALSE, "确认")
    assert await holders(world) == []


async def test_a_reply_in_the_name_of_a_channel_names_nobody(works: Place, world: World) -> None:
    works.sandbox.promote(works.chat, works.person(LI), is_anonymous=True)
    await works.says(LI, "早", anonymous=True)
    assert "没看到是谁" in await works.says(SECRETARY, "/roles 书记", reply_to=works.last)


# Who hears of it


async def administrator(world: World, who: str) -> Place:
    """Somebody else who is an administrator of the enterprise, in their private chat."""
    office, at = await opened(world, who), world.sandbox.clock.now()

    def give(stores: Any) -> None:
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, Role.ADMINISTRATOR, EVERYWHERE, None, at)

    await world.program.database.write(give)
    return office


def notices(place: Place) -> list[str]:
    return [plain(one) for one in place.bot_messages() if "角色和身份有变动" in plain(one)]


async def test_the_other_administrators_hear_of_it_in_one_message(works: Place, world: World) -> None:
    other, office = await administrator(world, WANG), await opened(world, SECRETARY)
    await works.confirms(SECRETARY, "/roles @li 书记")
    given = "陈书记任命：李伟（工号 10002 · 一支部），书记（一支部）"
    assert notices(other) == [f"🔑 角色和身份有变动：\n{given}"]
    await office.confirms(SECRETARY, "/bind 10003 @false")
    await office.says(SECRETARY, "/unbind 10003")
    linked = "王海燕（工号 10003 · 一支部），账号 李伟 @false"
    lines = [f"陈书记解绑账号：{linked}", f"陈书记绑定账号：{linked}", given]
    assert notices(other) == ["\n".join(["🔑 角色和身份有变动：", *lines])], "one message, and it grows"
    assert notices(office) == [], "who has done it knows"
    await works.hears_until("2026-11-25 11:05")
    await works.says(SECRETARY, "/roles @li -书记")
    assert [one.splitlines()[1:] for one in notices(other)][1:] == [
        ["陈书记撤销：李伟（工号 10002 · 一支部），书记（一支部）"]
    ]


async def test_whose_account_is_linked_or_freed_hears_of_it(works: Place, world: World) -> None:
    private = await opened(world, FALSE)
    await works.confirms(SECRETARY, "/bind 10003 @false")
    assert "您的账号已绑定名册里的王海燕" in private.newest()
    await works.says(SECRETARY, "/unbind 10003")
    assert "已经解绑" in private.newest()


async def test_a_confirmed_claim_is_told_and_a_followed_invitation_is_not(works: Place, world: World) -> None:
    other, office = await administrator(world, LI), await opened(world, SECRETARY)
    private = await opened(world, WANG)
    await private.says(WANG, "/bind 10003 王海燕")
    await office.presses(SECRETARY, "是本人")
    assert "绑定账号：王海燕（工号 10003 · 一支部），账号 王海燕" in notices(other)[0]


def test_what_is_told_is_what_features_note() -> None:
    noted = {action for feature in FEATURES for action in feature.audit}
    assert {*telling.ROLES, telling.LINKED} <= noted


def test_an_area_is_read_as_it_is_written() -> None:
    for area in (EVERYWHERE, Area(branch=1), Area(group=2)):  # type: ignore[arg-type]  # any number will do
        assert Area.read(str(area)) == area
    with pytest.raises(ValueError, match="town"):
        Area.read("town:1")


# Accounts


async def test_an_account_is_linked_to_what_was_confirmed(works: Place, world: World) -> None:
    await works.says(SECRETARY, "/bind 10003 @false")
    await works.presses(SECRETARY, "取消")
    assert await world.rows("people", "number = '10003' AND member_id IS NOT NULL") == 0
    for words in ("@王海燕", "@李伟"):
        said = await works.says(SECRETARY, f"/bind 10003 {words}")
        assert "显示名谁都能改" in said or "已经绑定了名册里的李伟" in said
    assert await world.rows("people", "number = '10003' AND member_id IS NOT NULL") == 0


async def test_nobody_links_their_own_account_by_a_made_up_button(works: Place, world: World) -> None:
    def secretary(stores: Any) -> list[int]:
        member = stores.members.find(world.people[FALSE].id)
        person = stores.people.numbered("10003")
        at = world.sandbox.clock.now()
        stores.grants.add(member, Role.SECRETARY, Area(branch=person.branch), None, at)
        return [person.id, member.id]

    person, member = await world.program.database.write(secretary)
    await works.says(SECRETARY, "/roles")
    await works.receives_press(FALSE, works.bot_messages()[-1], f"invitation.bind:{person}:{member}")
    assert await world.rows("people", "number = '10003' AND member_id IS NOT NULL") == 0


# Tasks, which give no right


async def test_a_task_for_a_name_of_the_roster_goes_to_whose_it_is(works: Place) -> None:
    """Although two in the group show that name."""
    await works.says(SECRETARY, "/task @李伟 明天18:00前 巡检")
    await works.presses(LI, "完成")
    assert await works.points_of(LI) == 5


async def test_a_name_that_is_shown_will_do_for_a_task_where_it_is_nobody_elses(works: Place, world: World) -> None:
    world.people[FALSE].first_name = "小钱"
    await works.says(FALSE, "早")
    assert "📌" in await works.says(SECRETARY, "/task @小钱 明天18:00前 巡检")
    assert "📌" in await works.says(SECRETARY, "/task @王海燕 明天18:00前 巡检"), "on the roster, not linked yet"


async def test_whoever_shows_the_name_of_somebody_elsewhere_gets_no_task(works: Place, world: World) -> None:
    works.sandbox.remove_member(works.chat, works.person(SUN), by=works.person(SECRETARY))
    await world.idle()
    world.people[FALSE].first_name = "孙丽"
    await works.says(FALSE, "早")
    assert "不一定是本人" in await works.says(SECRETARY, "/task @孙丽 明天18:00前 巡检")
    assert await world.rows("tasks") == 0
