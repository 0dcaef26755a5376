"""Every use case asks for permission itself: each is called without a handler, by each kind of person."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

import domain
from domain import admin, clock, life, messaging, people, points, report, study, voice, work
from domain.messaging.chat import Admission
from domain.people import permission
from domain.people.invitation import NotYourBranch
from domain.people.permission import HasLeft, NobodyKnown, NotAdmitted, NotEverywhere
from domain.people.role.model import NotYours
from domain.refusal import NotAllowed, Refusal
from tests.admin import use_cases as of_admin
from tests.clock import use_cases as of_clock
from tests.life import use_cases as of_life
from tests.messaging import use_cases as of_messaging
from tests.people import use_cases as of_people
from tests.points import use_cases as of_points
from tests.report import use_cases as of_report
from tests.study import use_cases as of_study
from tests.use_cases import Asker, Case, Place, world
from tests.voice import use_cases as of_voice
from tests.work import use_cases as of_work

AREAS = (
    (study, of_study),
    (work, of_work),
    (voice, of_voice),
    (life, of_life),
    (points, of_points),
    (people, of_people),
    (report, of_report),
    (clock, of_clock),
    (messaging, of_messaging),
    (admin, of_admin),
)
CASES = tuple(case for _, area in AREAS for case in area.CASES)
FORBIDDEN = (NotAllowed, HasLeft, NobodyKnown, NotEverywhere, NotYours, NotYourBranch)


def is_allowed(case: Case, asker: Asker) -> bool:
    """Whether a use case gets past its permission; what else is wrong with the call does not matter."""
    with world(case, asker) as made:
        arguments = case.arguments(made)
        try:
            case.run(made.stores, made.actor, **arguments)
        except FORBIDDEN:
            return False
        except Refusal:
            return True
        return True


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_use_case_allows_whom_the_table_allows(case: Case) -> None:
    assert [asker.value for asker in Asker if is_allowed(case, asker)] == [
        asker.value for asker in Asker if case.allows(asker)
    ]


def modules(area: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(area.__path__, f"{area.__name__}."):
        yield importlib.import_module(found.name)


def with_an_actor(area: ModuleType) -> set[Callable[..., Any]]:
    """Functions of an area that others may call and that take an actor behind the stores."""
    return {
        function
        for module in modules(area)
        if module is not permission
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and list(inspect.signature(function).parameters)[:2] == ["stores", "actor"]
        and function.__module__.startswith(area.__name__)
        and function.__module__ != permission.__name__
    }


@pytest.mark.parametrize(("area", "listed"), AREAS, ids=lambda one: one.__name__)
def test_no_use_case_is_forgotten(area: ModuleType, listed: Any) -> None:
    assert with_an_actor(area) == {case.run for case in listed.CASES} | set(listed.PARTS)


def test_no_area_is_forgotten() -> None:
    listed = {area.__name__ for area, _ in AREAS}
    others = [one for one in pkgutil.iter_modules(domain.__path__, "domain.") if one.name not in listed]
    areas = [importlib.import_module(one.name) for one in others if one.ispkg]
    assert {area.__name__: with_an_actor(area) for area in areas if with_an_actor(area)} == {}


IN_GROUPS = tuple(case for case in CASES if case.place is Place.GROUP)


@pytest.mark.parametrize("case", IN_GROUPS, ids=str)
@pytest.mark.parametrize("admission", [Admission.PENDING, Admission.REFUSED])
def test_in_a_group_that_is_not_admitted_nobody_may_do_anything(case: Case, admission: Admission) -> None:
    for asker in Asker:
        with world(case, asker) as made:
            arguments = case.arguments(made)
            stranger = replace(made.actor, chat=replace(made.actor.chat, admission=admission))
            with pytest.raises((NotAdmitted, *FORBIDDEN)):
                case.run(made.stores, stranger, **arguments)


def test_there_are_use_cases_in_groups() -> None:
    assert len(IN_GROUPS) > 20
