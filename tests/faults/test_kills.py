"""Killed at random moments while people use it: nothing is lost, and nothing is done twice."""

from pathlib import Path

import pytest

from tests.faults.kills import Plan, carry_out, new_seed

KILLS = 50


@pytest.fixture
def seed() -> int:
    """Random moments are new each time; a failure names its seed."""
    return new_seed()


async def test_on_sqlite_no_kill_loses_or_doubles_anything(tmp_path: Path, seed: int) -> None:
    plan = Plan(f"sqlite:///{tmp_path / 'jingyi.db'}", tmp_path, kills=KILLS, seed=seed)
    found = await carry_out(plan)
    assert found.right, f"seed {seed}: {found}"
    assert found.updates > 4 * KILLS, f"seed {seed}: too little happened: {found}"
