"""The library's use cases on both engines: all or nothing, what stays, who is told of what expires, for whom it is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Role
from domain.people.person import Entry
from domain.study import audience, expiring, importing
from domain.study.audience import Audience
from domain.study.campaign import Campaign
from domain.study.course import Course
from domain.study.item import SOON, Lesson, Media, MediaKind
from domain.study.library import Library, Reason, WrongLibrary
from tests.stores import AT, LOCALE

TODAY = AT.date()
HELMET = Lesson("helmet", "安全帽", "安全", "系紧。", "规程")
LOCK = Lesson("lock", "上锁", "安全", "锁。", "规程", expires=TODAY + SOON)


def bring_in(stores: Any, **library: Any) -> Any:
    return importing.carry_out(stores, library=Library(**library), by=None, at=AT)


async def test_an_import_changes_what_it_says_and_keeps_what_no_file_can_say(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部").id
        (li, _) = stores.people.add([Entry("1", "李伟", place), Entry("2", "无号", place)])
        stores.people.link(li.id, branch.li.id)
        first = bring_in(stores, lessons=(HELMET, LOCK), owners={"helmet": "1", "lock": "2"})
        assert (first.added, first.changed, first.same) == (("安全帽", "上锁"), (), 0)
        assert [(one.item, one.field) for one in first.lost] == [("lock", "owner")]
        picture = Media(MediaKind.PICTURE, "f")
        stores.studies.put(replace(HELMET, owner=branch.li.id, media=picture))
        again = bring_in(stores, lessons=(HELMET, replace(LOCK, text="新")))
        assert (again.added, again.changed, again.same) == ((), ("上锁",), 1)
        (kept, _) = stores.studies.all()
        assert (kept.lesson.owner, kept.lesson.media) == (branch.li.id, picture)
        whole = importing.whole(stores)
        assert whole.owners == {"helmet": "1"}
        assert importing.plan(stores, library=whole).is_empty

    await database.write(unit)


async def test_names_that_mean_nothing_are_told_together_and_nothing_is_changed(database: Any) -> None:
    library = Library(
        (replace(HELMET, audience=Audience(("二支部",))),),
        (Course("c", "课", ("helmet", "none")),),
        (Campaign("k", "学", TODAY, TODAY, 100, ("gone",)),),
        {"helmet": "77"},
    )

    def unit(stores: Any) -> None:
        with pytest.raises(WrongLibrary) as caught:
            importing.carry_out(stores, library=library, by=None, at=AT)
        assert [(one.item, one.reason, one.detail) for one in caught.value.faults] == [
            ("helmet", Reason.NO_SUCH_BRANCH, "二支部"),
            ("helmet", Reason.NO_SUCH_PERSON, "77"),
            ("c", Reason.NO_SUCH_ITEM, "none"),
            ("k", Reason.NO_SUCH_ITEM, "gone"),
        ]
        assert stores.studies.count() == 0

    await database.write(unit)


async def test_an_import_that_breaks_off_changes_nothing(database: Any) -> None:
    def broken(stores: Any) -> None:
        bring_in(stores, lessons=(HELMET, LOCK))
        raise RuntimeError("the machine stops")

    with pytest.raises(RuntimeError):
        await database.write(broken)
    assert await database.read(lambda stores: stores.studies.count()) == 0


async def test_owners_are_told_once_of_what_expires_and_secretaries_of_the_rest(database: Any, branch: Any) -> None:
    def begin(stores: Any) -> None:
        for member in (branch.li, branch.wang):
            chat = stores.chats.add(ChatProfile(member.platform_id, ChatKind.PRIVATE, "x"), LOCALE, AT)
            stores.members.save(replace(member, private=chat.id))
        stores.grants.add(branch.wang, Role.SECRETARY, EVERYWHERE, None, AT)
        lessons = [
            replace(LOCK, code="own", owner=branch.li.id),
            replace(LOCK, code="mine", owner=branch.li.id, expires=TODAY),
            replace(LOCK, code="nobody’s"),
            replace(LOCK, code="later", expires=TODAY + SOON + timedelta(days=1)),
            replace(LOCK, code="over", expires=TODAY - timedelta(days=1)),
        ]
        for lesson in lessons:
            stores.studies.put(lesson)

    def told(stores: Any, days: int) -> int:
        expiring.tell(stores, AT + timedelta(days=days))
        return int(stores.connection.execute(sql("SELECT count(*) FROM outbox")).scalar_one())

    await database.write(begin)
    assert [await database.write(told, days) for days in (0, 0, 1, 1)] == [2, 2, 3, 3]


async def test_an_audience_is_a_branch_a_role_or_a_trade(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> None:
        above = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委").id
        own = branches.add(stores, parent=above, kind=BranchKind.BRANCH, name="一支部").id
        other = branches.add(stores, parent=above, kind=BranchKind.BRANCH, name="二支部").id
        entries = [
            Entry("1", "李伟", own, "焊工（高级）"),
            Entry("2", "王海燕", own, "书记"),
            Entry("3", "赵敏", other),
        ]
        for person, member in zip(stores.people.add(entries), (branch.li, branch.wang, branch.zhao), strict=True):
            stores.people.link(person.id, member.id)
        stores.grants.add(branch.wang, Role.SECRETARY, EVERYWHERE, None, AT)
        group = branches.bind(stores, chat=branch.group, branch=own)
        stores.chats.decide(group, Admission.ADMITTED, None, AT)

        def who(whom: Audience) -> tuple[str, bool]:
            members = (branch.li, branch.wang, branch.zhao)
            names = "".join(one.name[0] for one in members if audience.includes(stores, whom, one.id))
            return names, audience.includes_group(stores, whom, group)

        assert who(Audience()) == ("李王赵", True)
        assert who(Audience(("党委",))) == ("李王赵", True)
        assert who(Audience(("党委/二支部", "不在了"))) == ("赵", False)
        assert who(Audience((), (Role.SECRETARY,))) == ("王", False)
        assert who(Audience((), (), ("焊工", "书记"))) == ("李王", True)
        assert who(Audience(("一支部",), (Role.SECRETARY,), ("焊工",))) == ("", False)
        stranger = stores.members.add(PersonProfile(999, "客"), AT)
        assert not audience.includes(stores, Audience(("党委",)), stranger.id)
        assert audience.includes(stores, Audience(), stranger.id)

    await database.write(unit)


async def test_what_one_member_owns_becomes_the_others(database: Any, branch: Any) -> None:
    def unit(stores: Any) -> Any:
        stores.studies.put(replace(HELMET, owner=branch.li.id))
        stores.hooks.merged(branch.li.id, branch.wang.id, AT)
        return stores.studies.all()[0].lesson.owner

    assert await database.write(unit) == branch.wang.id
