"""Acute danger rings somebody at once; drills, lessons, denials and mere nuisances do not."""

from pathlib import Path

import pytest

from benchmarks.tagging.hazards import BLIND, TRAINING, among_tags, counted, told
from benchmarks.tagging.sentences import FRESH, KEPT, TUNING
from language import hazard


def rows(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


# The table was made from these, one file after another. Of the last one it knew 6 of 15 dangers before its words were
# added, and gave no false alarm.
FILES = ("hazards.tsv", "hazards_kept.tsv", "hazards_last.tsv", "hazards_unseen.tsv")
ROWS = [row for name in FILES for row in rows(name)]


@pytest.mark.parametrize(("kind", "words"), ROWS)
def test_a_sentence_rings_or_does_not(kind: str, words: str) -> None:
    assert (hazard.read(words) is not None) == (kind == "acute"), hazard.read(words)


def test_the_table_has_enough_of_both_kinds() -> None:
    kinds = [kind for kind, _ in ROWS]
    assert min(kinds.count("acute"), kinds.count("calm")) >= 50
    assert len({words for _, words in ROWS}) == len(ROWS)


def test_a_long_text_is_read_in_no_time() -> None:
    assert hazard.read("瓦斯" * 1000) is None
    assert hazard.read("没" * 2000 + "着火") is None
    assert hazard.read("") is None


def test_sentences_written_blind_ring_mostly_and_calm_ones_hardly_ever() -> None:
    """By totals: no sentence of this file has been looked at for the table or the model, nor shall be."""
    count = counted(told(BLIND), hazard.read)
    assert min(count.dangers, count.calm) >= 80
    assert count.recall >= 0.75
    assert count.alarms <= 0.08


def test_ordinary_suggestions_hardly_ever_ring() -> None:
    count = counted((one for path in (TUNING, KEPT, FRESH) for one in among_tags(path)), hazard.read)
    assert count.alarms <= 0.03


def test_the_model_has_learnt_of_no_sentence_that_it_is_measured_on() -> None:
    learnt = {one.text for one in told(TRAINING)}
    measured = {one.text for one in told(BLIND)} | {one.text for path in (KEPT, FRESH) for one in among_tags(path)}
    assert len(learnt) >= 1400
    assert not learnt & measured


def test_where_the_table_is_silent_the_model_names_the_clause() -> None:
    text = "跟各位说一下，煤仓里有两个人陷在下面"
    assert hazard.by_table(text) is None
    assert hazard.read(text) == "煤仓里有两个人陷在下面"


def test_a_long_sentence_does_not_drown_the_danger() -> None:
    calm = "食堂的菜不错，班车也准时，澡堂的水热了，工资条发得早，"
    assert hazard.read(calm) is None
    assert hazard.read(f"{calm}氨味很大，眼睛睁不开，有两个人站不住，{calm}") is not None


@pytest.mark.parametrize("before", ["组织一次演练：", "培训课上讲了，", "万一"])
def test_what_makes_a_sentence_calm_holds_for_the_model_too(before: str) -> None:
    text = "煤仓里有两个人陷在下面"
    assert hazard.read(text)
    assert hazard.read(before + text) is None
    assert hazard.read(f"现在{before}{text}")
