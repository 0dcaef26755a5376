"""How well tags are given, and how fast; beside tags by jieba's TF-IDF alone."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.result import Row, Say
from benchmarks.tagging.hazards import BLIND, Told, among_tags, counted, told
from benchmarks.tagging.sentences import FRESH, KEPT, TUNING, Sentence, read
from language import hazard
from language.tags import DANGER, Tagger
from language.words import fold

NAME = "tagging"
_BEST = 5  # words that TF-IDF takes of a text
_HALVES = (("the half tuned on", TUNING), ("the half kept aside", KEPT), ("sentences written last", FRESH))


@dataclass(frozen=True, slots=True)
class Figure:
    """Tags that were given rightly, given wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """How many of those given are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """How many of those that a person gives were given."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Both in one."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all tags together and each of them; `clean` is how many texts about nothing got no tag."""

    all: Figure
    of: Mapping[str, Figure]
    clean: float

    @property
    def f1(self) -> float:
        """Of all tags together (micro)."""
        return self.all.f1


def measured(sentences: Iterable[Sentence], tags_of: Callable[[str], Iterable[str]]) -> Figures:
    """Compare the tags that a text gets with those that a person gives it."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    empty = kept = 0
    for one in sentences:
        got = frozenset(tags_of(one.text))
        right.update(got & one.tags)
        wrong.update(got - one.tags)
        missed.update(one.tags - got)
        empty += not one.tags
        kept += not one.tags and not got
    of = {name: Figure(right[name], wrong[name], missed[name]) for name in {*right, *wrong, *missed}}
    every = Figure(right.total(), wrong.total(), missed.total())
    return Figures(every, of, kept / max(1, empty))


def by_tf_idf(tagger: Tagger) -> Callable[[str], set[str]]:
    """The tags that stand over the best words by jieba's TF-IDF, and nothing else."""
    import jieba.analyse  # noqa: PLC0415  (it leaves a file open, which the tests take for a fault)

    over: dict[str, set[str]] = {}
    for tag in tagger.tags:
        for word in tag.words:
            over.setdefault(fold(word), set()).add(tag.name)
    return lambda text: {
        name for word in jieba.analyse.extract_tags(fold(text), topK=_BEST) for name in over.get(word, ())
    }


def measure(say: Say, *, short: bool = False) -> list[Row]:
    """Load, then read each sentence of each file; `short`: of the last."""
    say("tagging")
    with tempfile.TemporaryDirectory() as folder:
        Tagger(Path(folder)).load()
        begun = time.perf_counter()
        tagger = Tagger(Path(folder))
        tagger.load()
        loading = time.perf_counter() - begun
    rows = [Row(NAME, "loading, with jieba's cache there", "", loading, "s")]
    alone = by_tf_idf(tagger)
    for what, path in _HALVES[-1:] if short else _HALVES:
        rows += _of(what, read(path), tagger, alone)
    texts = [one.text for one in read(KEPT)]
    begun = time.perf_counter()
    for text in texts:
        tagger.read(text)
    each = (time.perf_counter() - begun) / len(texts)
    return [*rows, Row(NAME, "a sentence", "", each * 1000, "ms"), *_of_danger()]


def _of_danger() -> list[Row]:
    """How acute danger is read: of sentences written blind, and how often those with tags ring falsely."""
    usual = [one for _, path in _HALVES for one in among_tags(path)]
    blind, table, tagged = (
        counted(told(BLIND), hazard.read),
        counted(told(BLIND), hazard.by_table),
        counted(usual, hazard.read),
    )
    alone = f"the table alone: {table.recall:.2f}, false alarms {table.alarms:.3f}"
    return [
        Row(NAME, "acute danger found, sentences written blind", alone, blind.recall, "", least=0.75),
        Row(NAME, "false alarms of acute danger, sentences written blind", "", blind.alarms, ""),
        Row(NAME, "false alarms of acute danger, sentences with tags", "", tagged.alarms, ""),
        Row(NAME, "acute danger, a sentence", "", _each(usual) * 1000, "ms"),
    ]


def _each(sentences: Sequence[Told]) -> float:
    """Seconds that a sentence takes, once the weights are there."""
    begun = time.perf_counter()
    for one in sentences:
        hazard.read(one.text)
    return (time.perf_counter() - begun) / len(sentences)


def _of(what: str, sentences: list[Sentence], tagger: Tagger, alone: Callable[[str], Iterable[str]]) -> list[Row]:
    ours, theirs = measured(sentences, lambda text: tagger.read(text).tags), measured(sentences, alone)
    each = {
        name: {"precision": round(f.precision, 3), "recall": round(f.recall, 3), "f1": round(f.f1, 3)}
        for name, f in sorted(ours.of.items())
    }
    against = "jieba's TF-IDF alone"
    return [
        Row(NAME, f"micro F1, {what}", f"{against}: {theirs.f1:.2f}", ours.f1, "", least=0.83, figures=each),
        Row(NAME, f"precision, {what}", f"{against}: {theirs.all.precision:.2f}", ours.all.precision, ""),
        Row(NAME, f"recall, {what}", f"{against}: {theirs.all.recall:.2f}", ours.all.recall, ""),
        Row(NAME, f"hazards found, {what}", "", ours.of[DANGER].recall, "", least=0.8),
        Row(NAME, f"texts about nothing kept clean, {what}", "", ours.clean, "", least=0.85),
    ]
