"""Rounds in the store, and what the clock does with them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.ids import RoundId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.refusal import NotAllowed
from domain.voice.questionnaire import answering, recurring, service
from domain.voice.questionnaire.answering import NotInvited, NotOpenYet
from domain.voice.questionnaire.model import Question, QuestionKind, Questionnaire, WrongAnswer
from domain.voice.questionnaire.round import Audience, Confidence, Every, Progress, Round
from domain.voice.questionnaire.service import AlreadyAsked, RoundOver, TooFewPeople, Wish, WrongClosing
from storage.messaging.tables import outbox
from tests.stores import AT, LOCALE, Branch, only_sqlite

SHORT = Questionnaire(
    "脉搏",
    (
        Question("q1", QuestionKind.RATING, "这周累吗？", low=1, high=5),
        Question("q2", QuestionKind.TEXT, "还想说什么？", required=False),
    ),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def asker(stores: Any, branch: Branch) -> Actor:
    """Li, who may ask in the group and over the whole enterprise."""
    if not stores.grants.held(branch.li.id, branch.group).roles:
        stores.grants.add(branch.li, Role.SECRETARY, Area(), None, AT)
    return Actor(branch.li, branch.group, AT)


def wish(branch: Branch, **changes: Any) -> Wish:
    """The group is asked with names."""
    return replace(Wish(SHORT, Audience(group=branch.group.id), Confidence.NAMED), **changes)


def ask(stores: Any, branch: Branch, source: str = "draft:1", **changes: Any) -> Round:
    return service.ask(stores, asker(stores, branch), wish=wish(branch, **changes), source=source)


def private(stores: Any, who: Any) -> Actor:
    """Somebody in their private chat."""
    known = stores.members.get(who.id)
    if known.private is None:
        chat = stores.chats.add(ChatProfile(900 + who.id, ChatKind.PRIVATE, who.name), LOCALE, AT)
        known = replace(known, private=chat.id)
        stores.members.save(known)
    return Actor(known, stores.chats.get(known.private), AT + HOUR)


def submit(stores: Any, who: Any, number: RoundId, mark: int = 4) -> Any:
    """Somebody answers all of it."""
    actor = private(stores, who)
    answering.open_(stores, actor, number=number)
    answering.start(stores, actor, number=number)
    answering.choose(stores, actor, number=number, question=0, option=mark)
    return answering.submit(stores, actor, number=number)


async def test_a_round_is_kept_as_it_is(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        one = ask(stores, branch, every=Every.WEEK, urgent=True, closes_at=AT + DAY)
        assert stores.rounds.get(one.id) == one
        assert (one.posted_at, one.again_at) == (AT, AT + 7 * DAY)
        assert stores.rounds.asked_by("draft:1") == one
        assert stores.rounds.open_at(AT) == [one] == stores.rounds.of(branch.group.id, 5)
        assert stores.rounds.to_close(AT + DAY) == [one] == stores.rounds.to_repeat(AT + 7 * DAY)
        assert stores.rounds.posted_since(AT) == [one]
        stores.rounds.save(replace(one, closed_at=AT))
        assert stores.rounds.open_at(AT) == stores.rounds.to_close(AT + DAY) == []
        assert stores.rounds.get(RoundId(99)) is None

    await database.write(unit)


async def test_answers_are_paused_resumed_submitted_and_changed(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        one = ask(stores, branch)
        actor = private(stores, branch.wang)
        assert stores.responses.progress(one, branch.wang.id) is None
        answering.start(stores, actor, number=one.id)
        assert answering.look(stores, actor, number=one.id).place == "q1"
        answering.choose(stores, actor, number=one.id, question=0, option=2)
        assert stores.responses.progress(one, branch.wang.id) is Progress.BEGUN
        answering.pause(stores, actor, number=one.id)
        again = answering.open_(stores, actor, number=one.id)
        assert (again.place, again.response) == ("q2", {"q1": 2})
        with pytest.raises(WrongAnswer):
            answering.write(stores, actor, number=one.id, question=1, value="🧪" * 4096)
        first = answering.submit(stores, actor, number=one.id)
        assert (first.again, stores.responses.submitted(one)) == (False, {branch.wang.id})
        assert stores.responses.draft(one, branch.wang.id) == {"q1": 2}
        answering.change(stores, actor, number=one.id, question=0)
        answering.choose(stores, actor, number=one.id, question=0, option=5)
        assert answering.submit(stores, actor, number=one.id).again
        assert [each.response for each in stores.responses.returned(one)] == [{"q1": 5}]
        assert [each.member for each in stores.responses.returned(one)] == [branch.wang.id]

    await database.write(unit)


@only_sqlite
async def test_an_anonymous_round_needs_enough_people(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        with pytest.raises(TooFewPeople) as refused:
            ask(stores, branch, confidence=Confidence.ANONYMOUS)
        assert refused.value.values == {"people": 3, "threshold": 5}
        one = ask(stores, branch, confidence=Confidence.CONFIDENTIAL)
        assert stores.responses.key(one) == stores.responses.key(one), "one key for all of its answers"

    await database.write(unit)


@only_sqlite
async def test_the_same_preview_asks_once_and_a_closing_that_has_passed_is_refused(
    database: Any, branch: Branch
) -> None:
    def unit(stores: Any) -> None:
        with pytest.raises(WrongClosing):
            ask(stores, branch, closes_at=AT)
        with pytest.raises(WrongClosing):
            ask(stores, branch, closes_at=AT + 93 * DAY)
        ask(stores, branch)
        with pytest.raises(AlreadyAsked):
            ask(stores, branch)

    await database.write(unit)


@only_sqlite
async def test_only_the_audience_answers_and_only_while_it_is_open(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        group = branches.bind(stores, chat=branch.group, branch=own.id)
        entries = [Entry("1", "李伟", own.id, role="党员"), Entry("2", "王海燕", own.id, role="群众")]
        li, wang = stores.people.add(entries)
        stores.people.link(li.id, branch.li.id)
        stores.people.link(wang.id, branch.wang.id)
        there = replace(branch, group=group)
        one = ask(stores, there, audience=Audience(branches=frozenset({own.id}), roles=frozenset({"党员"})))
        assert submit(stores, branch.li, one.id).credit is None  # one's own
        for outside in (branch.wang, branch.zhao):
            with pytest.raises(NotInvited):
                answering.open_(stores, private(stores, outside), number=one.id)
        later = ask(stores, there, "draft:2", opens_at=AT + 2 * DAY)
        assert later.posted_at is None
        with pytest.raises(NotOpenYet):
            answering.open_(stores, private(stores, branch.wang), number=later.id)
        whole = ask(stores, there, "draft:3")
        submit(stores, branch.wang, whole.id)
        stores.people.leave(wang.id, date(2026, 11, 24))
        with pytest.raises(NotInvited):
            answering.look(stores, private(stores, branch.wang), number=whole.id)
        service.close_early(stores, asker(stores, there), number=whole.id)
        with pytest.raises(RoundOver):
            answering.look(stores, private(stores, branch.zhao), number=whole.id)
        with pytest.raises(NotInvited):
            answering.look(stores, private(stores, branch.zhao), number=RoundId(99))

    await database.write(unit)


@only_sqlite
async def test_a_withdrawn_round_forgets_and_others_may_not_end_it(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        one = ask(stores, branch)
        submit(stores, branch.wang, one.id)
        with pytest.raises(NotAllowed):
            service.withdraw(stores, private(stores, branch.zhao), number=one.id)
        gone = service.withdraw(stores, asker(stores, branch), number=one.id)
        assert stores.responses.submitted(gone) == set()
        with pytest.raises(RoundOver):
            answering.choose(stores, private(stores, branch.wang), number=one.id, question=0, option=3)
        with pytest.raises(RoundOver):
            service.close_early(stores, asker(stores, branch), number=one.id)

    await database.write(unit)


def invited(stores: Any) -> list[str]:
    """About what somebody was asked in private."""
    keys = stores.connection.execute(select(outbox.c.key).order_by(outbox.c.id)).scalars()
    return [key for key in keys if key.startswith("round_invitation") and key.endswith((":first", ":again"))]


@only_sqlite
async def test_the_clock_reminds_once_closes_once_and_asks_anew(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        for who in (branch.li, branch.wang, branch.zhao):
            private(stores, who)
        one = ask(stores, branch, every=Every.WEEK)
        submit(stores, branch.wang, one.id)
        assert invited(stores) == []  # they are in the group
        for _ in range(2):
            recurring.run(stores, one.closes_at - DAY)
        asked_again = {f"round_invitation:{one.id}:{who.id}:again" for who in (branch.li, branch.zhao)}
        assert set(invited(stores)) == asked_again
        for _ in range(2):
            recurring.run(stores, one.closes_at)
        assert stores.rounds.get(one.id).closed_at == one.closes_at
        recurring.run(stores, AT + 7 * DAY)
        (anew,) = stores.rounds.open_at(AT + 7 * DAY)
        assert (anew.previous, anew.again_at, anew.closes_at) == (one.id, AT + 14 * DAY, one.closes_at + 7 * DAY)
        assert stores.rounds.get(one.id).again_at is None
        assert stores.responses.submitted(anew) == set()

    await database.write(unit)


@only_sqlite
async def test_a_time_that_has_long_passed_is_left_out(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        one = ask(stores, branch, every=Every.WEEK)
        late = AT + 30 * DAY
        for _ in range(2):
            recurring.run(stores, late)
        (anew,) = [each for each in stores.rounds.of(branch.group.id, 9) if each.id != one.id]
        assert (anew.opens_at, anew.posted_at) == (AT + 35 * DAY, None)
        recurring.run(stores, AT + 35 * DAY)
        assert stores.rounds.get(anew.id).posted_at == AT + 35 * DAY

    await database.write(unit)


@only_sqlite
async def test_nobody_is_asked_twice_a_week_in_private_unless_it_is_urgent(database: Any, branch: Branch) -> None:
    def unit(stores: Any) -> None:
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        (person,) = stores.people.add([Entry("9", "孙丽", own.id)])
        sun = stores.members.add(PersonProfile(909, "孙丽", username=None), AT)
        stores.people.link(person.id, sun.id)
        private(stores, sun)
        everybody = Audience(branches=frozenset({own.id}))
        first = ask(stores, branch, audience=everybody)
        ask(stores, branch, "draft:2", audience=everybody)
        third = ask(stores, branch, "draft:3", audience=everybody, urgent=True)
        assert invited(stores) == [f"round_invitation:{one.id}:{sun.id}:first" for one in (first, third)]

    await database.write(unit)
