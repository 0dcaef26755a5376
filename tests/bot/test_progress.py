"""The bar of long work, and who moves it."""

import io
import sys

import pytest

from bot.progress import bar
from domain.study import question_files
from tests.stores import AT
from tests.study.questions import single


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with bar("写入") as show:
        show(1, 4)
        show(4, 4)
    assert "写入" in terminal.getvalue()
    assert " 25%" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_a_file_or_a_pipe_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", pipe := io.StringIO())
    with bar("写入") as show:
        show(4, 4)
    assert "%" not in pipe.getvalue()


async def test_an_import_of_many_questions_tells_how_far_it_is(database) -> None:
    many = [single(f"q{number}", f"第{number}题？", ("是", "否"), 0) for number in range(250)]
    told: list[tuple[int, int]] = []

    def unit(stores) -> None:
        question_files.carry_out(stores, questions=many, by=None, at=AT, progress=lambda *far: told.append(far))

    await database.write(unit)
    assert told == [(100, 250), (200, 250), (250, 250)]
