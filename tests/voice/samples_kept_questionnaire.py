from collections.abc import Mapping
from typing import Any

from domain.ids import KeptId, MemberId
from domain.voice.questionnaire.kept import KeptQuestionnaire
from domain.voice.questionnaire.model import Condition, Option, Question, QuestionKind, Questionnaire
from handlers.voice.questionnaire_files.fitting import Losses
from handlers.voice.questionnaire_templates import NAMES
from sheets import Reason
from sheets.questionnaire import Loss, Lost, Mistake, Place, Wrong
from tests.samples import AT, MILLION, Samples, Values, Words

PLACES = (Place(line=MILLION), Place(cell="XFD1048576"), Place())
RULES = ("title", "questions", "key", "scale", "condition")


def values(words: Words) -> Values:
    named = Place(element=words(60))
    lost = [Lost(named, loss, words(60)) for loss in Loss]
    faults = [Wrong(named, mistake, words(60), 3) for mistake in Mistake]
    faults += [Wrong(place, Mistake.RULE, rule, MILLION) for place in PLACES for rule in RULES]
    asked = questionnaire(words)
    kept = KeptQuestionnaire(KeptId(MILLION), asked, MemberId(1), AT)
    return {
        "column": ["number", "title", "kept_at"],
        "detail": [words(1000)],
        "fault": faults,
        "faults": [faults, faults[:1]],
        "file": [words(4000)],
        "found": [[kept] * 100, []],
        "kept": [kept],
        "lost": [[Losses(loss, lost) for loss in Loss], [Losses(Loss.QUOTA, lost[:1])], []],
        "most": [100],
        "names": [list(NAMES)],
        "questionnaire": [asked],
        "sheet": ["kept_questionnaires"],
        "shown": [10],
        "title": [words(60), ""],
        "wrong": list(Reason),
    }


def questionnaire(words: Words) -> Questionnaire:
    """One with all that it may have."""
    options = tuple(Option(str(number), f"{number:2}{words(98)}") for number in range(30))
    first = Question("q0", QuestionKind.SINGLE, words(300), options)
    when = Condition("q0", frozenset({"1"}))
    others = (Question(f"q{number}", QuestionKind.TEXT, words(300), (), False, when=when) for number in range(1, 60))
    return Questionnaire(words(60), (first, *others), words(1000))


def of_losses(words: Words) -> Values:
    """One loss, as the command line tells it."""
    return {"lost": [*(Lost(one, Loss.UNFIT, "options") for one in PLACES), Lost(PLACES[0], Loss.CUT, words(60))]}


def occurs(_: str, __: Mapping[str, Any]) -> bool:
    return True


SAMPLES = Samples("kept_questionnaire", values, occurs, {"lost": of_losses})
