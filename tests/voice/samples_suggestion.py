from dataclasses import replace

from domain.ids import ChatId, SuggestionId
from domain.points.points import Credit, RuleName
from domain.voice.suggestion import MAX_TEXT_CHARS, TOPICS, Became, Suggestion, Tagging, Topic
from tests.samples import AT, MILLION, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    tagging = Tagging((words(20),), (words(20),) * 5)
    one = Suggestion(SuggestionId(1), ChatId(1), somebody(words), words(MAX_TEXT_CHARS), tagging, AT)
    return {
        "became": list(Became),
        "credit": [
            Credit(RuleName("task.on_time"), 5, False, MILLION),
            Credit(RuleName("study.read"), 0, True, MILLION),
            None,
        ],
        "length": [MILLION],
        "made": [1, MILLION],
        "most": [2000],
        "suggestion": [one, replace(one, repeats=3), replace(one, tagging=Tagging())],
        "topics": [[Topic(words(20), MILLION)] * TOPICS, []],
    }


SAMPLES = Samples("suggestion", values)
