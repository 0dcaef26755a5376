"""The board of stars and the certificate as they are drawn."""

from datetime import date

import pytest

import texts
from bot.drawings import DRAWINGS
from charts import Board, Certificate, Painter
from domain.life.evaluation.pictures import MAX_LINES, Award, Days, Starred, board, certificate

YEAR = Days(date(2025, 1, 1), date(2025, 12, 31))
LINES = [Starred(place, f"第{place}支部", 9800 - 100 * place, max(0, 6 - place)) for place in range(1, 15)]
AWARD = Award("一支部", "五星", "星级党支部", YEAR, "公司党委", date(2026, 1, 20))


def drawn(picture: object, language: str = "zh") -> object:
    def words(text: str, /, **values: object) -> str:
        return texts.label(text, texts.Reader(language, "Asia/Shanghai"), values)

    return DRAWINGS[picture.kind](picture.values, words)  # type: ignore[attr-defined]


def test_a_board_has_stars_and_scores_and_says_how_many_are_missing() -> None:
    found = drawn(board("星级党支部", YEAR, LINES))
    assert isinstance(found, Board)
    assert len(found.lines) == MAX_LINES
    assert (found.lines[0].name, found.lines[0].shown) == ("第1支部", "★★★★★ 97.00")
    assert found.lines[-1].shown == "86.00", "without stars"
    assert (found.subtitle, found.rest) == ("2025年1月1日—2025年12月31日", "还有 2 个未列出")
    english = drawn(board("Stars", YEAR, LINES[:2]), "en")
    assert isinstance(english, Board)
    assert (english.lines[1].shown, english.rest) == ("★★★★ 96.00", "")


def test_a_certificate_names_branch_grade_days_and_who_gives_it() -> None:
    found = drawn(certificate(AWARD))
    assert isinstance(found, Certificate)
    assert (found.name, found.honour, found.issuer) == ("一支部", "星级党支部 · 五星", "公司党委")
    assert found.citation.startswith("根据2025年1月1日至2025年12月31日")
    assert found.date == "2026年1月20日"


@pytest.mark.parametrize(
    "picture", [board("星级党支部", YEAR, LINES), certificate(AWARD)], ids=["board", "certificate"]
)
async def test_they_can_be_painted(picture: object) -> None:
    painter = Painter()
    try:
        png = await painter.paint(drawn(picture))  # type: ignore[arg-type]
    finally:
        await painter.close()
    assert png.startswith(b"\x89PNG")
