"""Commands that look after the store: each says in words how it went."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

import texts
from bot import clock, encryption_keys, keys, settings
from bot.encryption_keys import KeyFolder
from bot.progress import bar
from bot.renderer import Renderer
from bot.settings import StoreSettings
from domain.admin import audit
from domain.admin.audit import BrokenLink, Tip
from domain.admin.backup import NoStore, OnlySQLite
from domain.admin.seal import Finding, Seal, all_seals, is_waiting
from domain.points import tampering
from domain.points import verify as verification
from domain.points.features import Stores
from domain.points.verify import Difference
from domain.refusal import Refusal
from storage import backup as safekeeping
from storage.database import SQLITE, StoreError, connect

MEGABYTE = 1_000_000


def verify() -> None:
    """Add up the ledger anew, follow the audit log's chain, and report what is wrong; nothing is changed."""
    with _database() as chosen:
        if chosen.database_url.startswith(SQLITE) and not chosen.database_file.is_file():
            raise NoStore(file=str(chosen.database_file))
        seen = asyncio.run(_look(chosen))
    for difference in seen.differences:
        typer.echo(line(chosen, "store.differs", difference=difference))
    if seen.broken:
        typer.echo(line(chosen, "store.chain_broken", number=seen.broken.number))
    for finding in seen.findings:
        typer.echo(line(chosen, "seal.finding", finding=finding))
    if seen.differences or seen.broken or seen.findings:
        raise typer.Exit(1)
    typer.echo(line(chosen, "store.verified"))
    if is_waiting(seen.seals):
        typer.echo(line(chosen, "store.chain_whole", tip=seen.tip))
    else:
        typer.echo(line(chosen, "seal.state", seals=seen.seals))


@dataclass(frozen=True, slots=True)
class Seen:
    """What `verify` has looked at. `broken` is told where the audit log was never sealed."""

    differences: list[Difference]
    findings: list[Finding]
    seals: list[Seal]
    broken: BrokenLink | None
    tip: Tip


async def _look(chosen: StoreSettings) -> Seen:
    async with connect(chosen.database_url, Renderer(), clock.now) as database:
        key = keys.find(chosen)
        if key is not None:
            database.seal_with(key)
        return await database.read(_see)


def _see(stores: Stores) -> Seen:
    seals = stores.seals.all()
    broken = audit.broken_link(stores) if is_waiting(seals) else None
    findings = tampering.findings(stores)
    return Seen(verification.differences(stores), findings, seals, broken, stores.audit.tip())


def seal(*, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Seal the store anew, as it is: after the key was lost, or after `verify` found what was looked into since."""
    with _database() as chosen:
        if not yes and not typer.confirm(line(chosen, "seal.ask")):
            raise typer.Exit(1)
        typer.echo(line(chosen, "seal.state", seals=asyncio.run(_seal(chosen))))


async def _seal(chosen: StoreSettings) -> list[Seal]:
    async with connect(chosen.database_url, Renderer(), clock.now) as database:
        database.seal_with(keys.find(chosen) or keys.make(chosen))
        await database.write(tampering.take_over, at=clock.now())
        return await database.read(all_seals)


def backup(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write the store to a file, also while the bot runs."""
    begun = time.monotonic()
    with _database() as chosen, bar(line(chosen, "store.copying")) as progress:
        size = asyncio.run(safekeeping.backup(_file(chosen), file, force=force, progress=progress))
    seconds = f"{time.monotonic() - begun:.1f}"
    typer.echo(line(chosen, "store.backed_up", file=str(file), size=_size(size), seconds=seconds))


def restore(file: Annotated[Path, typer.Argument(dir_okay=False, help="A backup.")]) -> None:
    """Put a backup in the store's place; the bot must not run. The replaced store is kept beside it."""
    with _database() as chosen, bar(line(chosen, "store.copying")) as progress:
        kept = asyncio.run(safekeeping.restore(_file(chosen), file, at=clock.now(), progress=progress))
    typer.echo(line(chosen, "store.restored", file=str(file), kept=str(kept) if kept else ""))
    if lost := safekeeping.unreadable(_file(chosen), KeyFolder(encryption_keys.folder_of(chosen)).all()):
        typer.echo(line(chosen, "store.answers_lost", count=lost))


def doctor() -> None:
    """Check settings, store, token, webhook, calendar, fonts and clock; say what is wrong and how to mend it."""
    raise typer.Exit(asyncio.run(_examine()))


async def _examine() -> int:
    """The exit code, once every finding is told."""
    from bot import doctor as physician  # noqa: PLC0415 - takes a second, which the other commands need not wait for

    try:
        chosen = settings.read(StoreSettings)
    except settings.WrongSetting:
        chosen = StoreSettings.model_construct()  # the defaults
    states = set()
    async for finding in physician.examine(clock.now):
        states.add(finding.state)
        typer.echo(f"{line(chosen, finding.state)}  {line(chosen, finding.text, **finding.values)}")
    return int(physician.State.WRONG in states)


COMMANDS = (verify, seal, backup, restore, doctor)


@contextmanager
def in_words(chosen: StoreSettings) -> Iterator[None]:
    """What the store and its files refuse ends the command with one line. Raises typer.Exit."""
    try:
        yield
    except Refusal as error:
        _fail(line(chosen, error.text, **error.values))
    except OSError as error:
        _fail(line(chosen, "store.refuses", reason=str(error)))
    except StoreError as error:
        _fail(line(chosen, "store.unusable", file=_place(chosen), reason=str(error)))


def _place(chosen: StoreSettings) -> str:
    """The store in a line; an address on a server may hold a password, so it is not told."""
    return str(chosen.database_file) if chosen.database_url.startswith(SQLITE) else "PostgreSQL"


def _fail(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)


def line(chosen: StoreSettings, name: str, /, **values: Any) -> str:
    """A line for whoever typed the command."""
    return texts.label(name, texts.Reader(chosen.language, chosen.timezone), values)


@contextmanager
def _database() -> Iterator[StoreSettings]:
    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        yield chosen


def _file(chosen: StoreSettings) -> Path:
    if not chosen.database_url.startswith(SQLITE):
        raise OnlySQLite
    return chosen.database_file


def _size(count: int) -> str:
    return f"{count / MEGABYTE:.1f} MB"
