"""Applications on both engines: one award however many approve, and what waits goes where it belongs."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from typing import Any

import pytest

from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Entry
from domain.points import application
from domain.points.application import (
    MAX_OPEN,
    AlreadyApplied,
    ApplicationAnswered,
    ApplicationOver,
    ItemGone,
    NotAnItem,
    OwnApplication,
    TooManyApplications,
    WrongEvidence,
    approving,
)
from domain.refusal import NotAllowed, Refusal
from tests.points.schemes import TEXT, activated
from tests.stores import AT, LOCALE

TOGETHER = 6
DAY = AT.date()


class Office:
    """A branch below another, each with a secretary; two members of the lower one; an administrator."""

    def __init__(self, stores: Any) -> None:
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委").id
        self.branch = branches.add(stores, parent=top, kind=BranchKind.BRANCH, name="一支部").id
        self.other = branches.add(stores, parent=top, kind=BranchKind.BRANCH, name="二支部").id
        met = stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "一支部"), LOCALE, AT)
        self.group = branches.bind(stores, chat=met, branch=self.branch)
        names = ("李伟", "王海燕", "赵敏", "钱进", "孙丽", "周杰")
        people = stores.people.add([Entry(str(n), name, self.branch) for n, name in enumerate(names)])
        self.li, self.wang, self.zhao, self.qian, self.sun, self.zhou = (
            self.meet(stores, n, one) for n, one in enumerate(people, 1)
        )
        given = ((self.zhao, self.branch), (self.wang, self.branch), (self.qian, top), (self.zhou, self.other))
        for who, where in given:
            stores.grants.add(who.member, Role.SECRETARY, Area(branch=where), None, AT)
        stores.grants.add(self.sun.member, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        activated(stores)

    def meet(self, stores: Any, number: int, person: Any) -> Actor:
        member = stores.members.add(PersonProfile(number, person.name), AT)
        private = stores.chats.add(ChatProfile(number, ChatKind.PRIVATE, person.name), LOCALE, AT)
        known = replace(member, private=private.id)
        stores.members.save(known)
        stores.people.link(person.id, known.id)
        stores.members.speak(self.group.id, known.id, AT)
        return Actor(known, private, AT)


def applied(stores: Any, who: Actor, words: str = "扫雪", item: str = "volunteer", source: str = "") -> Any:
    made = application.apply(stores, who, item=item, words=words, source=source or f"{who.member.id}:{words}:{item}")
    return made.shown.application


@pytest.fixture
async def office(database):
    return await database.write(Office)


async def test_many_approve_at_once_and_it_counts_once(office, database, engine):
    programs = cycle([database, await engine.open(), await engine.open()])
    number = (await database.write(partial(applied, who=office.li))).id
    answers = [office.zhao, office.wang, office.sun] * (TOGETHER // 3)

    async def approve(who: Actor) -> str:
        try:
            await next(programs).write(partial(application.approve, actor=who, number=number))
        except ApplicationAnswered:
            return "late"
        return "approved"

    assert sorted(await asyncio.gather(*map(approve, answers))) == ["approved", *["late"] * (TOGETHER - 1)]
    assert await database.read(lambda stores: stores.points.total(office.li.member.id)) == 2


async def test_who_answers(office, database):
    def unit(stores):
        mine, secretarys = applied(stores, office.li), applied(stores, office.zhao)
        asked = {one.id: {other.id for other in application.approvers(stores, one)} for one in (mine, secretarys)}
        assert asked[mine.id] == {office.zhao.member.id, office.wang.member.id}
        assert asked[secretarys.id] == {office.qian.member.id}, "not the colleague beside them"
        for who, what, refusal in (
            (office.li, mine, NotAllowed),
            (office.zhou, mine, NotAllowed),
            (office.wang, secretarys, NotAllowed),
            (office.zhao, secretarys, Refusal),
        ):
            with pytest.raises(refusal):
                application.approve(stores, who, number=what.id)
        with pytest.raises(ApplicationOver):
            application.withdraw(stores, office.wang, number=mine.id)
        own = applied(stores, office.sun)
        asked_now = {one.id for one in application.approvers(stores, own)}
        assert asked_now == {office.wang.member.id, office.zhao.member.id}
        with pytest.raises(OwnApplication):
            application.approve(stores, office.sun, number=own.id)

    await database.write(unit)


async def test_what_waits_elsewhere_hides_nothing(office, database, monkeypatch):
    monkeypatch.setattr(approving, "LOOKED_AT", 2)

    def unit(stores):
        for words in "一二三":
            made = applied(stores, office.li, words)
        in_another, in_no_branch = (
            stores.applications.add(replace(made, branch=branch), f"source:{branch}") for branch in (office.other, None)
        )
        found = application.waiting_for(stores, office.zhou.member.id)
        assert [one.id for one in found] == [in_another.id]
        assert in_no_branch.place == (None, office.group.id)
        assert set(stores.applications.places()) == {made.place, in_another.place, in_no_branch.place}
        assert len(application.waiting_for(stores, office.zhao.member.id)) == approving.LOOKED_AT

    await database.write(unit)


async def test_limits(office, database):
    def unit(stores):
        applied(stores, office.li)
        again = applied(stores, office.li)
        assert len(stores.applications.waiting(stores.applications.places(), 9)) == 1, "the same form"
        with pytest.raises(AlreadyApplied):
            applied(stores, office.li, source="draft:9")
        for words in ("", " \u200b", "x" * 501):
            with pytest.raises(WrongEvidence):
                applied(stores, office.li, words=words, source="draft:10")
        for item in ("unsafe", "discipline", "nothing", "read"):
            with pytest.raises(NotAnItem):
                applied(stores, office.li, item=item)
        for number in range(1, MAX_OPEN):
            applied(stores, office.li, words=f"第{number}次")
        with pytest.raises(TooManyApplications):
            applied(stores, office.li, words="又一次")
        application.withdraw(stores, office.li, number=again.id)
        with pytest.raises(ApplicationAnswered):
            application.approve(stores, office.zhao, number=again.id)
        applied(stores, office.li, source="draft:11")

    await database.write(unit)


async def test_points_are_those_of_its_day_within_its_caps(office, database):
    later = AT + timedelta(days=40)

    def unit(stores):
        first, second = applied(stores, office.li), applied(stores, office.li, words="扶老人过马路")
        activated(
            stores, TEXT.replace("points = 2", "points = 9").replace("2026-01-01", "2026-12-01"), date(2026, 12, 1)
        )
        without = TEXT.replace('"volunteer"', '"other"').replace("2026-01-01", "2026-12-15")
        activated(stores, without, date(2026, 12, 15))
        secretary = replace(office.zhao, now=later)
        assert application.approve(stores, secretary, number=first.id).application.points == 2
        assert application.approve(stores, secretary, number=second.id).application.points == 1, "3 a day"
        entries = stores.points.entries(office.li.member.id, 9)
        assert {(one.day, one.facts) for one in entries} == {(office.group.day(AT), '{"item":"volunteer"}')}

    await database.write(unit)


async def test_what_its_own_day_has_no_rule_for_can_only_be_given_back(office, database):
    def unit(stores):
        made = applied(stores, office.li)
        activated(stores, TEXT.replace('"volunteer"', '"other"'))
        with pytest.raises(ItemGone):
            application.approve(stores, office.zhao, number=made.id)

    with pytest.raises(ZeroDivisionError):
        await database.write(lambda stores: (unit(stores), 1 // 0))
    await database.read(lambda stores: stores.schemes.reload())


async def test_leavers_stand_ins_and_who_is_erased(office, database):
    def unit(stores):
        made = applied(stores, office.li)
        stores.hooks.left(office.li.member.id, None, AT)
        assert not stores.applications.places()
        assert not stores.outbox.stands(application.inbox(office.zhao.member.id))
        kept = applied(stores, office.wang)
        stores.hooks.merged(office.wang.member.id, office.li.member.id, AT)
        assert [one.id for one in stores.applications.open_of(office.li.member.id, 9)] == [kept.id]
        stores.hooks.forgotten(office.li.member.id, AT)
        assert not stores.applications.places()
        assert stores.applications.get(made.id).state is application.State.WITHDRAWN

    await database.write(unit)


async def test_a_branch_without_a_secretary_is_answered_for_above(office, database):
    def unit(stores):
        for grant in stores.grants.of_branch(office.branch):
            stores.grants.end(grant.id, None, AT)
        made = applied(stores, office.li)
        assert [one.id for one in application.approvers(stores, made)] == [office.qian.member.id]
        assert [one.id for one in application.waiting_for(stores, office.qian.member.id)] == [made.id]
        application.refuse(stores, office.qian, number=made.id, reason="没有照片")

    await database.write(unit)
