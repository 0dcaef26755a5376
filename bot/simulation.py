"""`jingyi evaluation simulate` and `evaluation indicators`: a scheme before anybody is evaluated by it."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.admin.toml.outside import Sound
from domain.admin.toml.problem import Problem
from domain.life.evaluation import schemes, simulation
from domain.life.evaluation.indicator import INDICATORS, Period
from domain.life.evaluation.outside import text_of
from domain.life.evaluation.reading import read
from domain.life.evaluation.scheme import Scheme
from domain.life.evaluation.simulation import Simulated
from sheets.process import Files
from sheets.reader import Reader

SCHEME = Reader("domain.life.evaluation.outside:entry", (Problem, Sound), text_of)
A_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR, MAX_DAYS = 2000, 2099, 3 * 366
DAY = ["%Y-%m-%d"]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A scheme (TOML): docs/evaluation.md.")]
Since = Annotated[datetime, typer.Option("--since", formats=DAY, help="The first day that counts.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=DAY, help="The last one; yesterday if not given.")]
app = typer.Typer(no_args_is_help=True, help="Schemes of evaluations.")


@app.command()
def simulate(file: File, since: Since, until: Until = None) -> None:
    """Show what a scheme would have given each branch, team or person for some days; nothing is changed."""
    chosen = settings.read(StoreSettings)
    period = _period(chosen, since.date(), until)
    with in_words(chosen):
        text = asyncio.run(Files().read(SCHEME, content(file)))
        simulated = asyncio.run(_simulate(chosen, read(text, schemes.known()), period))
        typer.echo(line(chosen, "indicator.simulated", simulated=simulated))


@app.command()
def indicators() -> None:
    """List the figures of the store that a scheme may weigh."""
    typer.echo(line(settings.read(StoreSettings), "indicator.list", indicators=INDICATORS))


def _period(chosen: StoreSettings, first: date, until: datetime | None) -> Period:
    zone = ZoneInfo(chosen.timezone)
    last = until.date() if until is not None else clock.now().astimezone(zone).date() - A_DAY
    if last < first:
        raise typer.BadParameter("the last day is before the first", param_hint="--until")
    if (last - first).days >= MAX_DAYS or not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise typer.BadParameter(f"at most {MAX_DAYS} days between {FIRST_YEAR} and {LAST_YEAR}", param_hint="--since")
    return Period(first, last, zone)


async def _simulate(chosen: StoreSettings, scheme: Scheme, period: Period) -> Simulated:
    async with store.opened(chosen) as database:
        return await database.read(simulation.run, scheme=scheme, period=period)
