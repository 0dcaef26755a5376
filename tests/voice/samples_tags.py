from collections import Counter

from domain.voice.tag_table import Changed
from domain.voice.tags import CUES, MAX_CUE_CHARS, MAX_CUES, MAX_NAME_CHARS, MAX_TAGS, Counts, Kind, Table, Tag, Wrong
from handlers.voice.tag_files import Fault
from handlers.voice.tags import CUES_A_PAGE
from sheets import Reason
from tests.samples import MILLION, Samples, Values, Words


def values(words: Words) -> Values:
    name, cue = words(MAX_NAME_CHARS), words(MAX_CUE_CHARS)
    tag = Tag(name, words(40), {kind: frozenset({cue}) for kind in CUES})
    table = Table(3, [tag] * MAX_TAGS)
    many = Counter({f"{n}{words(18)}": 9 for n in range(MAX_TAGS)})
    nothing = Counts([], [], Counter(), Counter())
    counts = [Counts([name] * 9, [name] * 9, many, many, 3), Counts([], [], Counter({name: 1}), Counter()), nothing]
    faults = [Fault(MILLION, wrong, cue) for wrong in Wrong] * 3
    return {
        "changed": [Changed(table, one) for one in counts],
        "column": ["tag", "cue", "added", "at"],
        "counts": counts,
        "cues": [MAX_CUES],
        "faults": [faults, faults[:1]],
        "first": [0, 80],
        "heading": ["tag", "english", "kind", "cue"],
        "kind": list(CUES),
        "kinds": [[(kind, [cue] * (CUES_A_PAGE // 2)) for kind in (Kind.WORDS, Kind.HINTS)], []],
        "names": [[name] * MAX_TAGS],
        "sheet": ["tag_changes"],
        "shown": [CUES_A_PAGE, 0],
        "table": [table, Table(0, [tag])],
        "tag": [tag],
        "tags": [MAX_TAGS],
        "words": [words(300), ""],
        "wrong": list(Wrong),
    }


def of_files(_: Words) -> Values:
    """Why a file cannot be read."""
    return {"wrong": list(Reason)}


SAMPLES = Samples("tags", values, differing={"no_file": of_files})
