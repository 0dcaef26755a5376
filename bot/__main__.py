"""`jingyi`, and `python -m bot`."""

import gc

gc.disable()  # what imports make stays: looking through it takes a seventh of the start

from bot.cli import main  # noqa: E402 - after the line above

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
