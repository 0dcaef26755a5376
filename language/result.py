"""What people answer to a task: that they have seen it, that it is done or not done after all; or a question."""

from __future__ import annotations

import re
from enum import StrEnum

import plain

MAX_SAID = 40  # signs of what says no more than that
SEEN = re.compile(
    r"(?:好的?|嗯|行)?[，, ]?(?:收到|明白|知道|清楚|好的|ok|okay|got it|roger)(?:了|啦)?[！!。.~～]*+", re.IGNORECASE
)
FINISHED = re.compile(
    r"(?:已经?|都|我)*+(?:完成|办完|办好|做完|做好|搞定|弄好|办结)(?:了|啦)[！!。.~～]*+|已(?:完成|办结)[！!。.~～]*+|done[!.]*+",
    re.IGNORECASE,
)
UNDO = re.compile(r"(?:撤销|撤消|取消|undo) ?(?:完成)? ?[#号]? ?(\d{1,15})? ?号?", re.IGNORECASE)
CANCEL = "取消"
ENDS_QUESTION = ("?", "？", "吗", "呢", "么")
MIN_WORDS = 6  # letters and signs below which words alone say nothing of a result


class Answer(StrEnum):
    """What a short answer says."""

    SEEN = "seen"
    FINISHED = "finished"


def read(text: str) -> Answer | None:
    """What an answer says, if it says no more than that: 收到, 完成了."""
    line = plain.line(text)
    if len(line) > MAX_SAID:
        return None
    if SEEN.fullmatch(line):
        return Answer.SEEN
    return Answer.FINISHED if FINISHED.fullmatch(line) else None


def says_something(text: str) -> bool:
    """Whether words alone may tell of a result: they are neither a question nor a mere sign."""
    line = plain.line(text)
    return len(line) >= MIN_WORDS and not line.endswith(ENDS_QUESTION)


def takes_back(text: str) -> int | None:
    """The same in plain words, of which 取消 alone means something else."""
    return None if plain.line(text) == CANCEL else undone(text)


def undone(text: str) -> int | None:
    """The number of a task that is not done after all: 撤销 3; 0 without one (撤销完成), `None` for other words."""
    match = UNDO.fullmatch(plain.line(text))
    return None if match is None else int(match[1] or 0)
