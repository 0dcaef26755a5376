from datetime import timedelta

from domain.study.review.service import Standing
from tests.samples import BOTH, MONDAY, Samples, Values, Words

LATER = MONDAY + timedelta(days=40)


def values(_: Words) -> Values:
    return {
        "standing": [
            Standing(MONDAY, 0, 0, None, is_paused=True),
            Standing(MONDAY, 1, 0, MONDAY, is_paused=False),
            Standing(MONDAY, 5, 0, MONDAY, is_paused=False),
            Standing(MONDAY, 0, 5, MONDAY, is_paused=False),
            Standing(MONDAY, 0, 5, LATER, is_paused=False),
            Standing(MONDAY, 0, 2, None, is_paused=False),
            Standing(MONDAY, 0, 0, LATER, is_paused=False),
            Standing(MONDAY, 0, 0, None, is_paused=False),
        ],
        "is_known": BOTH,
        "is_paused": BOTH,
        "due_on": [LATER],
        "left": [0, 1, 4],
        "count": [1, 5],
        "sheet": ["study_reviews", "review_pauses"],
        "column": ["text", "asked_on", "due_on", "known_on", "since"],
    }


SAMPLES = Samples("review", values)
