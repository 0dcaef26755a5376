"""Secret ballots on both engines: the count is that of the ballots, and nothing joins them to their voters."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.encryption_keys import KeyFolder
from domain.ids import DecisionId
from domain.life.meeting import ballots, deciding, holding, people
from domain.life.meeting.decision import (
    AlreadyVoted,
    Decision,
    NoQuorum,
    NotEntitled,
    NotPresent,
    OnPaper,
    Stage,
    TooFewForSecret,
    VoteOver,
    VoteRunning,
    Way,
    counted,
)
from domain.life.meeting.model import MeetingNotFound, Standing
from domain.life.meeting.quorum import Choice, Count, Outcome
from domain.messaging import draft as drafts
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.member import PersonProfile
from tests.life.test_meeting_store import DAY, Office, call, propose, set_up
from tests.stores import AT, LOCALE

VOTES = 50


@pytest.fixture
async def office(database: Any, tmp_path: Path) -> Office:
    database.keep_keys_in(KeyFolder(tmp_path / "keys"))
    made: Office = await database.write(set_up)
    return made


def private(stores: Any, office: Office, name: str) -> Any:
    """Somebody in their private chat."""
    actor, platform = office.actors[name], ord(name) + 1000
    chat = stores.chats.find(platform) or stores.chats.add(ChatProfile(platform, ChatKind.PRIVATE, name), LOCALE, AT)
    stores.members.save(replace(actor.member, private=chat.id))
    return replace(actor, chat=stores.chats.get(chat.id))


def gathered(stores: Any, office: Office, names: str) -> Any:
    """An open meeting at which some are there."""
    number = call(stores, office).meeting.id
    holding.open_(stores, office.chief, number=number)
    for one in stores.meetings.people(number):
        if one.name in names:
            holding.mark(stores, office.chief, number=number, who=one.id)
    return number


async def test_a_secret_vote_from_its_ballots_to_its_count(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        voters = {name: private(stores, office, name) for name in "abc"}
        number = gathered(stores, office, "abd")
        one = propose(stores, office, number, Way.BALLOT)
        assert stores.chats.get(voters["a"].chat.id).under is not None
        assert stores.chats.get(voters["c"].chat.id).under is None
        with pytest.raises(NotPresent):
            ballots.cast(stores, voters["c"], number=one.id, choice=Choice.FOR)
        with pytest.raises(OnPaper):
            deciding.vote(stores, office.actors["b"], number=one.id, choice=Choice.FOR)
        ballots.cast(stores, voters["a"], number=one.id, choice=Choice.FOR)
        with pytest.raises(AlreadyVoted):
            ballots.cast(stores, voters["a"], number=one.id, choice=Choice.AGAINST)
        ballots.cast(stores, voters["b"], number=one.id, choice=Choice.AGAINST)
        with pytest.raises(TooFewForSecret):
            deciding.end(stores, office.chief, number=one.id)
        with pytest.raises(VoteRunning):
            holding.end(stores, office.chief, number=number)
        holding.mark(stores, office.chief, number=number, who=3)
        ballots.open_(stores, voters["c"], number=one.id, source="1")
        ballots.cast(stores, voters["c"], number=one.id, choice=Choice.FOR)
        bodies = stores.connection.execute(text("SELECT body FROM ballot_voters")).scalars().all()
        assert len({len(body) for body in bodies}) == 1
        for who in (1, 4):  # two leave the room: the quorum fails, and nothing is decided
            holding.unmark(stores, office.chief, number=number, who=who)
        with pytest.raises(NoQuorum):
            deciding.end(stores, office.chief, number=one.id)
        assert stores.ballots.voted(one.id) == {1, 2, 3}
        holding.mark(stores, office.chief, number=number, who=1)
        ended = deciding.end(stores, office.chief, number=one.id)
        assert (ended.count, ended.outcome) == (Count(4, 2, 1), Outcome.REJECTED)
        assert deciding.recount(stores, ended, None) == ended.count
        assert stores.connection.execute(text("SELECT count(*) FROM ballot_voters WHERE body IS NULL")).scalar() == 3
        assert all(stores.chats.get(each.chat.id).under is None for each in voters.values())
        with pytest.raises(VoteOver):
            ballots.cast(stores, voters["c"], number=one.id, choice=Choice.FOR)

    await database.write(unit)


async def test_ballots_of_people_who_have_left_the_room_are_not_counted(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = gathered(stores, office, "abcd")
        one = propose(stores, office, number, Way.BALLOT)
        for who in (1, 2, 3, 4):
            stores.ballots.cast(one.id, who, Choice.FOR if who == 1 else Choice.ABSTAINED)
        holding.unmark(stores, office.chief, number=number, who=1)
        assert deciding.end(stores, office.chief, number=one.id).count == Count(4, 0, 0, 3)
        assert stores.ballots.voted(one.id) == {2, 3, 4}

    await database.write(unit)


async def test_a_form_that_was_begun_while_the_chat_was_under_the_key_goes_on(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        chief, b = private(stores, office, "a"), private(stores, office, "b")
        one = propose(stores, office, gathered(stores, office, "abcd"), Way.BALLOT)
        for actor in (chief, b):
            drafts.begin(stores, actor, "minutes", {"about": "1"})
        ballots.cast(stores, b, number=one.id, choice=Choice.FOR)
        for who in (3, 4):
            stores.ballots.cast(one.id, who, Choice.FOR)
        deciding.end(stores, office.chief, number=one.id)
        kept = [stores.drafts.open_of(actor.member.id, actor.chat.id) for actor in (chief, b)]
        assert [draft.values["about"] for draft in kept] == ["1", "1"]
        assert stores.chats.get(chief.chat.id).under is None

    await database.write(unit)


async def test_a_chat_under_another_key_stays_under_it(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        chief, key = private(stores, office, "a"), stores.encryption.new_key()
        stores.encryption.begin(chief.chat.id, key)
        one = propose(stores, office, gathered(stores, office, "abcd"), Way.BALLOT)
        ballots.cast(stores, replace(chief, chat=stores.chats.get(chief.chat.id)), number=one.id, choice=Choice.FOR)
        assert stores.chats.get(chief.chat.id).under == key

    await database.write(unit)


async def test_who_may_not_vote_gets_no_ballot_and_a_withdrawn_vote_keeps_none(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        people.put_standing(stores, office.chief, person=office.persons["b"].id, standing=Standing.PROBATIONARY)
        number = gathered(stores, office, "ac")
        with pytest.raises(TooFewForSecret):
            propose(stores, office, number, Way.BALLOT)
        for who in (2, 4):
            holding.mark(stores, office.chief, number=number, who=who)
        one = propose(stores, office, number, Way.BALLOT)
        with pytest.raises(NotEntitled):
            ballots.open_(stores, private(stores, office, "b"), number=one.id, source="1")
        first = private(stores, office, "a")
        stranger = replace(first, member=stores.members.add(PersonProfile(900, "x"), AT))
        with pytest.raises(MeetingNotFound):
            ballots.cast(stores, stranger, number=one.id, choice=Choice.FOR)
        ballots.cast(stores, first, number=one.id, choice=Choice.FOR)
        holding.tend(stores, AT + DAY)
        assert stores.decisions.get(one.id).stage is Stage.WITHDRAWN
        assert stores.ballots.voted(one.id) == set()

    await database.write(unit)


async def test_a_lost_key_loses_the_ballots_and_people_vote_anew(database: Any, office: Office, tmp_path: Path) -> None:
    def begin(stores: Any) -> Any:
        one = propose(stores, office, gathered(stores, office, "abc"), Way.BALLOT)
        ballots.cast(stores, private(stores, office, "a"), number=one.id, choice=Choice.FOR)
        return one

    one = await database.write(begin)
    database.keep_keys_in(KeyFolder(tmp_path / "others"))

    def again(stores: Any) -> None:
        assert stores.ballots.voted(one.id) == set()
        for name in "abc":
            ballots.cast(stores, private(stores, office, name), number=one.id, choice=Choice.AGAINST)
        assert deciding.end(stores, office.chief, number=one.id).count == Count(4, 0, 3)

    await database.write(again)


async def test_the_count_is_that_of_the_ballots_of_those_who_are_there(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        chance, number = random.Random(7), gathered(stores, office, "abcd")  # noqa: S311 - the test's own
        new = Decision(DecisionId(0), number, office.chief.chat.id, "补助", "", Way.BALLOT, Count(4), AT)
        for turn in range(VOTES):
            one = stores.decisions.add(new, f"test:{turn}")
            cast = {who: chance.choice(list(Choice)) for who in chance.sample([1, 2, 3, 4], chance.randint(3, 4))}
            for who, choice in cast.items():
                stores.ballots.cast(one.id, who, choice)
            away = chance.choice([0, *cast]) if len(cast) > 3 else 0
            valid = [choice for who, choice in cast.items() if who != away]
            stores.ballots.close(one.id, set(cast) - {away})
            assert deciding.recount(stores, one, None) == counted(4, valid)
            assert stores.ballots.voted(one.id) == set(cast) - {away}

    await database.write(unit)


async def test_the_place_of_a_ballot_says_nothing_about_its_voter(database: Any, office: Office) -> None:
    def unit(stores: Any) -> int:
        number, first = gathered(stores, office, "abcd"), 0
        new = Decision(DecisionId(0), number, office.chief.chat.id, "补助", "", Way.BALLOT, Count(4), AT)
        for turn in range(VOTES):
            one = stores.decisions.add(new, f"test:{turn}")
            for who in (1, 2, 3, 4):
                stores.ballots.cast(one.id, who, Choice.FOR if who == 1 else Choice.AGAINST)
            stores.ballots.close(one.id, {1, 2, 3, 4})
            first += stores.ballots.choices(one.id)[0] is Choice.FOR
        return first

    assert 0 < await database.write(unit) < VOTES * 2 // 3  # a quarter is expected
