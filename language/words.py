"""Cutting Chinese text into words, and telling which of them say what it is about. jieba does the cutting."""

import contextlib
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import plain

STOPWORDS = Path(__file__).with_name("stopwords.txt")

# The kinds of words in jieba's dictionary that can be a topic: nouns, names, verbs used as nouns, short forms, English.
_TOPICS = ("n", "vn", "j", "eng", "an")
_OF_THE_FIELD = 1.6
_NUMBERED = 2.0

_HAN = "\u4e00-\u9fff"
_TOPIC = re.compile(rf"[{_HAN}]{{2,}}|(?=.*[a-z])[a-z0-9.+-]{{2,}}")
_PLACES = "车间|食堂|仓库|工段|分厂|楼|栋|宿舍|餐厅|车棚"
# What stands before a number belongs to it: 10-1号皮带机, A3号行车 and 东3号门 are not 一号 and 三号.
_BEFORE = r"(?:[a-z]{1,3}-?|[0-9]{1,4}[-./~])?"
_NUMBER = re.compile(
    rf"(?<![a-z0-9./~-])第?(?P<n>[东南西北甲乙丙丁]?(?:{_BEFORE}[0-9]{{1,4}}|[一二三四五六七八九十]{{1,3}}))"
    rf" ?(?:(?P<sign>号|#)|(?={_PLACES}))"
)
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, where it begins and ends, and its number where it is one of several (三号皮带机)."""

    text: str
    start: int
    end: int
    number: str = ""


def fold(text: str) -> str:
    """One way of writing for full and half width, small and capital letters."""
    return plain.line(text).lower()


def read_list(path: Path) -> tuple[str, ...]:
    """The words of a file as they stand there, between blanks and line ends; `#` begins a comment.

    Raises OSError, UnicodeError.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return tuple(word for line in lines for word in line.split("#")[0].split())


class Vocabulary:
    """The words that are known. Loading blocks (about a second)."""

    def __init__(self, cache: Path, field: Iterable[str]) -> None:
        """Load jieba with the words of a field of work.

        `cache` is a folder of one's own, where jieba keeps its built dictionary. A word of the field is spelt in
        keywords as it is spelt there: WiFi, MES.
        """
        self._field: dict[str, str] = {}
        self._before: dict[
            str, int
        ] = {}  # how often jieba had seen the words of the field, in the order of their adding
        self._stop = frozenset(map(fold, read_list(STOPWORDS)))
        self._jieba = _tokenizer(cache)
        self._total = self._jieba.total
        self._empty = _empty_words(self._jieba)
        self.change(field)

    def change(self, field: Iterable[str]) -> None:
        """Know the words of this field and of no other. Where one goes, all are added anew, as at a start."""
        new = {fold(word): word for word in sorted(field)}
        if self._field.keys() - new.keys():
            self._forget()
        for word in new:
            if word not in self._before:
                self._learn(word)
        self._field = new

    def _learn(self, word: str) -> None:
        self._before[word] = self._jieba.FREQ.get(word, 0)
        self._jieba.add_word(word)

    def _forget(self) -> None:
        self._jieba.FREQ.update(self._before)
        self._jieba.total = self._total
        self._before.clear()

    def cut(self, text: str) -> list[Word]:
        """The words of a folded text in their order, signs and blanks too."""
        words: list[Word] = []
        start, number = 0, ""
        for mark in _NUMBER.finditer(text):
            words.extend(self._cut(text, start, mark.start(), number))
            start, number = mark.end(), _one_way(mark["n"]) + ("号" if mark["sign"] else "")
        return [*words, *self._cut(text, start, len(text), number)]

    def _cut(self, text: str, start: int, end: int, number: str) -> Iterator[Word]:
        for word, begin, stop in self._jieba.tokenize(text[start:end]):
            named = number if number and word not in self._empty else ""
            yield Word(word, start + begin, start + stop, named)
            number = ""

    def topics(self, words: Iterable[Word]) -> dict[str, float]:
        """The words that can be a topic, with their weights: rare words, words of the field and numbered ones lead."""
        counts: dict[str, int] = {}
        weights: dict[str, float] = {}
        for word in filter(self._is_topic, words):
            full = word.number + self._field.get(word.text, word.text)
            counts[full] = counts.get(full, 0) + 1
            weights[full] = self._weight(word)
        return {full: weights[full] * (1 + log(count)) for full, count in counts.items()}

    def _is_topic(self, word: Word) -> bool:
        if word.number:
            return bool(re.match(f"[{_HAN}a-z]", word.text)) and not self._is_guessed(word.text)
        if word.text in self._stop or not _TOPIC.fullmatch(word.text):
            return False
        return word.text in self._field or not self._is_empty(word.text)

    def _is_empty(self, word: str) -> bool:
        return word in self._empty or self._is_guessed(word)

    def _is_guessed(self, word: str) -> bool:
        """Whether jieba made a word of characters that only stand together here: 灯坏 in 走廊的灯坏了."""
        return not self._jieba.FREQ.get(word, 0) and re.search(f"[{_HAN}]", word) is not None

    def _weight(self, word: Word) -> float:
        known = max(self._jieba.FREQ.get(word.text, 0), 1)
        weight = log(self._jieba.total / known)
        return weight * (_OF_THE_FIELD if word.text in self._field else 1) * (_NUMBERED if word.number else 1)


def _one_way(number: str) -> str:
    """Up to ten in Chinese, more in digits, letters great: 3号皮带机 and 三号皮带机 are one machine."""
    if number.isdecimal() and 1 <= int(number) <= len(_NUMERALS):
        return _NUMERALS[int(number) - 1]
    return number.lstrip("0").upper() or number


def _tokenizer(cache: Path) -> Any:
    """A jieba of our own that writes into `cache` alone and keeps quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415  (it takes its time, and not everyone who imports this needs it)
    # jieba hangs a handler on its logger that writes to stderr.
    logger = logging.getLogger("jieba")
    logger.handlers.clear()
    logger.setLevel(logging.WARNING)
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache)
    tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"
    tokenizer.initialize()
    return tokenizer


def _empty_words(tokenizer: Any) -> frozenset[str]:
    """The words of jieba's dictionary that cannot be a topic, kept beside its cache: reading them takes its time."""
    path = Path(tokenizer.tmp_dir) / f"empty-{tokenizer.cache_file}"
    empty = _kept(path)
    if empty is None:
        empty = _read_empty_words(tokenizer)
        _keep(path, "\n".join((str(len(empty)), *sorted(empty))))
    # The tokenizer's own strings, so that each is in memory once.
    return frozenset(filter(empty.__contains__, tokenizer.FREQ))


def _kept(path: Path) -> set[str] | None:
    """The words of a file whose first line says how many they are; nothing of a broken one."""
    try:
        count, *words = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return None
    return set(words) if count == str(len(words)) else None


def _read_empty_words(tokenizer: Any) -> set[str]:
    """The same from the dictionary: a word, its count and its kind a line."""
    with tokenizer.get_dict_file() as file:
        lines = (line.decode().split() for line in file)
        return {word for word, _, kind in lines if not kind.startswith(_TOPICS)}


def _keep(path: Path, content: str) -> None:
    """Write a file at once, so that another process never reads half of it; without room it is read anew each time."""
    with contextlib.suppress(OSError), NamedTemporaryFile(dir=path.parent, suffix=".cache", delete=False) as file:
        file.write(content.encode())
        Path(file.name).replace(path)
