"""Options of a question that speak of the others."""

import pytest

from plain.options import names_letters, sums_up


@pytest.mark.parametrize(
    "option",
    [
        *(
            "以上都对",
            "以上都是",
            "以上均不正确",
            "上述说法都正确",
            "以上选项都不对",
            "以上皆是",
            "前三项都是",
            "都不对",
            "全部正确",
            "均正确",
        ),
        *("All of the above", "none of these", "None of the above.", "both", "All are correct"),
    ],
)
def test_an_option_sums_the_others_up(option: str) -> None:
    assert sums_up(option)


@pytest.mark.parametrize(
    "option",
    [
        "都要戴安全帽",
        "以上述文件为准",
        "全员参加",
        "10 米以上",
        "全部撤离到地面",
        "all workers wear helmets",
        "",
        "以上都对" * 20,
    ],
)
def test_an_option_of_its_own_sums_nothing_up(option: str) -> None:
    assert not sums_up(option)


@pytest.mark.parametrize(
    "option",
    ["A和B", "A、B、C", "AB都对", "A和C都不正确", "ＡＢ均正确", "both A and B", "A or C is right", "Neither A nor B"],
)
def test_an_option_names_others_by_their_letters(option: str) -> None:
    assert names_letters(option)


@pytest.mark.parametrize("option", ["A", "A类火灾", "AED", "BAD", "head", "B级和C级", "CAD 图纸", "A4 纸", ""])
def test_letters_that_are_words_name_no_option(option: str) -> None:
    assert not names_letters(option)
