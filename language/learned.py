"""A model of an enterprise's own tags, learned from the tags that people have corrected.

scikit-learn (the extra `learning`) is needed to learn, not to use what was learned. Without it nothing is learned.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from language.model import Model, grams
from language.words import fold

ENOUGH = 200  # corrected suggestions, before anything is learned
_KEPT = 4  # every fourth is kept aside, to compare on
_TWICE = 2  # a run of signs that stands in one text alone says nothing
_FIT = 4.0
_LIKELY = 0.5

Examples = Sequence[tuple[str, Collection[str]]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned, and how well it and the table did on the examples kept aside (micro F1)."""

    model: Model
    f1: float
    table: float

    @property
    def is_better(self) -> bool:
        """Whether it is to be used."""
        return self.f1 > self.table

    def tags(self, text: str) -> tuple[str, ...]:
        """The tags of a text, likeliest first."""
        return tags_by(self.model, text)


def learn(examples: Examples, by_table: Callable[[str], Collection[str]]) -> Learned | None:
    """Learn from three of four examples and compare on the rest; None of too few, or without scikit-learn.

    Takes seconds: call it in a thread or process of its own.
    """
    if len(examples) < ENOUGH or find_spec("sklearn") is None:
        return None
    kept = examples[::_KEPT]
    taken = [one for place, one in enumerate(examples) if place % _KEPT]
    model = _fit(taken)
    if model is None:
        return None
    return Learned(model, _f1(kept, lambda text: tags_by(model, text)), _f1(kept, by_table))


def tags_by(model: Model, text: str) -> tuple[str, ...]:
    """The tags of a text by a model that was learned, likeliest first."""
    likely = model.likely(fold(text))
    return tuple(sorted((tag for tag in likely if likely[tag] >= _LIKELY), key=likely.__getitem__, reverse=True)[:3])


def _fit(examples: Examples) -> Model | None:
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415  (an extra, and slow to import)
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    counting = CountVectorizer(analyzer=lambda text: sorted(grams(fold(text))), binary=True, min_df=_TWICE)
    rows = normalize(counting.fit_transform([text for text, _ in examples]).astype(float))
    names = sorted({tag for _, tags in examples for tag in tags})
    names = [name for name in names if not all(name in tags for _, tags in examples)]
    if not names:
        return None
    fitted = [
        LogisticRegression(C=_FIT, max_iter=500, class_weight="balanced").fit(
            rows, [name in tags for _, tags in examples]
        )
        for name in names
    ]
    weights = {gram: [one.coef_[0][place] for one in fitted] for gram, place in counting.vocabulary_.items()}
    return Model.of(names, [float(one.intercept_[0]) for one in fitted], weights)


def _f1(examples: Examples, tags_of: Callable[[str], Collection[str]]) -> float:
    right = given = meant = 0
    for text, tags in examples:
        got = set(tags_of(text))
        right, given, meant = right + len(got & set(tags)), given + len(got), meant + len(tags)
    return 2 * right / max(1, given + meant)
