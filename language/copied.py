"""Which reflections are near-copies of others: the same words, lightly reworded, or mostly taken over.

Two measures over letters and digits alone: the share of both texts that stands in the same order, and the share of the
later one that it has in runs from the earlier one. What both quote from the official text is left out before.
"""

from collections.abc import Iterable

from rapidfuzz.distance import Indel, LCSseq

import plain

MAX_CHARS = 2000  # signs of a text that are compared
QUOTE = 8  # letters in a row that stand in the official text, too, are a quote
RUN = 4  # letters in a row that two texts share are taken over
ALIKE = 0.60  # of both texts in the same order
TAKEN = 0.62  # of the later one in runs from the earlier one
LEAST_ORDER = (
    0.4  # below this share in the same order nothing else is looked at: two halves that changed places have .5
)


def core(text: str, official: str = "") -> str:
    """What of a text is compared: letters and digits without what it quotes from the official text."""
    own, given = (plain.key(one[:MAX_CHARS])[:MAX_CHARS] for one in (text, official))
    return _without(own, _shared(own, given, QUOTE)) if given else own


def first_copied(own: str, others: Iterable[tuple[int, str]]) -> int | None:
    """The number of the first text that `own` is a near-copy of; all are cores."""
    return next((number for number, other in others if is_copied(own, other)), None)


def is_copied(own: str, other: str) -> bool:
    """Whether a core is a near-copy of an earlier one."""
    if not own or not other:
        return False
    if own == other:
        return True
    if LCSseq.similarity(own, other, score_cutoff=int(LEAST_ORDER * len(own))) == 0:
        return False
    if Indel.normalized_similarity(own, other, score_cutoff=ALIKE) > 0:
        return True
    return sum(_shared(own, other, RUN)) >= TAKEN * len(own)


def _shared(own: str, other: str, run: int) -> list[bool]:
    """For each letter whether it is part of a run of so many that the other text has, too."""
    shared = [False] * len(own)
    known = {other[place : place + run] for place in range(len(other) - run + 1)}
    for place in range(len(own) - run + 1):
        if own[place : place + run] in known:
            shared[place : place + run] = [True] * run
    return shared


def _without(text: str, marked: list[bool]) -> str:
    return "".join(sign for sign, is_marked in zip(text, marked, strict=True) if not is_marked)
