"""Settings: inherited downwards, changed with a record, kept with chats where the hot path needs them."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from domain.admin import setting
from domain.admin.enterprise import Enterprise
from domain.admin.setting import ENTERPRISE, SETTINGS, Name, Ranking, Reminding, Scope, Where
from domain.admin.setting.model import (
    NoSuchValue,
    NoSuchZone,
    NotABudget,
    NotAClock,
    NotALimit,
    NotANumber,
    NotDelays,
    NotSetHere,
)
from domain.messaging import burden
from domain.messaging.chat import ChatKind, ChatProfile, Locale
from domain.messaging.message import Message, Poll, Subject
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import Origin, PersonProfile, enrol
from domain.people.person import Entry
from domain.points import board as boards
from domain.points import points
from domain.work import task
from handlers.admin.arguments import budget_of
from tests.stores import AT, LOCALE, people


@pytest.fixture
async def tree(database, branch):
    """A committee above a branch, to which the group belongs."""

    def grow(stores):
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
        own = branches.add(stores, parent=top.id, kind=BranchKind.BRANCH, name="一支部")
        branches.bind(stores, chat=branch.group, branch=own.id)
        return top.id, own.id

    return await database.write(grow)


async def change(database, branch, name, where, words, *, locale=LOCALE):
    def unit(stores):
        chat = branch.group if where.scope is Scope.CHAT else replace(branch.group, kind=ChatKind.PRIVATE)
        actor = Actor(branch.li, chat, AT, is_root_admin=True)
        known = replace(stores, enterprise=Enterprise(locale))
        setting.change(known, actor, name=name, where=where, words=words)

    await database.write(unit)


async def value(database, branch, name, member=None):
    def ask(stores):
        return setting.value_of(stores, name, chat=stores.chats.get(branch.group.id), member=member)

    return await database.read(ask)


def place(branch, tree, scope):
    ids = {Scope.MEMBER: branch.li.id, Scope.CHAT: branch.group.id, Scope.BRANCH: tree[1], Scope.ENTERPRISE: 0}
    return Where(scope, ids[scope])


async def test_what_nobody_has_set_is_the_default(database, branch, tree):
    assert await value(database, branch, Name.REMINDERS) == SETTINGS[Name.REMINDERS].default


async def test_the_nearest_holds(database, branch, tree):
    tops = [Where(Scope.BRANCH, above) for above in tree]
    outermost = [ENTERPRISE, *tops, Where(Scope.CHAT, branch.group.id)]
    for cap, where in enumerate(outermost, 10):
        await change(database, branch, Name.CAP, where, str(cap))
        assert await value(database, branch, Name.CAP) == str(cap)
    for cap, where in reversed(list(enumerate(outermost, 10))):
        assert await value(database, branch, Name.CAP) == str(cap)
        await change(database, branch, Name.CAP, where, None)
    assert await value(database, branch, Name.CAP) == SETTINGS[Name.CAP].default


async def test_a_person_comes_before_their_group(database, branch, tree):
    await change(database, branch, Name.REMINDERS, Where(Scope.CHAT, branch.group.id), "off")
    await change(database, branch, Name.REMINDERS, Where(Scope.MEMBER, branch.li.id), "late")
    assert await value(database, branch, Name.REMINDERS, branch.li.id) == Reminding.LATE
    assert await value(database, branch, Name.REMINDERS, branch.wang.id) == Reminding.OFF


async def test_another_branch_says_nothing_here(database, branch, tree):
    other = await database.write(branches.add, parent=tree[0], kind=BranchKind.BRANCH, name="二支部")
    await change(database, branch, Name.CAP, Where(Scope.BRANCH, other.id), "7")
    assert await value(database, branch, Name.CAP) == SETTINGS[Name.CAP].default


async def test_what_holds_is_asked_with_one_statement(database, branch, tree):
    def ask(stores):
        chat, counted = stores.chats.get(branch.group.id), []
        event.listen(stores.connection, "before_cursor_execute", lambda *_: counted.append(1))
        setting.value_of(stores, Name.CAP, chat=chat)
        return len(counted)

    assert await database.read(ask) == 1


async def test_changes_are_on_record_and_none_is_none(database, branch, tree):
    for words in ("30", "30", " 31 ", None, None):
        await change(database, branch, Name.CAP, Where(Scope.CHAT, branch.group.id), words)
    noted = await database.read(lambda stores: [(r.subject, r.old, r.new) for r in stores.audit.chain()])
    subject = f"cap chat:{branch.group.id}"
    assert noted == [(subject, None, "30"), (subject, "30", "31"), (subject, "31", None)]


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ((Name.ZONE, Scope.CHAT, "Asia/Beijing"), NoSuchZone),
        ((Name.ZONE, Scope.CHAT, "../../etc/passwd"), NoSuchZone),
        ((Name.ZONE, Scope.CHAT, ""), NoSuchZone),
        ((Name.ZONE, Scope.CHAT, "Asia"), NoSuchZone),
        ((Name.ZONE, Scope.MEMBER, "Asia/Shanghai"), NotSetHere),
        ((Name.CAP, Scope.CHAT, "0"), NotANumber),
        ((Name.CAP, Scope.CHAT, "201"), NotANumber),
        ((Name.CAP, Scope.CHAT, "-3"), NotANumber),
        ((Name.CAP, Scope.CHAT, "many"), NotANumber),
        ((Name.CAP, Scope.CHAT, "9" * 5000), NotANumber),
        ((Name.CAP, Scope.MEMBER, "7"), NotSetHere),
        ((Name.MORNING, Scope.CHAT, "24:00"), NotAClock),
        ((Name.MORNING, Scope.CHAT, "8"), NotAClock),
        ((Name.MORNING, Scope.CHAT, "٠٨:00"), NotAClock),
        ((Name.DAY_END, Scope.CHAT, "24:00"), NotAClock),
        ((Name.DAY_END, Scope.CHAT, "08:00"), NotAClock),
        ((Name.DAY_END, Scope.MEMBER, "17:00"), NotSetHere),
        ((Name.REWARD_BUDGET, Scope.BRANCH, "5000"), NotABudget),
        ((Name.REWARD_BUDGET, Scope.BRANCH, "5000 pounds"), NotABudget),
        ((Name.REWARD_BUDGET, Scope.CHAT, "5000 yuan"), NotSetHere),
        ((Name.ACTIVITY_APPROVAL, Scope.ENTERPRISE, "many"), NotALimit),
        ((Name.RANKING, Scope.CHAT, "secret"), NoSuchValue),
        ((Name.ON_BOARD, Scope.CHAT, "no"), NotSetHere),
        ((Name.LANGUAGE, Scope.MEMBER, "fr"), NoSuchValue),
    ],
)
async def test_what_cannot_be_is_refused_by_name(database, branch, tree, wanted, refusal):
    name, scope, words = wanted
    with pytest.raises(refusal):
        await change(database, branch, name, place(branch, tree, scope), words)
    assert await database.read(lambda stores: stores.audit.tip().number) == 0


@pytest.mark.parametrize("name", Name)
async def test_every_setting_can_be_each_of_its_choices_wherever_it_is(database, branch, tree, name):
    for scope in SETTINGS[name].scopes:
        for words in (*SETTINGS[name].choices, None):
            await change(database, branch, name, place(branch, tree, scope), words)


@pytest.mark.parametrize("typed", ["5000元", "５０００ 块", "5000 RMB", "5000 yuan", "05000元"])
async def test_a_budget_of_yuan_is_kept_as_one(database, branch, tree, typed):
    await change(database, branch, Name.REWARD_BUDGET, ENTERPRISE, budget_of(typed))
    assert await database.read(lambda stores: stores.settings.own(ENTERPRISE, Name.REWARD_BUDGET)) == "5000 yuan"


@pytest.mark.parametrize("typed", ["20000分", "20000 积分", "20000点", "20000 point", "20000 Points"])
async def test_a_budget_of_points_is_kept_as_one(database, branch, tree, typed):
    await change(database, branch, Name.REWARD_BUDGET, ENTERPRISE, budget_of(typed))
    assert await database.read(lambda stores: stores.settings.own(ENTERPRISE, Name.REWARD_BUDGET)) == "20000 points"


@pytest.mark.parametrize("typed", ["很多", "5000", "-5元", "5000元分", "1234567890元"])
async def test_what_is_no_budget_is_refused(database, branch, tree, typed):
    with pytest.raises(NotABudget):
        await change(database, branch, Name.REWARD_BUDGET, ENTERPRISE, budget_of(typed))


# Zone and language are kept with chats


async def group(database, branch):
    return await database.read(lambda stores: stores.chats.get(branch.group.id))


@pytest.mark.parametrize("scope", [Scope.CHAT, Scope.BRANCH, Scope.ENTERPRISE])
async def test_groups_keep_the_zone_and_the_language_that_hold(database, branch, tree, scope):
    where = place(branch, tree, scope)
    await change(database, branch, Name.ZONE, where, "Europe/London")
    await change(database, branch, Name.LANGUAGE, where, "en")
    assert ((await group(database, branch)).zone, (await group(database, branch)).language) == ("Europe/London", "en")
    await change(database, branch, Name.ZONE, where, None)
    await change(database, branch, Name.LANGUAGE, where, None)
    assert ((await group(database, branch)).zone, (await group(database, branch)).language) == (
        LOCALE.zone,
        LOCALE.language,
    )


async def test_a_group_that_has_its_own_does_not_follow(database, branch, tree):
    await change(database, branch, Name.ZONE, Where(Scope.CHAT, branch.group.id), "Asia/Tokyo")
    await change(database, branch, Name.ZONE, ENTERPRISE, "Europe/London")
    assert (await group(database, branch)).zone == "Asia/Tokyo"
    await change(database, branch, Name.ZONE, Where(Scope.CHAT, branch.group.id), None)
    assert (await group(database, branch)).zone == "Europe/London"


async def test_a_group_that_is_bound_takes_what_its_branch_has(database, branch):
    own = await database.write(branches.add, parent=None, kind=BranchKind.BRANCH, name="一支部")
    await change(database, branch, Name.LANGUAGE, Where(Scope.BRANCH, own.id), "en")
    assert (await group(database, branch)).language == "zh"
    bound = await database.write(branches.bind, chat=branch.group, branch=own.id)
    assert (bound.language, (await group(database, branch)).language) == ("en", "en")


async def test_a_new_group_takes_what_the_enterprise_has(database, branch):
    await change(database, branch, Name.LANGUAGE, ENTERPRISE, "en")
    seen = Origin(PersonProfile(901, "孙"), ChatProfile(-77, ChatKind.GROUP, "新群"))
    actor = await database.write(enrol, origin=seen, locale=LOCALE, at=AT)
    assert actor.chat.language == "en"


async def test_private_chats_are_on_the_enterprises_clock(database, branch):
    home = await database.write(lambda stores: stores.chats.add(ChatProfile(101, ChatKind.PRIVATE, "李伟"), LOCALE, AT))
    await change(database, branch, Name.ZONE, ENTERPRISE, "Asia/Tokyo")
    assert (await database.read(lambda stores: stores.chats.get(home.id))).zone == "Asia/Tokyo"
    await change(database, branch, Name.ZONE, ENTERPRISE, None, locale=Locale("Asia/Urumqi", "zh"))
    assert (await database.read(lambda stores: stores.chats.get(home.id))).zone == "Asia/Urumqi"


# Boards


async def earn(database, branch, *members):
    def award(stores):
        for number, who in enumerate(members):
            what = (task.DONE, {"on_time": True, "grade": "none", "late_workdays": 0})
            points.award(stores, who.id, branch.group, *what, source=f"task:{number}", cause="巡检", at=AT)

    await database.write(award)


async def board(database, branch, viewer=None):
    def ask(stores):
        chat = stores.chats.get(branch.group.id)
        return boards.board(stores, group=chat, monday=chat.week(AT), viewer=viewer and viewer.id)

    return await database.read(ask)


async def test_who_does_not_want_to_be_on_the_board_is_not(database, branch):
    await earn(database, branch, branch.li, branch.li, branch.wang)
    assert [s.member.name for s in (await board(database, branch)).standings] == ["李伟", "王海燕"]
    await change(database, branch, Name.ON_BOARD, Where(Scope.MEMBER, branch.li.id), "no")
    shown = await board(database, branch, branch.li)
    assert [(s.rank, s.member.name) for s in shown.standings] == [(1, "王海燕")]
    assert (shown.others, shown.own) == (0, None)
    assert await database.read(lambda stores: stores.points.total(branch.li.id)) == 10
    await change(database, branch, Name.ON_BOARD, Where(Scope.MEMBER, branch.li.id), None)
    assert len((await board(database, branch)).standings) == 2


async def test_in_private_ranking_there_is_no_board(database, branch):
    await earn(database, branch, branch.li)
    await change(database, branch, Name.RANKING, ENTERPRISE, "private")
    shown = await board(database, branch, branch.li)
    assert (shown.ranking, shown.standings, shown.own, shown.others) == (Ranking.PRIVATE, (), None, 0)


async def test_branches_are_ranked_by_points_for_each_person(database, branch, tree):
    def fill(stores):
        other = branches.add(stores, parent=tree[0], kind=BranchKind.BRANCH, name="二支部")
        branches.add(stores, parent=tree[0], kind=BranchKind.BRANCH, name="空支部")
        below = branches.add(stores, parent=other.id, kind=BranchKind.GROUP, name="一组")
        homes = (tree[1], tree[1], below.id)
        entries = [Entry(f"000{n}", name, home) for n, (name, home) in enumerate(zip("李王赵", homes, strict=True))]
        for person, who in zip(stores.people.add(entries), (branch.li, branch.wang, branch.zhao), strict=True):
            stores.people.link(person.id, who.id)

    await database.write(fill)
    await earn(database, branch, branch.li, branch.zhao)
    await change(database, branch, Name.RANKING, Where(Scope.BRANCH, tree[0]), "branch")
    shown = await board(database, branch)
    assert shown.standings == ()
    lines = [(line.rank, line.name, line.each, line.own) for line in shown.branches]
    assert lines == [(1, "二支部", 5.0, False), (2, "一支部", 2.5, True)]


async def test_a_board_of_many_branches_of_one_score_still_fits_a_message(database, branch, tree):
    def fill(stores):
        homes = [tree[1], *(stores.branches.add(tree[0], BranchKind.BRANCH, f"支部{n}").id for n in range(60))]
        stores.people.add([Entry(f"{n:04}", f"人{n}", home) for n, home in enumerate(homes)])

    await database.write(fill)
    await change(database, branch, Name.RANKING, ENTERPRISE, "branch")
    shown = (await board(database, branch)).branches
    assert len(shown) == 20
    assert [line.name for line in shown if line.own] == ["一支部"]


async def test_a_group_of_no_branch_has_no_board_of_branches(database, branch):
    await change(database, branch, Name.RANKING, ENTERPRISE, "branch")
    assert not (await board(database, branch)).branches


# Prompts


async def test_prompts_are_counted_for_group_and_person_and_answers_are_not(database, branch):
    def push(stores):
        for number, who in enumerate(people("李伟", "王海燕")):
            home = stores.chats.add(ChatProfile(who.platform_id, ChatKind.PRIVATE, who.name), LOCALE, AT)
            member = (branch.li, branch.wang)[number]
            stores.members.save(member.__class__(member.id, member.platform_id, member.name, None, None, home.id))
            for count in range(3):
                stores.outbox.send(home.id, Message("task.reminder"), key=f"private:{number}:{count}")
        for number in range(4):
            stores.outbox.send(branch.group.id, Message("study.prompt"), key=f"group:{number}")
        stores.outbox.send_poll(branch.group.id, Poll("?", ("a", "b")), key="poll", subject=Subject("poll", 1))
        stores.outbox.send(branch.group.id, Message("task.given"), key="answer", urgent=True)
        gone = Subject("gone")
        stores.outbox.send(branch.group.id, Message("task.reminder", subject=gone), key="gone")
        stores.outbox.delete(gone, key="gone:over")

    await database.write(push)
    since, until = branch.group.start_of(branch.group.week(AT)), AT.replace(hour=23)
    pushed = await database.read(lambda stores: stores.burdens.of_group(branch.group.id, since, until))
    assert (pushed.in_group, pushed.in_private, pushed.members, pushed.each) == (5, 6, 3, 7)
    assert await database.read(lambda stores: stores.burdens.of_member(branch.li.id, since, until)) == 8
    assert await database.read(lambda stores: stores.burdens.of_member(branch.zhao.id, since, until)) == 5
    await change(database, branch, Name.CAP, ENTERPRISE, "6")
    assert not await database.read(lambda stores: burden.is_spent(stores, branch.group, until))
    assert await database.read(lambda stores: burden.is_spent_for(stores, branch.li.id, branch.group, until))
    await change(database, branch, Name.CAP, ENTERPRISE, "5")
    assert await database.read(lambda stores: burden.is_spent(stores, branch.group, until))


@pytest.mark.parametrize(("typed", "kept"), [("1 3 5", "1 3 5"), ("2，4、6", "2 4 6"), ("10", "10"), ("off", "off")])
async def test_delays_of_reports_are_rising_numbers(database, branch, typed, kept):
    await change(database, branch, Name.TASK_ESCALATION, Where(Scope.CHAT, branch.group.id), typed)
    assert await value(database, branch, Name.TASK_ESCALATION) == kept


@pytest.mark.parametrize("typed", ["", "0 1", "3 1", "1 1", "1 2 3 4 5", "1 31", "-1", "1;3", "9" * 5000, "٣"])
async def test_other_delays_are_refused(database, branch, typed):
    with pytest.raises(NotDelays):
        await change(database, branch, Name.TASK_ESCALATION, Where(Scope.CHAT, branch.group.id), typed)
