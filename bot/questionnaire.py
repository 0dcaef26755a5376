"""`jingyi import survey` and `export survey`: the same readers and files as in chat."""

import asyncio
import hashlib
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.roster import FileExists
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.voice.features import Stores
from domain.voice.questionnaire import kept
from domain.voice.questionnaire.kept import KeptQuestionnaire, NotKept
from domain.voice.questionnaire.model import Questionnaire
from sheets import WrongFile
from sheets.child import PATIENT
from sheets.process import Files
from sheets.questionnaire import Found

BLANK = "blank"
TABLES = (".xlsx", ".csv")
ENDINGS = (*TABLES, ".yaml", ".yml")


def import_survey(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="YAML, XLSX, CSV, SurveyJS JSON or .lss.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a questionnaire's file holds and what of it is not carried over, ask, and keep it for all who ask."""
    from handlers.voice.questionnaire_files.files import FaultyQuestionnaire, as_questionnaire  # noqa: PLC0415 - slow

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        data = content(file)
        try:
            fitted = as_questionnaire(_read(chosen, data), file.name)
        except FaultyQuestionnaire as faulty:
            for fault in faulty.values["faults"]:
                typer.echo(line(chosen, "kept_questionnaire.fault", fault=fault), err=True)
            typer.echo(line(chosen, "kept_questionnaire.not_imported"), err=True)
            raise typer.Exit(1) from faulty
        typer.echo(line(chosen, "kept_questionnaire.preview", questionnaire=fitted.questionnaire, lost=[]))
        for lost in fitted.lost:
            typer.echo(f"- {line(chosen, 'kept_questionnaire.lost', lost=lost)}")
        if not yes and not typer.confirm(line(chosen, "kept_questionnaire.ask")):
            typer.echo(line(chosen, "kept_questionnaire.not_imported"))
            raise typer.Exit(1)
        assert fitted.questionnaire is not None  # noqa: S101 - `as_questionnaire` has looked
        done = asyncio.run(_keep(chosen, fitted.questionnaire, hashlib.sha256(data).hexdigest()))
        typer.echo(line(chosen, "kept_questionnaire.kept", kept=done))


def export_survey(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write: .xlsx, .csv or .yaml.")],
    of: Annotated[str, typer.Option("--of", help="A number, the name of a ready one, or blank.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a kept questionnaire, a ready one or an empty form; without --of say which there are."""
    from handlers.voice.questionnaire_files.files import as_table, as_yaml  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        if file.suffix.lower() not in ENDINGS or (of == BLANK and file.suffix.lower() not in TABLES):
            raise typer.BadParameter(f"the file's name must end in {' or '.join(ENDINGS)}", param_hint="FILE")
        if file.exists() and not force:
            raise FileExists(file=str(file))
        questionnaire = _wanted(chosen, of)
        if questionnaire is not None and file.suffix.lower() not in TABLES:
            told = as_yaml(questionnaire)
        else:
            as_csv = file.suffix.lower() == ".csv"
            told = as_table(questionnaire, partial(line, chosen), chosen.language, as_csv=as_csv)
        file.write_bytes(told)
        typer.echo(line(chosen, "kept_questionnaire.exported", file=str(file)))


def _read(chosen: StoreSettings, data: bytes) -> Found:
    """Raises NoQuestionnaireFile."""
    from handlers.voice.questionnaire_files.files import NoQuestionnaireFile, reader_for  # noqa: PLC0415 - likewise

    try:
        return asyncio.run(Files(PATIENT).read(reader_for(chosen.language), data))
    except WrongFile as error:
        raise NoQuestionnaireFile(wrong=error.reason, detail=error.detail) from error


async def _keep(chosen: StoreSettings, questionnaire: Questionnaire, digest: str) -> KeptQuestionnaire:
    """Keep it for everybody who asks; the same file is kept once."""
    keep = partial(kept.keep, questionnaire=questionnaire, owner=None, source=f"file:{digest}", at=clock.now())
    async with store.opened(chosen) as database:
        return await database.write(keep)


def _wanted(chosen: StoreSettings, of: str) -> Questionnaire | None:
    """The questionnaire that is named; `None` for an empty form. Ends the command where none is. Raises NotKept."""
    from handlers.voice.questionnaire_templates import NAMES, forms  # noqa: PLC0415 - likewise

    if of == BLANK:
        return None
    if of in NAMES:
        return forms(chosen.language)[NAMES.index(of)]
    found = asyncio.run(_listed(chosen))
    for one in found:
        if str(one.id) == of:
            return one.questionnaire
    if of:
        raise NotKept
    typer.echo(line(chosen, "kept_questionnaire.choices", names=[*NAMES], found=found), err=True)
    raise typer.Exit(1)


async def _listed(chosen: StoreSettings) -> list[KeptQuestionnaire]:
    """All that are kept, also those of one person: the command line is the enterprise's."""
    async with store.opened(chosen) as database:
        return await database.read(_all)


def _all(stores: Stores) -> list[KeptQuestionnaire]:
    return list(stores.kept_questionnaires.all())
