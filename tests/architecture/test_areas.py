"""Which area may know which, also where only the type checker looks (import-linter leaves these imports out)."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import modules, tree

RIGHTWARDS = ("report", "life", "voice", "work", "study", "points")
GROUND = ("people", "clock", "messaging", "admin")  # these may know each other
AREAS = (*RIGHTWARDS, *GROUND)
DIVIDED = ("domain", "handlers", "storage")


def place(area: str) -> int:
    return RIGHTWARDS.index(area) if area in RIGHTWARDS else len(RIGHTWARDS)


def area_of(parts: tuple[str, ...]) -> str | None:
    """The area that a module or a file belongs to; none for what all areas use."""
    return parts[1] if len(parts) > 2 and parts[1] in AREAS else None


def imported(module: Path) -> set[tuple[str, ...]]:
    """Every module of a divided room that is imported, wherever in the file."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {(*node.module.split("."), name.name) for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {(*name.name.split("."), "") for name in node.names}
    return {parts for parts in found if parts[0] in DIVIDED}


@pytest.mark.parametrize("module", [one for one in modules(*DIVIDED) if area_of(one.parts)], ids=str)
def test_an_area_knows_those_to_its_right(module):
    own = area_of(module.parts)
    known = {area_of(parts) for parts in imported(module)} - {None}
    left = sorted(area for area in known if place(area) < place(own))
    assert left == [], f"{own} may not know {left}"


@pytest.mark.parametrize("room", DIVIDED)
def test_a_room_has_the_areas_and_no_others(room):
    folders = {one.parts[1] for one in modules(room) if len(one.parts) > 2}
    assert folders - {"migrations"} == set(AREAS)
