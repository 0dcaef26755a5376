from dataclasses import replace

from domain.ids import ChatId, MemberId, PromptId, ReflectionId
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.study.reflection.model import (
    LEAST,
    MAX_CHARS,
    Became,
    CopyOf,
    Item,
    Listed,
    Reflection,
    Shelf,
    Stage,
    Written,
)
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, somebody


def values(words: Words) -> Values:
    one = Reflection(
        *(ReflectionId(1), MemberId(1), ChatId(1), PromptId(1), "code", words(30), words(2000), "core", AT), late=False
    )
    item = Item(PromptId(1), "code", words(30), words(1000), MONDAY)
    stages = [replace(one, stage=stage) for stage in (None, *Stage)]
    return {
        "written": [[], [one] * 5],
        "items": [[], [item] * 5],
        "item": [item],
        "reflection": [one],
        "shelf": [Shelf([]), Shelf([Listed(two, somebody(words)) for two in (*stages, one)], more=True)],
        "number": [1, 5],
        "author": [somebody(words)],
        "agreed": BOTH,
        "least": [LEAST],
        "most": [MAX_CHARS],
        "sheet": ["study_reflections"],
        "column": ["title", "text", "at", "late"],
    }


def outcomes(words: Words) -> Values:
    (one,) = values(words)["reflection"]
    earned = [None, Credit(RuleName("study.reflected"), 2, False, MILLION)]
    return {
        "written": [
            Written(replace(one, copy_of=copy), became, credit)
            for copy in (None, *CopyOf)
            for became in Became
            for credit in earned
        ]
    }


def answered(words: Words) -> Values:
    (one,) = values(words)["reflection"]
    return {"reflection": [replace(one, stage=stage) for stage in (Stage.SHOWN, Stage.DECLINED)]}


SAMPLES = Samples("reflection", values, differing={"written": outcomes, "wish_answered": answered})
