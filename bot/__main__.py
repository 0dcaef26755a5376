"""`jingyi`, and `python -m bot`."""

import gc

gc.disable()  # until `main`: what imports make stays, and looking through it takes a seventh of the start

from bot.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
