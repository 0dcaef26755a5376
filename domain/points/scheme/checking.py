"""Whether a scheme makes sense: rules that contradict, overlap or can never be met, each with its line."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, TypeAlias

from domain.admin.toml.problem import Fault, Problem
from domain.points.event import ITEM_APPROVED, NO_RULE
from domain.points.period import ORDER
from domain.points.scheme.model import Scope
from domain.points.scheme.problem import RuleFault, WrongScheme
from domain.points.scheme.reading import look, ordered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from domain.points.event import Event, EventName, Facts, FactValue
    from domain.points.scheme.model import Cap, Category, Rule, Scheme, Scoring
    from domain.points.scheme.reading import Reading

OTHER = "\0"  # a fact that no rule asks for
MAX_CASES = 1000  # of one event
Found: TypeAlias = "Iterator[tuple[tuple[str | int, ...], StrEnum, str, str]]"


def check(
    text: str, events: Mapping[EventName, Event], *, named: Collection[str] = (), today: date | None = None
) -> Scheme:
    """The scheme in a file that is to hold from a day on. Raises WrongScheme with all that is wrong.

    `named` are the rules that have a text of their own and need no title; `today` is the earliest day it may hold from.
    """
    found = look(text)
    problems = found.problems + list(_checked(found, events, named, today))
    if problems:
        raise WrongScheme(sorted(problems, key=lambda one: one.line))
    return found.scheme


def _checked(
    found: Reading, events: Mapping[EventName, Event], named: Collection[str], today: date | None
) -> Iterator[Problem]:
    scheme = found.scheme
    if today is not None and scheme.since.year > 1 and scheme.since < today:
        yield Problem(found.lines.of("from"), RuleFault.PAST.value, scheme.since.isoformat(), today.isoformat())
    for place, fault, name, other in (*_scheme(scheme), *_rules(scheme, events, named)):
        yield Problem(found.lines.of(*place), fault.value, name, other)


def _scheme(scheme: Scheme) -> Found:
    yield from _scoring(("score",), scheme.scoring)
    yield from _caps(("caps",), scheme.caps)
    yield from _twice("category", [one.name for one in scheme.categories])
    for number, category in enumerate(scheme.categories):
        place = ("category", number)
        yield from _scoring(place, category.scoring)
        yield from _caps((*place, "caps"), category.caps)
        yield from _ceilings(place, scheme, category)
        yield from _wider((*place, "caps"), category.caps, scheme.caps, "[caps]")


def _scoring(place: tuple[str | int, ...], scoring: Scoring) -> Found:
    floor, ceiling = scoring.floor, scoring.ceiling
    if floor is not None and ceiling is not None and floor > ceiling:
        yield (*place, "floor"), RuleFault.FLOOR_ABOVE, str(floor), str(ceiling)
    elif ceiling is not None and scoring.base > ceiling:
        yield (*place, "base"), RuleFault.CEILING_TOO_LOW, str(scoring.base), str(ceiling)


def _ceilings(place: tuple[str | int, ...], scheme: Scheme, category: Category) -> Found:
    """A category whose ceiling the whole score cannot reach."""
    own, whole = category.scoring.ceiling, scheme.scoring.ceiling
    if own is not None and whole is not None and own > whole:
        yield (*place, "ceiling"), RuleFault.CEILING_TOO_LOW, str(own), str(whole)


def _caps(place: tuple[str | int, ...], caps: Sequence[Cap]) -> Found:
    """Caps of which a longer period's is lower: the shorter one's can never be reached."""
    for shorter, longer in pairwise(caps):
        if shorter.most > longer.most:
            names = (f"{shorter.period}={shorter.most}", f"{longer.period}={longer.most}")
            yield (*place, shorter.period.value), RuleFault.CAPS_CONTRADICT, *names


def _wider(place: tuple[str | int, ...], caps: Sequence[Cap], above: Sequence[Cap], what: str) -> Found:
    """Caps that those of what they are part of do not let anybody reach."""
    for cap in caps:
        for outer in above:
            if ORDER[outer.period] >= ORDER[cap.period] and outer.most < cap.most:
                names = (f"{cap.period}={cap.most}", f"{what} {outer.period}={outer.most}")
                yield (*place, cap.period.value), RuleFault.CAPS_CONTRADICT, *names
                break


def _twice(key: str, names: Sequence[str]) -> Found:
    met: Counter[str] = Counter()
    for number, name in enumerate(names):
        met[name] += 1
        if name and met[name] > 1:
            yield (key, number, "name"), Fault.TWICE, name, ""


def _rules(scheme: Scheme, events: Mapping[EventName, Event], named: Collection[str]) -> Found:
    places: list[tuple[tuple[str, int], Rule]] = [(("rule", n), rule) for n, rule in enumerate(scheme.rules)]
    places += [(("item", n), item.rule) for n, item in enumerate(scheme.items)]
    met: set[str] = set()
    for place, rule in places:
        if rule.name and rule.name in met:
            yield (*place, "name"), Fault.TWICE, str(rule.name), ""
        met.add(str(rule.name))
        if rule.name == NO_RULE:
            yield (*place, "name"), RuleFault.RESERVED, str(rule.name), ""
        if place[0] == "rule":
            if not rule.name.called and rule.name and rule.name not in named:
                yield place, Fault.MISSING, "title", ""
            yield from _event(place, rule, events)
            yield from _overlaps(place, rule)
        yield from _bounds(place, rule, scheme)
    yield from _shadows(scheme.rules, events)


def _event(place: tuple[str | int, ...], rule: Rule, events: Mapping[EventName, Event]) -> Found:
    event = events.get(rule.event)
    if event is None or event == ITEM_APPROVED:
        if rule.event:
            known = ", ".join(sorted(set(events) - {ITEM_APPROVED.name}))
            yield (*place, "event"), RuleFault.UNKNOWN_EVENT, str(rule.event), known
        return
    for fact, value in rule.when:
        kind = event.kind_of(fact)
        if kind is None:
            yield (*place, "when", fact), RuleFault.UNKNOWN_FACT, fact, ", ".join(sorted(event.names))
        elif type(value) is not kind:
            yield (*place, "when", fact), Fault.WRONG_TYPE, fact, {bool: "truth", int: "number"}.get(kind, "text")


def _overlaps(place: tuple[str | int, ...], rule: Rule) -> Found:
    for one, other in pairwise(ordered(rule.windows)):
        if other.start < one.end:
            yield (*place, "windows"), RuleFault.OVERLAP, clock(other.start), clock(one.end)


def clock(minutes: int) -> str:
    """Minutes from midnight as people write them."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _bounds(place: tuple[str | int, ...], rule: Rule, scheme: Scheme) -> Found:
    """Points that some cap never lets anybody have whole."""
    yield from _caps((*place, "caps"), rule.caps)
    category = next((one for one in scheme.categories if one.name == rule.category), None)
    if rule.category and category is None:
        yield (*place, "category"), RuleFault.UNKNOWN_CATEGORY, rule.category, ""
    full = abs(rule.best)
    low = [limit for limit in rule.limits if limit.cap.most < full]
    if low:
        least = min(low, key=lambda limit: limit.cap.most)
        cap = f"{_scope(least.scope, least.name)} {_told(least.cap)}"
        yield (*place, "points"), RuleFault.CAP_TOO_LOW, str(full), cap
    elif category is not None and not rule.deducts:
        ceiling = category.scoring.ceiling
        if ceiling is not None and full > ceiling - category.scoring.base:
            yield (*place, "points"), RuleFault.CAP_TOO_LOW, str(full), f"{category.name} ceiling={ceiling}"
    if not rule.deducts and category is not None:
        yield from _wider((*place, "caps"), rule.caps, category.caps, category.name)


