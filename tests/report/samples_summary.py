from domain.ids import ChatId
from domain.messaging.chat import Chat, ChatKind
from domain.messaging.message import Text
from domain.people.person import Rate
from domain.points.board import Board
from domain.report.summary import Summary
from domain.reporting import Next
from domain.voice.suggestion import TOPICS, Topic
from tests.points.samples_points import board_of_members
from tests.samples import BOTH, MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    group = Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)
    return {
        "by_branch": BOTH,
        "day": [MONDAY],
        "group": [group],
        "monday": [MONDAY],
        "more": [1, MILLION],
        "points": [MILLION, 12.5],
        "so_far": BOTH,
        "summary": [full(words), nothing()],
        "sunday": [MONDAY],
        "weeks": [2, 8],
    }


def title_of(words: Words) -> Values:
    """The picture has the group by its title."""
    return {"group": [words(255)]}


def full(words: Words) -> Summary:
    """A week of a million of everything."""
    parts = [
        Text("points.summary", {"active": MILLION, "rate": Rate(1, 3), "step": {"rate": -MILLION}}),
        Text(
            "study.summary",
            {
                "items": 7,
                "read": MILLION,
                "answered": MILLION,
                "right": MILLION,
                "challengers": MILLION,
                "longest": 100,
                "step": {"read": MILLION},
            },
        ),
        Text("task.summary", {"on_time": MILLION, "late": MILLION, "open": MILLION, "overdue": MILLION, "step": {}}),
        Text("survey.summary", {"published": MILLION, "voters": MILLION, "step": {}}),
        Text(
            "suggestion.summary",
            {
                "made": MILLION,
                "topics": [Topic(words(20), MILLION)] * TOPICS,
                "adopted": MILLION,
                "done": MILLION,
                "step": {"made": 1},
            },
        ),
    ]
    return Summary(MONDAY, MONDAY, parts, empty=False, board=board_of_members(words), prompts=MILLION, next=following())


def following() -> list[Next]:
    """What each feature says is to be done next."""
    texts = [
        Text("task.next", {"overdue": MILLION}),
        Text("suggestion.next", {"made": MILLION}),
        Text("points.next", {"rest": MILLION}),
    ]
    return [Next(number, text) for number, text in enumerate(texts)]


def nothing() -> Summary:
    """A week in which nothing happened yet."""
    return Summary(MONDAY, MONDAY, [], empty=True, board=Board(MONDAY, [], 0), so_far=True)


SAMPLES = Samples("summary", values, differing={"picture_subtitle": title_of})
