"""Acute danger: the sentences it is learnt from and measured on, and the making of `language/hazards.weights`.

python -m benchmarks.tagging.hazards; it tells what cross-validation finds for several thresholds, then writes the
weights. scikit-learn is needed for it, and never while the program runs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.tagging.sentences import FOLDER, TUNING, read
from language import hazard, model
from language.words import fold

TRAINING = FOLDER / "hazards_training.tsv"
OF_THE_TABLE = tuple(FOLDER / f"hazards{name}.tsv" for name in ("", "_kept", "_last", "_unseen"))
BLIND = FOLDER / "hazards_blind.tsv"
AMONG_TAGS = FOLDER / "hazards_among_tags.tsv"  # which sentences with tags tell of acute danger, or may
_ACUTE, _CALM = "acute", "calm"
_FIT = 20.0
_OF_TAGS = 2.0  # a sentence with tags counts twice: it is what people mostly write
_PARTS = 10
_THRESHOLDS = (0.6, 0.65, 0.7, 0.73, 0.75, 0.8, 0.85)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and whether it tells of acute danger."""

    text: str
    is_acute: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Dangers that were found of all, and calm sentences that rang of all."""

    found: int
    dangers: int
    false: int
    calm: int

    @property
    def recall(self) -> float:
        """How many of the dangers were found."""
        return self.found / max(1, self.dangers)

    @property
    def alarms(self) -> float:
        """How many of the calm sentences rang."""
        return self.false / max(1, self.calm)


def told(path: Path) -> list[Told]:
    """The sentences of a file."""
    return [Told(text, kind == _ACUTE) for kind, text in _rows(path)]


def among_tags(path: Path) -> list[Told]:
    """Sentences that were written for tags; where one can hardly say which kind it is, it is calm."""
    kinds = {text: kind for kind, text in _rows(AMONG_TAGS)}
    return [Told(one.text, kinds.get(one.text) == _ACUTE) for one in read(path)]


def counted(sentences: Iterable[Told], rings: Callable[[str], object]) -> Count:
    """Count what rings."""
    rung = [(one.is_acute, bool(rings(one.text))) for one in sentences]
    dangers = sum(acute for acute, _ in rung)
    found = sum(acute and rang for acute, rang in rung)
    return Count(found, dangers, sum(rang for _, rang in rung) - found, len(rung) - dangers)


def train(path: Path) -> None:
    """Learn of all sentences for it, and write the model to a file."""
    model.write(path, _learned(*_sentences()))


def _sentences() -> tuple[list[Told], list[float]]:
    """The sentences to learn from, each once, and how much each counts; without those one can hardly say."""
    unclear = {text for kind, text in _rows(AMONG_TAGS) if kind not in {_ACUTE, _CALM}}
    own = [one for file in (*OF_THE_TABLE, TRAINING) for one in told(file)]
    tagged = [one for one in among_tags(TUNING) if one.text not in unclear]
    weights = dict.fromkeys(own, 1.0) | dict.fromkeys(tagged, _OF_TAGS)
    return list(weights), list(weights.values())


def _learned(sentences: Sequence[Told], importance: Sequence[float]) -> model.Model:
    from benchmarks.tagging.fitting import Runs, learned  # noqa: PLC0415  (needs scikit-learn)

    texts = [_folded(one.text) for one in sentences]
    given = {hazard.DANGER: [one.is_acute for one in sentences]}
    return learned(texts, given, importance, fit=_FIT, runs=Runs.RARE_MORE)


def _folded(text: str) -> str:
    return ",".join(clause.strip() for clause in hazard.CLAUSE.split(fold(text)))


def _scored(sentences: Sequence[Told], importance: Sequence[float]) -> dict[str, float]:
    """What a model that has not seen a sentence says of it, 1 where the table finds something."""
    scores: dict[str, float] = {}
    for part in range(_PARTS):
        kept = [place for place in range(len(sentences)) if place % _PARTS == part]
        rest = [place for place in range(len(sentences)) if place % _PARTS != part]
        made = _learned([sentences[place] for place in rest], [importance[place] for place in rest])
        for place in kept:
            text = sentences[place].text
            parts = (made.likely(",".join(span))[hazard.DANGER] for span in hazard.spans(text))
            scores[text] = 1.0 if hazard.by_table(text) else max(parts, default=0.0)
    return scores


def _rows(path: Path) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(kind, text) for kind, text in rows]


def main() -> None:
    """Tell the figures of cross-validation, then write the weights."""
    sentences, importance = _sentences()
    scores = _scored(sentences, importance)
    tagged = {one.text for one in among_tags(TUNING)}
    own = [one for one in sentences if one.text not in tagged]
    usual = [one for one in sentences if one.text in tagged]
    print("least  recall  false  false with tags")
    for least in _THRESHOLDS:
        first, second = (counted(some, partial(_rings, scores, least)) for some in (own, usual))
        print(f"{least:.2f}   {first.recall:.3f}   {first.alarms:.3f}  {second.alarms:.3f}")
    train(hazard.WEIGHTS)


def _rings(scores: Mapping[str, float], least: float, text: str) -> bool:
    return scores[text] >= least


if __name__ == "__main__":
    main()
