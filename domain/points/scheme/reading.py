"""A scheme out of a file of rules (TOML): what is in docs/points.md. All that is wrong is found at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.toml import reading as toml
from domain.admin.toml.lines import Lines
from domain.admin.toml.problem import Fault, Problem
from domain.admin.toml.table import MAX_POINTS, Table
from domain.points.event import ITEM_APPROVED, EventName, RuleName
from domain.points.period import Every
from domain.points.scheme.model import Cap, Category, Item, Limit, Rule, Scheme, Scope, Scoring, Window
from domain.points.scheme.problem import RuleFault, WrongScheme

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_RULES = 200  # and items
MAX_TITLE_CHARS = 30
RULE_KEYS = ("name", "title", "title_en", "points", "caps", "category", "veto")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file, and all that is wrong with it so far. Places of `scheme` are in `lines`."""

    scheme: Scheme
    lines: Lines
    problems: list[Problem]


def read(text: str) -> Scheme:
    """A scheme that is in force, or was. Raises WrongScheme.

    Events are not looked up: a later program may know other ones.
    """
    found = look(text)
    if found.problems:
        raise WrongScheme(found.problems)
    return found.scheme


def look(text: str) -> Reading:
    """What is in a file. Raises WrongScheme where it is no TOML."""
    try:
        top = toml.top(text, file="points.toml")
    except toml.NotToml as error:
        raise WrongScheme([error.problem]) from error
    top.only("from", "score", "caps", "category", "rule", "item")
    return Reading(_scheme(top), top.lines, top.problems)


def _scheme(top: Table) -> Scheme:
    score = top.table("score")
    score.only("period", "base", "floor", "ceiling")
    caps = _caps(top)
    categories = tuple(_category(one) for one in top.tables("category"))
    bounds = {one.name: tuple(Limit(Scope.CATEGORY, one.name, cap) for cap in one.caps) for one in categories}
    total = tuple(Limit(Scope.TOTAL, "", cap) for cap in caps)

    def limited(rule: Rule) -> Rule:
        own = tuple(Limit(Scope.RULE, str(rule.name), cap) for cap in rule.caps)
        return replace(rule, limits=own if rule.deducts else (*own, *bounds.get(rule.category, ()), *total))

    rules = tuple(limited(_rule(one)) for one in top.tables("rule"))
    items = tuple(_item(one) for one in top.tables("item"))
    if not rules and not items:
        top.note(Fault.NOTHING)
    if len(rules) + len(items) > MAX_RULES:
        top.note(Fault.TOO_MANY, len(rules) + len(items), MAX_RULES)
    return Scheme(
        since=top.day("from"),
        period=_period(score, score.text("period") or Every.YEAR.value),
        scoring=_scoring(score),
        caps=caps,
        categories=categories,
        rules=rules,
        items=tuple(replace(item, rule=limited(item.rule)) for item in items),
    )


def _period(table: Table, word: str) -> Every:
    if word in list(Every):
        return Every(word)
    table.note(RuleFault.UNKNOWN_PERIOD, word, at="period")
    return Every.YEAR


def _scoring(table: Table) -> Scoring:
    return Scoring(table.number("base") or 0, table.number("floor"), table.number("ceiling"))


def _caps(table: Table) -> tuple[Cap, ...]:
    """The caps of a table, the shortest period first."""
    caps = table.table("caps")
    for word in caps.cells:
        if word not in list(Every):
            caps.note(RuleFault.UNKNOWN_PERIOD, word, at=word)
    found = ((period, caps.number(period.value, least=1)) for period in Every)
    return tuple(Cap(period, most) for period, most in found if most is not None)


def _category(table: Table) -> Category:
    table.only("name", "title", "title_en", "base", "floor", "ceiling", "caps")
    title = table.text("title", needed=True, most=MAX_TITLE_CHARS)
    title_en = table.text("title_en", most=MAX_TITLE_CHARS)
    return Category(table.name(), title, title_en, _scoring(table), _caps(table))


def _named(table: Table) -> RuleName:
    title = table.text("title", most=MAX_TITLE_CHARS)
    return RuleName(table.name(), title, table.text("title_en", most=MAX_TITLE_CHARS))


def _rule(table: Table) -> Rule:
    table.only(*RULE_KEYS, "event", "when", "windows")
    when = table.table("when")
    for fact, value in when.cells.items():
        if not isinstance(value, bool | int | str):
            when.note(Fault.WRONG_TYPE, fact, "fact", at=fact)
    return Rule(
        name=_named(table),
        event=EventName(table.text("event", needed=True)),
        points=_points(table),
        when=tuple(sorted(when.cells.items())),
        caps=_caps(table),
        category=table.name("category", needed=False),
        windows=_windows(table),
        veto=table.truth("veto"),
    )


def _item(table: Table) -> Item:
    table.only(*RULE_KEYS, "ask")
    name = _named(table)
    if not name.called:
        table.note(Fault.MISSING, "title")
    rule = Rule(
        name=name,
        event=ITEM_APPROVED.name,
        points=_points(table),
        when=(("item", str(name)),),
        caps=_caps(table),
        category=table.name("category", needed=False),
        veto=table.truth("veto"),
    )
    return Item(rule, table.text("ask", most=100))


def _points(table: Table) -> int:
    """What a rule gives; a veto may do without."""
    return table.number("points", needed=not table.cells.get("veto")) or 0


def _windows(table: Table) -> tuple[Window, ...]:
    found = []
    for one in table.tables("windows"):
        one.only("from", "to", "times")
        start, end, times = one.minute("from"), one.minute("to"), one.number("times", least=2)
        if start is not None and end is not None:
            if start >= end:
                one.note(RuleFault.EMPTY_WINDOW, one.cells["from"], one.cells["to"])
            found.append(Window(start, end, 2 if times is None else min(times, MAX_POINTS)))
    return tuple(found)


def ordered(windows: Sequence[Window]) -> list[Window]:
    """Windows from the earliest."""
    return sorted(windows, key=lambda window: window.start)
