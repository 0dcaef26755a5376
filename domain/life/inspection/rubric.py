"""A rubric: what is inspected, how, for how many points; read from a TOML file (docs/inspections.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.admin.toml import reading as toml
from domain.admin.toml.problem import Fault, Problem
from domain.admin.toml.table import Table
from domain.life.rectification.model import Kind
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_ITEMS, MAX_POINTS = 40, 24  # buttons of points stand under one message
MAX_TITLE_CHARS, MAX_ITEM_CHARS, MAX_TEXT_CHARS = 40, 60, 200
KEYS = ("title", "section", "points", "check", "evidence", "kind")


class Balance(StrEnum):
    """What is done about strict and mild inspectors (`figures.balanced`)."""

    NONE = "none"
    MEAN = "mean"
    Z = "z"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be inspected: at most how many `points` it gives, how to `check`, what counts as `evidence`.

    `kind` is that of the findings that it leads to.
    """

    title: str
    points: int
    check: str
    evidence: str = ""
    section: str = ""
    kind: Kind = Kind.OTHER


@dataclass(frozen=True, slots=True)
class Rubric:
    """All that is inspected in a round."""

    title: str
    items: tuple[Item, ...]
    balance: Balance = Balance.NONE

    @property
    def full(self) -> int:
        """The points of whoever does everything right."""
        return sum(one.points for one in self.items)

    def item(self, number: int) -> Item | None:
        """An item by its number, from 1."""
        return self.items[number - 1] if 1 <= number <= len(self.items) else None


class WrongRubric(Refusal):
    """A file that is no rubric, with all that is wrong in it."""

    text = "inspection.wrong_rubric"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=problems)
        self.problems = tuple(problems)


def read(text: str) -> Rubric:
    """The rubric in a file. Raises WrongRubric."""
    try:
        top = toml.top(text, file="rubric.toml")
    except toml.NotToml as error:
        raise WrongRubric([error.problem]) from error
    rubric = _rubric(top)
    if top.problems:
        raise WrongRubric(sorted(top.problems, key=lambda one: one.line))
    return rubric


def _rubric(top: Table) -> Rubric:
    top.only("title", "balance", "criterion")
    found = top.tables("criterion")
    if not found:
        top.note(Fault.NOTHING)
    if len(found) > MAX_ITEMS:
        top.note(Fault.TOO_MANY, len(found), MAX_ITEMS)
    items = tuple(_item(one) for one in found)
    seen: set[str] = set()
    for table, item in zip(found, items, strict=True):
        if item.title and item.title in seen:
            table.note(Fault.TWICE, item.title, at="title")
        seen.add(item.title)
    return Rubric(top.text("title", needed=True, most=MAX_TITLE_CHARS), items, _balance(top))


def _balance(top: Table) -> Balance:
    word = top.text("balance") or Balance.NONE.value
    if word in list(Balance):
        return Balance(word)
    top.note(Fault.WRONG_TYPE, "balance", "balance", at="balance")
    return Balance.NONE


def _item(table: Table) -> Item:
    table.only(*KEYS)
    points = table.number("points", needed=True)
    if points is not None and not 1 <= points <= MAX_POINTS:
        table.note(Fault.TOO_LARGE, "points", f"1…{MAX_POINTS}", at="points")
    return Item(
        table.text("title", needed=True, most=MAX_ITEM_CHARS),
        points if points is not None else 1,
        table.text("check", needed=True, most=MAX_TEXT_CHARS),
        table.text("evidence", most=MAX_TEXT_CHARS),
        table.text("section", most=MAX_ITEM_CHARS),
        _kind(table),
    )


def _kind(table: Table) -> Kind:
    word = table.text("kind") or Kind.OTHER.value
    if word in list(Kind):
        return Kind(word)
    table.note(Fault.WRONG_TYPE, "kind", "kind", at="kind")
    return Kind.OTHER


def write(rubric: Rubric) -> str:
    """A rubric as a file, which `read` reads back."""
    lines = [f"title = {_quoted(rubric.title)}", f"balance = {_quoted(rubric.balance.value)}"]
    for one in rubric.items:
        lines += ["", "[[criterion]]", f"title = {_quoted(one.title)}", f"points = {one.points}"]
        words = {"section": one.section, "kind": one.kind.value, "check": one.check, "evidence": one.evidence}
        lines += [f"{key} = {_quoted(value)}" for key, value in words.items() if value]
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    """A basic string of TOML; JSON escapes what TOML does, but for one sign."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def as_cells(rubric: Rubric) -> Mapping[str, object]:
    """A rubric as the store keeps it."""
    items = [[one.title, one.points, one.check, one.evidence, one.section, one.kind.value] for one in rubric.items]
    return {"title": rubric.title, "balance": rubric.balance.value, "criteria": items}


def of_cells(title: str, balance: str, items: Sequence[Sequence[object]]) -> Rubric:
    """A rubric as the store has kept it."""
    made = tuple(
        Item(str(name), int(str(points)), str(check), str(evidence), str(section), Kind(str(kind)))
        for name, points, check, evidence, section, kind in items
    )
    return Rubric(title, made, Balance(balance))
