"""`python -m bot`: the same as `jingyi`."""

from bot.cli import main

main()
