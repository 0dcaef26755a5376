"""The outermost table of a file."""

from __future__ import annotations

import re
import tomllib

from domain.admin.toml.lines import Lines
from domain.admin.toml.problem import Fault, Problem
from domain.admin.toml.table import Table

MAX_CHARS = 65_536  # of a file
AT_LINE = re.compile(r"at line (\d+)")


class NotToml(ValueError):  # noqa: N818 - named for what is wrong
    """A file that is too long or no TOML."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.fault)
        self.problem = problem


def top(text: str, *, file: str) -> Table:
    """The table of a whole file; `file` is what people call it. Raises NotToml."""
    if len(text) > MAX_CHARS:
        raise NotToml(Problem(1, Fault.TOO_LONG.value, file, str(MAX_CHARS)))
    try:
        cells = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        raise NotToml(_syntax(error, text)) from error
    return Table(cells, (), Lines(text), [])


def _syntax(error: Exception, text: str) -> Problem:
    line = AT_LINE.search(str(error))
    return Problem(int(line[1]) if line else text.count("\n") + 1, Fault.SYNTAX.value, str(error)[:100])
