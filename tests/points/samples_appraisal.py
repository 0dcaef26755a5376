from domain.points.appraisal import ENTRY
from tests.points.samples_settlement import settlements
from tests.samples import MILLION, Samples, Values, Words

FLAT = ("kind", "number", "name", "branch", "day", "rule", "cause", "points", "entry")
KINDS = ("score", "base", "category", "other", "entry", "correction")
FACTS = ("first", "last", "state", "provisional", "final", "settled_at", "scheme", "default", "digest")


def values(words: Words) -> Values:
    return {
        "checksum": ["a" * 64],
        "column": [*{*ENTRY, *FLAT, "late", "base", "other", "vetoed_by", "people", "each", "what", "value"}],
        "count": [MILLION],
        "file": [words(200)],
        "most": [MILLION],
        "settlement": settlements(words),
        "sheet": ["people", "branches", "entries", "corrections", "about"],
        "word": [*KINDS, *FACTS],
    }


SAMPLES = Samples("appraisal", values)
