from dataclasses import replace

from domain.points.period import Every, containing
from domain.voice.suggestion.figures import Figures, Month
from domain.voice.suggestion.life import MAX_REASON_CHARS, Case, Record, Stage, Step, Told
from domain.voice.suggestion.triage import Card, Outcome
from tests.samples import AT, MILLION, MONDAY, Samples, Values, Words, somebody
from tests.voice.samples_suggestion_life import cases, group, standing


def told(case: Case, words: Words) -> list[Told]:
    record = Record(case.suggestion.id, Step.REOPEN, Stage.ADOPTED, AT, None, words(500))
    return [
        Told(replace(record, step=step), who) for step in (Step.REOPEN, Step.REFUSE) for who in (somebody(words), None)
    ]


def cards(words: Words) -> list[Card]:
    found = [Card(one, MILLION, group(words), MONDAY, told(one, words)[:3], MILLION) for one in standing(words)]
    return [*found, Card(standing(words)[-1], 1), Card(None, 0)]


def months(words: Words) -> list[Month]:
    one = Figures(group(words), MILLION, MILLION, MILLION, 5, 3, 2.5, [words(20)] * 3, words(60))
    none = Figures(None, 0, 0, 0, 0, 0, None)
    period = containing(Every.MONTH, MONDAY)
    return [Month(period, replace(one, group=None), [one, replace(one, branch="")] * 4, 7), Month(period, none, [], 0)]


def values(words: Words) -> Values:
    return {
        "at": [AT],
        "by": [somebody(words), None],
        "card": cards(words),
        "case": cases(words),
        "count": [1, MILLION],
        "due_on": [MONDAY, None],
        "group": [group(words), None],
        "month": months(words),
        "most": [MAX_REASON_CHARS],
        "outcome": [Outcome(one, count, group(words)) for one in standing(words) for count in (0, MILLION)],
        "passed_on": [0, MILLION],
        "stage": list(Stage),
        "words": [words(500)],
    }


SAMPLES = Samples("triage", values, differing={"place_button": lambda words: {"group": [group(words)]}})
