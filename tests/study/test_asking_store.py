"""Answers, sheets, sets and challenges in the store, and what use cases make of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.ids import PromptId, QuestionId
from domain.messaging import draft as drafts
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.people.permission import Area, NotAMember, Role
from domain.refusal import NoMore
from domain.study import running_low, study
from domain.study.asking import flow, follow, opening
from domain.study.asking.flow import AlreadyAnswered, NotYourSheet, SheetOver
from domain.study.asking.opening import AnswerFirst, SetDone
from domain.study.asking.sheet import Sheet, ask
from domain.study.attempt import Attempt, Occasion, OccasionKind, Posed
from domain.study.item import Lesson
from domain.study.question import QuestionKind, StoredQuestion
from domain.study.running_low import shortage
from domain.study.sets import service, sharing
from domain.study.sets.feature import FEATURE
from domain.study.sets.model import MIN_WEEKLY_QUESTIONS
from domain.study.sets.service import AlreadyGivenOut, SetOver, TooFewQuestions, WrongLastDay
from domain.study.sets.today import tell
from tests.stores import AT, LOCALE, Branch, only_sqlite, queued
from tests.study.questions import kinds, single

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = AT - 2 * DAY + timedelta(hours=2)  # 12:00 in Shanghai
REVIEW = Occasion(OccasionKind.REVIEW, 1, None)


@pytest.fixture(autouse=True)
def _nothing_follows(monkeypatch):
    """A review with no card: asking alone is looked at."""
    monkeypatch.setitem(follow.FOLLOWS, OccasionKind.REVIEW, follow.NONE)


def put(stores: Any, kind: QuestionKind) -> StoredQuestion:
    stores.questions.put(kinds()[kind])
    return stores.questions.by_codes([kinds()[kind].code])[0]


def many(stores: Any, count: int) -> None:
    """Questions whose first option is right."""
    for number in range(count):
        stores.questions.put(replace(single(f"q{number:02}", f"第{number}题？", ("是", "否"), 0), topic="安全"))


def private(stores: Any, who: Any, at: Any = AT) -> Actor:
    """Somebody in their private chat."""
    known = stores.members.get(who.id)
    if known.private is None:
        chat = stores.chats.add(ChatProfile(900 + who.id, ChatKind.PRIVATE, who.name), LOCALE, AT)
        known = replace(known, private=chat.id)
        stores.members.save(known)
    return Actor(known, stores.chats.get(known.private), at)


def asked(stores: Any, branch: Branch, kind: QuestionKind) -> tuple[Sheet, Actor]:
    """Li is asked a question; the actor answers a minute later."""
    actor = private(stores, branch.li)
    sheet = ask(stores, actor.member.id, put(stores, kind), REVIEW, chat=actor.chat.id, key=f"k:{kind}", at=AT)
    return sheet, replace(actor, now=AT + MINUTE)


def answered(stores: Any, sheet: Sheet) -> Attempt:
    (found,) = stores.attempts.on(REVIEW.kind, REVIEW.id, sheet.member)
    return found


async def test_only_the_first_answer_on_an_occasion_is_kept(database, branch):
    occasion = Occasion(OccasionKind.WEEKLY, 3, branch.group.id)
    first = Attempt(branch.li.id, QuestionId(7), occasion, (1, 0), True, AT, timedelta(seconds=9.5), True)
    words = replace(first, question=QuestionId(8), answer=("开锁", "自己"), is_right=False, took=None, at=AT + MINUTE)

    def unit(stores):
        news = [stores.attempts.note(one) for one in (first, replace(first, is_right=False, at=AT + DAY), words)]
        again = replace(first, occasion=replace(occasion, id=4), is_right=False, at=AT + DAY)
        assert stores.attempts.note(again), "another occasion"
        return news, again

    news, again = await database.write(unit)
    assert news == [True, False, True]

    def look(stores):
        attempts, li = stores.attempts, branch.li.id
        assert attempts.first(li, QuestionId(7)) == first
        assert attempts.first(li, QuestionId(9)) is None
        assert attempts.on(OccasionKind.WEEKLY, 3) == attempts.on(OccasionKind.WEEKLY, 3, li) == [first, words]
        assert attempts.on(OccasionKind.WEEKLY, 3, branch.wang.id) == []
        assert attempts.last(li, [QuestionId(7), QuestionId(9)]) == {QuestionId(7): again}
        assert attempts.answered(li, [QuestionId(7), QuestionId(9)]) == {QuestionId(7)}
        assert attempts.results(branch.group.id) == {QuestionId(7): (2, 1), QuestionId(8): (1, 0)}
        assert attempts.posed(PromptId(1)) is None

    await database.read(look)


async def test_two_members_who_are_one_have_answered_once(database, branch):
    occasion = Occasion(OccasionKind.DAILY, 1, branch.group.id)
    own = Attempt(branch.li.id, QuestionId(7), occasion, (0,), True, AT)
    other = replace(own, member=branch.wang.id, is_right=False)
    more = replace(other, question=QuestionId(8))

    def unit(stores):
        for one in (own, other, more):
            stores.attempts.note(one)
        FEATURE.merged(stores, branch.wang.id, branch.li.id, AT)
        return stores.attempts.on(OccasionKind.DAILY, 1)

    assert await database.write(unit) == [own, replace(more, member=branch.li.id)]


async def test_what_a_quiz_asks_stays_as_it_was_posted(database):
    def unit(stores):
        stores.attempts.pose(PromptId(1), Posed(QuestionId(7), 3, 1))
        stores.attempts.pose(PromptId(1), Posed(QuestionId(7), 2, 0))
        return stores.attempts.posed(PromptId(1))

    assert await database.write(unit) == (7, 3, 1)


@pytest.mark.parametrize(
    ("kind", "steps", "right"),
    [
        (QuestionKind.SINGLE, [("pick", {"place": 1})], True),
        (QuestionKind.SINGLE, [("pick", {"place": 2})], False),
        (QuestionKind.TRUE_FALSE, [("pick", {"place": 0})], True),
        (
            QuestionKind.MULTIPLE,
            [
                *(("tick", {"place": place, "on": True}) for place in (3, 1, 1, 0)),
                ("tick", {"place": 3, "on": False}),
                ("tick", {"place": 3, "on": False}),
                ("done", {}),
            ],
            True,
        ),
        (QuestionKind.MULTIPLE, [("tick", {"place": 0, "on": True}), ("done", {})], False),
        (
            QuestionKind.ORDERING,
            [
                ("tick", {"place": 2, "on": True}),
                ("tick", {"place": 2, "on": False}),
                *(("tick", {"place": place, "on": True}) for place in (0, 1, 2, 3)),
                ("done", {}),
            ],
            True,
        ),
        (
            QuestionKind.MATCHING,
            [
                ("match", {"pair": 0, "place": 3}),
                ("match", {"pair": 0, "place": 2}),  # a second tap of the first question's buttons
                ("clear", {}),
                *(("match", {"pair": pair, "place": pair}) for pair in (0, 1, 2)),
                ("done", {}),
            ],
            True,
        ),
        (QuestionKind.FILL_IN, [("write", {"version": 1, "answer": (" 开锁。", "本人")})], True),
        (QuestionKind.FILL_IN, [("write", {"version": 1, "answer": ("开门", "本人")})], False),
    ],
)
@only_sqlite
async def test_each_kind_is_answered_in_one_message(database, branch, kind, steps, right):
    def unit(stores):
        sheet, actor = asked(stores, branch, kind)
        about = {"number": sheet.id, "question": sheet.question}
        for name, more in steps:
            shown = getattr(flow, name)(stores, actor, **about, **more)
        assert shown.message.subject == sheet.subject
        assert shown.message.values["is_right"] is right
        assert stores.drafts.open_of(actor.member.id, actor.chat.id) is None
        with pytest.raises(AlreadyAnswered):
            flow.pick(stores, actor, **about, place=0)
        return answered(stores, sheet)

    attempt = await database.write(unit)
    assert (attempt.is_right, attempt.is_hasty, attempt.took) == (right, False, MINUTE)


@only_sqlite
async def test_what_no_button_of_a_sheet_says_is_refused(database, branch):
    def unit(stores):
        sheet, actor = asked(stores, branch, QuestionKind.MULTIPLE)
        about = {"number": sheet.id, "question": sheet.question}
        other = private(stores, branch.wang, AT + MINUTE)
        for refused, call in (
            (NotYourSheet, lambda: flow.done(stores, other, **about)),
            (SheetOver, lambda: flow.done(stores, actor, number=sheet.id, question=QuestionId(99))),
            (SheetOver, lambda: flow.done(stores, actor, number=99, question=sheet.question)),
            (SheetOver, lambda: flow.done(stores, replace(actor, chat=branch.group), **about)),
            (NoMore, lambda: flow.done(stores, actor, **about)),
            (NoMore, lambda: flow.pick(stores, actor, **about, place=0)),
            (NoMore, lambda: flow.match(stores, actor, **about, pair=0, place=0)),
            (NoMore, lambda: flow.tick(stores, actor, **about, place=4, on=True)),
            (NoMore, lambda: flow.write(stores, actor, **about, version=1, answer=())),
        ):
            with pytest.raises(refused):
                call()
        return stores.attempts.on(REVIEW.kind, REVIEW.id)

    assert await database.write(unit) == []


@only_sqlite
async def test_a_question_that_was_changed_is_asked_anew_and_a_retired_one_still_counts(database, branch):
    def unit(stores):
        sheet, actor = asked(stores, branch, QuestionKind.SINGLE)
        about = {"number": sheet.id, "question": sheet.question}
        stores.questions.put(replace(kinds()[QuestionKind.SINGLE], right=(2,)))
        shown = flow.pick(stores, actor, **about, place=1)
        assert shown.message.values["has_changed"]
        assert stores.attempts.on(REVIEW.kind, REVIEW.id) == []
        stores.questions.retire(sheet.question)
        flow.pick(stores, replace(actor, now=AT + 2 * MINUTE), **about, place=2)
        return answered(stores, sheet)

    attempt = await database.write(unit)
    assert attempt.is_right
    assert attempt.took == MINUTE, "since it was asked anew"


@only_sqlite
async def test_asking_again_keeps_what_was_chosen_and_its_time(database, branch):
    def unit(stores):
        sheet, actor = asked(stores, branch, QuestionKind.MULTIPLE)
        flow.tick(stores, actor, number=sheet.id, question=sheet.question, place=1, on=True)
        question = stores.questions.get(sheet.question)
        again = ask(stores, sheet.member, question, REVIEW, chat=sheet.chat, key="again", at=AT + DAY)
        assert (again.id, again.given, again.asked_at) == (sheet.id, (1,), AT)
        assert len(queued(stores)) == 1, "the message before is not sent any more"
        return stores.sheets.get(sheet.id)

    assert (await database.write(unit)).given == (1,)


@only_sqlite
async def test_a_form_that_was_begun_goes_on_but_where_only_typing_answers(database, branch):
    def unit(stores):
        actor = private(stores, branch.li)
        begun = drafts.begin(stores, actor, "task")
        asked(stores, branch, QuestionKind.SINGLE)
        assert stores.drafts.open_of(actor.member.id, actor.chat.id).id == begun.id
        occasion = replace(REVIEW, id=2)
        question = put(stores, QuestionKind.FILL_IN)
        ask(stores, actor.member.id, question, occasion, chat=actor.chat.id, key="f", at=AT)
        return stores.drafts.open_of(actor.member.id, actor.chat.id).form

    assert await database.write(unit) == "asking"


def answer_all(stores: Any, actor: Actor, one: Any, *, wrong: int = 0, took: timedelta = MINUTE) -> Any:
    """Somebody answers a set to its end, the first so many wrong."""
    opening.open_set(stores, actor, number=one.id, key=f"open:{actor.member.id}:{one.id}")
    sheet = stores.sheets.of(actor.member.id, one.occasion.kind, one.id)
    shown, at = None, actor.now
    for number in range(len(one.questions)):
        at += took
        now = replace(actor, now=at)
        sheet = stores.sheets.get(sheet.id)
        about = {"number": sheet.id, "question": sheet.question}
        shown = flow.pick(stores, now, **about, place=int(number < wrong))
        if number < len(one.questions) - 1:
            assert shown.message.buttons
            flow.go_on(stores, now, **about)
    return shown


async def test_a_weeks_set_is_posted_once_answered_in_private_and_closed(database, branch):
    def post(stores):
        many(stores, 8)
        assert service.post_weekly(stores, branch.group, MONDAY) is not None
        assert service.post_weekly(stores, branch.group, MONDAY + DAY) is None, "once a week"
        assert [one.chat for one in queued(stores)] == [branch.group.id], "one line in the group"
        (one,) = stores.sets.open_of(branch.group.id, MONDAY)
        return one

    one = await database.write(post)
    assert len(one.questions) == MIN_WEEKLY_QUESTIONS
    assert branch.group.local(one.closes_at).isoformat() == "2026-11-30T00:00:00+08:00"

    def answer(stores):
        li, wang = (private(stores, who, MONDAY + DAY) for who in (branch.li, branch.wang))
        assert tell(stores, li) is not None
        shown = answer_all(stores, li, one, wrong=1)
        assert shown.message.buttons == []
        assert shown.message.values["told"].values["progress"] == (5, 4, 5)
        assert tell(stores, li) is None, "it does not wait any more"
        with pytest.raises(SetDone):
            opening.open_set(stores, li, number=one.id, key="x")
        opening.open_set(stores, wang, number=one.id, key="y")
        sheet = stores.sheets.of(wang.member.id, one.occasion.kind, one.id)
        flow.pick(stores, wang, number=sheet.id, question=sheet.question, place=0)
        return service.tally_of(stores, one)

    assert await database.write(answer) == service.Tally(2, 1, 5, 6)

    def close(stores):
        service.close(stores, one.closes_at - MINUTE)
        assert stores.sets.get(one.id).closed_at is None
        service.close(stores, one.closes_at)
        service.close(stores, one.closes_at + MINUTE)
        with pytest.raises(SetOver):
            opening.open_set(stores, private(stores, branch.wang, one.closes_at), number=one.id, key="z")
        sheet = stores.sheets.of(branch.wang.id, one.occasion.kind, one.id)
        with pytest.raises(SetOver):
            about = {"number": sheet.id, "question": sheet.question}
            flow.go_on(stores, private(stores, branch.wang, one.closes_at), **about)
        return stores.sets.get(one.id)

    assert (await database.write(close)).closed_at == one.closes_at


@only_sqlite
async def test_a_set_earns_when_it_is_finished_and_what_came_too_fast_does_not_count(database, branch):
    def unit(stores):
        many(stores, 5)
        one = service.post_weekly(stores, branch.group, MONDAY)
        answer_all(stores, private(stores, branch.li, MONDAY + DAY), one, took=timedelta(seconds=1))
        answer_all(stores, private(stores, branch.wang, MONDAY + DAY), one, wrong=2)
        events = [
            stores.points.last(who.id, service.SET_DONE.name, str(one.subject)) for who in (branch.li, branch.wang)
        ]
        return [event.facts for event in events]

    assert await database.write(unit) == [
        '{"full_marks":false,"kind":"weekly","share":0}',
        '{"full_marks":false,"kind":"weekly","share":60}',
    ]


@only_sqlite
async def test_without_enough_questions_there_is_no_weeks_set(database, branch):
    def unit(stores):
        many(stores, MIN_WEEKLY_QUESTIONS - 1)
        return service.post_weekly(stores, branch.group, MONDAY), queued(stores)

    assert await database.write(unit) == (None, [])


@only_sqlite
async def test_a_weeks_set_is_about_what_was_shown_the_week_before(database, branch):
    def unit(stores):
        many(stores, 6)
        for number in range(30):
            stores.questions.put(replace(single(f"z{number}", f"别的{number}？", ("是", "否"), 0), topic="党章"))
        study.load(stores, lessons=[Lesson("a", "安全帽", "安全", "系紧。", "GB")])
        study.prompt(stores, branch.group, MONDAY - 3 * DAY)
        one = service.post_weekly(stores, branch.group, MONDAY)
        return {stores.questions.get(number).question.topic for number in one.questions}

    assert await database.write(unit) == {"安全"}


@only_sqlite
async def test_a_special_set_is_given_out_once_by_who_may(database, branch):
    def unit(stores):
        many(stores, 6)
        stores.grants.add(branch.zhao, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        actor = Actor(private(stores, branch.zhao).member, branch.group, AT)
        wish = {"topic": "安全", "count": 5, "last_day": date(2026, 11, 27), "source": "draft:1"}
        for refused, changes in (
            (TooFewQuestions, {"count": 7}),
            (TooFewQuestions, {"topic": "没有"}),
            (WrongLastDay, {"last_day": date(2026, 11, 24)}),
            (WrongLastDay, {"last_day": date(2027, 11, 24)}),
        ):
            with pytest.raises(refused):
                service.give_out(stores, actor, **(wish | changes))
        one = service.give_out(stores, actor, **wish)
        with pytest.raises(AlreadyGivenOut):
            service.give_out(stores, actor, **wish)
        service.close(stores, one.closes_at)
        told = [delivery.body["text"].split()[1] for delivery in queued(stores)]
        return one, told

    one, told = await database.write(unit)
    assert (one.title, len(one.questions)) == ("安全", 5)
    assert sorted(told) == ["asking.set_closed", "asking.set_result"]


@only_sqlite
async def test_a_special_set_is_shared_with_other_groups_once_each_by_who_gave_it_out(database, branch):
    def unit(stores):
        many(stores, 6)
        second = stores.chats.add(ChatProfile(-200, ChatKind.GROUP, "二支部"), LOCALE, AT)
        for group in (branch.group, second):
            stores.grants.add(branch.zhao, Role.SECRETARY, Area(group=group.id), None, AT)
        who = private(stores, branch.zhao)
        places = [replace(who, chat=group) for group in (branch.group, second)]
        wish = {"topic": "安全", "count": 5, "last_day": date(2026, 11, 27), "source": "draft:1"}
        one = service.give_out(stores, places[0], **wish)
        known = {"number": one.id, "places": places}
        assert [group.id for group in sharing.shared(stores, who, **known).left] == [second.id]
        given = [sharing.share(stores, who, groups=[second.id, branch.group.id], **known) for _ in range(2)]
        assert [[group.id for group in each.done] for each in given] == [[second.id]] * 2
        (other,) = stores.sets.open_of(second.id, AT)
        assert (other.title, len(other.questions), other.closes_at) == (one.title, 5, one.closes_at)
        with pytest.raises(SetOver):
            sharing.share(stores, private(stores, branch.li), groups=[second.id], **known)
        with pytest.raises(SetOver):
            sharing.shared(stores, replace(who, now=one.closes_at), **known)

    await database.write(unit)


@only_sqlite
async def test_secretaries_are_told_once_that_study_runs_out_and_the_word_goes_when_there_is_more(database, branch):
    def told(stores):
        bodies = [delivery.body.get("text", "") for delivery in queued(stores)]
        return [body.split()[1] for body in bodies if "study.short" in body]

    def unit(stores):
        stores.grants.add(branch.zhao, Role.SECRETARY, Area(group=branch.group.id), None, AT)
        private(stores, branch.zhao)
        assert shortage(stores, branch.group, AT.date()).is_none, "where nobody has studied nothing runs out"
        stores.studies.put(Lesson("a", "题", "安全", "文", "源", kinds()[QuestionKind.SINGLE]))
        study.prompt(stores, branch.group, AT)
        found = shortage(stores, branch.group, AT.date())
        assert (found.empty, found.questions) == (date(2026, 11, 26), 1)
        for week in range(2):
            running_low.tell(stores, branch.group, MONDAY + 7 * week * DAY)
        assert told(stores) == ["study.short"]
        for number in range(12):
            stores.studies.put(Lesson(f"b{number}", "题", "安全", "文", "源"))
        many(stores, 6)
        assert shortage(stores, branch.group, AT.date()).is_none
        running_low.tell(stores, branch.group, AT)
        assert told(stores) == ["study.short"], "it is no Monday"
        running_low.tell(stores, branch.group, MONDAY + 14 * DAY)
        assert told(stores) == []

    await database.write(unit)


async def test_a_challenge_goes_on_until_the_first_wrong_answer(database, branch):
    def unit(stores):
        many(stores, 4)
        at, told = AT, []

        def answer(place: int, took: timedelta = MINUTE) -> Any:
            nonlocal at
            at += took
            actor = private(stores, branch.li, at)
            sheet = opening.open_challenge(stores, actor, key=f"c:{at}")
            at += took
            now = replace(actor, now=at)
            shown = flow.pick(stores, now, number=sheet.id, question=sheet.question, place=place)
            told.append(dict(shown.message.values["told"].values))
            return shown

        assert answer(0).message.buttons, "there is more"
        answer(0, took=timedelta(seconds=1))
        assert not answer(1).message.buttons
        answer(0)
        return told, stores.points.count(branch.li.id, "study.challenge_done", "challenge:1")

    told, entered = await database.write(unit)
    assert told == [
        {"length": 1, "best": 1, "has_ended": False},
        {"length": 1, "best": 1, "has_ended": False},
        {"length": 1, "best": 1, "has_ended": True},
        {"length": 1, "best": 1, "has_ended": False},
    ]
    assert entered == 1


@only_sqlite
async def test_a_challenge_ends_where_nothing_is_left_to_ask(database, branch):
    def unit(stores):
        many(stores, 2)
        actor = private(stores, branch.li)
        sheet = opening.open_challenge(stores, actor, key="c")
        for number in (1, 2):
            sheet = stores.sheets.get(sheet.id)
            now, about = replace(actor, now=AT + number * MINUTE), {"number": sheet.id, "question": sheet.question}
            shown = flow.pick(stores, now, **about, place=0)
            if number == 1:
                flow.go_on(stores, now, **about)
        return shown.message.values["told"].values, shown.message.buttons

    told, buttons = await database.write(unit)
    assert (told["length"], told["has_ended"], buttons) == (2, True, [])


@only_sqlite
async def test_a_days_question_is_answered_once_wherever_and_by_its_groups_people(database, branch):
    def unit(stores):
        study.load(stores, lessons=[Lesson("a", "安全帽", "安全", "系紧。", "GB", kinds()[QuestionKind.SINGLE])])
        given = study.prompt(stores, branch.group, AT)
        li, wang = private(stores, branch.li), private(stores, branch.wang)
        with pytest.raises(AnswerFirst):
            opening.why(stores, li, number=given.id)
        opening.open_day(stores, li, number=given.id, key="o")
        sheet = stores.sheets.of(li.member.id, OccasionKind.DAILY, given.id)
        study.answer(stores, prompt_id=given.id, by=li.member.id, choice=2, at=AT + MINUTE)
        now = replace(li, now=AT + 2 * MINUTE)
        shown = flow.pick(stores, now, number=sheet.id, question=sheet.question, place=1)
        assert not shown.message.values["is_first"], "the vote in the group counts"
        opening.why(stores, li, number=given.id)
        stores.questions.put(replace(kinds()[QuestionKind.SINGLE], code="a", right=(0,)))
        study.answer(stores, prompt_id=given.id, by=wang.member.id, choice=1, at=AT + MINUTE)
        for choice, at in ((3, AT), (-1, AT), (1, AT + 8 * DAY)):
            study.answer(stores, prompt_id=given.id, by=branch.zhao.id, choice=choice, at=at)
        outsider = stores.members.add(PersonProfile(777, "钱进", username=None), AT)
        with pytest.raises(NotAMember):
            opening.open_day(stores, private(stores, outsider), number=given.id, key="p")
        return [(one.member, one.is_right) for one in stores.attempts.on(OccasionKind.DAILY, given.id)]

    assert await database.write(unit) == [(branch.li.id, False), (branch.wang.id, True)]
