from dataclasses import replace

from domain.ids import EvaluatedId, MemberId, ObjectionId
from domain.life.evaluation.model import MAX_REASON_CHARS, MAX_WORDS_CHARS, Objection
from domain.life.evaluation.objecting import Shown
from tests.life.samples_evaluation import SCORED, evaluated, evaluation, evaluations, scheme
from tests.samples import AT, Samples, Values, Words, somebody


def showns(words: Words) -> list[Shown]:
    """One that waits, one answered, one corrected, one withdrawn."""
    one = Objection(ObjectionId(1), EvaluatedId(1), MemberId(1), words(MAX_WORDS_CHARS), AT)
    answered = replace(one, answer=words(MAX_REASON_CHARS), answered_at=AT, answered_by=MemberId(1))
    stages = [one, answered, replace(answered, changed=True), replace(one, text="", withdrawn=True)]
    return [Shown(each, evaluation(words), evaluated(words), somebody(words)) for each in stages]


def values(words: Words) -> Values:
    item = scheme(words).item(SCORED)
    return {
        "evaluated": [evaluated(words)],
        "evaluation": [*evaluations(words), replace(evaluation(words), public_until=None)],
        "item": [item],
        "most": [MAX_WORDS_CHARS],
        "objections": [[], showns(words) * 4],
        "own": [None, 9],
        "points": [7],
        "reason": [words(MAX_REASON_CHARS)],
        "shown": showns(words),
        "what": ["keep", "recount", "points"],
        "words": [words(MAX_WORDS_CHARS)],
    }


SAMPLES = Samples("objection", values)
