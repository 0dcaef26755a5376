"""Which suggestions ask for the same as another one, in other words.

Wrong pairs are worse than missed ones: two texts are never similar where their numbers, signs, letters, names, sides
or negations differ. What is left is compared by the characters of their content.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Indel, Levenshtein

import plain

MAX_CHARS = 300  # what a suggestion is about stands at its beginning
ENOUGH = 0.78  # of the shorter text's content is in the longer one
SHORT = 6  # characters; of so short a content all must be
ENOUGH_OF_BOTH = 0.58
NEARLY_ALL = 0.9
ALIKE = 0.75  # so much alike that another word in one place is what they differ in
MAX_FOUND = 3

_TABLE = tomllib.loads(Path(__file__).with_name("similar.toml").read_text(encoding="utf-8"))
_FILLERS = frozenset(_TABLE["fillers"].split())
_SYNONYMS = {word: line.split()[0] for line in _TABLE["synonyms"].splitlines() for word in line.split()}
_SIDES = [frozenset(line.split()) for line in _TABLE["sides"].splitlines()]
_PLACES = tuple(_TABLE["places"].split())
_NEGATIONS = frozenset("不没无别未勿")
_NONE: frozenset[str] = frozenset()  # each empty set would be another one, of 216 bytes
_DIGITS = {sign: value for value, signs in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for sign in signs}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}

_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万]++")
_FIGURE = re.compile(r"[+\-−±＋－<>≤≥]?[0-9]++(?:[.:/\-×x*][0-9]++)*+(?:%|‰|℃)?")
_LATIN = re.compile(r"[a-z][a-z0-9]*+(?:[-._][a-z0-9]++)*+[+#*]*+", re.ASCII)
_ARTICLE = re.compile(r"一(?=[个台部条道些点下种块套批顿场份张把位名盏家次只件起样])")
_TOKEN = re.compile(rf"{_LATIN.pattern}|{_FIGURE.pattern}|[\u3400-\u9fff\uf900-\ufaff]", re.ASCII)
_LONGEST_FIRST = sorted({*_SYNONYMS, *_FILLERS}, key=lambda word: (-len(word), word))
_WORD = re.compile("|".join(map(re.escape, _LONGEST_FIRST)))
_NAMED = re.compile(
    rf"[{_TABLE['surnames']}][\u4e00-\u9fff]{{1,2}}(?=师傅|主任|班长|队长|书记|经理|同志|的考勤|应该评|工程师)"
)


@dataclass(frozen=True, slots=True)
class Content:
    """What a text says: `exact` must be equal, `opposites` must not contradict, `signs` are compared."""

    exact: frozenset[str]
    opposites: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    negated: int
    signs: str


def nearest(text: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """The numbers of those texts that ask for the same as `text`, the most similar first; at most three."""
    own = _content(text)
    scored = ((number, _score(own, _content(other))) for number, other in others)
    found = sorted(((score, number) for number, score in scored if score > 0), reverse=True)
    return [number for _, number in found[:MAX_FOUND]]


def are_similar(one: str, other: str) -> bool:
    """Whether two texts ask for the same."""
    return _score(_content(one), _content(other)) > 0


def _score(one: Content, other: Content) -> float:
    """How similar two texts are, 0 where they are not."""
    if not one.signs or not other.signs or _contradict(one, other):
        return 0
    common = (Counter(one.signs) & Counter(other.signs)).total()
    shorter, longer = sorted((len(one.signs), len(other.signs)))
    part, both = common / shorter, 2 * common / (shorter + longer)
    if part < (1 if shorter <= SHORT else ENOUGH) or both < ENOUGH_OF_BOTH:
        return 0
    order = Indel.normalized_similarity(one.signs, other.signs)
    if order >= ALIKE and _replaces(one.signs, other.signs):
        return 0
    return both if part >= NEARLY_ALL or order >= ENOUGH_OF_BOTH else 0


def _replaces(one: str, other: str) -> bool:
    """Whether texts that are otherwise alike have another word, or another name, in one place."""
    replaced = (
        (one[step.src_start : step.src_end], other[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(one, other)
        if step.tag == "replace"
    )
    return any(set(old) - set(other) and set(new) - set(one) for old, new in replaced)


def _contradict(one: Content, other: Content) -> bool:
    if one.exact != other.exact or one.negated != other.negated or one.names != other.names:
        return True
    if one.places and other.places and not one.places & other.places:
        return True
    return any(_differs(one.opposites & group, other.opposites & group) for group in _SIDES)


def _differs(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both name a side of the same kind and not the same one: 左 and 右."""
    return bool(mine and theirs and mine != theirs)


@lru_cache(maxsize=4096)
def _content(text: str) -> Content:
    folded = plain.line(plain.bounded(text, MAX_CHARS)).lower()
    words = _WORD.sub(lambda found: _SYNONYMS.get(found[0], ""), _ARTICLE.sub("", folded))
    words = _NUMERAL.sub(lambda found: _figure(found[0]), words)
    tokens = _TOKEN.findall(words)
    han = "".join(one for one in tokens if not one.isascii())
    return Content(
        exact=_set(one.replace("-", "") if one[0].isalpha() else one for one in tokens if one.isascii()),
        opposites=_set(side for group in _SIDES for side in group if side in han),
        names=_set(_NAMED.findall(folded)),
        places=_set(place for place in _PLACES if place in han),
        negated=sum(map(han.count, _NEGATIONS)) % 2,
        signs="".join(one for one in han if one not in _NEGATIONS),
    )


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words) or _NONE


def _figure(numeral: str) -> str:
    """三 as 3, 十五 as 15; a figure like 一二三 as its digits."""
    if not set(numeral) & _UNITS.keys():
        return "".join(str(_DIGITS[sign]) for sign in numeral)
    total, digit = 0, 0
    for sign in numeral:
        if sign in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[sign], 0
        else:
            digit = _DIGITS[sign]
    return str(total + digit)
