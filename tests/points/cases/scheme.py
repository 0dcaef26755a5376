"""Boards, schemes, scores."""

from datetime import date
from typing import Any

from domain.ids import DraftId
from domain.people.permission import Permission
from domain.points import board, preset, score
from domain.points.period import Every
from domain.points.preset import Preset
from domain.points.scheme import default, service, simulation
from tests.use_cases import Case, Place, World


def _text(_: World) -> dict[str, Any]:
    return {"text": default.FILE.read_text(encoding="utf-8").replace("2000-01-01", "2027-01-01")}


def _proposed(world: World) -> dict[str, Any]:
    return {**_text(world), "simulated": None}


def _draft(_: World) -> dict[str, Any]:
    return {"number": DraftId(1)}


def _simulation(_: World) -> dict[str, Any]:
    return {"simulation": simulation.Simulation(default.scheme(), date(2026, 1, 1))}


CASES = (
    Case(score.possible_today, Permission.SEE_OWN),
    Case(service.look, Permission.CHANGE_POINTS, arguments=_text, everywhere=True),
    Case(service.activate, Permission.CHANGE_POINTS, arguments=_text, everywhere=True),
    Case(service.propose, Permission.CHANGE_POINTS, arguments=_proposed, everywhere=True),
    Case(service.agree, Permission.CHANGE_POINTS, arguments=_draft, everywhere=True),
    Case(service.decline, Permission.CHANGE_POINTS, arguments=_draft, everywhere=True),
    Case(simulation.step, Permission.CHANGE_POINTS, arguments=_simulation, everywhere=True),
    Case(board.this_week, Permission.TAKE_PART, Place.GROUP),
    Case(board.this_week, Permission.TAKE_PART),
    Case(preset.choose, Permission.CHANGE_SETTINGS, arguments=lambda _: {"preset": Preset.LIGHT}, everywhere=True),
    Case(board.current, Permission.TAKE_PART, Place.GROUP, lambda _: {"every": Every.MONTH}),
)
PARTS: dict[object, str] = {}
