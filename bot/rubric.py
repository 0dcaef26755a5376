"""`jingyi import rubric`: the same reader and use case as in chat."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.life.inspection import keeping
from domain.life.inspection.keeping import Change
from domain.life.inspection.rubric import Rubric, WrongRubric
from sheets.child import PATIENT
from sheets.process import Files

if TYPE_CHECKING:
    from domain.life.features import Stores


def import_rubric(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="TOML: docs/inspections.md.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show a rubric of cross-inspection, ask, and keep it; of the same title it is a new version."""
    from handlers.documents import plain_name  # noqa: PLC0415 - takes a second, which the other commands need not wait for
    from handlers.life.rubric_files import RUBRIC  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        try:
            rubric = asyncio.run(Files(PATIENT).read(RUBRIC, content(file)))
        except WrongRubric as wrong:
            for problem in wrong.problems:
                typer.echo(line(chosen, "inspection.fault", fault=problem), err=True)
            raise typer.Exit(1) from wrong
        change = asyncio.run(_plan(chosen, rubric))
        values = {"change": change, "name": plain_name(file.name)}
        if change.is_empty:
            typer.echo(line(chosen, "inspection.rubric_same", **values))
            return
        typer.echo(line(chosen, "inspection.rubric_preview", **values))
        if not yes and not typer.confirm(line(chosen, "inspection.ask_import")):
            typer.echo(line(chosen, "inspection.not_imported"))
            raise typer.Exit(1)
        typer.echo(line(chosen, "inspection.rubric_kept", change=asyncio.run(_keep(chosen, rubric))))


async def _plan(chosen: StoreSettings, rubric: Rubric) -> Change:
    async with store.opened(chosen) as database:
        return await database.read(partial(keeping.plan, rubric=rubric))


async def _keep(chosen: StoreSettings, rubric: Rubric) -> Change:
    def unit(stores: "Stores") -> Change:
        return keeping.carry_out(stores, rubric=rubric, by=None, at=clock.now())

    async with store.opened(chosen) as database:
        return await database.write(unit)
