from dataclasses import replace

from domain.ids import ChatId, SuggestionId
from domain.points.points import Credit, Rule
from domain.voice.suggestion import MAX_TEXT_CHARS, Became, Suggestion, Tagging
from tests.samples import AT, MILLION, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    tagging = Tagging((words(20),), (words(20),) * 5)
    one = Suggestion(SuggestionId(1), ChatId(1), somebody(words), words(MAX_TEXT_CHARS), tagging, AT)
    return {
        "became": list(Became),
        "credit": [Credit(Rule.TASK_ON_TIME, 5, False, MILLION), Credit(Rule.STUDY_READ, 0, True, MILLION), None],
        "length": [MILLION],
        "most": [2000],
        "suggestion": [one, replace(one, repeats=3), replace(one, tagging=Tagging())],
    }


SAMPLES = Samples("suggestion", values)
