"""The sample enterprise as its file tells it; `enterprise.toml` explains the format."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from domain import library
from domain.chat import monday
from domain.study import Lesson

HERE = Path(__file__).parent
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the enterprise; `study` and `quiz` are the shares that they read and answer right."""

    code: str
    name: str
    username: str | None
    branch: str
    role: str | None
    study: float
    quiz: float


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The file, with its moments counted from the week of `today`."""

    name: str
    zone: str
    branches: Mapping[str, str]
    people: Mapping[str, Person]
    tasks: tuple[Mapping[str, Any], ...]
    surveys: tuple[Mapping[str, Any], ...]
    suggestions: tuple[Mapping[str, Any], ...]
    today: date

    def moment(self, written: str) -> datetime:
        """`-1 fri 18:00`: the Friday of last week at 18:00."""
        week, weekday, clock = written.split()
        day = monday(self.today) + timedelta(weeks=int(week), days=WEEKDAYS.index(weekday))
        return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(self.zone))

    def of(self, branch: str) -> list[Person]:
        """A branch's people, its secretary first."""
        own = [person for person in self.people.values() if person.branch == branch]
        return sorted(own, key=lambda person: person.role != "secretary")

    def secretary(self, branch: str) -> Person:
        """Who leads a branch; where nobody does, its first person."""
        return self.of(branch)[0]


def read(today: date) -> Enterprise:
    """The sample enterprise, as on a day."""
    told = tomllib.loads((HERE / "enterprise.toml").read_text(encoding="utf-8"))
    people = [
        Person(p["code"], p["name"], p.get("username"), p["branch"], p.get("role"), p["study"], p["quiz"])
        for p in told["person"]
    ]
    return Enterprise(
        name=told["enterprise"]["name"],
        zone=told["enterprise"]["timezone"],
        branches={branch["code"]: branch["name"] for branch in told["branch"]},
        people={person.code: person for person in people},
        tasks=tuple(told["task"]),
        surveys=tuple(told["survey"]),
        suggestions=tuple(told["suggestion"]),
        today=today,
    )


def lessons() -> list[Lesson]:
    """The study library."""
    return library.read((HERE / "study.toml").read_text(encoding="utf-8"))
