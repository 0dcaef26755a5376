"""Programs forked from one that has imported all: to import it anew takes three seconds of a processor."""

import asyncio
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOOK_AGAIN = 0.01  # seconds
PATIENCE = 300  # seconds that the first start may take on a machine that has much else to do
# A child leaves the loop and goes on as `python -m` does with the module of its order, so that the interpreter itself
# ends it.
PARENT = """
import json, os, runpy, select, signal, sys
import bot.cli, bot.doctor, bot.program, handlers
ended, told = os.pipe()
os.set_blocking(told, False)
signal.signal(signal.SIGCHLD, lambda *_: None)
signal.set_wakeup_fd(told)
child, words = -1, b""
while child:
    ready, _, _ = select.select([0, ended], [], [])
    if ended in ready:
        os.read(ended, 4096)
        while True:
            try:
                gone, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if not gone:
                break
            os.write(1, f"ended {gone} {os.waitstatus_to_exitcode(status)}\\n".encode())
    if 0 in ready:
        piece = os.read(0, 65536)
        if not piece:
            sys.exit()
        words += piece
        if words.endswith(b"\\n"):
            order, words = json.loads(words), b""
            child = os.fork()
            if child:
                os.write(1, f"began {child} 0\\n".encode())
signal.set_wakeup_fd(-1)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
os.environ.clear()
os.environ.update(order["env"])
os.chdir(order["folder"])
log = os.open(order["log"], os.O_WRONLY | os.O_APPEND)
for number, file in enumerate((os.open("/dev/null", os.O_RDONLY), log, log)):
    os.dup2(file, number)
os.closerange(3, 256)
sys.argv = [order["module"], *order["arguments"]]
runpy.run_module(order["module"], run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Forked:
    """A program, with what `asyncio.subprocess.Process` has."""

    pid: int
    codes: Mapping[int, int]

    @property
    def returncode(self) -> int | None:
        """How it ended, once it has."""
        return self.codes.get(self.pid)

    def send_signal(self, how: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, how)

    async def wait(self) -> int:
        while self.returncode is None:  # noqa: ASYNC110 - its parent is told, not this loop
            await asyncio.sleep(LOOK_AGAIN)
        return self.returncode


class Parent:
    """The one that has imported the program. Ends with this process."""

    def __init__(self, root: Path, env: Mapping[str, str]) -> None:
        self._codes: dict[int, int] = {}
        self._begun: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._parent = subprocess.Popen(
            [sys.executable, "-c", PARENT], cwd=root, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._read, name="forked", daemon=True).start()

    def _read(self) -> None:
        for line in self._parent.stdout or ():
            what, pid, code = line.split()
            if what == "began":
                self._codes.pop(int(pid), None)  # another had its number
                self._begun.put(int(pid))
            else:
                self._codes[int(pid)] = int(code)

    def start(self, module: str, arguments: Sequence[str], folder: Path, env: Mapping[str, str], log: Path) -> Forked:
        """Run `python -m MODULE` with these arguments; what it prints goes to the end of `log`."""
        order = {"module": module, "arguments": list(arguments), "folder": str(folder)}
        order |= {"env": dict(env), "log": str(log.absolute())}
        with self._turn:
            assert self._parent.stdin
            print(json.dumps(order), file=self._parent.stdin, flush=True)
            return Forked(self._begun.get(timeout=PATIENCE), self._codes)


@cache
def parent(root: Path, *env: tuple[str, str]) -> Parent:
    return Parent(root, dict(env))
