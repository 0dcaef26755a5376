"""Writes what people have brought in as TOML to a file: `jingyi export rubric`, `jingyi export scheme`."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import settings, store
from bot.library import FileExists
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.life.inspection import rubric

if TYPE_CHECKING:
    from domain.life.features import Stores

File = Annotated[Path, typer.Argument(dir_okay=False, help="The file to write: .toml.")]
Of = Annotated[str | None, typer.Option("--of", help="Its title; the newest one, without.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]


def export_rubric(file: File, of: Of = None, force: Force = False) -> None:
    """Write the newest version of a rubric of cross-inspection, ready to be changed and imported."""
    _write(file, of, _rubrics, force)


def export_scheme(file: File, of: Of = None, force: Force = False) -> None:
    """Write the newest version of a scheme of evaluations, ready to be changed and imported."""
    _write(file, of, _schemes, force)


def _rubrics(stores: "Stores") -> Mapping[str, str]:
    """Their files by title, the newest first."""
    return _first((one.rubric.title, rubric.write(one.rubric)) for one in stores.inspections.rubrics())


def _schemes(stores: "Stores") -> Mapping[str, str]:
    """Their files by title, the newest first."""
    return _first((one.title, one.text) for one in stores.evaluations.schemes())


def _first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The first of each title."""
    found: dict[str, str] = {}
    for title, text in pairs:
        found.setdefault(title, text)
    return found


def _write(file: Path, of: str | None, kept: Callable[["Stores"], Mapping[str, str]], force: bool) -> None:
    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        if file.suffix.lower() != ".toml":
            raise typer.BadParameter("the file's name must end in .toml", param_hint="FILE")
        if file.exists() and not force:
            raise FileExists(file=str(file))
        found = asyncio.run(_read(chosen, kept))
        title = of if of is not None else next(iter(found), None)
        if title is None or title not in found:
            there = ", ".join(found) or "none"
            raise typer.BadParameter(f"there is nothing of that title; there are: {there}", param_hint="--of")
        file.write_text(found[title], encoding="utf-8")
        typer.echo(line(chosen, "procedure.exported", file=str(file)))


async def _read(chosen: StoreSettings, kept: Callable[["Stores"], Mapping[str, str]]) -> Mapping[str, str]:
    async with store.opened(chosen) as database:
        return await database.read(kept)
