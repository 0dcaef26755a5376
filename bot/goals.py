"""`jingyi import goals` and `export goals`: the same readers and files as in chat."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.roster import FileExists
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.people.permission import Area
from domain.work.features import Stores
from domain.work.goal import importing
from domain.work.goal.importing import Changes, Written
from domain.work.goal.lines import Goals, WrongGoals
from sheets import WrongFile
from sheets.child import PATIENT
from sheets.goals import GOALS, FoundGoals
from sheets.process import Files


def import_goals(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="XLSX or CSV.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a table of goals would change, ask, and bring it in: all of it or nothing."""
    from handlers.documents import plain_name  # noqa: PLC0415 - takes a second, which the other commands need not wait for
    from handlers.work.goal_files import as_goals  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        try:
            goals = as_goals(_read(content(file)))
            changes = asyncio.run(_plan(chosen, goals))
        except WrongGoals as wrong:
            for fault in wrong.faults:
                typer.echo(line(chosen, "goal.fault", fault=fault), err=True)
            raise typer.Exit(1) from wrong
        values = {"changes": changes, "name": plain_name(file.name)}
        if changes.is_empty:
            typer.echo(line(chosen, "goal.no_changes", **values))
            return
        typer.echo(line(chosen, "goal.import_preview", **values))
        if not yes and not typer.confirm(line(chosen, "goal.ask_import")):
            typer.echo(line(chosen, "goal.not_imported"))
            raise typer.Exit(1)
        done = asyncio.run(_carry_out(chosen, goals))
        typer.echo(line(chosen, "goal.imported", changes=done, name=plain_name(file.name)))


def export_goals(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write: .xlsx or .csv.")],
    blank: Annotated[bool, typer.Option("--blank", help="An empty form instead of the goals.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write all goals, or an empty form."""
    from handlers.work import goal_files  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        ending = file.suffix.lower().removeprefix(".")
        if ending not in goal_files.FORMATS:
            raise typer.BadParameter("the file's name must end in .xlsx or .csv", param_hint="FILE")
        if file.exists() and not force:
            raise FileExists(file=str(file))
        written = [] if blank else asyncio.run(_whole(chosen))
        file.write_bytes(goal_files.write(written, ending, partial(line, chosen), chosen.language))
        typer.echo(line(chosen, "goal.exported", file=str(file), count=len(written)))


def _read(data: bytes) -> FoundGoals:
    """Raises NoGoalFile."""
    from handlers.work.goal_files import NoGoalFile  # noqa: PLC0415 - likewise

    try:
        return asyncio.run(Files(PATIENT).read(GOALS, data))
    except WrongFile as error:
        raise NoGoalFile(wrong=error.reason, detail=error.detail) from error


async def _plan(chosen: StoreSettings, goals: Goals) -> Changes:
    async with store.opened(chosen) as database:
        return await database.read(lambda stores: importing.plan(stores, goals=goals, home=_top(stores)))


async def _carry_out(chosen: StoreSettings, goals: Goals) -> Changes:
    def unit(stores: Stores) -> Changes:
        return importing.carry_out(stores, goals=goals, home=_top(stores), by=None, at=clock.now())

    async with store.opened(chosen) as database:
        return await database.write(unit)


def _top(stores: Stores) -> Area | None:
    """What is meant where a row says no branch: the only one at the top."""
    found = stores.branches.children(None)
    return Area(branch=found[0].id) if len(found) == 1 else None


async def _whole(chosen: StoreSettings) -> list[Written]:
    async with store.opened(chosen) as database:
        return await database.read(partial(importing.whole, at=clock.now()))
