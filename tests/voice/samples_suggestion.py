from dataclasses import replace

from domain.ids import ChatId, SuggestionId
from domain.messaging.chat import Chat, ChatKind
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.voice.naming import Naming
from domain.voice.suggestion import (
    MAX_TEXT_CHARS,
    MAX_TITLE_CHARS,
    TOPICS,
    Backed,
    Became,
    Doubt,
    MailboxId,
    Readers,
    Suggestion,
    Tagging,
    Topic,
)
from tests.samples import AT, MILLION, Samples, Values, Words, somebody


def _group(words: Words) -> Chat:
    return Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)


def suggestion_of(words: Words) -> Suggestion:
    tagging = Tagging((words(20),), (words(20),) * 5)
    return Suggestion(SuggestionId(1), ChatId(1), somebody(words), words(MAX_TEXT_CHARS), tagging, AT)


def values(words: Words) -> Values:
    one = suggestion_of(words)
    unseen = replace(one, naming=Naming.ANONYMOUS, mailbox=MailboxId("1"))
    alike = [Backed(one, 3), Backed(unseen, 0), Backed(one, MILLION)]
    return {
        "name": ["made"],
        "value": [1, MILLION],
        "change": [0, -3, 5],
        "step": [{}, {"rate": 5, "active": -1, "read": 3, "on_time": -2, "voters": 1, "made": 4}],
        "adopted": [0, 2],
        "became": list(Became),
        "credit": [
            Credit(RuleName("task.on_time"), 5, False, MILLION),
            Credit(RuleName("study.read"), 0, True, MILLION),
            None,
        ],
        "done": [0, 1],
        "length": [MILLION],
        "made": [1, MILLION],
        "most": [2000],
        "readers": [Readers(_group(words), True), Readers(_group(words), False), Readers(None, False)],
        "suggestion": [
            one,
            replace(one, repeats=3),
            replace(one, tagging=Tagging()),
            replace(one, naming=Naming.ANONYMOUS),
            replace(unseen, above=True, hidden=True),
            *(replace(one, doubt=doubt) for doubt in Doubt),
        ],
        "alike": [alike, []],
        "number": [MILLION],
        "title": [words(MAX_TITLE_CHARS), ""],
        "topics": [[Topic(words(20), MILLION)] * TOPICS, []],
    }


SAMPLES = Samples("suggestion", values)
