"""The running program: settings, command line, wiring, intake, scheduler, sender, clock."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # spans are timedelta, as PTB's next major version has them
