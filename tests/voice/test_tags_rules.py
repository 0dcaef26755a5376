"""The tag table's rules: what changes make of a table, and what may be in it."""

import random

import pytest

from domain.voice import tags
from domain.voice.tags import CUES, Change, Kind, Tag, TooMuch, Wrong, changed, differences
from handlers.voice.tag_files import as_tags, for_tagger, shipped
from language.table import TABLE, read_table
from sheets.tags import Row


def tag(name: str, *words: str, phrases: tuple[str, ...] = (), english: str = "x") -> Tag:
    return Tag(name, english, {Kind.WORDS: frozenset(words), Kind.PHRASES: frozenset(phrases), Kind.HINTS: frozenset()})


def some_table(rng: random.Random) -> list[Tag]:
    cues = [f"词{n}" for n in range(6)]
    return [
        Tag(f"标签{n}", rng.choice("ab"), {kind: frozenset(rng.sample(cues, rng.randrange(4))) for kind in CUES})
        for n in rng.sample(range(5), rng.randrange(5))
    ]


def test_the_differences_of_two_tables_make_one_of_the_other() -> None:
    rng = random.Random(12)  # noqa: S311 - the same tables in each run
    for _ in range(300):
        old, new = some_table(rng), some_table(rng)
        made = changed(old, differences(old, new))
        assert {one.name: one for one in made} == {one.name: one for one in new}
        assert differences(made, new) == []


def test_a_newer_program_brings_its_words_to_a_changed_table() -> None:
    changes = [Change("宿舍", Kind.WORDS, "上铺", added=True), Change("宿舍", Kind.WORDS, "床", added=False)]
    changes.append(Change("没有的", Kind.WORDS, "词", added=True))
    (made,) = changed([tag("宿舍", "床", "热水")], changes)
    assert made.cues[Kind.WORDS] == {"上铺", "热水"}


@pytest.mark.parametrize(
    ("kind", "cue", "wrong"),
    [
        (Kind.WORDS, "瓦斯", None),
        (Kind.WORDS, "", Wrong.NO_CUE),
        (Kind.WORDS, "、。", Wrong.NO_CUE),
        (Kind.WORDS, "灰", Wrong.SHORT_CUE),
        (Kind.HINTS, "灰", None),
        (Kind.PHRASES, "没…系", None),
        (Kind.PHRASES, "没…", Wrong.GAP),
        (Kind.PHRASES, "瘸", None),
        (Kind.WORDS, "没…系", Wrong.GAP),
        (Kind.WORDS, "汉" * 21, Wrong.LONG_CUE),
    ],
)
def test_what_a_cue_may_be(kind: Kind, cue: str, wrong: Wrong | None) -> None:
    assert tags.wrong_cue(kind, cue) is wrong


def test_a_file_tells_its_mistakes_by_rows() -> None:
    rows = [
        Row(2, "宿舍", "Dormitory", "words", "上铺"),
        Row(3, "宿舍", "", "phrases", "太...吵"),
        Row(4, "", "", "words", "热水"),
        Row(5, "宿舍", "", "别的", "热水"),
        Row(6, "宿舍", "", "words", "冷"),
        Row(7, "汉" * 21, "", "words", "热水"),
    ]
    made, faults = as_tags(rows)
    assert [(one.row, one.wrong) for one in faults] == [
        (4, Wrong.NO_NAME),
        (5, Wrong.NO_KIND),
        (6, Wrong.SHORT_CUE),
        (7, Wrong.LONG_NAME),
    ]
    assert (made[0].english, made[0].count) == ("Dormitory", 2)
    assert made[0].cues[Kind.PHRASES] == {"太…吵"}


def test_a_table_has_an_end() -> None:
    with pytest.raises(TooMuch):
        tags.check_table([tag(f"标签{n}", "词语") for n in range(tags.MAX_TAGS + 1)])


def test_the_programs_own_table_may_be_what_it_is() -> None:
    assert for_tagger(shipped()) == read_table(TABLE)
    tags.check_table(shipped())
    every = [(kind, cue) for one in shipped() for kind in CUES for cue in one.cues[kind]]
    assert [found for found in every if tags.wrong_cue(*found)] == []
