"""What a text is about: its keywords, and the tags of the enterprise's table that they belong to.

tagger = Tagger(cache=folder)
await asyncio.to_thread(tagger.load)
tagger.read("三号皮带机经常跑偏").tags      # ("设备维护",)
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plain
from language import model
from language.cues import GAP, Cues
from language.words import Vocabulary, Word, fold, read_list

TABLE = Path(__file__).with_name("tags.toml")
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
class Tag:
    """A row of the tag table, its cues as they stand there; only its words are the segmenter's and keywords."""

    name: str
    english: str
    words: frozenset[str]
    phrases: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tagging:
    """At most five keywords and three tags (their names in the table), best first."""

    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class TagTableError(ValueError):
    """A tag table that cannot be used; the message names the file and the row."""


class NotLoadedError(RuntimeError):
    """The tagger was asked before it was loaded."""


def read_table(path: Path) -> tuple[Tag, ...]:
    """The tags of a table; `tags.toml` explains the format. Raises TagTableError, OSError."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))["tag"]
        tags = tuple(map(_tag, rows))
    except (tomllib.TOMLDecodeError, UnicodeError, KeyError, TypeError) as error:
        raise TagTableError(f"{path}: {error}") from error
    if len({tag.name for tag in tags}) < len(tags):
        raise TagTableError(f"{path}: two tags have the same name")
    return tags


def _tag(row: Mapping[str, Any]) -> Tag:
    phrases, hints = (frozenset(row.get(kind, ())) for kind in ("phrases", "hints"))
    return Tag(row["name"], row["english"], frozenset(row["words"]), phrases, hints)


class Tagger:
    """Reads texts for keywords and tags. The same text always gives the same answer; `read` may run in any thread."""

    def __init__(self, cache: Path, *, table: Path = TABLE, dictionary: Path = DICTIONARY) -> None:
        """Keep jieba's built dictionary in the folder `cache` (made if need be); table and dictionary may be one's own.

        Raises TagTableError, and OSError for files that cannot be read.
        """
        self._cache = cache
        self._dictionary = read_list(dictionary)
        self._vocabulary: Vocabulary | None = None
        self.tags = read_table(table)
        self._tagged = _by_cue(self.tags)
        self._cues = Cues(self._tagged)
        self._model = model.read()

    def load(self) -> None:
        """Load the words. Blocks for about a second: call it off the event loop. A second call does nothing."""
        if self._vocabulary is None:
            tagged = (word for tag in self.tags for word in tag.words if GAP not in word)
            self._vocabulary = Vocabulary(self._cache, {*self._dictionary, *tagged})

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
        said = self._said(text, words)
        scores = {tag.name: min(1.0, said.get(place, 0) / _SURE) for place, tag in enumerate(self.tags)}
        for name, likely in self._model.likely(text).items():
            if name in scores:
                scores[name] = _CUES * scores[name] + (1 - _CUES) * likely
        best = sorted(filter(scores.__getitem__, scores), key=scores.__getitem__, reverse=True)[:MAX_TAGS]
        return tuple(name for name in best if scores[name] >= max(_least(name), _NEAR * scores[best[0]]))

    def _said(self, text: str, words: Sequence[Word]) -> dict[int, float]:
        """How much the cues of a text say of each tag (its place in the table)."""
        said: dict[int, float] = {}
        for cue in self._cues.found(text, [0, *(word.end for word in words)]):
            for tag, weight in self._tagged[cue].items():
                said[tag] = said.get(tag, 0) + weight
        return said


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
