"""Killed at random moments while people use it: nothing is lost, and nothing is done twice."""

from pathlib import Path

import pytest

from tests.conftest import Postgres
from tests.faults.kills import Plan, carry_out, new_seed

# Twenty in all; `make soak` makes hundreds on each engine.
ON_SQLITE, ON_POSTGRESQL = 6, 4
WORKERS = 3


@pytest.fixture
def seed() -> int:
    """Random moments are new each time; a failure names its seed, and `make soak SEED=…` does the same again."""
    return new_seed()


async def test_on_sqlite_no_kill_loses_or_doubles_anything(tmp_path: Path, seed: int) -> None:
    await kill(Plan(f"sqlite:///{tmp_path / 'jingyi.db'}", tmp_path, ON_SQLITE, seed))


async def test_of_three_workers_on_postgresql_no_kill_loses_or_doubles_anything(
    tmp_path: Path, postgres: Postgres, seed: int
) -> None:
    with postgres.database() as url:
        await kill(Plan(url, tmp_path, ON_POSTGRESQL, seed, WORKERS))


async def kill(plan: Plan) -> None:
    found = await carry_out(plan)
    assert found.right, f"seed {plan.seed}: {found}"
    assert found.updates > 4 * plan.kills, f"seed {plan.seed}: too little happened: {found}"
    assert found.messages > 2 * plan.kills, f"seed {plan.seed}: too little was said: {found}"
