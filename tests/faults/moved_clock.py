"""`python -m tests.faults.moved_clock FILE run`: the program, whose clock goes so many seconds wrong as a file says."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import clock


def moved(file: Path) -> None:
    """Let the program ask a clock that can be moved, forward and back, while it runs."""

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text()))

    clock.now = now


if __name__ == "__main__":
    moved(Path(sys.argv.pop(1)))
    from bot.cli import main  # what it imports asks the clock's name once

    main()
