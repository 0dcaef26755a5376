"""Commands in processes of their own, forked from one that has imported the program: starting anew takes a second."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

# A child leaves the loop and goes on as `python -m bot` does, so that the interpreter itself ends it.
PARENT = """
import json, os, runpy, sys
import bot.cli, bot.doctor, bot.program, handlers
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    sys.exit()
os.environ.clear()
os.environ.update(order["env"])
os.chdir(order["folder"])
for number, file in enumerate(("/dev/null", *order["files"])):
    os.dup2(os.open(file, os.O_RDWR), number)
sys.argv = ["bot", *order["arguments"]]
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Commands:
    """Runs `python -m bot …`, one after the other."""

    parent: subprocess.Popen[str]

    def run(self, arguments: list[str], *, folder: Path, env: Mapping[str, str]) -> CompletedProcess[str]:
        """Run one to its end."""
        files = [folder / ".stdout", folder / ".stderr"]
        for file in files:
            file.touch()
        order = {
            "arguments": arguments,
            "folder": str(folder),
            "env": dict(env),
            "files": [str(file) for file in files],
        }
        assert self.parent.stdin and self.parent.stdout
        print(json.dumps(order), file=self.parent.stdin, flush=True)
        code = int(self.parent.stdout.readline())
        output, errors = (file.read_text(encoding="utf-8") for file in files)
        for file in files:
            file.unlink()
        return CompletedProcess(arguments, code, output, errors)


@contextmanager
def commands(root: Path) -> Iterator[Commands]:
    """A process that has imported the program at `root`; gone afterwards."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("JINGYI_")}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT],
        cwd="/", env=env | {"PYTHONPATH": str(root)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as parent:  # fmt: skip
        yield Commands(parent)
