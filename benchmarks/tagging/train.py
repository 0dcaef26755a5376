"""Makes `language/tags.weights` of the table's cues and of sentences with their tags.

python -m benchmarks.tagging.train; scikit-learn is needed for it, and never while the program runs. The half of the
sentences that is kept aside has no part in it.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.tagging.fitting import learned
from benchmarks.tagging.sentences import TUNING, read
from language import model
from language.cues import GAP
from language.table import TABLE, Tag, read_table
from language.words import fold

_OF_A_SENTENCE = 4  # a sentence counts as much as so many cues
_FIT = 4.0


def train(path: Path, tags: tuple[Tag, ...], sentences: Iterable[tuple[str, frozenset[str]]]) -> None:
    """Learn, and write the model to a file."""
    cues = [(fold(cue.replace(GAP, "")), {tag.name}) for tag in tags for cue in sorted(tag.words | tag.phrases)]
    told = [(fold(text), set(names)) for text, names in sentences]
    given = {tag.name: [tag.name in labels for _, labels in cues + told] for tag in tags}
    importance = [1.0] * len(cues) + [float(_OF_A_SENTENCE)] * len(told)
    model.write(path, learned([text for text, _ in cues + told], given, importance, fit=_FIT))


if __name__ == "__main__":
    train(model.WEIGHTS, read_table(TABLE), [(one.text, one.tags) for one in read(TUNING)])
