"""The program as `jingyi run` runs it, on the settings of the environment, with what a benchmark may change.

`--factor` multiplies the platform's limits on sending (the benchmark's server has none); `--profile FILE` writes where
the time goes. The tagger is loaded before the program is ready, so that its second of work is in no figure.
"""

import argparse
import cProfile
import io
import pstats
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any

from bot import cli, logs, settings
from bot.pace import Pace
from bot.program import Program
from bot.sample import enterprise
from bot.settings import Settings
from language.tags import Tagger
from storage.writer import Writer

LINES = 45


def main() -> None:
    """Run until SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factor", type=float, default=1.0)
    parser.add_argument("--profile", type=Path)
    given = parser.parse_args()
    chosen = settings.read(Settings)
    logs.set_up(chosen.log, (chosen.token.get_secret_value(),))
    tagger = Tagger(chosen.cache)
    tagger.load()
    with _profiles(given.profile):
        cli._serve(Program(chosen, pace=Pace(given.factor), tagger=tagger, lessons=enterprise.lessons()))


@contextmanager
def _profiles(file: Path | None) -> Iterator[None]:
    """Watch the main thread and, where Python lets two be watched at a time (up to 3.11), the store's writer."""
    if file is None:
        yield
        return
    watched = {"main thread": cProfile.Profile(), "store-writer": cProfile.Profile()}
    Writer._write_all = _watched(Writer._write_all, watched["store-writer"])  # type: ignore[method-assign]
    with watched["main thread"]:
        yield
    file.write_text("\n".join(_told(name, profile) for name, profile in watched.items()), encoding="utf-8")


def _watched(function: Callable[..., Any], profile: cProfile.Profile) -> Callable[..., Any]:
    @wraps(function)
    def run(*arguments: Any) -> Any:
        with suppress(ValueError):  # another one is watching already
            profile.enable()
        try:
            return function(*arguments)
        finally:
            profile.disable()

    return run


def _told(name: str, profile: cProfile.Profile) -> str:
    told = io.StringIO()
    profile.create_stats()
    if not profile.getstats():
        return f"=== {name}: not watched"
    for order in ("tottime", "cumulative"):
        told.write(f"=== {name}, by {order}\n")
        pstats.Stats(profile, stream=told).strip_dirs().sort_stats(order).print_stats(LINES)
    return told.getvalue()


if __name__ == "__main__":
    main()
