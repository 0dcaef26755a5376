"""Each feature's store: what was put in is what is found, in the order and within the bounds that were promised."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text as sql

from domain.clock import schedule, trust
from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.clock.trust import Evidence
from domain.ids import DraftId, SuggestionId, SurveyId, TaskId, UpdateId
from domain.messaging import inbox, numbering
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.draft import Draft
from domain.messaging.inbox import MAX_TRIES, NOBODY, Given, Received
from domain.messaging.poll import Tally
from domain.people.member import Origin, PersonProfile
from domain.reporting import Week
from domain.study import study as studying
from domain.study.asking import daily
from domain.study.item import Lesson
from domain.voice.suggestion import Suggestion, Tagging, Topic
from domain.voice.survey import Question, Survey
from domain.work.task import Listed, Plan, Reminder, Task
from tests.stores import AT, LOCALE
from tests.study.questions import single

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 25)


# Chats


async def test_a_chat_is_found_and_saved(database):
    chat = await database.write(
        lambda stores: stores.chats.add(ChatProfile(-(2**52), ChatKind.GROUP, "党"), LOCALE, AT)
    )
    changed = replace(chat, platform_id=-7, title="新", zone="America/New_York", language="en", active=False)
    await database.write(lambda stores: stores.chats.save(changed))
    assert await database.read(lambda stores: stores.chats.find(-7)) == changed
    assert await database.read(lambda stores: stores.chats.find(-(2**52))) is None


async def test_groups_are_those_that_are_active_and_no_private_chat(database):
    def unit(stores):
        kinds = [(-1, ChatKind.GROUP), (2, ChatKind.PRIVATE), (-3, ChatKind.CHANNEL), (-4, ChatKind.GROUP)]
        made = [stores.chats.add(ChatProfile(number, kind, ""), LOCALE, AT) for number, kind in kinds]
        stores.chats.save(replace(made[3], active=False))

    await database.write(unit)
    assert [group.platform_id for group in await database.read(lambda stores: stores.chats.groups())] == [-1]


# The library


def lesson(code, **more):
    return Lesson(code, f"title of {code}", "", "text", "source", **more)


@pytest.fixture
def show(database, branch):
    """The group's next item on a day, shown."""

    async def show(days=0, group=None):
        def unit(stores):
            where = group or branch.group.id
            item = next((one.item for one in stores.studies.candidates(where, TODAY + days * DAY)), None)
            if item is not None:
                stores.studies.add_prompt(stores.chats.get(where), item, TODAY + days * DAY, AT + days * DAY)
            return item and item.lesson.code

        return await database.write(unit)

    return show


async def test_items_come_in_the_librarys_order_and_then_the_one_not_seen_for_longest(database, show):
    await database.write(lambda stores: [stores.studies.put(lesson(code)) for code in ("b", "a", "c")])
    assert [await show(days) for days in range(5)] == ["b", "a", "c", "b", "a"]
    await database.write(lambda stores: stores.studies.put(lesson("new")))
    assert [await show(days) for days in range(5, 8)] == ["new", "c", "b"]


async def test_each_group_has_its_own_order(database, show):
    await database.write(lambda stores: [stores.studies.put(lesson(code)) for code in ("a", "b")])
    other = await database.write(
        lambda stores: stores.chats.add(ChatProfile(-5, ChatKind.GROUP, "other"), LOCALE, AT).id
    )
    assert [await show(0), await show(0, group=other), await show(1), await show(1, group=other)] == [
        "a",
        "a",
        "b",
        "b",
    ]


async def test_an_item_is_shown_on_its_last_day_and_not_after(database, show):
    await database.write(lambda stores: stores.studies.put(lesson("a", expires=TODAY + DAY)))
    assert [await show(days) for days in range(3)] == ["a", "a", None]


