from dataclasses import replace

from domain.ids import ChatId, MemberId, SuggestionId
from domain.voice.suggestion import MAX_TEXT_CHARS
from domain.voice.suggestion.hazard import Alarm, AlarmId, Shown
from domain.voice.suggestion.on_call import MAX_ON_CALL, OnCall
from storage.voice.hazard import FEATURE
from tests.samples import AT, Samples, Values, Words, awaited, somebody
from tests.voice.samples_suggestion_life import group


def shown(words: Words) -> list[Shown]:
    alarm = Alarm(AlarmId(1), SuggestionId(12), ChatId(1), words(20), AT, times=1)
    known = replace(alarm, acknowledged_by=MemberId(7), acknowledged_at=AT)
    text, who = words(MAX_TEXT_CHARS), somebody(words)
    return [
        Shown(alarm, text, group(words), who),
        Shown(replace(alarm, times=3), text, None, None),
        Shown(known, text, group(words), None, who),
    ]


def values(words: Words) -> Values:
    columns = [column.key for sheet in FEATURE.personal for column in sheet.statement.selected_columns]
    people = [somebody(words), replace(awaited(words), private=None)]
    return {
        "column": list(dict.fromkeys(columns)),
        "most": [MAX_ON_CALL],
        "on_call": [
            OnCall(group(words), people * 5, True),
            OnCall(group(words), people, True, above=group(words)),
            OnCall(None, people, False),
            OnCall(None, [], False),
        ],
        "people": [people * 3, people, []],
        "sheet": [sheet.name for sheet in FEATURE.personal],
        "shown": shown(words),
    }


SAMPLES = Samples("hazard", values)
