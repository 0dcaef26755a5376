"""Questions in the store: of each kind, changed, retired, and those that were quizzes of items before."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.study import question_files
from domain.study.item import Lesson
from domain.study.question import Blank, Change, Question, QuestionKind
from storage import migrate
from storage.database import connect
from tests.stores import AT, Renderer
from tests.study.questions import single

ONE = single("one", "帽带怎么系？", ("松", "紧"), 1, "松了会掉")
KINDS = (
    ONE,
    Question("many", QuestionKind.MULTIPLE, "哪些？", ("甲", "乙", "丙"), (0, 2), source="规程", topic="安全"),
    Question("true", QuestionKind.TRUE_FALSE, "对吗？", right=(1,)),
    Question(
        "blank", QuestionKind.FILL_IN, "几米？", blanks=(Blank(("2.5", "二米五"), Decimal("0.1")), Blank(("米",)))
    ),
    Question("pairs", QuestionKind.MATCHING, "配对", pairs=(("甲", "一"), ("乙", "二")), distractors=("三",)),
    Question("order", QuestionKind.ORDERING, "排序", ("先", "后")),
)


async def test_a_question_of_each_kind_comes_back_as_it_was(database):
    await database.write(lambda stores: [stores.questions.put(one) for one in KINDS])
    found = await database.read(lambda stores: stores.questions.of_topics(()))
    assert tuple(one.question for one in found) == KINDS
    assert [one.version for one in found] == [1] * len(KINDS)


async def test_a_question_that_is_put_again_is_changed_or_the_same_and_not_doubled(database):
    def again(stores):
        changes = [stores.questions.put(one) for one in (ONE, ONE, replace(ONE, text="怎么系帽带？"))]
        (found,) = stores.questions.by_codes(["one", "none"])
        stores.questions.retire(found.id)
        asked = stores.questions.of_topics(())
        changes.append(stores.questions.put(ONE))
        return changes, found.version, asked, stores.questions.get(found.id)

    changes, version, asked, found = await database.write(again)
    assert changes == [Change.ADDED, Change.SAME, Change.CHANGED, Change.CHANGED]
    assert (version, asked) == (2, [])
    assert (found.question, found.version) == (ONE, 3)


async def test_a_question_that_is_asked_no_more_is_told_as_a_change_before_it_comes_back(database):
    def again(stores):
        stores.questions.put(ONE)
        (known,) = stores.questions.by_codes(["one"])
        stores.questions.retire(known.id)
        planned = question_files.plan(stores, questions=[ONE])
        return planned, question_files.carry_out(stores, questions=[ONE], by=None, at=AT)

    planned, done = await database.write(again)
    assert planned == done
    assert (planned.changed, planned.same) == ((ONE.text,), 0)


async def test_a_lessons_question_is_kept_under_its_code_and_retired_when_it_has_none(database):
    lesson = Lesson("helmet", "安全帽", "安全", "系紧。", "规程", single("other", "怎么系？", ("松", "紧"), 1))

    def put(stores):
        first = stores.studies.put(lesson)
        (kept,) = stores.questions.of_topics(())
        changes = [first, stores.studies.put(lesson), stores.studies.put(replace(lesson, question=None))]
        return kept, changes, stores.questions.of_item(kept.item), stores.questions.of_topics(["安全"])

    kept, changes, of_item, of_topic = await database.write(put)
    assert kept.question.code == "helmet"
    assert changes == [Change.ADDED, Change.SAME, Change.CHANGED]
    assert of_item == of_topic == []


OLD_ITEM = """
INSERT INTO study_items (id, code, title, topic, text, source, quiz) VALUES (1, 'helmet', '帽', '安全', '系', '规', ?)
"""


@pytest.fixture
async def upgraded(tmp_path, monkeypatch):
    """A store of the version before, with an item with a quiz and one without, brought up to date."""
    file = tmp_path / "old.db"
    monkeypatch.setattr(migrate, "newest_version", lambda: "0043")
    monkeypatch.setattr(migrate.command, "upgrade", _up_to("0043"))
    migrate.upgrade(f"sqlite:///{file}")
    monkeypatch.undo()
    quiz = json.dumps({"question": "怎么系？", "options": ["松", "紧"], "answer": 1, "explanation": "会掉"})
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(OLD_ITEM, (quiz,))
        connection.execute(
            "INSERT INTO study_items (code, title, topic, text, source) VALUES ('lock', '锁', '', '文', '源')"
        )
    migrate.upgrade(f"sqlite:///{file}")
    database = connect(f"sqlite:///{file}", Renderer(), lambda: AT)
    await database.open()
    yield database
    await database.close()


def _up_to(revision):
    upgrade = migrate.command.upgrade
    return lambda config, _: upgrade(config, revision)


async def test_quizzes_of_an_earlier_version_become_questions(upgraded):
    def read(stores):
        return stores.questions.of_topics(()), stores.studies.candidates(1, AT.date())

    (found,), candidates = await upgraded.read(read)
    asked = replace(single("helmet", "怎么系？", ("松", "紧"), 1, "会掉"), topic="安全", source="规")
    assert (found.question, found.item, found.version) == (asked, 1, 1)
    assert [one.item.lesson.question for one in candidates] == [asked, None]