async def test_an_item_is_replaced_under_its_code_and_keeps_its_place(database, show):
    quiz = single("a", "问？", ("甲", "乙"), 1, "因为")
    await database.write(lambda stores: [stores.studies.put(lesson(code)) for code in ("a", "b")])
    assert await show() == "a"
    changed = Lesson("a", "新", "题", "文", "源", quiz, TODAY + 300 * DAY)
    await database.write(lambda stores: stores.studies.put(changed))
    found = await database.read(lambda stores: stores.studies.prompt_on(1, TODAY))
    assert found.item.lesson == replace(changed, version=2)
    assert [await show(1), await show(2)] == ["b", "a"]


async def test_the_first_answer_to_a_quiz_is_the_one_that_counts(database, branch, show):
    await database.write(lambda stores: stores.studies.put(lesson("a", question=single("a", "?", ("x", "y"), 1))))
    await show()

    def answer(stores, choice):
        prompt = stores.studies.prompt_on(branch.group.id, TODAY)
        before = daily.has_answered(stores, prompt, branch.li.id)
        studying.answer(stores, prompt_id=prompt.id, by=branch.li.id, choice=choice, at=AT)
        return before

    assert await database.write(answer, 0) is False
    assert await database.write(answer, 1) is True
    (study,) = await database.read(told, branch, AT - DAY, AT + DAY)
    counts = {"items": 1, "read": 0, "answered": 1, "right": 0, "challengers": 0, "longest": 0}
    assert study == ("study.summary", counts)


def told(stores, branch, since, until):
    """What the features say of the week."""
    counts = stores.summaries.counts(branch.group.id, since, until)
    return [(one.text.text, one.text.values) for one in stores.hooks.told(Week(branch.group, since, until, counts))]


# Tasks


def task(branch, **more):
    fields = {"id": TaskId(0), "batch": TaskId(0), "group": branch.group.id, "owner": branch.li, "giver": branch.wang}
    fields |= {"plan": Plan("台账", "齐全", "一本"), "due_at": AT + DAY, "given_at": AT}
    return Task(**{**fields, **more})


async def test_the_tasks_of_one_command_share_a_batch(database, branch):
    def give(stores):
        first = stores.tasks.add(task(branch), "1/7")
        second = stores.tasks.add(task(branch, batch=first.batch, owner=branch.zhao), "1/7")
        alone = stores.tasks.add(task(branch), "1/8")
        return first, second, alone

    first, second, alone = await database.write(give)
    assert first.batch == first.id == second.batch != alone.batch
    assert first == task(branch, id=first.id, batch=first.id)
    assert await database.read(lambda stores: stores.tasks.given_by("1/7")) == [first, second]
    assert await database.read(lambda stores: stores.tasks.batch(first.batch)) == [first, second]
    assert await database.read(lambda stores: stores.tasks.get(TaskId(999))) is None


async def test_open_tasks_are_listed_by_deadline_and_done_ones_are_not(database, branch):
    def unit(stores):
        late, soon, done = (stores.tasks.add(task(branch, due_at=AT + days * DAY), f"{days}") for days in (3, 1, 2))
        other = stores.tasks.add(task(branch, owner=branch.zhao), "z")
        stores.tasks.save(done.finished(AT))
        return [soon.id, late.id], other.id

    own, other = await database.write(unit)

    def listed(stores, limit):
        of = [t.id for t in stores.tasks.open_of(branch.li.id, limit)]
        in_group = [t.id for t in stores.tasks.open_in(branch.group.id, limit)]
        return of, in_group

    assert await database.read(listed, 9) == (own, [own[0], other, own[1]])
    assert await database.read(listed, 1) == (own[:1], own[:1])


