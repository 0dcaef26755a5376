"""The type checker sees every seam: what is written wrongly between two rooms is found before it runs."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

RIGHT = """
    from datetime import datetime
    from functools import partial

    from domain.ids import TaskId
    from domain.messaging.message import Message
    from domain.study import study
    from domain.work import task
    from domain.work.task import Finished, Listing, Plan
    from handlers.context import Context
    from handlers.form import Filled
    from handlers.work.task_form import DUE, WHAT


    def say_done(finished: Finished) -> Message:
        return Message("task.done", {"task": finished.task, "credit": finished.credit})


    def say_listing(listing: Listing) -> Message:
        return Message("task.choose_done", {"listing": listing})


    async def done(context: Context) -> None:
        await context.answer(partial(task.finish, actor=context.actor, number=TaskId(1)), say_done)


    def known(filled: Filled) -> tuple[datetime, Plan]:
        return filled.with_(DUE, filled[DUE])[DUE], filled[WHAT]
"""
WRONG = {
    "a wrong argument's name": """
        async def wrong(context: Context) -> None:
            await context.answer(partial(task.finish, actor=context.actor, nummer=TaskId(1)), say_done)
    """,
    "a wrong argument's type": """
        async def wrong(context: Context) -> None:
            await context.answer(partial(task.finish, actor=context.actor, number="1"), say_done)
    """,
    "another use case's presenter": """
        async def wrong(context: Context) -> None:
            await context.answer(partial(task.finish, actor=context.actor, number=TaskId(1)), say_listing)
    """,
    "a presenter that says nothing": """
        def say_nothing(finished: Finished) -> str:
            return "done"

        async def wrong(context: Context) -> None:
            await context.answer(partial(task.finish, actor=context.actor, number=TaskId(1)), say_nothing)
    """,
    "a store of another area": """
        from domain.study.features import Stores

        def wrong(stores: Stores, number: TaskId) -> None:
            stores.tasks.get(number)
    """,
    "a use case of an area further left": """
        from domain.study.features import Stores
        from domain.people.actor import Actor

        def wrong(stores: Stores, actor: Actor) -> None:
            task.finish(stores, actor, number=TaskId(1))
    """,
    "words where a button's action belongs": """
        from domain.messaging.message import Button

        wrong = Button("task.done_button", "task.done:1")
    """,
    "words where a message's subject belongs": """
        wrong = Message("task.done", {}, subject="tasks:1")
    """,
    "a form's answer of another type": """
        def wrong(filled: Filled) -> Filled:
            return filled.with_(DUE, "tomorrow")
    """,
    "what a form knows, as another type": """
        from handlers.work.task_form import OWNERS

        def wrong(context: Context, filled: Filled) -> object:
            due_at = filled[OWNERS]
            return partial(task.give_to, actor=context.actor, owners=(), plan=filled[DUE], due_at=due_at, source="")
    """,
    "a moment without an actor": """
        from domain.study.features import Stores

        def wrong(stores: Stores) -> None:
            study.read(stores, prompt_id=1)
    """,
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the type checker says of each snippet; all are checked in one run."""
    folder = tmp_path_factory.mktemp("seams")
    names = {"right": "", **WRONG}
    files = {name: folder / f"snippet_{number}.py" for number, name in enumerate(names)}
    for name, file in files.items():
        file.write_text(textwrap.dedent(RIGHT) + textwrap.dedent(names[name]), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context"]
    command += ["--config-file", str(ROOT / "pyproject.toml"), *map(str, files.values())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert not done.stderr, done.stderr
    said = done.stdout.splitlines()
    return {
        name: "\n".join(line for line in said if Path(line.split(":")[0]).name == files[name].name) for name in names
    }


def test_what_is_right_passes(complaints):
    assert complaints["right"] == ""


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found(complaints, name):
    assert "error:" in complaints[name], f"{name} passes the type checker"
