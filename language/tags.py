"""What a text is about: its keywords, and the tags of the enterprise's table that they belong to.

tagger = Tagger(cache=folder)
await asyncio.to_thread(tagger.load)
tagger.read("三号皮带机经常跑偏").tags      # ("设备维护",)
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import plain
from language.words import Vocabulary, Word, fold, read_list

TABLE = Path(__file__).with_name("tags.toml")
DICTIONARY = Path(__file__).with_name("dictionary.txt")

MAX_TEXT_CHARS = 2000  # a suggestion has no more
MAX_KEYWORDS = 5
MAX_TAGS = 3
# A tag whose words weigh less than this part of the first tag's is only brushed against.
_ENOUGH = 0.5
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Tag:
    """A row of the tag table, its words as they stand there."""

    name: str
    english: str
    words: frozenset[str]


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
        tags = tuple(Tag(row["name"], row["english"], frozenset(row["words"])) for row in rows)
    except (tomllib.TOMLDecodeError, UnicodeError, KeyError, TypeError) as error:
        raise TagTableError(f"{path}: {error}") from error
    if len({tag.name for tag in tags}) < len(tags):
        raise TagTableError(f"{path}: two tags have the same name")
    return tags


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
        self._tagged = _by_word(self.tags)
        self._longest = max(map(len, self._tagged), default=0)

    def load(self) -> None:
        """Load the words. Blocks for about a second: call it off the event loop. A second call does nothing."""
        if self._vocabulary is None:
            tagged = (word for tag in self.tags for word in tag.words)
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
        weights: dict[int, int] = {}
        for word in dict.fromkeys(self._found(text, words)):
            for tag in self._tagged[word]:
                weights[tag] = weights.get(tag, 0) + _specific(word)
        least = max(weights.values(), default=0) * _ENOUGH
        best = sorted((tag for tag in weights if weights[tag] >= least), key=weights.__getitem__, reverse=True)
        return tuple(self.tags[tag].name for tag in best[:MAX_TAGS])

    def _found(self, text: str, words: Sequence[Word]) -> Iterator[str]:
        """The words of the table that a text contains, the longest at each place."""
        passed = 0
        for place, word in enumerate(words):
            if word.start >= passed and (found := self._longest_at(text, words, place)):
                passed = word.start + len(found)
                yield found
            elif word.start >= passed and len(word.text) > _SHORT:
                yield from self._within(word.text)

    def _longest_at(self, text: str, words: Sequence[Word], place: int) -> str:
        """The longest word of the table that begins with a word of the text and ends with one."""
        start, found = words[place].start, ""
        for word in words[place:]:
            if word.end - start > self._longest:
                break
            if (phrase := text[start : word.end]) in self._tagged:
                found = phrase
        return found

    def _within(self, word: str) -> Iterator[str]:
        """The word of the table that a longer word begins or ends with: 排班 in 排班表, 师傅 in 老师傅."""
        for length in range(min(len(word) - 1, self._longest), _SHORT - 1, -1):
            for part in (word[:length], word[-length:]):
                if part in self._tagged and not part.isascii():
                    yield part
                    return


def _by_word(tags: Sequence[Tag]) -> dict[str, list[int]]:
    tagged: dict[str, list[int]] = {}
    for place, tag in enumerate(tags):
        for word in sorted(set(map(fold, tag.words))):
            tagged.setdefault(word, []).append(place)
    return tagged


def _specific(word: str) -> int:
    """How much a word says of a topic: the longer the more; one in Latin letters as much as two Chinese characters."""
    return 2 if word.isascii() else len(word)