async def test_what_a_groups_last_reminder_lists_is_what_called_somebody_last(database, branch):
    def unit(stores):
        def put(round_, listed, **more):
            one = stores.tasks.add(task(branch, **more), f"{listed} {more}")
            stores.tasks.save(replace(one, listed_at=round_, listed=listed))
            return one.id

        put(AT, Listed.CALLED, due_at=AT + DAY)
        later = put(AT + HOUR, Listed.COUNTED, owner=branch.zhao, due_at=AT + 3 * DAY)
        first = put(AT + HOUR, Listed.CALLED, due_at=AT + 2 * DAY)
        put(AT + 2 * HOUR, Listed.COUNTED, due_at=AT + 4 * DAY)
        done = stores.tasks.get(put(AT + HOUR, Listed.CALLED))
        stores.tasks.save(done.finished(AT))
        return [first, later]

    expected = await database.write(unit)
    assert [t.id for t in await database.read(lambda stores: stores.tasks.round(branch.group.id))] == expected
    in_hand = await database.read(lambda stores: stores.tasks.in_hand([branch.zhao.id]))
    assert [(t.id, t.listed_at, t.listed) for t in in_hand] == [(expected[1], AT + HOUR, Listed.COUNTED)]


async def test_what_is_to_be_reminded_of_comes_by_group_and_owner(database, branch):
    def unit(stores):
        plan = [(branch.zhao, 0), (branch.li, 0), (branch.zhao, -1), (branch.li, 1)]
        tasks = [
            stores.tasks.add(
                task(branch, owner=who, reminder=Reminder.TWO_HOURS, remind_at=AT + n * HOUR, due_at=AT + n * DAY),
                f"{i}",
            )
            for i, (who, n) in enumerate(plan)
        ]
        done = stores.tasks.add(task(branch, reminder=Reminder.OVERDUE, remind_at=AT), "done")
        stores.tasks.save(replace(done, done_at=AT))
        return [tasks[1].id, tasks[2].id, tasks[0].id]

    expected = await database.write(unit)
    assert [t.id for t in await database.read(lambda stores: stores.tasks.to_remind(AT, 9))] == expected


# Surveys


def survey(branch, **more):
    question = Question("几点？", ("16:00", "17:00"), True)
    return Survey(**{"id": SurveyId(0), "group": branch.group.id, "asker": branch.wang, "question": question,
                     "asked_at": AT, "closes_at": AT + DAY, **more})  # fmt: skip


async def test_a_survey_comes_back_as_it_was_asked(database, branch):
    made = await database.write(lambda stores: stores.surveys.add(survey(branch), "1/5"))
    assert made == survey(branch, id=made.id)
    assert await database.read(lambda stores: stores.surveys.asked_by("1/5")) == made
    assert await database.read(lambda stores: stores.surveys.asked_by("1/6")) is None
    changed = replace(made, tally=Tally((1, 2), 3), published_at=AT)
    await database.write(lambda stores: stores.surveys.save(changed))
    assert await database.read(lambda stores: stores.surveys.get(made.id)) == changed


async def test_surveys_are_closed_when_their_time_is_over_and_once(database, branch):
    made = await database.write(lambda stores: stores.surveys.add(survey(branch), "1/5"))

    def to_close(stores, at):
        return [one.id for one in stores.surveys.to_close(at)]

    assert await database.read(to_close, AT + DAY - timedelta(microseconds=1)) == []
    assert await database.read(to_close, AT + DAY) == [made.id]
    await database.write(lambda stores: stores.surveys.save(replace(made, published_at=AT + DAY)))
    assert await database.read(to_close, AT + DAY) == []


async def test_an_answer_replaces_the_one_before_and_none_takes_it_back(database, branch):
    made = await database.write(lambda stores: stores.surveys.add(survey(branch), "1/5"))

    def answer(stores, member, *options):
        stores.surveys.put_answer(made.id, member.id, options, AT)
        return sorted(stores.surveys.answers(made.id))

    assert await database.write(answer, branch.li, 0) == [(0,)]
    assert await database.write(answer, branch.wang, 0, 1) == [(0,), (0, 1)]
    assert await database.write(answer, branch.li, 1) == [(0, 1), (1,)]
    assert await database.write(answer, branch.li) == [(0, 1)]


# Suggestions


def suggestion(branch, **more):
    made = {"id": SuggestionId(0), "group": branch.group.id, "author": branch.li, "text": "热菜", "at": AT}
    return Suggestion(**{**made, "tagging": Tagging(("热菜", "食堂"), ("后勤",)), **more})


