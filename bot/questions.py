"""`jingyi import questions` and `export questions`: the same readers and files as in chat."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import clock, settings, store
from bot.importing import content
from bot.progress import Show, bar
from bot.roster import FileExists
from bot.settings import StoreSettings
from bot.upkeep import in_words, line
from domain.study import question_files
from domain.study.question import Question
from domain.study.question_files import Plan
from sheets import WrongFile
from sheets.child import PATIENT
from sheets.process import Files
from sheets.questions import QUESTIONS, Found


def import_questions(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="Plain Chinese text, GIFT, Aiken, Moodle XML, XLSX or CSV."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what a file of questions would change and what of it is not carried over, ask, and import it."""
    from handlers.study.question_files.files import FaultyQuestions, as_questions  # noqa: PLC0415 - slow

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        try:
            fitted = as_questions(_read(chosen, content(file)))
        except FaultyQuestions as faulty:
            for fault in faulty.values["faults"]:
                typer.echo(line(chosen, "question_files.fault", fault=fault), err=True)
            typer.echo(line(chosen, "question_files.not_imported"), err=True)
            raise typer.Exit(1) from faulty
        plan = asyncio.run(_plan(chosen, fitted.questions))
        shown = "question_files.no_changes" if plan.is_empty else "question_files.preview"
        typer.echo(line(chosen, shown, plan=plan, lost=[], name=file.name))
        for lost in fitted.lost:
            typer.echo(f"- {line(chosen, 'question_files.lost', lost=lost)}")
        if plan.is_empty:
            return
        if not yes and not typer.confirm(line(chosen, "question_files.ask")):
            typer.echo(line(chosen, "question_files.not_imported"))
            raise typer.Exit(1)
        with bar(line(chosen, "store.writing")) as show:
            done = asyncio.run(_carry_out(chosen, fitted.questions, show))
        typer.echo(line(chosen, "question_files.imported", plan=done))


def export_questions(
    file: Annotated[
        Path, typer.Argument(dir_okay=False, help="The file to write: .xlsx, .csv, .txt, .gift, .aiken or .xml.")
    ],
    blank: Annotated[bool, typer.Option("--blank", help="An empty table to be filled in.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write all questions of the library; what a format cannot carry is listed."""
    from handlers.study.question_files.files import ENDINGS, TABLES, as_file  # noqa: PLC0415 - likewise

    chosen = settings.read(StoreSettings)
    with in_words(chosen):
        ending = file.suffix.lower()
        endings = TABLES if blank else (*TABLES, *ENDINGS)
        if ending not in endings:
            raise typer.BadParameter(f"the file's name must end in {' or '.join(endings)}", param_hint="FILE")
        if file.exists() and not force:
            raise FileExists(file=str(file))
        questions = [] if blank else asyncio.run(_every(chosen))
        written = as_file(questions, ending, partial(line, chosen), chosen.language)
        file.write_bytes(written.content)
        for lost in written.lost:
            typer.echo(f"- {line(chosen, 'question_files.lost', lost=lost)}")
        typer.echo(line(chosen, "question_files.exported", file=str(file), count=len(questions)))


def _read(chosen: StoreSettings, data: bytes) -> Found:
    """Raises NoQuestionFile."""
    from handlers.study.question_files.files import NoQuestionFile  # noqa: PLC0415 - likewise

    try:
        with bar(line(chosen, "store.reading")) as show:
            return asyncio.run(Files(PATIENT).read(QUESTIONS, data, progress=show))
    except WrongFile as error:
        raise NoQuestionFile(wrong=error.reason, detail=error.detail) from error


async def _plan(chosen: StoreSettings, questions: Sequence[Question]) -> Plan:
    async with store.opened(chosen) as database:
        return await database.read(partial(question_files.plan, questions=questions))


async def _carry_out(chosen: StoreSettings, questions: Sequence[Question], show: Show) -> Plan:
    carry_out = partial(question_files.carry_out, questions=questions, by=None, at=clock.now(), progress=show)
    async with store.opened(chosen) as database:
        return await database.write(carry_out)


async def _every(chosen: StoreSettings) -> list[Question]:
    async with store.opened(chosen) as database:
        return await database.read(question_files.every)
