"""Reads look-ups: a topic between words of courtesy and of asking."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from language.intent.phrases import Kind, Phrases, Pieces, declared, general

MIN_TOPIC = 2  # signs of a topic that counts without other words
MAX_LOOK_SIGNS = 40
MAX_ABOUT_SIGNS = 14
NO = frozenset({"没", "没有", "不", "否"})  # at the end they ask, before a topic they deny


def looks() -> list[Phrases]:
    """The phrases of commands that show something."""
    return [one for one in declared() if one.kind is Kind.LOOK]


def exact(words: str) -> str | None:
    """The command of a look-up: a topic between words of courtesy."""
    if len(words) > MAX_LOOK_SIGNS:
        return None
    found = [(length, one.command) for one in looks() if (length := tiled(one, words))]
    return max(found)[1] if found else None


def loose(words: str) -> str | None:
    """The command of a look-up with its words in another order, or with filler words. It is asked about."""
    if len(words) > MAX_LOOK_SIGNS:
        return None
    found = [one.command for one in looks() if tiled(_any_order(one), words)]
    return found[0] if len(found) == 1 else None


def about(words: str) -> str | None:
    """The command of a look-up with unknown words, in a short text that asks for something. It is asked about."""
    marks = general()
    if len(words) > MAX_ABOUT_SIGNS or not _has_one(words, marks["seeking"]):
        return None
    found = [one for one in looks() if _has_one(words, _long(one.topics))]
    if len(found) != 1 or _has_one(_without_topics(found[0], words), marks["foreign"]):
        return None
    return found[0].command


def _without_topics(one: Phrases, words: str) -> str:
    for topic in sorted(_long(one.topics), key=len, reverse=True):
        words = words.replace(topic, "")
    return words


def _long(topics: Set[str]) -> list[str]:
    return [topic for topic in topics if len(topic) >= MIN_TOPIC and not topic.isascii()]


def _has_one(words: str, pieces: Iterable[str]) -> bool:
    return any(piece in words for piece in pieces)


@cache
def _any_order(one: Phrases) -> Phrases:
    words = without((*one.before, *one.after, general()["anywhere"]), NO)
    return replace(one, before=words, after=(*words, NO))


def without(pieces: Pieces, some: frozenset[str]) -> Pieces:
    """Words without some of them."""
    return tuple(_less(one, some) for one in pieces) if some else pieces


@cache
def _less(words: frozenset[str], some: frozenset[str]) -> frozenset[str]:
    return words - some


def tiled(one: Phrases, words: str) -> int:
    """The length of the topic, if a topic and known words before and after it are the whole text; else 0."""
    starts = reached({0}, words, one.before)
    longest = 0
    for start in starts:
        for end in _next(start, words, (one.topics,)):
            if len(words) in reached({end}, words, one.after):
                longest = max(longest, end - start)
    return longest


def reached(starts: set[int], words: str, pieces: Pieces, *, whole_words: bool = True) -> set[int]:
    """The places that known words lead to from some places, and those places themselves."""
    reached, fresh = set(starts), set(starts)
    while fresh:
        fresh = {end for start in fresh for end in _next(start, words, pieces, whole_words=whole_words)} - reached
        reached |= fresh
    return reached


@cache
def _lengths(pieces: Set[str]) -> Mapping[str, Sequence[int]]:
    """How long the pieces are that begin with each sign, the shortest first."""
    found: dict[str, set[int]] = {}
    for piece in filter(None, pieces):
        found.setdefault(piece[0], set()).add(len(piece))
    return {first: sorted(lengths) for first, lengths in found.items()}


def _next(start: int, words: str, pieces: Pieces, *, whole_words: bool = True) -> Iterator[int]:
    if words[start : start + 1] == " ":
        start += 1
    first = words[start : start + 1]
    for some in pieces:
        for length in _lengths(some).get(first, ()):
            end = start + length
            if end <= len(words) and words[start:end] in some and not (whole_words and _cuts_a_word(words, end)):
                yield end


def _cuts_a_word(words: str, end: int) -> bool:
    """Whether this place is inside a Latin word."""
    here, there = words[end - 1], words[end : end + 1]
    return here.isascii() and here.isalpha() and there.isascii() and there.isalpha()
