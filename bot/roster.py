"""`jingyi import roster`, `export roster` and `export template`: the same importer and files as in chat."""

import asyncio
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.progress import Show, bar
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.people import roster
from domain.people.roster import Listed, Plan, PlanChanged, Preview, Roster
from domain.refusal import Refusal
from sheets import WrongFile
from sheets.child import PATIENT
from sheets.process import Files
from sheets.roster import ROSTER

if TYPE_CHECKING:
    from handlers.label import Label

Target = Annotated[Path, typer.Argument(dir_okay=False, help="The file to write: .xlsx or .csv.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]


ENDINGS = (".xlsx", ".csv")


class FileExists(Refusal):
    """A file stands where one is to be written."""

    text = "roster.file_exists"


def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The roster: XLSX or CSV.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    leavers: Annotated[int | None, typer.Option("--leavers", help="With --yes: how many people may leave.")] = None,
) -> None:
    """Show what a roster would change, ask, and bring it in: all of it or nothing.

    If more than a third of a branch would leave, their names are shown and one has to confirm again; with --yes it is
    refused, unless --leavers gives their number.
    """
    from handlers.documents import plain_name  # noqa: PLC0415 - takes a second, which the other commands need not wait for

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        found = _read(chosen, file)
        plan = asyncio.run(_plan(chosen, found))
        preview = Preview(plain_name(file.name), plan)
        if plan.empty:
            typer.echo(line(chosen, "roster.no_changes", preview=preview))
            return
        typer.echo(line(chosen, "roster.preview", preview=preview))
        if not yes and not typer.confirm(line(chosen, "roster.ask")):
            typer.echo(line(chosen, "roster.not_imported"))
            raise typer.Exit(1)
        if plan.worrying and leavers != len(plan.left):
            _ask_about_leavers(chosen, preview, yes=yes)
        with bar(line(chosen, "store.writing")) as show:
            done = asyncio.run(_bring_in(chosen, found, plan, show))
        typer.echo(line(chosen, "roster.imported", preview=Preview(plain_name(file.name), done)))


def _ask_about_leavers(chosen: StoreSettings, preview: Preview, *, yes: bool) -> None:
    """Ask whether so many really leave. Ends the command if not, or if nobody can be asked."""
    typer.echo(line(chosen, "roster.many_leave", preview=preview))
    if yes:
        typer.echo(line(chosen, "roster.leavers_needed", count=len(preview.plan.left)), err=True)
        raise typer.Exit(1)
    if not typer.confirm(line(chosen, "roster.ask_leavers", count=len(preview.plan.left))):
        typer.echo(line(chosen, "roster.not_imported"))
        raise typer.Exit(1)


def export_roster(file: Target, force: Force = False) -> None:
    """Write the roster as it stands; it can be imported again. It holds telephone numbers."""
    from handlers.people.roster import export  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        check_free(file, force)
        people = asyncio.run(_listed(chosen))
        file.write_bytes(export(people, _label(chosen), as_csv=is_csv(file)))
        typer.echo(line(chosen, "roster.exported", file=str(file), count=len(people)))


def export_template(file: Target, force: Force = False) -> None:
    """Write an empty roster to fill in, with an example and notes."""
    from handlers.people.roster import template  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        check_free(file, force)
        file.write_bytes(template(_label(chosen), as_csv=is_csv(file)))
        typer.echo(line(chosen, "roster.template_written", file=str(file)))


def _read(chosen: StoreSettings, file: Path) -> Roster:
    """The roster in a file. Raises NotARoster; ends the command where cells cannot be used."""
    from handlers.people.roster import NotARoster, as_roster  # noqa: PLC0415 - likewise

    with bar(line(chosen, "store.reading")) as show:
        try:
            reading = asyncio.run(Files(PATIENT).read(ROSTER, content(file), progress=show))
        except WrongFile as error:
            raise NotARoster(wrong=error.reason, detail=error.detail) from error
    if reading.faults:
        for fault in reading.faults:
            typer.echo(line(chosen, "roster.fault", fault=fault), err=True)
        typer.echo(line(chosen, "roster.not_imported"), err=True)
        raise typer.Exit(1)
    return as_roster(reading, _today(chosen))


async def _plan(chosen: StoreSettings, found: Roster) -> Plan:
    async with store.opened(chosen) as database:
        return roster.plan(await database.read(roster.known), found)


async def _bring_in(chosen: StoreSettings, found: Roster, agreed: Plan, show: Show) -> Plan:
    carry_out = partial(
        roster.carry_out,
        roster=found,
        agreed=agreed.fingerprint,
        by=None,
        day=_today(chosen),
        at=clock.now(),
        sure=True,
        progress=show,
    )
    async with store.opened(chosen) as database:
        try:
            done = await database.write(carry_out)
        except PlanChanged as changed:
            raise RosterChanged from changed
    return done.plan


class RosterChanged(Refusal):
    """Somebody changed the roster while this one was looked at."""

    text = "roster.changed_meanwhile"


async def _listed(chosen: StoreSettings) -> list[Listed]:
    async with store.opened(chosen) as database:
        return await database.write(partial(roster.export, day=_today(chosen), at=clock.now()))


def _today(chosen: StoreSettings) -> date:
    return clock.now().astimezone(ZoneInfo(chosen.timezone)).date()


def _label(chosen: StoreSettings) -> "Label":
    return lambda name, /, **values: line(chosen, name, **values)


def is_csv(file: Path) -> bool:
    """Whether a file's name says CSV."""
    return file.suffix.lower() == ".csv"


def check_free(file: Path, force: bool) -> None:
    """Raises FileExists, and BadParameter for a file that would not be what its name says."""
    if file.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f"the file's name must end in {' or '.join(ENDINGS)}", param_hint="FILE")
    if file.exists() and not force:
        raise FileExists(file=str(file))
