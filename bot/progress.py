"""The progress of long work on a terminal; elsewhere nothing is shown."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

Show = Callable[[int, int], None]  # is told steps done and steps in all


@contextmanager
def bar(label: str) -> Iterator[Show]:
    """A bar on a terminal behind a label, on standard error: what a command prints stays as it is."""
    hidden = not sys.stderr.isatty()
    with typer.progressbar(length=1, label=label, hidden=hidden, file=sys.stderr, show_eta=False) as shown:

        def show(done: int, of: int) -> None:
            shown.length = max(of, 1)
            shown.update(done - shown.pos)

        yield show
