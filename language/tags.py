"""What a text is about: its keywords, and the tags of the enterprise's table that they belong to.

tagger = Tagger(cache=folder)
await asyncio.to_thread(tagger.load)
tagger.read("三号皮带机经常跑偏").tags      # ("设备维护",)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import plain
from language import model
from language.cues import GAP, Cues
from language.table import TABLE, Tag, read_table
from language.words import Vocabulary, Word, fold, read_list

DICTIONARY = Path(__file__).with_name("dictionary.txt")

MAX_TEXT_CHARS = 2000  # a suggestion has no more
MAX_KEYWORDS = 5
MAX_TAGS = 3
DANGER = "安全生产"  # a missed hazard is the worst fault: less is enough for it
# Tried on `tests/language/tags_tuning.tsv`; docs/tagging.md tells how.
_CUES = 0.6  # the cues' part in a score, the rest is the model's
_SURE = 4  # what cues have to say of a tag to count in full
_ENOUGH, _ENOUGH_OF_DANGER = 0.35, 0.25
_NEAR = 0.6  # a tag with less than this part of the best score is only brushed against
_SHORT, _LONG, _WIDE = 2, 4, 1


@dataclass(frozen=True, slots=True)
class Tagging:
    """At most five keywords and three tags (their names in the table), best first."""

    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class NotLoadedError(RuntimeError):
    """The tagger was asked before it was loaded."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as it is read with; a change of the table makes another."""

    tags: tuple[Tag, ...]
    tagged: Mapping[str, Mapping[int, float]]
    cues: Cues

    def said(self, text: str, words: Sequence[Word]) -> dict[int, float]:
        """How much the cues of a text say of each tag (its place in the table)."""
        said: dict[int, float] = {}
        for cue in self.cues.found(text, [0, *(word.end for word in words)]):
            for tag, weight in self.tagged[cue].items():
                said[tag] = said.get(tag, 0) + weight
        return said


class Tagger:
    """Reads texts for keywords and tags. The same text always gives the same answer; `read` may run in any thread."""

    def __init__(self, cache: Path, *, table: Path = TABLE, dictionary: Path = DICTIONARY) -> None:
        """Keep jieba's built dictionary in the folder `cache` (made if need be); both files may be one's own."""
        self._cache = cache
        self._files = table, dictionary
        self._vocabulary: Vocabulary | None = None

    def _use(self, tags: tuple[Tag, ...]) -> None:
        cues = _by_cue(tags)
        self._table = _Table(tags, cues, Cues(cues))

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The table, once it is loaded."""
        return self._table.tags

    def load(self) -> None:
        """Read the files and load the words. Blocks for about a second: call it off the event loop.

        A second call does nothing. Raises TagTableError, and OSError for files that cannot be read.
        """
        if self._vocabulary is not None:
            return
        table, dictionary = self._files
        self._dictionary = read_list(dictionary)
        self._model = model.read()
        self._use(read_table(table))
        self._vocabulary = Vocabulary(self._cache, self._field(self.tags))

    def change(self, tags: tuple[Tag, ...]) -> None:
        """Take another table at once, while others read. Raises NotLoadedError."""
        if self._vocabulary is None:
            raise NotLoadedError("load() comes first")
        self._vocabulary.change(self._field(tags))
        self._use(tags)

    def _field(self, tags: Sequence[Tag]) -> set[str]:
        return {*self._dictionary, *_words(tags)}

    def read(self, text: str) -> Tagging:
        """The keywords and tags of a text; of a very long one, of its beginning. Raises NotLoadedError."""
        if self._vocabulary is None:
            raise NotLoadedError("load() comes first")
        folded = fold(plain.bounded(text, MAX_TEXT_CHARS))
        words = self._vocabulary.cut(folded)
        topics = self._vocabulary.topics(words)
        # Python's sort keeps the order of equals, so that of two the one said first comes first.
        best = sorted(topics, key=topics.__getitem__, reverse=True)
        return Tagging(tuple(best[:MAX_KEYWORDS]), self._weigh(folded, words))

    def _weigh(self, text: str, words: Sequence[Word]) -> tuple[str, ...]:
        """The tags that the cues and the model together say enough for, best first."""
        table = self._table
        said = table.said(text, words)
        scores = {tag.name: min(1.0, said.get(place, 0) / _SURE) for place, tag in enumerate(table.tags)}
        for name, likely in self._model.likely(text).items():
            if name in scores:
                scores[name] = _CUES * scores[name] + (1 - _CUES) * likely
        best = sorted(filter(scores.__getitem__, scores), key=scores.__getitem__, reverse=True)[:MAX_TAGS]
        return tuple(name for name in best if scores[name] >= max(_least(name), _NEAR * scores[best[0]]))


def _words(tags: Sequence[Tag]) -> set[str]:
    """The words of a table that the segmenter has to know."""
    return {word for tag in tags for word in tag.words if GAP not in word}


def _least(name: str) -> float:
    return _ENOUGH_OF_DANGER if name == DANGER else _ENOUGH


def _by_cue(tags: Sequence[Tag]) -> dict[str, dict[int, float]]:
    """What each cue says of which tags (their places)."""
    tagged: dict[str, dict[int, float]] = {}
    for place, tag in enumerate(tags):
        for cues, weigh in ((tag.hints, _hint), (tag.phrases, _phrase), (tag.words, _word)):
            for cue in map(_folded, cues):
                tagged.setdefault(cue, {})[place] = weigh(cue)
    return tagged


def _folded(cue: str) -> str:
    return GAP.join(map(fold, cue.split(GAP)))


def _hint(cue: str) -> float:
    return 1 if len(cue) > 1 else 0.5


def _phrase(cue: str) -> float:
    """The longer the more; one in Latin letters as much as two Chinese characters."""
    if GAP in cue:
        return _WIDE
    return _SHORT if cue.isascii() else min(len(cue), _LONG)


def _word(cue: str) -> float:
    """A word of the table is enough by itself."""
    return max(3, _phrase(cue))
