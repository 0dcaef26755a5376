"""The command line: `jingyi run`, `demo`, `sandbox`, `migrate`, `verify`, `backup`, `restore`, `doctor`, `import` …."""

import asyncio
import gc
import logging
import os
import signal
import sys
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from typing import Annotated, Any

import typer

import plain
from bot import (
    admin_link,
    appraisal,
    arenas,
    evaluation,
    goals,
    importing,
    library,
    logs,
    points,
    procedure,
    questionnaire,
    questions,
    roster,
    rubric,
    rule_files,
    settings,
    simulation,
    upkeep,
)
from bot.settings import Settings, StoreSettings, WrongSetting
from domain.clock.calendar import WrongCalendar
from sheets import MAX_FILE_BYTES, Reason, WrongFile
from storage.database import StoreError
from storage.migrate import NewerSchema, upgrade

if sys.platform == "win32":
    new_event_loop = asyncio.new_event_loop
else:
    from uvloop import new_event_loop

OWNER_ALONE = 0o077  # nobody else reads what the program writes: store, backups, exports

UNREADABLE = {
    Reason.ENCODING: "The file is not UTF-8 text; please save it as UTF-8 and try again.",
    Reason.TOO_LARGE: f"The file is too large: at most {MAX_FILE_BYTES // 2**20} MB.",
    Reason.TOO_COSTLY: "Reading the file takes too much time or memory; nothing was imported.",
}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
imports = typer.Typer(no_args_is_help=True, help="Bring files into the store.")
app.add_typer(imports, name="import")
exports = typer.Typer(no_args_is_help=True, help="Write what the store holds to files.")
app.add_typer(exports, name="export")
app.add_typer(admin_link.app, name="admin")
app.add_typer(points.app, name="points")
app.add_typer(simulation.app, name="evaluation")
imports.command("roster")(roster.import_roster)
imports.command("study")(library.import_study)
exports.command("study")(library.export_study)
imports.command("survey")(questionnaire.import_survey)
exports.command("survey")(questionnaire.export_survey)
imports.command("procedure")(procedure.import_procedure)
exports.command("procedure")(procedure.export_procedure)
imports.command("questions")(questions.import_questions)
exports.command("questions")(questions.export_questions)
imports.command("rubric")(rubric.import_rubric)
imports.command("goals")(goals.import_goals)
imports.command("scheme")(evaluation.import_scheme)
exports.command("goals")(goals.export_goals)
exports.command("rubric")(rule_files.export_rubric)
exports.command("scheme")(rule_files.export_scheme)
exports.command("appraisal")(appraisal.export_appraisal)
exports.command("roster")(roster.export_roster)
exports.command("template")(roster.export_template)
for command in upkeep.COMMANDS:
    app.command()(command)
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port of the chat page and the Bot API; 0 takes a free one.")]


def main() -> None:
    """Run a command; exit codes are 0 done, 1 failed (with one line that says why), 2 wrong usage."""
    os.umask(OWNER_ALONE)
    try:
        app()
    except NewerSchema as error:
        sys.exit(f"The store is of a newer version ({error}) than this program; please install the newer program.")
    except (WrongSetting, WrongCalendar, StoreError) as error:
        sys.exit(plain.clean(str(error)))  # it may quote a file
    except WrongFile as error:
        sys.exit(UNREADABLE.get(error.reason, "The file cannot be read."))


@app.command()
def run() -> None:
    """Run the bot on the settings in the environment and .env."""
    from bot import watchdog  # noqa: PLC0415 - takes a second, which the other commands need not wait for
    from bot.program import Program  # noqa: PLC0415 - likewise
    from bot.sample import enterprise  # noqa: PLC0415 - likewise

    chosen = settings.read(Settings)
    logs.set_up(chosen.log, chosen.secrets)
    with upkeep.in_words(chosen):
        sample = enterprise.library()
        blocked = watchdog.BLOCKED_AFTER
        _serve(Program(chosen, lessons=sample.lessons, courses=sample.courses, blocked_after=blocked))


@app.command()
def demo(port: Port = 8081) -> None:
    """Run a local Telegram, the bot and a sample enterprise: open the printed page and try it."""
    from bot.demo import Demo  # noqa: PLC0415 - `run` needs no sandbox, whose import would hold up its start

    logs.set_up("text", ())
    logging.getLogger().setLevel(logging.WARNING)
    _serve(Demo(port))


@app.command()
def sandbox(port: Port = 8081) -> None:
    """Run the local Telegram alone, for any Bot API program."""
    from sandbox.__main__ import main as run_sandbox  # noqa: PLC0415 - likewise

    run_sandbox(["--port", str(port)])


@app.command()
def migrate() -> None:
    """Bring the store's schema up to this program's version."""
    chosen = settings.read(StoreSettings)
    with upkeep.in_words(chosen):
        upgrade(chosen.database_url)
    typer.echo("The store is up to date.")


@imports.command("calendar")
def import_calendar(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Days: CSV (date,work|off,note) or TOML.")],
) -> None:
    """Add days off and worked days, before or otherwise than the official calendar has them."""
    chosen = settings.read(StoreSettings)
    with upkeep.in_words(chosen):
        count = importing.import_calendar(chosen, file)
    typer.echo(f"{count} days are in the calendar.")


def _serve(program: AbstractAsyncContextManager[Any]) -> None:
    """Run until Ctrl-C or SIGTERM, then stop cleanly."""
    arenas.share()
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_until_stopped(program))


def _keep_what_is_there() -> None:
    """Leave what the start made out of garbage collection: looking through it took a twentieth of a press."""
    gc.collect()
    gc.freeze()


async def _until_stopped(program: AbstractAsyncContextManager[Any]) -> None:
    """Start, wait for a signal, stop; a signal during the start ends that too."""
    running = asyncio.current_task()
    stop = asyncio.Event()

    def end() -> None:
        if not stop.is_set() and not started and running is not None:
            running.cancel()
        stop.set()

    started = False
    for signum in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C still ends the program there
            asyncio.get_running_loop().add_signal_handler(signum, end)
    with suppress(asyncio.CancelledError):
        async with program:
            started = True
            _keep_what_is_there()
            await stop.wait()
    if not started:
        logging.getLogger("bot").info("stopped before it was ready")
