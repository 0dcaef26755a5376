"""The gate: every text that people write is cut to a length, freed of invisible marks, and brought into one form.

The order matters. NFKC makes eighteen signs of one (`ﷺ`) and takes long over piles of combining marks, so the text is
cut and thinned before it, and cut again after it.
"""

import unicodedata
from typing import Literal

from plain.marks import removed

MAX_CHARS = 4096  # a message has no more; a longer text from elsewhere is read so far


def bounded(text: str, most: int = MAX_CHARS) -> str:
    """The beginning of a text, as it was written: places in it stay where they are."""
    return text if len(text) <= most else text[:most]


def clean(text: str) -> str:
    """A text as it is shown: without invisible marks and piles of combining ones; blanks and line ends stay."""
    return removed(text)


def tidy(text: str, most: int = MAX_CHARS) -> str:
    """A text on one line as it is shown: clean, one blank where there were several."""
    return " ".join(removed(bounded(text, most)).split())


def line(text: str, most: int = MAX_CHARS) -> str:
    """A text on one line as readers take it: tidy, and one way of writing for full and half width (NFKC)."""
    return " ".join(_composed("NFKC", text, most).split())


def appearance(text: str) -> str:
    """What two texts have in common that look the same: `tidy`, with one way of writing an accent."""
    return " ".join(_composed("NFC", text, MAX_CHARS).split())


def key(text: str) -> str:
    """What two texts of the same words have in common: letters and digits, in one width and case."""
    return "".join(sign for sign in line(text).casefold() if sign.isalnum())


def _composed(form: Literal["NFC", "NFKC"], text: str, most: int) -> str:
    known = removed(bounded(text, most))
    if known.isascii():
        return known
    composed = unicodedata.normalize(form, known)
    # One sign may become several marks, so they are looked at again.
    return known if composed == known else removed(bounded(composed, most))
