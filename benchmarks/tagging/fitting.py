"""Learns the weights of a linear model (`language/model.py`) from texts. scikit-learn is needed for it."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto

import numpy
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from language import model

_TWICE = 2  # a run of signs that stands in one text alone says nothing


class Runs(Enum):
    """How much runs of signs may say: all alike, or the rarer the more (by their inverse document frequency)."""

    ALIKE = auto()
    RARE_MORE = auto()


def learned(
    texts: Sequence[str],
    given: Mapping[str, Sequence[bool]],
    importance: Sequence[float],
    *,
    fit: float,
    runs: Runs = Runs.ALIKE,
) -> model.Model:
    """A model of folded texts, of the tags each of them has, and of how much it counts; a higher `fit` is closer."""
    counting = CountVectorizer(analyzer=lambda text: sorted(model.grams(text)), binary=True, min_df=_TWICE)
    rows = counting.fit_transform(texts).astype(float)
    pull = numpy.ones(rows.shape[1])
    if runs is Runs.RARE_MORE:
        pull = numpy.log(rows.shape[0] / numpy.asarray(rows.sum(axis=0)).ravel())
        pull /= pull.mean()
    rows = normalize(rows).multiply(pull).tocsr()
    fitted = [
        LogisticRegression(C=fit, max_iter=2000).fit(rows, numpy.array(labels), sample_weight=numpy.array(importance))
        for labels in given.values()
    ]
    columns = numpy.vstack([one.coef_[0] * pull for one in fitted])
    grams = {gram: columns[:, place].tolist() for gram, place in counting.vocabulary_.items()}
    return model.Model.of(list(given), [float(one.intercept_[0]) for one in fitted], grams)
