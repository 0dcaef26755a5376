from typing import Any

from domain.study.question import QuestionKind
from domain.study.question_files import Plan
from handlers.study.question_files.chat import EXPORTS
from handlers.study.question_files.fitting import Losses
from sheets import Reason
from sheets.questions import Loss, Lost, Mistake, Place, Wrong
from tests.samples import MILLION, Samples, Values, Words


def values(words: Words) -> Values:
    places = (Place(line=MILLION), Place(row=MILLION, sheet=words(31)), Place())
    lost = [Lost(place, loss, words(60)) for loss in Loss for place in places]
    faults = [Wrong(place, mistake, words(60), MILLION) for mistake in Mistake for place in places]
    kinds = tuple((kind, MILLION) for kind in QuestionKind)
    many = (words(1000),) * 10
    plans: list[Any] = [Plan(many, many, MILLION, kinds), Plan(many[:1], (), 0, kinds[:1]), Plan(same=1, kinds=kinds)]
    return {
        "count": [0, MILLION],
        "detail": [words(1000)],
        "ending": list(EXPORTS),
        "fault": faults,
        "faults": [faults[:20], faults[:1]],
        "file": [words(4000)],
        "kinds": [(), kinds],
        "lost": [[Losses(loss, lost[:4]) for loss in Loss], [Losses(Loss.IMAGE, lost[-1:])], []],
        "name": [words(120), ""],
        "plan": plans,
        "wrong": list(Reason),
    }


def of_losses(words: Words) -> Values:
    """One loss, as the command line tells it."""
    return {"lost": [Lost(Place(line=1), loss, words(60)) for loss in Loss]}


SAMPLES = Samples(
    "question_files",
    values,
    differing={"lost": of_losses, "export_caption": lambda _: {"lost": [0, MILLION]}},
)
