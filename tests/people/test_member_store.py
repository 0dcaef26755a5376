"""Members: who a name means, and whose it is now."""

from dataclasses import replace
from datetime import timedelta

from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.person import Entry
from tests.stores import AT, LOCALE


def named(stores, name):
    found = stores.members.named(name)
    return found and found.id


async def test_a_user_name_is_found_in_any_case_of_letters(database):
    li = await database.write(lambda stores: stores.members.add(PersonProfile(1, "李伟", "LiWei"), AT))
    for name in ("liwei", "LIWEI", "LiWei"):
        assert await database.read(named, name) == li.id
    assert await database.read(named, "li") is None


async def test_a_user_name_belongs_to_who_took_it_last(database):
    li = await database.write(lambda stores: stores.members.add(PersonProfile(1, "李伟", "chief"), AT))
    wang = await database.write(lambda stores: stores.members.add(PersonProfile(2, "王海燕", "Chief"), AT))
    assert await database.read(named, "chief") == wang.id
    assert (await database.read(lambda stores: stores.members.get(li.id))).username is None
    await database.write(lambda stores: stores.members.save(replace(li, username="CHIEF")))
    assert await database.read(named, "chief") == li.id
    assert (await database.read(lambda stores: stores.members.get(wang.id))).username is None


async def test_who_is_awaited_has_a_name_and_no_id_of_the_platform(database):
    awaited = await database.write(lambda stores: stores.members.await_username("zhao_min", AT))
    found = await database.read(lambda stores: stores.members.named("Zhao_Min"))
    assert found == awaited
    assert (found.platform_id, found.name, found.username) == (None, "@zhao_min", "zhao_min")


async def test_several_are_awaited_at_once(database):
    names = ("a_one", "b_two", "c_three")
    awaited = [await database.write(lambda stores, n=n: stores.members.await_username(n, AT).id) for n in names]
    assert [await database.read(named, name) for name in names] == awaited


async def test_everything_about_a_member_comes_back(database):
    def unit(stores):
        private = stores.chats.add(ChatProfile(7, ChatKind.PRIVATE, "李"), LOCALE, AT)
        made = stores.members.add(PersonProfile(2**52, "李\u202e<伟>", "li", "en"), AT)
        stores.members.save(replace(made, private=private.id, name="李", language="zh"))
        return made.id, private.id

    member, private = await database.write(unit)
    found = await database.read(lambda stores: stores.members.find(2**52))
    assert (found.id, found.name, found.username, found.language, found.private) == (member, "李", "li", "zh", private)
    assert await database.read(lambda stores: stores.members.find(3)) is None


async def test_a_group_has_those_who_are_in_it_oldest_first(database, branch):
    group = branch.group.id

    def names(stores):
        return [member.name for member in stores.members.of(group)]

    assert await database.read(names) == ["李伟", "王海燕", "赵敏"]
    await database.write(lambda stores: stores.members.leave(group, branch.li.id, AT))
    await database.write(lambda stores: stores.members.join(group, branch.wang.id, AT + timedelta(days=1)))
    assert await database.read(names) == ["王海燕", "赵敏"]
    await database.write(lambda stores: stores.members.join(group, branch.li.id, AT + timedelta(days=2)))
    assert "李伟" in await database.read(names)


async def test_a_display_name_is_found_among_those_present(database, branch):
    def called(stores, name):
        return [member.id for member in stores.members.called(branch.group.id, name)]

    double = await database.write(lambda stores: stores.members.add(PersonProfile(9, "李伟"), AT))
    assert await database.read(called, "李伟") == [branch.li.id]
    await database.write(lambda stores: stores.members.join(branch.group.id, double.id, AT))
    assert set(await database.read(called, "李伟")) == {branch.li.id, double.id}
    assert await database.read(called, "李") == []


async def test_home_is_the_group_that_one_has_spoken_in_last_and_is_still_in(database, branch):
    def home(stores):
        return stores.members.home(branch.li.id)

    other = await database.write(
        lambda stores: stores.chats.add(ChatProfile(-5, ChatKind.GROUP, "other"), LOCALE, AT).id
    )
    await database.write(lambda stores: stores.members.speak(other, branch.li.id, AT + timedelta(hours=1)))
    assert await database.read(home) == other
    await database.write(lambda stores: stores.members.leave(other, branch.li.id, AT + timedelta(hours=2)))
    assert await database.read(home) == branch.group.id
    await database.write(lambda stores: stores.members.leave(branch.group.id, branch.li.id, AT + timedelta(hours=3)))
    assert await database.read(home) is None


async def test_home_is_the_group_that_one_came_back_to(database, branch):
    other = (
        await database.write(lambda stores: stores.chats.add(ChatProfile(-9, ChatKind.GROUP, "另一组"), LOCALE, AT))
    ).id

    def move_about(stores):
        stores.members.speak(other, branch.li.id, AT + timedelta(hours=1))
        stores.members.leave(branch.group.id, branch.li.id, AT + timedelta(hours=2))
        stores.members.speak(branch.group.id, branch.li.id, AT + timedelta(hours=3))
        stores.members.speak(other, branch.li.id, AT + timedelta(hours=4))  # no matter how often

    await database.write(move_about)
    assert await database.read(lambda stores: stores.members.home(branch.li.id)) == branch.group.id


async def test_being_added_by_others_makes_no_home(database, branch):
    other = await database.write(lambda stores: stores.chats.add(ChatProfile(-5, ChatKind.GROUP, "other"), LOCALE, AT))
    await database.write(lambda stores: stores.members.join(other.id, branch.li.id, AT + timedelta(hours=1)))
    assert await database.read(lambda stores: stores.members.home(branch.li.id)) == branch.group.id
    assert [one.id for one in await database.read(lambda stores: stores.members.groups_of(branch.li.id, 9))] == [
        branch.group.id
    ]


async def test_home_is_the_group_of_the_rosters_branch_also_for_who_has_spoken_elsewhere(database, branch):
    def unit(stores):
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        (person,) = stores.people.add([Entry("1", "李伟", own.id)])
        stores.people.link(person.id, branch.li.id)
        group = stores.chats.add(ChatProfile(-5, ChatKind.GROUP, "一支部"), LOCALE, AT)
        branches.bind(stores, chat=group, branch=own.id)
        stores.members.speak(branch.group.id, branch.li.id, AT + timedelta(hours=1))
        return group

    group = await database.write(unit)
    assert await database.read(lambda stores: stores.members.home(branch.li.id)) == group.id
    await database.write(lambda stores: stores.chats.decide(group, Admission.REFUSED, None, AT))
    assert await database.read(lambda stores: stores.members.home(branch.li.id)) == branch.group.id
