"""A scheme out of a file (TOML). All that is wrong is found at once, each with its line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.toml import reading as toml
from domain.admin.toml.problem import Problem
from domain.admin.toml.table import Table
from domain.life.evaluation.flaw import Flaw, WrongScheme
from domain.life.evaluation.scheme import (
    MAX_GRADES,
    NUMBER,
    PEOPLE,
    PREVIOUS,
    WHOLE,
    Grade,
    Item,
    Kind,
    Quota,
    Satisfaction,
    Scheme,
    Veto,
)
from domain.people.branch import BranchKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MAX_ITEMS, MAX_TITLE_CHARS, MAX_NAMES = 20, 30, 25
KEYS = ("title", "kind", "levels", "indicator", "grade", "quota", "veto", "satisfaction", "tie")
LEVELS = {
    Kind.BRANCH: frozenset({BranchKind.BRANCH}),
    Kind.TEAM: frozenset({BranchKind.UNIT}),
    Kind.PERSON: frozenset({BranchKind.BRANCH, BranchKind.GROUP}),
}


@dataclass(frozen=True, slots=True)
class Known:
    """The words of what the store has, by who is evaluated; those that are `named` ask for the name of something."""

    branches: Collection[str]
    persons: Collection[str] = ()
    named: Collection[str] = ()

    def of(self, kind: Kind) -> Collection[str]:
        """Those of a kind of subjects."""
        return self.persons if kind is Kind.PERSON else self.branches


def read(text: str, known: Known | None = None) -> Scheme:
    """The scheme in a file. Raises WrongScheme.

    Without `known` indicators are not looked up: a later program may have other ones.
    """
    top = _top(text)
    scheme = _scheme(top, known)
    if top.problems:
        raise WrongScheme(sorted(top.problems, key=lambda one: one.line))
    return scheme


def _top(text: str) -> Table:
    try:
        return toml.top(text, file="scheme.toml")
    except toml.NotToml as error:
        raise WrongScheme([error.problem]) from error


def _flaw(table: Table, flaw: Flaw, name: object = "", other: object = "", *, at: str | None = None) -> None:
    line = table.lines.of(*table.place, *(() if at is None else (at,)))
    table.problems.append(Problem(line, flaw.value, str(name)[:40], str(other)[:200]))


def _scheme(top: Table, known: Known | None) -> Scheme:
    top.only(*KEYS)
    kind = _kind(top)
    items = _items(top, kind, known)
    grades = _grades(top)
    stars = frozenset(one.stars for one in grades)
    return Scheme(
        title=top.text("title", needed=True, most=MAX_TITLE_CHARS),
        kind=kind,
        items=items,
        grades=grades,
        ties=_ties(top, [one.name for one in items]),
        levels=_levels(top, kind),
        quotas=tuple(_quota(one, stars) for one in top.tables("quota")),
        vetoes=_vetoes(top, stars),
        satisfaction=_satisfaction(top, items, stars),
    )


def _kind(top: Table) -> Kind:
    word = top.text("kind", needed=True)
    if word in set(Kind):
        return Kind(word)
    if word:
        _flaw(top, Flaw.UNKNOWN_KIND, word, ", ".join(Kind), at="kind")
    return Kind.BRANCH


def _words(table: Table, key: str) -> list[str]:
    """A list of words."""
    found = table.cells.get(key, [])
    if isinstance(found, list) and len(found) <= MAX_NAMES and all(isinstance(one, str) for one in found):
        return found
    _flaw(table, Flaw.OUT_OF_RANGE, key, MAX_NAMES, at=key)
    return []


def _levels(top: Table, kind: Kind) -> frozenset[BranchKind]:
    words = _words(top, "levels")
    for word in words:
        if word not in set(BranchKind):
            _flaw(top, Flaw.UNKNOWN_LEVEL, word, ", ".join(BranchKind), at="levels")
    return frozenset(BranchKind(word) for word in words if word in set(BranchKind)) or LEVELS[kind]


def _unique(table: Table, names: set[str]) -> str:
    name = table.name()
    if name and name in names:
        _flaw(table, Flaw.TWICE, name, at="name")
    names.add(name)
    return name


def _items(top: Table, kind: Kind, known: Known | None) -> tuple[Item, ...]:
    tables, names = top.tables("indicator"), {NUMBER, PREVIOUS, PEOPLE}
    items = tuple(_item(one, names, kind, known) for one in tables[:MAX_ITEMS])
    if not tables:
        _flaw(top, Flaw.NO_ITEMS)
        return ()
    if len(tables) > MAX_ITEMS:
        _flaw(top, Flaw.TOO_MANY, len(tables), MAX_ITEMS, at="indicator")
    weights = sum(one.weight for one in items)
    if weights != WHOLE and len(tables) <= MAX_ITEMS:
        _flaw(top, Flaw.SUM, weights, " + ".join(str(one.weight) for one in items), at="indicator")
    return items


def _item(table: Table, names: set[str], kind: Kind, known: Known | None) -> Item:
    table.only("name", "title", "title_en", "weight", "from", "about", "zero", "full", "points")
    source, points = table.text("from"), table.number("points", least=1) or 0
    zero, full = table.number("zero"), table.number("full")
    weight = table.number("weight", needed=True, least=1) or 0
    item = Item(
        name=_unique(table, names),
        title=table.text("title", needed=True, most=MAX_TITLE_CHARS),
        weight=weight,
        source=source,
        zero=0 if zero is None else zero,
        full=WHOLE if full is None else full,
        points=points,
        title_en=table.text("title_en", most=MAX_TITLE_CHARS),
        about=table.text("about"),
    )
    _check_item(table, item, kind, known)
    return item


def _check_item(table: Table, item: Item, kind: Kind, known: Known | None) -> None:
    if bool(item.source) == bool(item.points):
        _flaw(table, Flaw.SOURCE_OR_POINTS, item.name)
    if item.source and item.zero == item.full:
        _flaw(table, Flaw.SAME, item.zero, at="full")
    if item.is_scored and ("zero" in table.cells or "full" in table.cells):
        _flaw(table, Flaw.NOT_COUNTED, item.name)
    if known is None or not item.source:
        return
    if item.source not in known.of(kind):
        _flaw(table, Flaw.UNKNOWN_INDICATOR, item.source, ", ".join(sorted(known.of(kind))) or "–", at="from")
    elif (item.source in known.named) != bool(item.about):
        _flaw(table, Flaw.ABOUT, item.source, at="from")


def _grades(top: Table) -> tuple[Grade, ...]:
    found, tables = [], top.tables("grade")
    for table in tables[:MAX_GRADES]:
        table.only("stars", "title", "title_en", "least")
        stars, least = table.number("stars", needed=True, least=0), table.number("least", needed=True, least=0)
        title = table.text("title", needed=True, most=MAX_TITLE_CHARS)
        found.append(Grade(stars or 0, title, least or 0, table.text("title_en", most=MAX_TITLE_CHARS)))
        if least is not None and least > WHOLE:
            _flaw(table, Flaw.OUT_OF_RANGE, "least", f"0…{WHOLE}", at="least")
    if not tables:
        _flaw(top, Flaw.NO_GRADES)
    if len(tables) > MAX_GRADES:
        _flaw(top, Flaw.TOO_MANY, len(tables), MAX_GRADES, at="grade")
    grades = tuple(sorted(found, key=lambda one: -one.stars))
    _check_grades(tables, found, grades)
    return grades


def _check_grades(tables: Sequence[Table], found: Sequence[Grade], grades: Sequence[Grade]) -> None:
    twice = Counter(one.stars for one in found)
    for table, one in zip(tables, found, strict=False):
        if twice[one.stars] > 1:
            _flaw(table, Flaw.TWICE, one.stars, at="stars")
            return
    by_stars = [one.least for one in grades]
    for table, one in zip(tables, found, strict=False):
        better = [other.least for other in grades if other.stars > one.stars]
        if better and min(better) <= one.least and len(by_stars) > 1:
            _flaw(table, Flaw.ORDER, one.least, min(better), at="least")


def _stars(table: Table, known: Collection[int], *, allowed: Collection[int] = ()) -> int:
    found = table.number("stars", needed=True, least=0)
    if found is not None and found not in known and found not in allowed:
        _flaw(table, Flaw.UNKNOWN_GRADE, found, ", ".join(map(str, sorted(known))), at="stars")
    return found or 0


def _quota(table: Table, known: Collection[int]) -> Quota:
    table.only("stars", "most", "percent", "level")
    most, percent, level = table.number("most", least=0), table.number("percent", least=0), table.text("level")
    if most is None and percent is None:
        _flaw(table, Flaw.QUOTA_EMPTY)
    if percent is not None and percent > WHOLE:
        _flaw(table, Flaw.OUT_OF_RANGE, "percent", f"0…{WHOLE}", at="percent")
    if level and level not in set(BranchKind):
        _flaw(table, Flaw.UNKNOWN_LEVEL, level, ", ".join(BranchKind), at="level")
        level = ""
    return Quota(_stars(table, known), most, percent, BranchKind(level) if level else None)


def _vetoes(top: Table, known: Collection[int]) -> tuple[Veto, ...]:
    names: set[str] = set()
    found, tables = [], top.tables("veto")
    for table in tables[:MAX_ITEMS]:
        table.only("name", "title", "title_en", "stars")
        title = table.text("title", needed=True, most=MAX_TITLE_CHARS)
        stars = _stars(table, known, allowed=(0,)) if "stars" in table.cells else 0
        found.append(Veto(_unique(table, names), title, stars, table.text("title_en", most=MAX_TITLE_CHARS)))
    if len(tables) > MAX_ITEMS:
        _flaw(top, Flaw.TOO_MANY, len(tables), MAX_ITEMS, at="veto")
    return tuple(found)


def _satisfaction(top: Table, items: Sequence[Item], known: Collection[int]) -> Satisfaction | None:
    if "satisfaction" not in top.cells:
        return None
    table, names = top.table("satisfaction"), [one.name for one in items]
    table.only("indicator", "below", "stars")
    name, below = table.text("indicator", needed=True), table.number("below", needed=True, least=0)
    if name and name not in names:
        _flaw(table, Flaw.UNKNOWN_ITEM, name, ", ".join(names), at="indicator")
    if below is not None and below > WHOLE:
        _flaw(table, Flaw.OUT_OF_RANGE, "below", f"0…{WHOLE}", at="below")
    return Satisfaction(name, below or 0, _stars(table, known, allowed=(0,)))


def _ties(top: Table, names: Sequence[str]) -> tuple[str, ...]:
    words = _words(top, "tie")
    known = [*names, PREVIOUS, PEOPLE, NUMBER]
    for word in words:
        if word not in known:
            _flaw(top, Flaw.UNKNOWN_TIE, word, ", ".join(known), at="tie")
        elif words.count(word) > 1:
            _flaw(top, Flaw.TWICE, word, at="tie")
            break
    if not words or words[-1] != NUMBER or NUMBER in words[:-1]:
        _flaw(top, Flaw.TIE_END, NUMBER, at="tie")
    return tuple(words)
