"""A group's work is read within its span, on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.admin.setting import Name, Scope, Where
from domain.ids import SuggestionId, SurveyId, TaskId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.poll import Tally
from domain.people.actor import Actor
from domain.points import points
from domain.report import export
from domain.report.export import NothingToExport, Period, TooMuch
from domain.study.item import Lesson
from domain.voice.suggestion import Suggestion, Tagging
from domain.voice.survey import Question, Survey
from domain.work.task import Plan, Task
from tests.points.events import ON_TIME
from tests.stores import AT, LOCALE

DAY = timedelta(days=1)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def span(branch, most=100):
    return (branch.group.id, AT, AT + DAY, most)


def actor(branch):
    return Actor(branch.li, branch.group, AT, is_platform_admin=True)


def task(branch, given, due, done=None):
    owner = branch.li
    made = Task(TaskId(0), TaskId(0), branch.group.id, owner, owner, Plan("a"), AT + due, AT + given)
    return made if done is None else replace(made, done_at=AT + done)


async def test_tasks_that_were_given_due_or_done_in_the_span_are_found(database, branch):
    def unit(stores):
        moments = [(-DAY, -DAY / 2), (-DAY, DAY / 2), (DAY / 2, 9 * DAY), (-DAY, 9 * DAY), (DAY, 2 * DAY)]
        made = [stores.tasks.add(task(branch, *one), f"s{n}") for n, one in enumerate(moments)]
        stores.tasks.save(replace(made[3], done_at=AT))
        return [one.id for one in made], [one.id for one in stores.tasks.in_span(*span(branch))]

    made, found = await database.write(unit)
    assert found == [made[1], made[2], made[3]]


async def test_suggestions_are_those_of_the_group_and_the_span(database, branch):
    def unit(stores):
        other = stores.chats.add(ChatProfile(-2, ChatKind.GROUP, ""), LOCALE, AT)
        for n, (group, at) in enumerate(
            [(branch.group, AT), (branch.group, AT + DAY), (other, AT), (branch.group, AT + DAY / 2)]
        ):
            one = Suggestion(SuggestionId(0), group.id, branch.li, f"{n}", Tagging(("a",), ("安全",)), at)
            stores.suggestions.add(one, f"s{n}", f"{n}")
        return [(one.text, one.tagging.tags) for one in stores.suggestions.in_span(*span(branch))]

    assert await database.write(unit) == [("0", ("安全",)), ("3", ("安全",))]


async def test_the_ledger_tells_who_is_on_no_board(database, branch):
    def unit(stores):
        for member in (branch.li, branch.wang):
            points.award(stores, member.id, branch.group, *ON_TIME, source="t", cause="c", at=AT)
        stores.settings.put(Where(Scope.MEMBER, branch.wang.id), Name.ON_BOARD, "no")
        return [(one.member.name, one.entry.points, one.named) for one in stores.points.in_span(*span(branch))]

    assert await database.write(unit) == [("李伟", 5, True), ("王海燕", 5, False)]


async def test_answers_are_counted_for_the_prompt_that_they_belong_to(database, branch):
    def unit(stores):
        stores.studies.put(Lesson("a", "题", "", "text", "source"))
        item = stores.studies.candidates(branch.group.id, date(2026, 11, 25))[0].item
        prompt = stores.studies.add_prompt(branch.group, item, date(2026, 11, 25), AT)
        stores.studies.add_prompt(branch.group, item, date(2026, 11, 27), AT + 2 * DAY)
        return prompt, [tuple(one) for one in stores.studies.in_span(*span(branch))]

    _, found = await database.write(unit)
    assert found == [("a", "题", date(2026, 11, 25), AT, 0, 0)]


async def test_who_chose_what_is_read_of_published_named_surveys_alone(database, branch):
    def unit(stores):
        made = []
        for n, (anonymous, published) in enumerate([(False, AT), (True, AT), (False, None)]):
            question = Question(f"q{n}", ("a", "b"), anonymous)
            one = stores.surveys.add(Survey(SurveyId(0), branch.group.id, branch.li, question, AT, AT + DAY), f"s{n}")
            stores.surveys.put_answer(one.id, branch.wang.id, (1,), AT)
            stores.surveys.save(replace(one, published_at=published, tally=Tally((0, 1), 1)))
            made.append(one.id)
        asked = [one.id for one in stores.surveys.in_span(*span(branch))]
        table = export.work(export.look(stores, actor(branch), period=NOVEMBER)).tables[-1]
        return made, asked, stores.surveys.chosen_in_span(*span(branch)), [row[5:8] for row in table.rows]

    made, asked, chosen, rows = await database.write(unit)
    assert asked == made
    assert [(one.survey, one.member.name, one.options) for one in chosen] == [(made[0], "王海燕", (1,))]
    assert rows[:2] == [(1, "a", 0), (1, "b", 1)]
    assert rows[4:] == [(None, "a", None), (None, "b", None)], "no votes before the result is published"


async def test_nothing_is_refused_and_so_is_too_much(database, branch, monkeypatch):
    with pytest.raises(NothingToExport):
        export.work(await database.read(export.look, actor(branch), period=NOVEMBER))
    await database.write(lambda stores: [stores.tasks.add(task(branch, DAY, DAY), f"s{n}") for n in range(3)])
    monkeypatch.setattr(export, "MAX_ROWS", 2)
    with pytest.raises(TooMuch):
        export.work(await database.read(export.look, actor(branch), period=NOVEMBER))
    monkeypatch.setattr(export, "MAX_ROWS", 3)
    work = export.work(await database.read(export.look, actor(branch), period=NOVEMBER))
    assert [table.name for table in work.tables] == ["tasks"]
    assert len(work.tables[0].rows) == 3


async def test_groups_are_those_that_somebody_is_in_now(database, branch):
    def unit(stores):
        others = [stores.chats.add(ChatProfile(-n, ChatKind.GROUP, f"{n}"), LOCALE, AT) for n in (2, 3, 4)]
        for one in others:
            stores.members.speak(one.id, branch.li.id, AT)
        stores.members.leave(others[0].id, branch.li.id, AT)
        stores.chats.save(replace(others[1], active=False))
        every, first = stores.members.groups_of(branch.li.id, 9), stores.members.groups_of(branch.li.id, 1)
        return [one.id for one in every] == [branch.group.id, others[2].id], len(first)

    assert await database.write(unit) == (True, 1)
