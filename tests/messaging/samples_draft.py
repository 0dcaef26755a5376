from domain.ids import ChatId
from domain.messaging.chat import Chat, ChatKind
from tests.samples import Samples, Values, Words


def values(words: Words) -> Values:
    return {"group": [Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)]}


SAMPLES = Samples("draft", values)
