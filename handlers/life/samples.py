"""Samples of files that people edit and send: they lie with the texts, in both languages."""

from functools import cache
from pathlib import Path

import texts

FOLDER = Path(texts.__file__).parent
TOML = "toml"


@cache
def sample(name: str, language: str) -> bytes:
    """A sample, by its name without the ending. It is read once: call it in a thread."""
    known = language if language in texts.LANGUAGES else "en"
    return (FOLDER / known / "samples" / f"{name}.{TOML}").read_bytes()
