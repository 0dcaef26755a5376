"""`jingyi import study` and `export study`: the same readers and files as in chat."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.progress import Show, bar
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.refusal import Refusal
from domain.study import importing as study
from domain.study.importing import LISTED, Loss, Plan
from domain.study.library import Library, WrongLibrary
from sheets import WrongFile
from sheets.process import Files
from sheets.study import LIBRARY, Found


class FileExists(Refusal):
    """A file stands where one is to be written."""

    text = "library.file_exists"


def import_study(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="TOML, Markdown, XLSX or CSV.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a study library would change, ask, and bring it in: all of it or nothing."""
    from handlers.documents import plain_name  # noqa: PLC0415 - takes a second, which the other commands need not wait for
    from handlers.study import library_files  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        found = _read(chosen, content(file))
        try:
            library = library_files.as_library(found)
            plan = asyncio.run(_plan(chosen, library, found))
        except WrongLibrary as wrong:
            for fault in wrong.faults:
                typer.echo(line(chosen, "library.fault", fault=fault), err=True)
            raise typer.Exit(1) from wrong
        values = {"plan": plan, "name": plain_name(file.name), "listed": LISTED}
        if plan.is_empty:
            typer.echo(line(chosen, "library.no_changes", **values))
            return
        typer.echo(line(chosen, "library.preview", **values))
        if not yes and not typer.confirm(line(chosen, "library.ask")):
            typer.echo(line(chosen, "library.not_imported"))
            raise typer.Exit(1)
        with bar(line(chosen, "store.writing")) as show:
            done = asyncio.run(_carry_out(chosen, library, show))
        typer.echo(line(chosen, "library.imported", plan=done, name=plain_name(file.name)))


def export_study(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write: .xlsx, .csv, .md or .toml.")],
    blank: Annotated[bool, typer.Option("--blank", help="An empty form instead of the library.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write the study library, or an empty form. A CSV has the items alone."""
    from handlers.study import library_files  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        ending = file.suffix.lower().removeprefix(".")
        if ending not in library_files.FORMATS:
            named = " or ".join(f".{one}" for one in library_files.FORMATS)
            raise typer.BadParameter(f"the file's name must end in {named}", param_hint="FILE")
        if file.exists() and not force:
            raise FileExists(file=str(file))
        library = Library() if blank else asyncio.run(_whole(chosen))
        file.write_bytes(library_files.write(library, ending, chosen.language))
        typer.echo(line(chosen, "library.exported", file=str(file), count=library.count))


def _read(chosen: StoreSettings, data: bytes) -> Found:
    """Raises NoLibraryFile."""
    from handlers.study.library_files import NoLibraryFile  # noqa: PLC0415 - likewise

    try:
        with bar(line(chosen, "store.reading")) as show:
            return asyncio.run(Files().read(LIBRARY, data, progress=show))
    except WrongFile as error:
        raise NoLibraryFile(wrong=error.reason, detail=error.detail) from error


async def _plan(chosen: StoreSettings, library: Library, found: Found) -> Plan:
    async with store.opened(chosen) as database:
        plan = await database.read(partial(study.plan, library=library))
    lost = tuple(Loss(one.item, one.field) for one in found.lost)
    return Plan(plan.added, plan.changed, plan.same, (*lost, *plan.lost))


async def _carry_out(chosen: StoreSettings, library: Library, show: Show) -> Plan:
    carry_out = partial(study.carry_out, library=library, by=None, at=clock.now(), progress=show)
    async with store.opened(chosen) as database:
        return await database.write(carry_out)


async def _whole(chosen: StoreSettings) -> Library:
    async with store.opened(chosen) as database:
        return await database.read(study.whole)
