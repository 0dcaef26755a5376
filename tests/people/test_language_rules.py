import pytest

import texts
from domain.people.language import LANGUAGES, spoken


def test_the_languages_are_those_that_there_are_words_in():
    assert set(LANGUAGES) == set(texts.LANGUAGES)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", "zh"),
        ("zh-hans", "zh"),
        ("zh_TW", "zh"),
        ("EN-us", "en"),
        ("kk", None),
        ("zhx", None),
        ("", None),
        (None, None),
    ],
)
def test_a_platforms_code_stands_for_a_language_or_for_none(code, language):
    assert spoken(code) == language