def _scope(scope: Scope, name: str) -> str:
    return "[caps]" if scope is Scope.TOTAL else name


def _told(cap: Cap) -> str:
    return f"{cap.period}={cap.most}"


def _shadows(rules: Sequence[Rule], events: Mapping[EventName, Event]) -> Found:
    """Rules that never count, since those above fit whatever they fit."""
    by_event: dict[EventName, list[tuple[int, Rule]]] = {}
    for number, rule in enumerate(rules):
        event = events.get(rule.event)
        if event and all(type(value) is event.kind_of(fact) for fact, value in rule.when):
            by_event.setdefault(rule.event, []).append((number, rule))
    for name, numbered in by_event.items():
        cases = _cases(numbered, events[name])
        counting = {next((n for n, rule in numbered if rule.fits(facts)), None) for facts in cases}
        for number, rule in numbered:
            if number not in counting:
                above = [str(other.name) for n, other in numbered if n < number and n in counting]
                yield ("rule", number), RuleFault.SHADOWED, str(rule.name), ", ".join(above)


def _cases(numbered: Sequence[tuple[int, Rule]], event: Event) -> Iterator[Facts]:
    """All facts that the rules of an event can tell apart."""
    values: dict[str, list[FactValue]] = {}
    for fact in event.facts:
        asked = {value for _, rule in numbered for name, value in rule.when if name == fact.name}
        if asked:
            values[fact.name] = [True, False] if fact.kind is bool else [*asked, OTHER]
    for chosen in islice(product(*values.values()), MAX_CASES):
        yield dict(zip(values, chosen, strict=True))
