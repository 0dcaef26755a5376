"""A match from its opening to its end in the store: teams by the roster, leave, moves, guests; once, whoever asks."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.ids import ChatId, MemberId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind, structure
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Absence, Entry
from domain.study.asking.answering import record
from domain.study.attempt import Attempt, Occasion, OccasionKind
from domain.study.campaign import Campaign
from domain.study.item import Lesson
from domain.study.match import opening, playing
from domain.study.match.card import standing
from domain.study.match.model import (
    AllAnswered,
    MatchOver,
    NoName,
    NotBegun,
    NotInTeam,
    NotYours,
    SameBranch,
    TeamBusy,
    TooFewQuestions,
    TooFewTeams,
    TooLate,
)
from domain.study.match.opening import Wish
from domain.study.match.outline import campaigns
from domain.study.match.running import WON, run
from tests.stores import AT, LOCALE, queued
from tests.study.questions import single

MONDAY = date(2026, 11, 30)
BEGIN = datetime(2026, 11, 30, 0, 50, tzinfo=UTC)  # 08:50 in Shanghai
DAY = timedelta(days=1)
END = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)


@dataclass
class Office:
    """An administrator in private, and groups of branches with people whose accounts are known."""

    admin: Actor
    groups: list[Any]
    members: dict[str, MemberId]
    persons: dict[str, Any]

    def wish(self, **changes):
        return replace(Wish("周赛", [one.id for one in self.groups], (), 2, MONDAY), **changes)

    def actor(self, name, at):
        member = self.members[name]
        return replace(self.admin, member=replace(self.admin.member, id=member), now=at, is_root_admin=False)


@pytest.fixture
async def office(database):
    """甲 has four people, one of whom nobody knows by account; 乙 has three. The library has twelve questions."""
    return await database.write(set_up)


def set_up(stores):
    for number in range(12):
        stores.questions.put(single(f"q{number}", f"第{number}题？", ("对", "错"), 0))
    chief = stores.members.add(PersonProfile(900, "主任"), AT)
    private = stores.chats.add(ChatProfile(900, ChatKind.PRIVATE, "p"), LOCALE, AT)
    stores.grants.add(chief, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
    groups, members, persons = [], {}, {}
    for place, (title, names) in enumerate((("甲", "abcx"), ("乙", "def"))):
        group = stores.chats.add(ChatProfile(-100 - place, ChatKind.GROUP, title), LOCALE, AT)
        branch = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=title)
        branches.bind(stores, chat=group, branch=branch.id)
        for person in stores.people.add([Entry(name, name, branch.id) for name in names]):
            persons[person.name] = person
            if person.name != "x":
                known = stores.members.add(PersonProfile(ord(person.name), person.name), AT)
                stores.people.link(person.id, known.id)
                stores.members.speak(group.id, known.id, AT)
                members[person.name] = known.id
        groups.append(stores.chats.get(group.id))
    return Office(Actor(chief, private, AT), groups, members, persons)


def begin(stores, office):
    match = opening.open_(stores, office.admin, wish=office.wish(), source="draft:1")
    run(stores, BEGIN)
    return stores.matches.get(match.id)


def answers(stores, match, member, at, *, right=True, hasty=False, most=99):
    """Somebody answers the open questions."""
    for one in playing.unanswered(stores, match, member, at)[:most]:
        occasion = Occasion(OccasionKind.MATCH, match.id, None)
        record(stores, Attempt(member, one.id, occasion, (0 if right else 1,), right, at, is_hasty=hasty))


def scores(stores, match, at):
    return {one.count.team.name: (one.count.right, one.count.possible) for one in standing(stores, match, at)}


async def test_a_match_runs_from_monday_to_friday_and_tells_its_result_once(database, office):
    def play(stores):
        match = begin(stores, office)
        run(stores, BEGIN)
        cards = [one for one in queued(stores) if "match.card" in one.body["text"]]
        for name in "abc":
            answers(stores, match, office.members[name], BEGIN)
        answers(stores, match, office.members["d"], BEGIN + DAY, right=False)
        for _ in range(2):
            run(stores, END)
        results = [one for one in queued(stores) if "match.result" in one.body["text"]]
        won = stores.points.credited(list(office.members.values()), WON.name, match.source)
        return cards, results, won, stores.matches.get(match.id)

    cards, results, won, match = await database.write(play)
    assert {one.chat for one in cards} == {one.id for one in office.groups} == {one.chat for one in results}
    assert (len(cards), len(results)) == (2, 2)
    assert won == {office.members[name] for name in "abc"}
    assert match.ended_at == END


async def test_scores_count_leave_where_one_was_at_the_opening_and_no_hasty_answer(database, office):
    def play(stores):
        match, people = begin(stores, office), office.persons
        before = scores(stores, match, BEGIN)
        stores.people.absent([Absence(people["a"].id, MONDAY, MONDAY + DAY)])
        stores.people.place(people["b"].id, people["d"].branch, MONDAY)
        answers(stores, match, office.members["a"], BEGIN)  # on leave today
        answers(stores, match, office.members["b"], BEGIN)  # in the other branch by now
        answers(stores, match, office.members["c"], BEGIN, hasty=True)
        late = BEGIN + 2 * DAY
        answers(stores, match, office.members["a"], late, most=2)  # Tuesday's, which count
        return before, scores(stores, match, BEGIN), scores(stores, match, late)

    before, monday, wednesday = await database.write(play)
    assert before == {"甲": (0, 8), "乙": (0, 6)}
    assert monday == {"甲": (2, 6), "乙": (0, 6)}
    assert wednesday == {"甲": (4, 22), "乙": (0, 18)}


async def test_a_guest_plays_for_the_group_they_are_in_and_others_for_nobody(database, office):
    def play(stores):
        match = begin(stores, office)
        guest, stranger = (stores.members.add(PersonProfile(number, f"m{number}"), AT) for number in (800, 801))
        stores.members.speak(office.groups[1].id, guest.id, AT)
        office.members.update(g=guest.id, s=stranger.id)
        left = playing.play(stores, office.actor("g", BEGIN), number=match.id, key="1").left
        answers(stores, match, guest.id, BEGIN)
        with pytest.raises(AllAnswered):
            playing.play(stores, office.actor("g", BEGIN), number=match.id, key="2")
        with pytest.raises(NotInTeam):
            playing.play(stores, office.actor("s", BEGIN), number=match.id, key="3")
        return left, scores(stores, match, BEGIN)

    assert await database.write(play) == (2, {"甲": (0, 8), "乙": (2, 8)})


async def test_a_match_that_nobody_plays_ends_without_a_word(database, office):
    def play(stores):
        begin(stores, office)
        run(stores, END)
        return [one.body["text"] for one in queued(stores)]

    assert not any("match.result" in text for text in await database.write(play))


async def test_the_cards_are_refreshed_where_something_has_changed(database, office):
    def play(stores):
        match = begin(stores, office)
        shown = []
        for minutes in (10, 20, 30):
            if minutes == 20:
                answers(stores, match, office.members["a"], BEGIN + timedelta(minutes=12))
            run(stores, BEGIN + timedelta(minutes=minutes))
            shown.append(stores.matches.get(match.id).shown_at)
        run(stores, BEGIN + DAY)
        cards = [one.body["text"] for one in queued(stores) if "match.card" in one.body["text"]]
        return shown, stores.matches.get(match.id).shown_at, cards

    shown, next_day, cards = await database.write(play)
    assert shown == [BEGIN, BEGIN + timedelta(minutes=20), BEGIN + timedelta(minutes=20)]
    assert next_day == BEGIN + DAY
    assert ["right=2" in one for one in cards] == [True, True]


async def test_two_who_open_or_withdraw_at_once_do_it_once(database, office):
    def twice(stores):
        first = opening.open_(stores, office.admin, wish=office.wish(), source="draft:1")
        assert opening.open_(stores, office.admin, wish=office.wish(), source="draft:1") == first
        with pytest.raises(TeamBusy):
            opening.open_(stores, office.admin, wish=office.wish(), source="draft:2")
        with pytest.raises(NotBegun):
            playing.play(stores, office.actor("a", AT), number=first.id, key="1")
        opening.withdraw(stores, office.admin, number=first.id)
        with pytest.raises(MatchOver):
            opening.withdraw(stores, office.admin, number=first.id)
        run(stores, BEGIN)
        with pytest.raises(MatchOver):
            playing.play(stores, office.actor("a", BEGIN), number=first.id, key="1")
        return opening.open_(stores, office.admin, wish=office.wish(), source="draft:2"), queued(stores)

    again, said = await database.write(twice)
    assert again.id == 2
    assert said == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, NoName),
        ({"name": "长" * 31}, NoName),
        ({"groups": [ChatId(2)]}, TooFewTeams),
        ({"topics": ("没有的",)}, TooFewQuestions),
        ({"a_day": 3}, TooFewQuestions),
        ({"monday": date(2026, 11, 23)}, TooLate),
    ],
)
async def test_what_cannot_be_a_match_is_refused(database, office, changes, refusal):
    with pytest.raises(refusal):
        await database.read(lambda stores: opening.plan(stores, office.admin, wish=office.wish(**changes)))


async def test_a_secretary_of_one_branch_opens_no_match_with_another_and_one_of_the_committee_does(database, office):
    def try_both(stores):
        whom = stores.members.get(office.members["a"])
        stores.grants.add(whom, Role.SECRETARY, Area(group=office.groups[0].id), None, AT)
        with pytest.raises(NotYours):
            opening.plan(stores, office.actor("a", AT), wish=office.wish())
        stores.grants.add(whom, Role.SECRETARY, EVERYWHERE, None, AT)
        return opening.plan(stores, office.actor("a", AT), wish=office.wish())

    assert len((await database.write(try_both)).teams) == 2


async def test_two_groups_of_one_branch_are_refused_and_people_below_are_in_their_own_team(database, office):
    def bind(stores):
        above = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
        other = stores.chats.add(ChatProfile(-300, ChatKind.GROUP, "大群"), LOCALE, AT)
        branches.bind(stores, chat=other, branch=above.id)
        structure.move(stores, branch=office.persons["a"].branch, to=above.id)
        stores.people.add([Entry("z", "z", above.id)])
        match = opening.open_(
            stores, office.admin, wish=office.wish(groups=[other.id, office.groups[0].id]), source="draft:9"
        )
        run(stores, BEGIN)
        third = stores.chats.add(ChatProfile(-301, ChatKind.GROUP, "又一个"), LOCALE, AT)
        branches.bind(stores, chat=third, branch=above.id)
        with pytest.raises(SameBranch):
            opening.plan(stores, office.admin, wish=office.wish(groups=[other.id, third.id], monday=MONDAY + 7 * DAY))
        return {one.count.team.name: one.count.people for one in standing(stores, match, BEGIN)}

    assert await database.write(bind) == {"党委": 1, "甲": 4}


async def test_a_match_can_be_about_a_campaign(database: Any) -> None:
    """Its own topics, and those of the questions of its items; one about which nothing can be asked is not offered."""

    def unit(stores: Any) -> list[tuple[str, list[str]]]:
        stores.studies.put(
            Lesson("a", "题", "焊接", "文", "源", replace(single("a", "?", ("x", "y"), 0), topic="焊接"))
        )
        stores.questions.put(replace(single("b", "?!", ("x", "y"), 0), topic="安全"))
        for code, since, until, topics in (
            ("both", MONDAY, MONDAY + 9 * DAY, ("安全",)),
            ("before", MONDAY - 9 * DAY, MONDAY - DAY, ("安全",)),
            ("after", MONDAY + 7 * DAY, MONDAY + 9 * DAY, ("安全",)),
            ("nothing", MONDAY, MONDAY, ("廉洁",)),
        ):
            stores.campaigns.put(Campaign(code, code, since, until, 50, ("a",) if code == "both" else (), topics))
        return [(one.code, list(topics)) for one, topics in campaigns(stores, monday=MONDAY)]

    assert await database.write(unit) == [("both", ["安全", "焊接"])]
