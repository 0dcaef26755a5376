from dataclasses import replace

from domain.ids import ChatId, MemberId, SuggestionId, TaskId
from domain.messaging.chat import Chat, ChatKind
from domain.voice.naming import Naming
from domain.voice.suggestion import MAX_TEXT_CHARS, Suggestion, Tagging
from domain.voice.suggestion.board import SHOWN, Board
from domain.voice.suggestion.life import Case, Life, Stage
from storage.voice.suggestion_life import FEATURE
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, somebody


def group(words: Words) -> Chat:
    return Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)


def suggestion(words: Words) -> Suggestion:
    tagging = Tagging((words(20),), (words(20),) * 3)
    return Suggestion(SuggestionId(MILLION), ChatId(1), somebody(words), words(MAX_TEXT_CHARS), tagging, AT, repeats=3)


def cases(words: Words) -> list[Case]:
    """One at each stage, with and without a name, of a group and of none."""
    one = suggestion(words)
    life = Life(one.id, Stage.RECEIVED, ChatId(1), AT, MONDAY, version=MILLION)
    anonymous = replace(one, naming=Naming.ANONYMOUS, tagging=Tagging(), repeats=0)
    return [
        *(Case(one, replace(life, stage=stage, reason=words(500))) for stage in Stage),
        Case(one, replace(life, stage=Stage.ADOPTED, adopted_by=MemberId(7), task=TaskId(5))),
        Case(anonymous, replace(life, group=None, height=1, due_on=None)),
    ]


def standing(words: Words) -> list[Case]:
    return [one for one in cases(words) if one.life.stage is not Stage.OVER]


def boards(words: Words) -> list[Board]:
    shown = group(words)
    few = [Board(shown, [one], 0, MILLION, 5, 3, 2) for one in standing(words)]
    return [*few, Board(shown, standing(words)[:SHOWN], 0, MILLION, 5, 3, 2), Board(shown, [], 0, 0, 0, 0, 0)]


def values(words: Words) -> Values:
    sheet = FEATURE.personal[0]
    return {
        "board": boards(words),
        "case": cases(words),
        "column": [column.key for column in sheet.statement.selected_columns],
        "own": BOTH,
        "sheet": [sheet.name],
        "words": [words(500)],
    }


SAMPLES = Samples("suggestion_life", values)