async def test_a_suggestion_is_found_by_its_message_and_by_its_words(database, branch):
    made = await database.write(lambda stores: stores.suggestions.add(suggestion(branch), "1/3", "热菜"))
    assert made == suggestion(branch, id=made.id)
    assert await database.read(lambda stores: stores.suggestions.made_by("1/3")) == made
    assert await database.read(lambda stores: stores.suggestions.same(branch.li, "热菜")) == made
    assert await database.read(lambda stores: stores.suggestions.same(branch.wang, "热菜")) is None
    changed = replace(made, text="凉菜", tagging=Tagging((), ()), repeats=2)
    await database.write(lambda stores: stores.suggestions.save(changed))
    assert await database.read(lambda stores: stores.suggestions.made_by("1/3")) == changed


async def test_suggestions_of_the_last_hour_are_counted_for_each_author(database, branch):
    for minutes in (0, 30, 61):
        made = suggestion(branch, at=AT - timedelta(minutes=minutes))
        await database.write(lambda stores, s=made, m=minutes: stores.suggestions.add(s, f"{m}", f"{m}"))
    assert await database.read(lambda stores: stores.suggestions.since(branch.li, AT - HOUR)) == 2
    assert await database.read(lambda stores: stores.suggestions.since(branch.wang, AT - HOUR)) == 0


# The week


async def test_a_week_counts_what_lies_in_it_and_neither_edge_twice(database, branch):
    since, until = AT, AT + 7 * DAY

    def unit(stores):
        def finished(given, due, done):
            one = stores.tasks.add(task(branch, given_at=AT + given, due_at=AT + due), f"{given}{due}{done}")
            if done is not None:
                stores.tasks.save(replace(one, done_at=AT + done))

        finished(-DAY, DAY, timedelta())  # at the week's first moment: in it
        finished(-DAY, DAY, 2 * DAY)  # late
        finished(-DAY, 9 * DAY, 7 * DAY)  # at the first moment of the next week: open at the end of this one
        finished(DAY, 2 * DAY, None)  # overdue
        finished(8 * DAY, 9 * DAY, None)  # given later
        for number, at in enumerate((AT - HOUR, AT, AT + 7 * DAY)):
            one = stores.surveys.add(survey(branch), f"{number}")
            stores.surveys.save(replace(one, published_at=at, tally=Tally((3, 4), 7)))
            tagged = Tagging(("热菜",), ("后勤", "食堂") if number == 1 else ())
            stores.suggestions.add(suggestion(branch, at=at, tagging=tagged), f"{number}", f"{number}")

    await database.write(unit)

    assert await database.read(told, branch, since, until) == [
        ("task.summary", {"on_time": 1, "late": 1, "open": 2, "overdue": 1}),
        ("survey.summary", {"published": 1, "voters": 7}),
        ("suggestion.summary", {"made": 1, "topics": [Topic("后勤", 1), Topic("食堂", 1)], "adopted": 0, "done": 0}),
    ]


async def test_topics_are_counted_most_first_and_a_suggestion_without_a_tag_gives_its_best_keyword(database, branch):
    taggings = [
        Tagging(("a",), ("安全",)),
        Tagging(("b",), ("安全", "后勤")),
        Tagging(("车棚", "雨"), ()),
        Tagging((), ()),
        Tagging(("d",), ("后勤", "质量")),
        Tagging(("e",), ("安全",)),
    ]
    for number, tagging in enumerate(taggings):
        made = suggestion(branch, tagging=tagging)
        await database.write(lambda stores, s=made, n=number: stores.suggestions.add(s, f"{n}", f"{n}"))
    topics = [Topic("安全", 3), Topic("后勤", 2), Topic("质量", 1)]
    found = await database.read(told, branch, AT, AT + DAY)
    assert found == [("suggestion.summary", {"made": 6, "topics": topics, "adopted": 0, "done": 0})]


async def test_an_empty_week_is_all_noughts(database, branch):
    assert await database.read(told, branch, AT, AT + DAY) == []
    counts = await database.read(lambda stores: stores.summaries.counts(branch.group.id, AT, AT + DAY))
    assert set(counts.values()) == {0}


