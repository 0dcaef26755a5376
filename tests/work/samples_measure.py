from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.ids import ChatId, MeasureId, MemberId
from domain.messaging.chat import Chat, ChatKind
from domain.work.lean.figures import Gauge
from domain.work.measure.model import CHOICES, Measure, Shown, State
from handlers.work.measure_form import Figure
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, awaited, somebody

GROUP = Chat(ChatId(1), -1, ChatKind.GROUP, "", "Asia/Shanghai", "zh", active=True)


def every(words: Words) -> list[Measure]:
    """In each state, with a figure that the bot measures and with one of one's own."""
    gauge = Measure(
        *(MeasureId(2**53), ChatId(1), None, MemberId(7), words(200), Gauge.ON_TIME, "", 78.4, 90.0, AT, MONDAY)
    )
    own = replace(gauge, gauge=None, figure=words(30), baseline=123456.789, target=2.5)
    decided = [replace(own, state=one, result=7.0, reason=words(300)) for one in CHOICES]
    return [
        gauge,
        replace(gauge, baseline=None),
        own,
        replace(gauge, state=State.DUE),
        replace(gauge, state=State.DUE, result=80.0),
        replace(own, state=State.DUE),
        replace(own, state=State.DUE, result=1.0),
        *decided,
    ]


def values(words: Words) -> Values:
    measures = every(words)
    return {
        "baseline": [2.5, None],
        "by": [somebody(words), awaited(words), None],
        "choice": list(CHOICES),
        "column": ["made_at", "text", "check_on", "reason", "decided_at"],
        "day": [MONDAY],
        "figure": [Figure(None, words(30)), Figure(Gauge.LEAD), Figure(Gauge.EFFICIENCY)],
        "gauge": [Gauge.LEAD, Gauge.EFFICIENCY],
        "groups": [[], [(replace(GROUP, title=words(128)), measures)] * 2],
        "leads": BOTH,
        "measure": measures,
        "measures": [measures[3:6]],
        "more": [0, MILLION],
        "most": [300],
        "name": [words(60), ""],
        "share": BOTH,
        "sheet": ["measures"],
        "shown": [
            Shown(measures[0]),
            Shown(measures[0], tasks=MILLION, done=3),
            *(Shown(one, measures[-3:] + measures[-2:]) for one in measures),
        ],
        "target": [1.0],
        "text": [words(200)],
        "value": [12.34, None],
    }


def occurs(text: str, shown: Mapping[str, Any]) -> bool:
    """Some texts are about measures that are decided, or about figures of one's own."""
    if text in ("decided", "already_decided"):
        return shown["measure"].state in CHOICES
    if text == "ask_value":
        return shown["measure"].gauge is None
    if text == "ask_baseline":
        return shown["figure"].gauge is None
    if text == "no_better":
        return shown["baseline"] is not None
    return True


SAMPLES = Samples("measure", values, occurs)
