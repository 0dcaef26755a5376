"""What people write, made harmless: the one gate before every reader of text, and before every text that is shown.

`line` and `key` are for reading and comparing, `clean` and `tidy` for showing; what is stored stays as it was written.
Every other room may use this one; it knows none of them. `feasts` is here because two of them need it.
"""

from plain.gate import MAX_CHARS, appearance, bounded, clean, key, line, tidy

__all__ = ["MAX_CHARS", "appearance", "bounded", "clean", "key", "line", "tidy"]