# The inbox


def update(number):
    return Received(UpdateId(number), f'{{"update_id":{number}}}')


async def test_an_update_is_taken_in_once(database):
    first = await database.write(inbox.receive, updates=[update(5), update(3)], locale=LOCALE, at=AT)
    again = await database.write(inbox.receive, updates=[update(3), update(9), update(5)], locale=LOCALE, at=AT)
    assert ([one.id for one in first], [one.id for one in again]) == ([5, 3], [9])
    third, fifth, ninth = (replace(update(number), tries=1, waits=number > 3) for number in (3, 5, 9))
    assert await database.read(inbox.open_updates) == [third, fifth, ninth]
    assert await database.read(inbox.open_updates, but={UpdateId(5)}) == [third, ninth]


async def test_an_update_that_waits_keeps_when_it_came(database):
    await database.write(inbox.receive, updates=[update(5)], locale=LOCALE, at=AT)
    (waiting,) = await database.read(inbox.open_updates)
    assert waiting.came == AT


async def test_who_wrote_before_it_came_acts_when_they_wrote(database):
    seen = Origin(PersonProfile(41, "李雷", "li"), ChatProfile(-410, ChatKind.GROUP, "一车间"), written=AT - DAY)
    (taken,) = await database.write(inbox.receive, updates=[Received(UpdateId(1), "{}", seen)], locale=LOCALE, at=AT)
    assert (taken.actor.now, taken.actor.heard_at) == (AT - DAY, AT)
    waited = replace(seen, written=None, came=AT)
    met = await database.write(inbox.meet, origins={UpdateId(1): waited}, locale=LOCALE, at=AT + DAY)
    assert (met[UpdateId(1)].now, met[UpdateId(1)].heard_at) == (AT, AT)


async def test_a_handled_update_is_not_open_and_does_not_come_again(database):
    await database.write(inbox.receive, updates=[update(5)], locale=LOCALE, at=AT)
    await database.write(inbox.close, update=UpdateId(5), at=AT)
    assert await database.read(inbox.open_updates) == []
    assert not await database.write(lambda stores: stores.inbox.close(UpdateId(5), AT)), "it counts once"
    assert await database.write(inbox.receive, updates=[update(5)], locale=LOCALE, at=AT) == []


async def test_who_speaks_in_an_update_is_known_with_it(database):
    li = PersonProfile(41, "李雷", "li")
    seen = Origin(li, ChatProfile(-410, ChatKind.GROUP, "一车间"))
    updates = [Received(UpdateId(number), "{}", seen) for number in (1, 2)]
    first, second = [one.actor for one in await database.write(inbox.receive, updates=updates, locale=LOCALE, at=AT)]
    assert first == second
    assert (first.member.name, first.chat.title) == ("李雷", "一车间")
    assert await database.read(lambda stores: stores.members.is_in(first.chat.id, first.member.id))
    await database.write(lambda stores: stores.members.leave(first.chat.id, first.member.id, AT))
    await database.write(inbox.receive, updates=[Received(UpdateId(3), "{}", seen)], locale=LOCALE, at=AT)
    assert await database.read(lambda stores: stores.members.is_in(first.chat.id, first.member.id)), (
        "who speaks is there"
    )


async def test_what_is_learned_in_a_batch_holds_for_what_follows_in_it(database):
    """The third in the batch speaks under the name that the second one brought."""
    chat = ChatProfile(-410, ChatKind.GROUP, "一车间")
    people = [PersonProfile(41, "李雷", "li"), PersonProfile(41, "李磊", "li"), PersonProfile(42, "王芳", "li")]
    await database.write(
        inbox.receive, updates=[Received(UpdateId(1), "{}", Origin(people[0], chat))], locale=LOCALE, at=AT
    )
    updates = [
        Received(UpdateId(number), "{}", Origin(who, chat)) for number, who in enumerate([*people, people[1]], 2)
    ]
    taken = await database.write(inbox.receive, updates=updates, locale=LOCALE, at=AT)
    assert [one.actor.member.name for one in taken] == ["李雷", "李磊", "王芳", "李磊"]
    assert taken[0].actor.member.id == taken[3].actor.member.id != taken[2].actor.member.id
    named = await database.read(lambda stores: stores.members.named("li"))
    assert named == taken[3].actor.member, "a user name belongs to who had it last"


