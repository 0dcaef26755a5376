"""The sample enterprise: who is who stands in `roster.csv`, what happened in `enterprise.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sheets
from domain.messaging.chat import monday
from domain.people.roster import Roster, Row
from domain.study.item import Lesson
from domain.study.library import Library
from handlers.people.roster import as_roster
from handlers.study import library_files

HERE = Path(__file__).parent
SECRETARY = "支部书记"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the enterprise; `study` and `quiz` are the shares that they read and answer right.

    `branch` is the code of their group; `role` theirs in the Party, in the roster's words; `note` what the chat page
    calls them.
    """

    code: str
    number: str
    name: str
    username: str | None
    branch: str
    role: str
    note: str
    is_administrator: bool
    study: float
    quiz: float


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The files, with their moments counted from the week of `today`. `parties` are the groups' branches by name."""

    name: str
    zone: str
    roster: Roster
    branches: Mapping[str, str]
    parties: Mapping[str, str]
    people: Mapping[str, Person]
    tasks: tuple[Mapping[str, Any], ...]
    surveys: tuple[Mapping[str, Any], ...]
    suggestions: tuple[Mapping[str, Any], ...]
    thanks: tuple[Mapping[str, Any], ...]
    honours: tuple[Mapping[str, Any], ...]
    today: date

    def moment(self, written: str) -> datetime:
        """`-1 fri 18:00`: the Friday of last week at 18:00."""
        week, weekday, clock = written.split()
        day = monday(self.today) + timedelta(weeks=int(week), days=WEEKDAYS.index(weekday))
        return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(self.zone))

    def of(self, branch: str) -> list[Person]:
        """A branch's people, its secretary first."""
        own = [person for person in self.people.values() if person.branch == branch]
        return sorted(own, key=lambda person: person.role != SECRETARY)

    @property
    def administrator(self) -> Person:
        """Who administers the bot for the enterprise."""
        return next(person for person in self.people.values() if person.is_administrator)

    def secretary(self, branch: str) -> Person:
        """Who leads a branch; where nobody does, its first person."""
        return self.of(branch)[0]


def read(today: date) -> Enterprise:
    """The sample enterprise, as on a day."""
    told = tomllib.loads((HERE / "enterprise.toml").read_text(encoding="utf-8"))
    roster = as_roster(sheets.read_roster((HERE / "roster.csv").read_bytes()), today)
    rows = {row.number: row for row in roster.rows}
    groups = {branch["party"]: branch["code"] for branch in told["branch"]}
    people = [_person(one, rows[one["number"]], groups) for one in told["person"]]
    return Enterprise(
        name=told["enterprise"]["name"],
        zone=told["enterprise"]["timezone"],
        roster=roster,
        branches={branch["code"]: branch["name"] for branch in told["branch"]},
        parties={branch["code"]: branch["party"] for branch in told["branch"]},
        people={person.code: person for person in people},
        tasks=tuple(told["task"]),
        surveys=tuple(told["survey"]),
        suggestions=tuple(told["suggestion"]),
        thanks=tuple(told["thanks"]),
        honours=tuple(told["honour"]),
        today=today,
    )


def _person(told: Mapping[str, Any], row: Row, groups: Mapping[str, str]) -> Person:
    return Person(
        code=told["code"],
        number=row.number,
        name=row.name,
        username=told.get("username"),
        branch=groups[row.branch[-1]],
        role=row.role,
        note=told.get("note", row.role),
        is_administrator=told.get("role") == "administrator",
        study=told["study"],
        quiz=told["quiz"],
    )


def library() -> Library:
    """The study library."""
    return library_files.read((HERE / "study.toml").read_bytes())


def lessons() -> list[Lesson]:
    """The items of the study library."""
    return list(library().lessons)
