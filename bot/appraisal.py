"""`jingyi export appraisal`: a settlement as a file, with everybody; the audit log has the file's checksum."""

import asyncio
from functools import partial
from typing import Annotated

import typer

from bot import clock, settings, store
from bot.roster import Force, Target, check_free, is_csv
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.ids import SettlementId
from domain.points import appraisal
from domain.points.appraisal import Appraisal

Number = Annotated[int | None, typer.Option("--settlement", help="Its number in the audit log; without: the newest.")]


def export_appraisal(file: Target, force: Force = False, number: Number = None) -> None:
    """Write a settlement: everybody's score with every entry behind it."""
    from handlers.points.appraisal import content  # noqa: PLC0415 - takes a second, which the other commands need not wait for

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        check_free(file, force)
        found = asyncio.run(_look(chosen, None if number is None else SettlementId(number)))
        written = content(found, partial(line, chosen), None, as_csv=is_csv(file))
        file.write_bytes(written)
        checksum = asyncio.run(_note(chosen, found, written))
        typer.echo(line(chosen, "appraisal.exported", file=str(file), count=len(found.lines), checksum=checksum))


async def _look(chosen: StoreSettings, number: SettlementId | None) -> Appraisal:
    async with store.opened(chosen) as database:
        return await database.read(partial(appraisal.whole, number=number))


async def _note(chosen: StoreSettings, found: Appraisal, written: bytes) -> str:
    note = partial(appraisal.note, by=None, of=found.settlement, content=written, at=clock.now())
    async with store.opened(chosen) as database:
        return await database.write(note)