async def test_an_update_that_is_twice_in_a_batch_is_taken_in_once(database):
    updates = [Received(UpdateId(number), "{}", lane="-5") for number in (1, 2, 1)]
    taken = await database.write(inbox.receive, updates=updates, locale=LOCALE, at=AT)
    assert [(one.id, one.given.after) for one in taken] == [(1, None), (2, 1)]


async def test_many_updates_that_are_open_are_read_in_their_order(database):
    updates = [Received(UpdateId(number), f"{{{number}}}") for number in range(1200)]
    await database.write(inbox.receive, updates=updates, locale=LOCALE, at=AT)
    stored = [replace(one, tries=1, waits=one.id > 0) for one in updates]
    assert await database.read(inbox.open_updates, but={UpdateId(5)}) == [*stored[:5], *stored[6:]]


async def give(database, *numbers, worker, lane):
    updates = [Received(UpdateId(number), "{}", lane=lane) for number in numbers]
    return [
        one.given for one in await database.write(inbox.receive, updates=updates, locale=LOCALE, at=AT, worker=worker)
    ]


async def test_a_lane_belongs_to_the_worker_that_has_open_updates_of_it(database):
    assert await give(database, 1, worker=11, lane="-5") == [Given(11, None, 1)]
    assert await give(database, 2, 3, worker=22, lane="-5") == [Given(11, 1), Given(11, 2)]
    assert await give(database, 4, worker=22, lane="-6") == [Given(22, None, 1)], "another lane"
    for number in (1, 2, 3):
        await database.write(inbox.close, update=UpdateId(number), at=AT)
    assert await give(database, 5, worker=22, lane="-5") == [Given(22, None, 1)], "nothing of it is open any more"


async def test_what_somebody_who_is_gone_left_open_is_taken_over(database):
    await give(database, 1, 2, worker=11, lane="-5")
    await give(database, 3, worker=22, lane="-6")
    await database.write(inbox.close, update=UpdateId(1), at=AT)
    assert await database.read(inbox.workers) == {11, 22}
    await database.write(inbox.take_over, worker=22, gone=[11])
    assert await database.read(inbox.workers) == {22}
    assert [one.id for one in await database.read(inbox.open_updates, worker=22)] == [2, 3]


async def test_what_is_handed_back_waits_for_whoever_leads_with_all_that_follows_it(database):
    await give(database, 1, worker=11, lane="-5")
    await database.write(inbox.hand_back, worker=11)
    assert await give(database, 2, worker=22, lane="-5") == [Given(NOBODY, 1)], "not before the first one"
    await database.write(inbox.take_over, worker=33, gone=[NOBODY])
    assert [one.id for one in await database.read(inbox.open_updates, worker=33)] == [1, 2]


async def test_an_update_that_keeps_failing_has_had_its_tries(database):
    await database.write(inbox.receive, updates=[update(5), update(6)], locale=LOCALE, at=AT)
    told = [await database.write(inbox.fail, update=UpdateId(5), error="x", at=AT)]
    for _ in range(MAX_TRIES - 1):
        await begin(database, 5)
        told.append(await database.write(inbox.fail, update=UpdateId(5), error="x", at=AT))
    assert told == [False] * (MAX_TRIES - 1) + [True]
    assert await database.write(inbox.fail, update=UpdateId(6), error="x", at=AT) is False, "each has tries of its own"


async def begin(database, *updates):
    return await database.write(inbox.begin, updates=[UpdateId(number) for number in updates])


async def tries(database):
    return {one.id: one.tries for one in await database.read(inbox.open_updates)}


