"""Makes `language/tags.weights` of the table's cues and of sentences with their tags.

python -m benchmarks.tagging.train; scikit-learn is needed for it, and never while the program runs. The half of the
sentences that is kept aside has no part in it.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from benchmarks.tagging.sentences import TUNING, read
from language import model
from language.cues import GAP
from language.table import TABLE, Tag, read_table
from language.words import fold

_OF_A_SENTENCE = 4  # a sentence counts as much as so many cues
_TWICE = 2  # a run of signs that stands in one cue alone says nothing
_FIT = 4.0


def train(path: Path, tags: tuple[Tag, ...], sentences: Iterable[tuple[str, frozenset[str]]]) -> None:
    """Learn, and write the model to a file."""
    cues = [(fold(cue.replace(GAP, "")), {tag.name}) for tag in tags for cue in sorted(tag.words | tag.phrases)]
    told = [(fold(text), set(names)) for text, names in sentences]
    counting = CountVectorizer(analyzer=lambda text: sorted(model.grams(text)), binary=True, min_df=_TWICE)
    rows = normalize(counting.fit_transform([text for text, _ in cues + told]).astype(float))
    weights = numpy.array([1] * len(cues) + [_OF_A_SENTENCE] * len(told))
    names = [tag.name for tag in tags]
    fitted = []
    for name in names:
        given = numpy.array([name in labels for _, labels in cues + told])
        fitted.append(LogisticRegression(C=_FIT, max_iter=500).fit(rows, given, sample_weight=weights))
    columns = numpy.vstack([one.coef_[0] for one in fitted])
    grams = {gram: columns[:, place].tolist() for gram, place in counting.vocabulary_.items()}
    bases = [float(one.intercept_[0]) for one in fitted]
    model.write(path, model.Model.of(names, bases, grams))


if __name__ == "__main__":
    train(model.WEIGHTS, read_table(TABLE), [(one.text, one.tags) for one in read(TUNING)])
