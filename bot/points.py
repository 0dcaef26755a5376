"""`jingyi points check` and `points simulate`: a file of rules before anybody activates it."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.features import EVENTS
from domain.points.scheme import default, simulation
from domain.points.scheme.checking import check as checked
from domain.points.scheme.model import Scheme
from domain.points.scheme.simulation import Simulated
from sheets.process import Files

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Rules of points (TOML): docs/points.md.")]
Since = Annotated[datetime, typer.Option("--since", formats=["%Y-%m-%d"], help="The first day that is played again.")]
app = typer.Typer(no_args_is_help=True, help="Rules of points.")


@app.command()
def check(file: File) -> None:
    """Say what is wrong with a file of rules, line by line; the exit code is 1 then."""
    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        today = clock.now().astimezone(ZoneInfo(chosen.timezone)).date()
        scheme = checked(_text(file), EVENTS, named=default.names(), today=today)
        typer.echo(line(chosen, "scheme.sound", scheme=scheme))


@app.command()
def simulate(file: File, since: Since) -> None:
    """Show what the rules in a file would have given each branch and person since a day; nothing is changed."""
    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        scheme = checked(_text(file), EVENTS, named=default.names())
        simulated = asyncio.run(_simulate(chosen, scheme, since))
        typer.echo(line(chosen, "scheme.simulated", simulated=simulated))


def _text(file: Path) -> str:
    """Raises WrongScheme, WrongFile."""
    from handlers.points.scheme import SCHEME  # noqa: PLC0415 - takes a second, which the other commands need not wait for

    return asyncio.run(Files().read(SCHEME, content(file)))


async def _simulate(chosen: StoreSettings, scheme: Scheme, since: datetime) -> Simulated:
    async with store.opened(chosen) as database:
        return await database.read(simulation.run, scheme=scheme, since=since.date())