async def test_the_first_try_is_counted_with_the_storing_where_that_worker_handles_it(database):
    await give(database, 1, 2, worker=1, lane="-5")
    await give(database, 3, worker=2, lane="-5")
    await give(database, 4, worker=1, lane="-6")
    assert await tries(database) == {1: 1, 2: 1, 3: 0, 4: 1}


async def test_what_begins_together_is_counted_together_if_it_is_open(database):
    await give(database, 1, 2, 3, worker=1, lane="-5")
    await database.write(inbox.close, update=UpdateId(3), at=AT)
    assert await begin(database, 1, 2, 3, 99) == {1: 2, 2: 2}
    assert await begin(database, 2) == {2: 3}


async def test_a_try_that_was_cut_off_does_not_count(database):
    await give(database, 1, 2, worker=1, lane="-5")
    await begin(database, 1)
    await database.write(inbox.spare, updates=[UpdateId(1), UpdateId(2), UpdateId(99)])
    assert await tries(database) == {1: 1, 2: 0}
    await database.write(inbox.hand_back, worker=1, cut_off=[UpdateId(1)])
    assert await tries(database) == {1: 0, 2: 0}


async def count_votes(database, *numbers, poll="7"):
    updates = [Received(UpdateId(number), "{}", lane=poll, poll=poll) for number in numbers]
    return [one.id for one in await database.write(inbox.receive, updates=updates, locale=LOCALE, at=AT)]


async def test_of_the_counts_of_a_poll_the_last_is_kept_alone(database):
    assert await count_votes(database, 1, 3, 2) == [3]
    assert await count_votes(database, 4, poll="8") == [4], "of another poll"
    await database.write(inbox.close, update=UpdateId(3), at=AT)
    assert await count_votes(database, 5, 6) == [6]
    assert await rows(database) == 2
    assert not await database.write(lambda stores: stores.inbox.close(UpdateId(5), AT)), "nothing comes of it any more"


async def test_counts_that_come_late_or_again_change_nothing(database):
    await count_votes(database, 5)
    await database.write(inbox.close, update=UpdateId(5), at=AT)
    assert await count_votes(database, 5) == []
    assert await count_votes(database, 4) == []
    assert await rows(database) == 1


async def rows(database):
    counted = sql("SELECT count(*) FROM inbox")
    return await database.read(lambda stores: stores.connection.execute(counted).scalar_one())


# Numbers of updates


async def number(database, bot):
    return await database.write(numbering.begin, bot=bot, at=AT)


async def test_each_bot_has_numbers_of_its_own_and_keeps_them(database):
    first, second = await number(database, 41), await number(database, 42)
    assert first.base == 0 < numbering.SPAN <= second.base
    assert (await number(database, 41), await number(database, 42)) == (first, second)
    assert second.number(5) == second.base + 5


async def test_what_another_bot_left_open_is_set_aside_and_administrators_hear_of_it(database):
    await number(database, 41)
    await give(database, 1, 2, worker=1, lane="-5")
    await database.write(inbox.close, update=UpdateId(1), at=AT)
    assert (await number(database, 41)).set_aside == 0, "its own"
    other = await number(database, 42)
    assert other.set_aside == 1
    assert await database.read(inbox.open_updates) == []
    assert [one.subject for one in await database.read(lambda stores: stores.alarms.all())] == ["2"]
    assert [one.after for one in await give(database, other.number(2), worker=1, lane="-5")] == [None], "it is new"
    assert (await number(database, 41)).set_aside == 1


# Schedules


GROUPS = Schedule("study.prompt", "30 8 * * *", Scope.GROUP, Days.WORKDAYS)
ENTERPRISE = Schedule("task.remind", "* * * * *", Scope.ENTERPRISE, late=Late.MERGE)


async def test_every_active_group_and_the_enterprise_get_their_rows_once(database, branch):
    for _ in range(2):
        await database.write(schedule.plan, schedules=[GROUPS, ENTERPRISE], zone="Asia/Tokyo")
    rows = await database.read(schedule.due, at=AT, limit=9)
    assert [(row.name, row.group, row.zone, row.days, row.late, row.next_at) for row in rows] == [
        ("study.prompt", branch.group.id, "Asia/Shanghai", Days.WORKDAYS, Late.WITHIN_THE_DAY, None),
        ("task.remind", None, "Asia/Tokyo", Days.ANY, Late.MERGE, None),
    ]


