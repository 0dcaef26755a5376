"""`jingyi import scheme`: a scheme of evaluations, read and checked as in chat."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.life.evaluation import schemes
from domain.life.evaluation.flaw import WrongScheme
from domain.life.evaluation.model import Version
from domain.life.evaluation.schemes import Looked
from sheets.child import PATIENT
from sheets.process import Files

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A scheme (TOML): docs/evaluation.md.")]


def import_scheme(file: File, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Show what a scheme of evaluations says, ask, and use it for the evaluations that begin from now on."""
    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        try:
            text = _text(file)
            looked = asyncio.run(_look(chosen, text))
        except WrongScheme as wrong:
            for problem in wrong.problems:
                typer.echo(line(chosen, "evaluation.fault", fault=problem), err=True)
            raise typer.Exit(1) from wrong
        if looked.is_same:
            typer.echo(line(chosen, "evaluation.same_scheme", looked=looked))
            return
        typer.echo(line(chosen, "evaluation.looked", looked=looked))
        if not yes and not typer.confirm(line(chosen, "evaluation.ask_import")):
            typer.echo(line(chosen, "evaluation.dropped"))
            raise typer.Exit(1)
        typer.echo(line(chosen, "evaluation.imported", version=asyncio.run(_bring_in(chosen, text))))


def _text(file: Path) -> str:
    """Raises WrongScheme, WrongFile."""
    from handlers.life.evaluation_files import SCHEME  # noqa: PLC0415 - takes a second, which others need not wait for

    return asyncio.run(Files(PATIENT).read(SCHEME, content(file)))


async def _look(chosen: StoreSettings, text: str) -> Looked:
    async with store.opened(chosen) as database:
        return await database.read(partial(schemes.look, text=text))


async def _bring_in(chosen: StoreSettings, text: str) -> Version:
    async with store.opened(chosen) as database:
        return await database.write(partial(schemes.bring_in, text=text, by=None, at=clock.now()))
