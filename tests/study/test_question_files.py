"""Questions come in from files in private, and go out again; rules of what a file's questions become."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.study import question_files
from domain.study.question import Blank, Change, Question, QuestionKind, StoredQuestion, faults
from handlers.study.question_files.files import FaultyQuestions, as_file, as_questions
from handlers.study.question_files.fitting import fit, to_file
from sandbox.files import Upload
from sheets.questions import Loss, Mistake
from sheets.questions.reader import read
from tests.dialogue import LI, SECRETARY, Place, World
from tests.sheets.making import xlsx
from tests.voice.test_questionnaire_chat import desk

TEXT = """1．成立于（ ）年
A．1919
B．1921
答案：B
2．党员应当交党费。（√）
3．根本宗旨是____。
答案：为人民服务
难度：易
"""
HEAD = ["题型", "题干", "选项A", "选项B", "答案", "编号"]


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({7000000001})


def upload(text: str | bytes, name: str = "题库.txt") -> Upload:
    return Upload(name, "application/octet-stream", text.encode("gbk") if isinstance(text, str) else text)


async def test_a_file_is_shown_imported_changed_and_given_back(world: World, group: Place) -> None:
    await group.says(LI, "早")
    office = await desk(world, SECRETARY)
    assert "题库还是空的" in await office.says(SECRETARY, "/questions")
    assert office.buttons() == ["空白表格", "导出表格", "导出文本", "导出 GIFT", "导出 Moodle"]
    shown = await office.says(SECRETARY, document=upload(TEXT))
    assert "题库.txt：单选 1、判断 1、填空 1" in shown
    assert "新增 3 题，更新 0 题，不变 0 题" in shown
    assert "其他设置：第 8 行" in shown
    assert await world.rows("study_questions") == 0
    await office.presses(SECRETARY, "导入")
    assert "已导入：新增 3 题" in office.newest()
    assert await world.rows("study_questions") == 3
    assert await world.rows("audit", "subject = 'questions'") == 1
    assert "3 题和题库里的一样" in await office.says(SECRETARY, document=upload(TEXT))

    faulty = await office.says(SECRETARY, document=upload(TEXT.replace("答案：B", "答案：E")))
    assert "文件里有 1 处要改，没有导入" in faulty
    assert "第 1 行：答案 E 超出选项" in faulty
    changed = await office.says(SECRETARY, document=upload(TEXT.replace("答案：B", "答案：A")))
    assert "新增 0 题，更新 1 题，不变 2 题" in changed
    await office.presses(SECRETARY, "放弃")

    await office.says(SECRETARY, "/questions")
    await office.presses(SECRETARY, "导出 GIFT")
    sent = world.sandbox.world.files.by_id(office.bot_messages()[-1]["document"]["file_id"]).data
    assert "=1921" in sent.decode()
    assert "3 题和题库里的一样" in await office.says(SECRETARY, document=upload(sent))

    # A table is a roster, questions or a questionnaire by its headings.
    table = xlsx([HEAD, ["单选题", "甲", "一", "二", "A", "t1"]])
    assert "新增 1 题" in await office.says(SECRETARY, document=upload(table, "x.xlsx"))
    await office.presses(SECRETARY, "放弃")
    asked = xlsx([["标题", "食堂"], ["题目", "题型", "选项"], ["好吃吗？", "单选", "好|不好"]])
    assert "《食堂》，1 题" in await office.says(SECRETARY, document=upload(asked, "x.xlsx"))
    await office.presses(SECRETARY, "放弃")


async def test_whoever_does_not_keep_the_library_imports_nothing(world: World, group: Place) -> None:
    await group.says(LI, "早")
    office = await desk(world, LI)
    assert "单选 1" not in await office.says(LI, document=upload(TEXT))
    assert "题库" not in await office.says(LI, "/questions")
    assert await world.rows("study_questions") == 0


class Stored:
    """The library's questions by their codes."""

    def __init__(self) -> None:
        self.known: dict[str, Question] = {}
        self.notes: list[Any] = []
        self.questions = self.audit = self

    def by_codes(self, codes: list[str]) -> list[StoredQuestion]:
        return [StoredQuestion(1, self.known[code]) for code in codes if code in self.known]  # type: ignore[arg-type]  # a small fake

    def put(self, question: Question) -> Change:
        before = self.known.get(question.code)
        self.known[question.code] = question
        return Change.ADDED if before is None else Change.SAME if before == question else Change.CHANGED

    def note(self, *said: Any, **_: Any) -> None:
        self.notes.append(said)


def carried(stores: Stored, text: str) -> tuple[int, int, int]:
    questions = as_questions(read(text.encode())).questions
    planned = question_files.plan(stores, questions=questions)  # type: ignore[arg-type]  # a small fake
    done = question_files.carry_out(stores, questions=questions, by=None, at=None)  # type: ignore[arg-type]  # a small fake
    assert planned == done
    return len(done.added), len(done.changed), done.same


def test_the_same_file_again_doubles_nothing():
    stores = Stored()
    assert carried(stores, TEXT) == (3, 0, 0)
    assert carried(stores, TEXT) == (0, 0, 3)
    assert carried(stores, TEXT.replace("答案：B", "答案：A")) == (0, 1, 2)
    assert len(stores.notes) == 2
    for ending in (".xlsx", ".csv", ".txt", ".gift", ".xml"):
        written = as_file(list(stores.known.values()), ending, lambda name, **_: name[:20], "en")
        assert written.lost == ()
        again = fit(read(written.content))
        assert {one.code: one for one in again.questions} == stores.known


SAME_STEM = "{}．正确的是\nA．{}\nB．{}\n答案：{}\n"


def test_questions_of_the_same_words_are_told_apart_by_their_options():
    two = SAME_STEM.format(1, "一", "二", "A") + SAME_STEM.format(2, "三", "四", "A")
    assert len({one.code for one in as_questions(read(two.encode())).questions}) == 2
    again = SAME_STEM.format(1, "一", "二", "A") + SAME_STEM.format(2, "一", "二", "A")
    fitted = as_questions(read(again.encode()))
    assert (len(fitted.questions), [one.loss for one in fitted.lost]) == (1, [Loss.TWICE])
    with pytest.raises(FaultyQuestions) as refused:
        as_questions(read((SAME_STEM.format(1, "一", "二", "A") + SAME_STEM.format(2, "一", "二", "B")).encode()))
    assert [(one.place.line, one.mistake) for one in refused.value.values["faults"]] == [(5, Mistake.QUESTION_TWICE)]


def test_a_question_of_the_library_goes_through_a_file():
    one = Question("n", QuestionKind.FILL_IN, "圆周率", blanks=(Blank(("3.14",), Decimal("0.01")),), topic="数")
    assert to_file(one).tolerance == Decimal("0.01")
    two = replace(one, code="m", blanks=(Blank(("1",)), Blank(("2", "二"))), text="____ ____")
    written = as_file([one, two], ".txt", lambda name, **_: name, "zh")
    assert fit(read(written.content)).questions == (one, two)
    assert [reason for each in (one, two) for reason in faults(each)] == []