async def test_a_schedule_is_due_from_its_moment_on_the_oldest_first(database, branch):
    await database.write(schedule.plan, schedules=[GROUPS, ENTERPRISE], zone="Asia/Shanghai")
    rows = await database.read(schedule.due, at=AT, limit=9)

    def plan(stores):
        for row, when in zip(rows, (AT + HOUR, AT), strict=True):
            stores.schedules.set_next(row, when)

    await database.write(plan)
    found = [
        [row.name for row in await database.read(schedule.due, at=AT + away, limit=9)]
        for away in (-HOUR, 0 * HOUR, HOUR)
    ]
    assert found == [[], ["task.remind"], ["task.remind", "study.prompt"]]


async def test_a_group_that_the_bot_has_left_is_not_planned_for(database, branch):
    await database.write(schedule.plan, schedules=[GROUPS], zone="Asia/Shanghai")
    await database.write(lambda stores: stores.chats.save(replace(branch.group, active=False)))
    assert await database.read(schedule.due, at=AT, limit=9) == []


async def test_what_is_missing_is_seen_without_a_transaction_that_writes(database, branch):
    both = [GROUPS, ENTERPRISE]
    assert await database.read(schedule.needs_planning, schedules=both)
    await database.write(schedule.plan, schedules=both, zone="Asia/Shanghai")
    assert not await database.read(schedule.needs_planning, schedules=both)
    await database.write(lambda stores: stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "二支部"), LOCALE, AT))
    assert await database.read(schedule.needs_planning, schedules=[GROUPS])
    assert not await database.read(schedule.needs_planning, schedules=[ENTERPRISE])


async def test_no_more_is_looked_at_in_one_go_than_was_asked_for(database, branch):
    await database.write(schedule.plan, schedules=[GROUPS, ENTERPRISE], zone="Asia/Shanghai")
    assert len(await database.read(schedule.due, at=AT, limit=1)) == 1


async def test_what_a_clock_far_ahead_has_run_is_planned_anew(database, branch):
    await database.write(schedule.plan, schedules=[GROUPS], zone="Asia/Shanghai")
    (row,) = await database.read(schedule.due, at=AT, limit=9)
    year = timedelta(days=365)
    await database.write(trust.note, evidence=Evidence(), at=AT)
    await database.write(trust.note, evidence=Evidence(), at=AT + year)
    await database.write(lambda stores: stores.schedules.ran(row, AT + year, AT + year))
    assert await database.read(schedule.due, at=AT, limit=9) == []
    assert (await database.read(trust.look, evidence=Evidence(), at=AT))[1], "there is something to note"
    await database.write(trust.note, evidence=Evidence(), at=AT)
    assert await database.read(schedule.due, at=AT, limit=9) == [row]


# Drafts


async def test_a_draft_is_one_for_a_member_in_a_chat_and_its_number_never_comes_twice(database, branch):
    draft = Draft(DraftId(0), "task", branch.li.id, branch.group.id, "owner", {})
    made = await database.write(lambda stores: stores.drafts.add(draft, AT))
    assert await database.read(lambda stores: stores.drafts.open_of(branch.li.id, branch.group.id)) == made
    assert await database.read(lambda stores: stores.drafts.open_of(branch.wang.id, branch.group.id)) is None
    filled = replace(made.filled(owners="3,4", due="17"), step="title")
    await database.write(lambda stores: stores.drafts.save(filled))
    assert await database.read(lambda stores: stores.drafts.get(made.id)) == filled
    await database.write(lambda stores: stores.drafts.remove(made.id))
    assert await database.read(lambda stores: stores.drafts.get(made.id)) is None
    assert (await database.write(lambda stores: stores.drafts.add(draft, AT))).id > made.id
