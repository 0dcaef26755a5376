"""`jingyi import procedure` and `export procedure`: the same readers and files as in chat."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.roster import FileExists
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.work.procedure import keeping
from domain.work.procedure.keeping import Brought, By
from domain.work.procedure.model import Kept, ProcedureNotFound
from sheets import WrongFile
from sheets.child import PATIENT
from sheets.procedure import PROCEDURE, Found
from sheets.process import Files

if TYPE_CHECKING:
    from domain.work.features import Stores
    from domain.work.procedure.template import Procedure

BLANK = "blank"
ENDINGS = {".xlsx": "xlsx", ".yaml": "yaml", ".yml": "yaml"}


def import_procedure(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="YAML, XLSX or CSV.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show a standard procedure, ask, and keep it for everybody; of the same title it is a new version."""
    from handlers.work.procedure_files import FaultyProcedure, as_procedure  # noqa: PLC0415 - slow

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        try:
            made = as_procedure(_read(chosen, content(file)))
        except FaultyProcedure as faulty:
            _tell_faults(chosen, faulty)
            raise typer.Exit(1) from faulty
        typer.echo(line(chosen, "procedure.shown", kept=None, procedure=made, proposals=()))
        if not yes and not typer.confirm(line(chosen, "procedure.ask_import")):
            typer.echo(line(chosen, "procedure.dropped"))
            raise typer.Exit(1)
        typer.echo(line(chosen, "procedure.brought", brought=asyncio.run(_keep(chosen, made))))


def _tell_faults(chosen: StoreSettings, faulty: Exception) -> None:
    values = getattr(faulty, "values", {})
    for one in values["wrong"]:
        typer.echo(line(chosen, "procedure.wrong_in", wrong=one), err=True)
    for place, one in values["faults"]:
        typer.echo(line(chosen, "procedure.fault_in", place=place, fault=one), err=True)


def export_procedure(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write: .xlsx or .yaml.")],
    of: Annotated[str, typer.Option("--of", help="A title, the name of a sample, or blank.")] = BLANK,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a standard procedure that everybody has, a sample, or an empty form."""
    from handlers.work.procedure_files import write  # noqa: PLC0415 - slow

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        ending = ENDINGS.get(file.suffix.lower())
        if ending is None:
            raise typer.BadParameter(f"the file's name must end in {' or '.join(ENDINGS)}", param_hint="FILE")
        if file.exists() and not force:
            raise FileExists(file=str(file))
        made = None if of == BLANK else _wanted(chosen, of)
        file.write_bytes(write(made, ending, line(chosen, "procedure.table_sheet"), chosen.language))
        typer.echo(line(chosen, "procedure.exported", file=str(file)))


def _read(chosen: StoreSettings, data: bytes) -> Found:
    """Raises NoProcedureFile."""
    from handlers.work.procedure_files import NoProcedureFile  # noqa: PLC0415 - slow

    try:
        return asyncio.run(Files(PATIENT).read(PROCEDURE, data))
    except WrongFile as error:
        raise NoProcedureFile(wrong=error.reason, detail=error.detail) from error


async def _keep(chosen: StoreSettings, made: "Procedure") -> Brought:
    async with store.opened(chosen) as database:
        return await database.write(partial(keeping.bring, procedure=made, by=By(None, None, clock.now())))


def _wanted(chosen: StoreSettings, of: str) -> "Procedure":
    """A sample by its name or title, else a kept one by its title. Raises ProcedureNotFound."""
    from handlers.work.procedure_files import samples  # noqa: PLC0415 - slow

    ready = {**{one.title: one for _, one in samples(chosen.language)}, **dict(samples(chosen.language))}
    kept = {one.procedure.title: one.procedure for one in asyncio.run(_all(chosen))}
    found = kept.get(of) or ready.get(of)
    if found is None:
        raise ProcedureNotFound
    return found


async def _all(chosen: StoreSettings) -> list[Kept]:
    async with store.opened(chosen) as database:
        return await database.read(_of_everybody)


def _of_everybody(stores: "Stores") -> list[Kept]:
    return stores.procedures.of(None)
