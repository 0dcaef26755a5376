"""What the first message would have to wait for, done ahead of it."""

from language import intent, leave, patterns

READERS = (intent, leave)  # their modules, and those of deadlines, make their patterns when they are imported


def prepare() -> None:
    """Read the phrases of all features and compile all patterns. Blocks for about a second; a second call is quick."""
    intent.kinds()
    patterns.compile_all()
