"""Tags, measured on sentences as people write them; `docs/tagging.md` has the figures."""

from pathlib import Path

import pytest

from benchmarks.tagging.measure import Figures, measured
from benchmarks.tagging.sentences import FRESH, KEPT, TUNING, read
from language import model
from language.tags import DANGER, Tagger


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    made = Tagger(tmp_path_factory.mktemp("words"))
    made.load()
    return made


def _figures(tagger: Tagger, path: Path) -> Figures:
    return measured(read(path), lambda text: tagger.read(text).tags)


@pytest.mark.parametrize(("path", "least"), [(TUNING, 0.9), (KEPT, 0.84), (FRESH, 0.83)])
def test_the_tags_of_a_suggestion_are_mostly_those_that_a_person_gives(
    tagger: Tagger, path: Path, least: float
) -> None:
    figures = _figures(tagger, path)
    assert figures.f1 >= least
    assert figures.clean >= 0.85
    assert figures.of[DANGER].recall >= 0.8


def test_there_are_enough_sentences_and_none_is_in_two_files() -> None:
    texts = [one.text for path in (TUNING, KEPT, FRESH) for one in read(path)]
    assert len(texts) >= 700
    assert len(set(texts)) == len(texts)


def test_the_sentences_have_tags_of_the_table(tagger: Tagger) -> None:
    names = {tag.name for tag in tagger.tags}
    assert all(one.tags <= names for path in (TUNING, KEPT, FRESH) for one in read(path))


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    model.write(path, model.Model.of(("a", "b"), (-1.0, -2.0), {"盖板": (4.0, -2.0), "盖": (0.5, 0.0)}))
    made = model.read(path)
    assert made.likely("") == {"a": 0.0, "b": 0.0}
    likely = made.likely("盖板")
    assert likely["a"] > 0.5 > likely["b"]
