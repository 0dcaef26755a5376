"""Regular expressions that are compiled at their first use: there are hundreds, and all of them take a second."""

import re
import sys


class Lazy:
    """A regular expression. It finds what `re` finds."""

    __slots__ = ("_compiled", "_flags", "_written")

    def __init__(self, written: str, flags: int = 0) -> None:
        self._written = written
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None
        _MADE.append(self)

    def compiled(self) -> re.Pattern[str]:
        """The expression for `re`. Two threads may compile it at once; the results are equal."""
        if self._compiled is None:
            self._compiled = re.compile(self._written, self._flags)
        return self._compiled

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """See `re.Pattern.match`."""
        return (self._compiled or self.compiled()).match(text, start)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """See `re.Pattern.fullmatch`."""
        return (self._compiled or self.compiled()).fullmatch(text, start, end)


_MADE: list[Lazy] = []  # all of them: they are made at import, or once by a cached function


def compile_all() -> None:
    """Compile what is not compiled yet, so that no message has to wait for it. Blocks for up to a second."""
    for one in list(_MADE):
        one.compiled()
