"""The phrases that features declare, as patterns. `docs/plain-words.md` explains the files."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from language.patterns import Lazy

FOLDER = Path(__file__).parent.parent / "phrases"
GENERAL = "general.toml"
CHOICE = re.compile(r"([(\[])([^()\[\]]*)[)\]]")
# Patterns for arguments.
DAY = (
    r"(?:[0-9]{1,4}[年月日号天周]|[0-9]{1,4}(?:[-./:][0-9]{1,2}){0,2}|大?[今明后]天|大后天|明后天|明后两天|今明两天|这两天|这几天|[今明]儿个?|今日|明日|后日|今晚|明早|明晚|"
    r"(?:这|本|下|下下|上)?(?:周|星期|礼拜)[一二三四五六日天末1-7]|(?:这|本|下|下下|上)(?:个?星期|个?礼拜|周|个?月)|"
    r"[一二三四五六七八九十两半几]{1,3}个?(?:天|日|周|星期|礼拜|月|号|年|工作日|小时)|[一二三四五六七八九十]{1,3}月|月底|月初|月末|年底|年末|月中|"
    r"[上下]午|中午|早上|晚上|上半天|下半天|半天|全天|整天|元旦|春节|除夕|清明|五一|端午|中秋|国庆|"
    r"(?:until|till|from|to|next|this|on)? ?(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|next week)"
)
BETWEEN = r"(?:到|至|从|自|起|止|开始|为止|结束|前|后|以后|之前|内|和|及|、|~|-| ?until ?| ?till ?| ?from ?| ?to ?| )"
PLACES = {
    "number": r"[0-9]{1,15}",
    "days": rf"{BETWEEN}{{0,2}}{DAY}(?:的?{BETWEEN}{{0,2}}{DAY}){{0,6}}{BETWEEN}{{0,2}}",
    "period": (
        r"(?:(?:20)?[0-9]{2}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?|20[0-9]{2}[-./][0-9]{1,2}|[上本这]个?月|[上本这]个?(?:周|星期|礼拜)|"
        r"[0-9]{1,2}月[0-9]{1,2}[日号]?[到至-](?:[0-9]{1,2}月)?[0-9]{1,2}[日号]?|今年|去年|本季度|上季度|"
        r"(?:last|this) (?:week|month)|january|february|march|april|may|june|july|august|"
        r"september|october|november|december"
    ),
    "identity": r"[0-9a-z]{0,4}[0-9]{3,12} ?[^\W\d_a-z·]{2,6}",
}


class Kind(StrEnum):
    """What a command does when plain words reach it."""

    LOOK = "look"  # shows something
    OPEN = "open"  # opens a form if there are no arguments
    ACT = "act"  # changes something; never guessed


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of a command. `rest` are fixed arguments; if it is not `sure`, the bot asks first."""

    command: str
    pattern: Lazy
    rest: str = ""
    sure: bool = True


# Words that may stand at a place, in several sets: those that commands share are kept once, not again for each command.
Pieces: TypeAlias = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """The phrases of one command.

    A look-up is one of `topics` with words of `before` and `after` around it. `whole` match all between words of
    courtesy. `opened` match the beginning of an order; its arguments follow after a sign or a blank, and after `joined`
    also at once. `never` match texts that mean nothing. `guided`: without arguments the command opens a form.
    """

    command: str
    kind: Kind
    topics: frozenset[str] = frozenset()
    before: Pieces = ()
    after: Pieces = ()
    guided: bool = False
    whole: Sequence[Pattern] = ()
    opened: Sequence[Pattern] = ()
    joined: Sequence[Pattern] = ()
    never: Sequence[Pattern] = field(default=())


@cache
def general() -> Mapping[str, frozenset[str]]:
    """Words of courtesy and of asking that may stand around a topic or an order."""
    found = tomllib.loads((FOLDER / GENERAL).read_text(encoding="utf-8"))
    return {name: spelt_out(words) for name, words in found.items()}


@cache
def declared() -> tuple[Phrases, ...]:
    """The phrases of all features, by file name."""
    return tuple(one for path in sorted(FOLDER.glob("*/*.toml")) for one in _read(path))


@cache
def kinds() -> Mapping[str, Kind]:
    """What each command that has phrases does."""
    return {one.command: one.kind for one in declared()}


def _read(path: Path) -> Iterator[Phrases]:
    for command, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        yield _phrases(command, table)


def _phrases(command: str, table: Mapping[str, Any]) -> Phrases:
    words = {name: f"(?:{_longest_first(one)})" for name, one in table.get("words", {}).items()}

    def patterns(name: str, *, rest: str = "", sure: bool = True) -> list[Pattern]:
        return [Pattern(command, compiled(one, words), rest, sure) for one in table.get(name, ())]

    fixed = [one for name, rest in table.get("rest", {}).items() for one in patterns(name, rest=rest)]
    kind, topics = Kind(table["kind"]), frozenset(table.get("topics", ()))
    before, after = COURTESY[kind]
    return Phrases(
        command,
        kind,
        topics,
        _with(before, table.get("before", ())),
        _with(after, table.get("after", ())),
        kind is Kind.OPEN or table.get("guided", False),
        [*fixed, *patterns("phrases"), *patterns("ask", sure=False)],
        patterns("opened"),
        patterns("joined"),
        patterns("never"),
    )


# The lists of courtesy that may stand before and after a topic or an order, for each kind of command.
COURTESY = {
    Kind.LOOK: (("before",), ("after",)),
    Kind.OPEN: (("order", "can"), ("order_end", "asked")),
    Kind.ACT: (("order",), ("order_end",)),
}


@cache
def _shared(names: Sequence[str]) -> frozenset[str]:
    return frozenset[str]().union(*(general()[name] for name in names))


def _with(names: Sequence[str], own: Iterable[str]) -> Pieces:
    """The words that all commands of a kind share, and a command's own words."""
    words = spelt_out(own)
    return (_shared(names), words) if words else (_shared(names),)


def spelt_out(phrases: Iterable[str]) -> frozenset[str]:
    """All texts that phrases stand for. `[a|b]` is one of them or none, `(a|b)` is one of them."""
    return frozenset(text for one in phrases for text in _choices(one) if text)


def _choices(phrase: str) -> Iterator[str]:
    found = CHOICE.search(phrase)
    if found is None:
        yield phrase
        return
    for one in {*found[2].split("|"), *([""] if found[1] == "[" else [])}:
        yield from _choices(phrase[: found.start()] + one + phrase[found.end() :])


def _longest_first(words: str) -> str:
    """The alternatives, the longest first: an order ends after 问卷调查, not after 问卷."""
    return words if "(" in words else "|".join(sorted(words.split("|"), key=len, reverse=True))


def compiled(phrase: str, words: Mapping[str, str]) -> Lazy:
    """A phrase as a pattern: `[a|b]` one of them or none, `(a|b)` one of them, `{number}` an argument, NAME words."""
    text = phrase.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")
    for name in sorted(words, key=len, reverse=True):
        text = text.replace(name, words[name])
    for name, pattern in PLACES.items():
        text = text.replace(f"{{{name}}}", f" ?#?({pattern})")
    return Lazy(text)
