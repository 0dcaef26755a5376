"""The running program: settings, command line, wiring, intake, scheduler, sender, clock."""

import gc
import os

COLLECT_AFTER = (20_000, 20, 100)  # objects, collections of the young, of the middle-aged

os.environ.setdefault("PTB_TIMEDELTA", "true")  # spans are timedelta, as PTB's next major version has them
gc.set_threshold(*COLLECT_AFTER)  # seldom: hardly anything is left to it
