"""When the sample's tasks were taken up, and the measures by which its branches try to do better."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.sample.enterprise import Enterprise
from domain.ids import MeasureId
from domain.people.actor import Actor
from domain.report.features import Stores
from domain.work.lean.figures import Gauge
from domain.work.measure import service as measure
from domain.work.measure.model import State
from domain.work.measure.service import Wish
from domain.work.task import Happening, TaskEvent

FILE = Path(__file__).parent / "measures.toml"
SILENT = 4  # of every so many tasks one is done without a word that it was taken up
SHARES = (0.1, 0.35, 0.2, 0.5, 0.15)  # of a task's time, until it was taken up
Event = tuple[datetime, Callable[[], object]]
Secretary = Callable[[str, datetime], Actor]


def events(stores: Stores, enterprise: Enterprise, secretary: Secretary) -> Iterator[Event]:
    """What happened, each with its moment; `secretary` is the actor who leads a branch at a moment."""
    yield from _accepted(stores, enterprise)
    for told in tomllib.loads(FILE.read_text(encoding="utf-8"))["measure"]:
        yield from _measure(stores, enterprise, secretary, told)


def _accepted(stores: Stores, enterprise: Enterprise) -> Iterator[Event]:
    for number, told in enumerate(enterprise.tasks):
        if "done" in told and number % SILENT:
            given, done = enterprise.moment(told["given"]), enterprise.moment(told["done"])
            at = given + (done - given) * SHARES[number % len(SHARES)]
            yield at, partial(_accept, stores, number, at)


def _accept(stores: Stores, number: int, at: datetime) -> None:
    for one in stores.tasks.given_by(f"sample/{number}"):
        stores.tasks.note(TaskEvent(one.id, Happening.ACCEPTED, one.owner.id, at))


def _measure(stores: Stores, enterprise: Enterprise, secretary: Secretary, told: Mapping[str, Any]) -> Iterator[Event]:
    branch, made = told["branch"], list[MeasureId]()

    def begin(actor: Actor) -> None:
        day = enterprise.moment(told["check"]).date()
        gauge = Gauge(told["gauge"]) if "gauge" in told else None
        wish = Wish(told["text"], gauge, told.get("figure", ""), told.get("baseline"), told["target"], day)
        made.append(measure.begin(stores, actor, wish=wish).measure.id)

    def report(actor: Actor) -> None:
        measure.report(stores, actor, number=made[0], value=told["result"])

    def decide(actor: Actor) -> None:
        choice = State(told["choice"])
        measure.decide(stores, actor, number=made[0], choice=choice, reason=told["reason"])

    for when, happen in (("begun", begin), ("reported", report), ("decided", decide)):
        if when in told:
            at = enterprise.moment(told[when])
            yield at, partial(happen, secretary(branch, at))
