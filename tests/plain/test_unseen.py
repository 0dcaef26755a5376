"""Marks that nobody sees are in nothing that is shown, and make no two things of one."""

import io

import pytest
import python_calamine
import telegram

import sheets
import texts
from domain.messaging.composing import poll_body
from domain.messaging.message import Poll
from domain.study.library import Reason, WrongLibrary
from domain.voice.survey import Question, SameOption
from handlers.origin import person_profile
from handlers.study import library_files

READER = texts.Reader("zh", "Asia/Shanghai")
TURNED = "\u202e明\u2066李\u200b\u00ad"


def test_no_text_has_them():
    said = texts.render(
        "survey.preview",
        READER,
        {
            "question": TURNED,
            "options": [TURNED, "a\ufeffb"],
            "anonymous": False,
            "multiple": False,
            "closes_at": None,
            "unread": (),
        },
    )
    assert "明李" in said
    assert "ab" in said
    assert not set(said) & set("\u202e\u2066\u200b\u00ad\ufeff")


def test_no_shortened_text_has_them():
    said = texts.render("survey.same_option", READER, {"option": f"{TURNED * 3}\u200b" + "\u200b" * 500 + "完"})
    assert "明李明李明李完" in said


def test_no_poll_has_them():
    body = poll_body(Poll(TURNED, (TURNED, "1"), explanation=TURNED, correct=1))
    assert (body["question"], body["options"], body["explanation"]) == ("明李", ("明李", "1"), "明李")


@pytest.mark.parametrize("as_csv", [True, False])
def test_no_file_has_them(as_csv):
    made = sheets.write([sheets.Table("a", [sheets.Column("名", 10)], [[TURNED]])], as_csv=as_csv)
    if as_csv:
        assert made.decode("utf-8-sig").splitlines() == ["名", "明李"]
    else:
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0)
        assert sheet.to_python() == [["名"], ["明李"]]


@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\ufeff", "\u00ad", "\ufe0f", "\u3164", " \u3000"])
def test_options_that_look_the_same_are_the_same(mark):
    with pytest.raises(SameOption):
        Question("几点？", ("16:00", f"16:00{mark}"))
    options = f'["16:00", "16:00{mark}"]'
    item = (
        f'[[item]]\ncode = "a"\ntitle = "b"\ntext = "c"\nsource = "d"\nquestion = "e"\noptions = {options}\nanswer = 0'
    )
    with pytest.raises(WrongLibrary) as wrong:
        library_files.read(item.encode())
    assert [(one.reason, one.detail) for one in wrong.value.faults] == [(Reason.QUESTION, "same_options")]


def test_options_that_differ_to_the_eye_are_two():
    assert len(Question("几点？", ("m2", "m²", "M2", "（A）", "(A)")).options) == 5


def test_a_display_name_has_none_of_them_unless_there_is_nothing_else():
    assert person_profile(telegram.User(1, "李\u200b", last_name="\u202e明", is_bot=False)).name == "李明"
    assert person_profile(telegram.User(1, "\u202e\u200b", is_bot=False)).name != ""
