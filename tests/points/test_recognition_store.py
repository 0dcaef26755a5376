"""Thanks and honours in the store, on both engines."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.admin.enterprise import DEFAULT
from domain.admin.setting import Name, Scope, Where
from domain.ids import HonourId, ThanksId
from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.naming import Chosen, Kind
from domain.people.permission import EVERYWHERE, Role
from domain.people.person import Entry
from domain.people.privacy import nobody
from domain.points import honour, thanks
from domain.points.honour import NotForThem
from domain.points.honour.model import Honour
from domain.points.thanks import AllThanked, Thanks
from domain.points.thanks.pairs import tell
from domain.reporting import Span
from tests.stores import AT, LOCALE, Branch, queued

A_DAY = timedelta(days=1)


def admitted(stores: Any, branch: Branch) -> Any:
    """The group, in which the bot works."""
    group = stores.chats.get(branch.group.id)
    if not group.is_admitted:
        stores.chats.decide(group, Admission.ADMITTED, None, AT)
    return stores.chats.get(group.id)


def gives(stores: Any, group: Any, giver: Any, to: Any, *, reason: str, source: str) -> Any:
    """Somebody thanks somebody."""
    actor = Actor(giver, group, AT)
    return thanks.give(stores, actor, wanted=[Chosen(Kind.MEMBER, to.id)], reason=reason, source=source)


async def test_thanks_at_the_same_moment_do_not_exceed_the_allowance(engine: Any, branch: Branch) -> None:
    """Two programs on one store; on SQLite two openings of it."""
    programs = [engine.opened[0], await engine.open()] if engine.url.startswith("postgresql") else engine.opened * 2

    async def one(number: int) -> bool:
        def unit(stores: Any) -> bool:
            gives(
                stores,
                admitted(stores, branch),
                branch.li,
                branch.wang,
                reason=f"修好了{number}号泵",
                source=f"-1001/{number}",
            )
            return True

        try:
            return bool(await programs[number % 2].write(unit))
        except AllThanked:
            return False

    given = await asyncio.gather(*(one(number) for number in range(8)))
    assert given.count(True) == 3

    def look(stores: Any) -> tuple[int, int]:
        day = branch.group.day(AT)
        return len(stores.thanks.given_on(branch.li.id, day)), stores.points.total(branch.wang.id)

    assert await programs[0].read(look) == (3, 3)


async def test_the_points_of_a_day_are_capped_however_many_thank(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> int:
        for number in range(3):
            for giver in (branch.li, branch.zhao):
                gives(
                    stores,
                    admitted(stores, branch),
                    giver,
                    branch.wang,
                    reason=f"修好了{number}号泵",
                    source=f"{giver.id}/{number}",
                )
        return int(stores.points.total(branch.wang.id))

    assert await database.write(unit) == 3


async def test_what_a_stand_in_was_given_is_theirs_but_not_from_themselves(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> tuple[list[str], int, list[str]]:
        group = admitted(stores, branch)
        (standing,) = stores.members.await_named(["王海燕"], AT)
        for number, giver in enumerate((branch.li, branch.wang, branch.zhao)):
            new = Thanks(ThanksId(0), group.id, giver, standing, f"{number}", group.day(AT), AT)
            stores.thanks.add(new, f"-1001/{number}")
        new = Honour(
            HonourId(0), group.id, "先锋岗", standing, None, "", "零隐患", "一支部", branch.li.id, group.day(AT), AT
        )
        stores.honours.add(new, "draft:1")
        stores.hooks.merged(standing.id, branch.wang.id, AT)
        stores.hooks.merged(branch.wang.id, branch.wang.id, AT)
        received = sorted(one.reason for one in stores.thanks.received(branch.wang.id, 10))
        return (
            received,
            stores.points.total(branch.wang.id),
            [one.title for one in stores.honours.of_member(branch.wang.id, 9)],
        )

    assert await database.write(unit) == (["0", "2"], 2, ["先锋岗"])


async def test_erasing_takes_names_and_words_of_both(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> Any:
        for number, (giver, to) in enumerate(((branch.li, branch.wang), (branch.wang, branch.li))):
            gives(stores, admitted(stores, branch), giver, to, reason="修好了泵", source=f"-1001/{number}")
        group = admitted(stores, branch)
        new = Honour(
            HonourId(0), group.id, "先锋岗", branch.li, None, "", "零隐患", "一支部", branch.wang.id, group.day(AT), AT
        )
        made = stores.honours.add(new, "draft:1")
        stores.privacy.forget_member(branch.li.id, nobody(stores, AT).id, AT)
        (got,) = stores.thanks.received(branch.wang.id, 9)
        causes = [one.cause for who in (branch.li, branch.wang) for one in stores.points.entries(who.id, 9)]
        kept = stores.honours.get(made.id)
        return got.giver.platform_id, got.reason, causes, kept.title, kept.citation, stores.points.total(branch.wang.id)

    assert await database.write(unit) == (0, "", ["", ""], "先锋岗", "", 1)


async def test_exports_name_nobody_who_does_not_want_to_be_named(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> list[Any]:
        gives(stores, admitted(stores, branch), branch.li, branch.wang, reason="修好了泵", source="-1001/1")
        gives(stores, admitted(stores, branch), branch.zhao, branch.wang, reason="修好了灯", source="-1001/2")
        stores.settings.put(Where(Scope.MEMBER, branch.li.id), Name.ON_BOARD, "no")
        span = Span(branch.group, AT, AT + A_DAY, AT + A_DAY, 10, named=True)
        export = thanks.FEATURE.export
        assert export is not None
        named = export.read(stores, span).tables()[0].rows
        return [*named, *export.read(stores, replace(span, named=False)).tables()[0].rows]

    hidden, shown, counted = await database.write(unit)
    assert (hidden[1], hidden[3]) == (None, "")
    assert (shown[1].name, shown[2].name, shown[3]) == ("赵敏", "王海燕", "修好了灯")
    assert counted == (2,)


async def test_administrators_hear_of_pairs_in_private_once_a_month(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> list[str]:
        group = admitted(stores, branch)
        private = stores.chats.add(ChatProfile(branch.zhao.platform_id, ChatKind.PRIVATE, "赵敏"), LOCALE, AT)
        stores.members.save(replace(branch.zhao, private=private.id))
        stores.grants.add(branch.zhao, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        for number in range(4):
            at = AT - A_DAY * number
            for giver, to in ((branch.li, branch.wang), (branch.wang, branch.li)):
                new = Thanks(ThanksId(0), group.id, giver, to, f"{number}", group.day(at), at)
                stores.thanks.add(new, f"{giver.id}/{number}")
        tell(stores, AT + A_DAY)
        tell(stores, AT + A_DAY)
        return [one.body["text"] for one in queued(stores) if one.chat == private.id]

    (told,) = await database.write(unit)
    assert "thanks.pairs" in told


async def test_a_title_is_for_people_or_for_branches_and_given_once(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> list[tuple[str, Any, str]]:
        enterprise = replace(DEFAULT, honours=("先锋岗",), team_honours=("突击队",))
        chosen = replace(stores, enterprise=enterprise)
        own, other = (
            branches.add(chosen, parent=None, kind=BranchKind.BRANCH, name=name) for name in ("一支部", "二支部")
        )
        admitted(chosen, branch)
        group = branches.bind(chosen, chat=admitted(chosen, branch), branch=own.id)
        chosen.grants.add(branch.zhao, Role.SECRETARY, EVERYWHERE, None, AT)
        (person,) = chosen.people.add([Entry("9", "孙丽", own.id)])
        actor = Actor(branch.zhao, group, AT)

        def gives_title(title: str, to: Chosen, source: str) -> Honour:
            return honour.give(chosen, actor, title=title, to=to, citation="零隐患", source=source)

        for title, to in (
            ("突击队", Chosen(Kind.MEMBER, branch.li.id)),
            ("先锋岗", Chosen(Kind.EVERYBODY, 0)),
            ("劳模", Chosen(Kind.MEMBER, branch.li.id)),
        ):
            with pytest.raises(NotForThem):
                gives_title(title, to, "draft:0")
        with pytest.raises(honour.NotOfThisBranch):
            gives_title("突击队", Chosen(Kind.BRANCH, other.id), "draft:0")
        found = [
            gives_title("先锋岗", Chosen(Kind.PERSON, person.id), "draft:1"),
            gives_title("先锋岗", Chosen(Kind.PERSON, person.id), "draft:1"),
            gives_title("突击队", Chosen(Kind.EVERYBODY, 0), "draft:2"),
        ]
        return [(one.title, one.member and one.member.name, one.branch_name) for one in found]

    assert await database.write(unit) == [("先锋岗", "孙丽", ""), ("先锋岗", "孙丽", ""), ("突击队", None, "一支部")]


async def test_days_of_joining_are_found_by_month_and_day(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> list[str]:
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部").id
        days = (date(2008, 2, 29), date(2001, 2, 28), date(2001, 3, 1))
        entries = [Entry(str(day), str(day), place, joined_on=day) for day in days]
        for person, who in zip(stores.people.add(entries), (branch.li, branch.wang, branch.zhao), strict=True):
            stores.people.link(person.id, who.id)
        both = [one.name for one in stores.anniversaries.joined([(2, 28), (2, 29)], date(2027, 2, 28))]
        one = [one.name for one in stores.anniversaries.joined([(2, 29)], date(2028, 2, 29))]
        stores.people.leave(stores.people.of_member(branch.li.id).id, date(2028, 2, 29))
        return [*both, *one, *(x.name for x in stores.anniversaries.joined([(2, 29)], date(2028, 2, 29)))]

    assert await database.write(unit) == ["2001-02-28", "2008-02-29", "2008-02-29"]
