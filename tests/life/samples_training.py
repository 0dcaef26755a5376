from dataclasses import replace
from datetime import date

from domain.ids import BranchId, ChatId, MeetingId, MemberId, PersonId, RecordId, RoundId, SessionId, TrainingId
from domain.life.meeting.model import State
from domain.life.training.certificates import Certificate, Own
from domain.life.training.coverage import By, Coverage, Duty, Line, Names
from domain.life.training.model import (
    HUNDRED,
    MAX_ROLE_CHARS,
    MAX_SUBJECT_CHARS,
    Exam,
    Record,
    Scope,
    Session,
    Training,
    Whom,
)
from domain.life.training.needs import Need, Needs, Source
from domain.life.training.past import Fault, Reason, Sorted
from domain.life.training.people import Learner
from domain.life.training.planning import Detail, Outline, Plan, Wish
from domain.life.training.quarter import Quarter
from domain.life.training.sessions import Held, Lesson, Result
from domain.life.training.standing import Standing
from domain.life.training.standing import State as Stand
from domain.study.learning.figures import Share
from domain.study.question import MAX_TOPIC_CHARS
from domain.voice.questionnaire.model import Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence, Round
from sheets.reading import Reason as Wrong
from tests.life.samples_meeting import invited, meeting
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, TUESDAY, Samples, Values, Words, group_of, somebody

QUARTER = Quarter(2026, 4)


def training(words: Words) -> Training:
    return Training(
        TrainingId(7),
        group_of(words).id,
        None,
        words(MAX_SUBJECT_CHARS),
        Whom(),
        90,
        QUARTER,
        required=True,
        planner=MemberId(1),
        planned_at=AT,
    )


def trainings(words: Words) -> list[Training]:
    """A required one, one with all there is, one of the branch above."""
    one, topic = training(words), words(MAX_TOPIC_CHARS)
    whom = Whom(Scope.ROLE, name=words(MAX_ROLE_CHARS))
    full = replace(one, required=False, whom=whom, valid_months=120, test=Exam(topic, HUNDRED))
    return [one, full, replace(full, group=ChatId(9), test=Exam(""), whom=Whom(Scope.PARTY))]


def records() -> list[Record]:
    one = Record(RecordId(MILLION), TrainingId(7), PersonId(1), None, MONDAY, None)
    return [one, replace(one, valid_until=date(2027, 11, 23), percent=HUNDRED, session=SessionId(1))]


def duties(words: Words) -> list[Duty]:
    learner = Learner(PersonId(1), MemberId(1), words(60), BranchId(1), words(MAX_ROLE_CHARS))
    states = [Stand(Standing.MISSING), *(Stand(one, records()[1]) for one in (Standing.EXPIRED, Standing.SOON))]
    return [Duty(learner, training(words), one) for one in states]


def helds(words: Words) -> list[Held]:
    lesson = Lesson(Session(SessionId(1), TrainingId(7), MeetingId(7), AT), training(words), meeting(words))
    tested = replace(lesson, training=trainings(words)[1])
    who = invited(words)
    results = [Result(who, None, finished=True), Result(who, 66, finished=False), Result(who, None, finished=False)]
    away = [Result(replace(who, member=None), None, finished=False)]
    return [
        Held(lesson, 3, [], None),
        Held(lesson, 3, results, None),
        Held(tested, 3, [*results, *away], None, short=True),
        Held(tested, MILLION, results * MANY, None),
    ]


def needs(words: Words) -> list[Needs]:
    asked = Round(
        RoundId(1),
        Questionnaire(words(60), (Question("topics", QuestionKind.TEXT, words(60)),)),
        somebody(words),
        ChatId(1),
        Audience(ChatId(1)),
        Confidence.CONFIDENTIAL,
        AT,
        AT,
        AT,
    )
    weak = [Need(Source.STUDY, words(MAX_TOPIC_CHARS), Share(3, 10), 1)] * 5
    wanted = [Need(Source.SURVEY, words(MAX_SUBJECT_CHARS), Share(3, 10), 1)] * 5
    group = group_of(words)
    return [Needs(group, [], [], None), Needs(group, [], [], asked), Needs(group, weak, wanted, asked)]


def coverages(words: Words) -> list[Coverage]:
    lines = [Line(words(60), 1, 1, 3), Line(words(60), 2, MILLION, MILLION)] * MANY
    return [
        Coverage(group_of(words), MONDAY, 0, 0, {by: [] for by in By}),
        Coverage(group_of(words), MONDAY, 1, 3, dict.fromkeys(By, lines)),
    ]


def names(words: Words) -> list[Names]:
    group, line = group_of(words), Line(words(60), 1, 1, 3)
    return [
        Names(group, MONDAY, None, []),
        Names(group, MONDAY, line, duties(words)),
        Names(group, MONDAY, None, duties(words) * MANY),
    ]


def details(words: Words) -> list[Detail]:
    group, session = group_of(words), Session(SessionId(1), TrainingId(7), MeetingId(7))
    held = [(session, replace(meeting(words), state=state)) for state in State]
    held.append((replace(session, settled_at=AT), meeting(words)))
    return [
        Detail(one, group, 3, 1, some, is_own=own)
        for one in trainings(words)
        for some, own in (([], True), (held, False))
    ]


def plans(words: Words) -> list[Plan]:
    group = group_of(words)
    return [Plan(group, QUARTER, some) for some in ([], trainings(words), trainings(words) * MANY)]


def outlines(words: Words) -> list[Outline]:
    wish = Wish(words(MAX_SUBJECT_CHARS), Whom(), 90, QUARTER)
    full = replace(wish, required=True, valid_months=12, test=Exam(words(MAX_TOPIC_CHARS)))
    return [Outline(wish, 0), Outline(full, MILLION)]


def owns(words: Words) -> list[Own]:
    done = [(record, training(words)) for record in records()]
    return [Own([], 0, [], MONDAY), Own(done, 1.5, [], MONDAY), Own(done * MANY, 900.25, duties(words), MONDAY)]


def sorted_(words: Words) -> list[Sorted]:
    faults = [Fault(MILLION, reason, words(60)) for reason in Reason]
    return [Sorted([], 0, []), Sorted(records(), MILLION, faults * MANY)]


def values(words: Words) -> Values:
    one = training(words)
    whoms = [Whom(scope) for scope in (Scope.EVERYBODY, Scope.PARTY)]
    return {
        "certificate": [Certificate(record, one, words(60), words(60)) for record in records()],
        "column": [
            *("number", "subject", "whom", "hours", "year", "quarter", "required", "valid_months", "pass_mark"),
            *("certificate", "name", "got_on", "valid_until", "percent", "planned_at"),
        ],
        "count": [5, 10],
        "day": [MONDAY],
        "duties": [[], duties(words)],
        "finished": [0, MILLION],
        "first": [QUARTER],
        "found": details(words),
        "group": [group_of(words)],
        "hours": [2, 1.5],
        "last": [QUARTER.later(8)],
        "last_day": [TUESDAY],
        "led": [[], [(words(255), MILLION)] * 3],
        "line": [Line(words(60), 1, 1, 3)],
        "mark": [80],
        "meeting": [meeting(words)],
        "months": [None, 12],
        "more": [0, 2],
        "most": [8],
        "name": [words(60)],
        "need": [Need(Source.STUDY, words(MAX_SUBJECT_CHARS), Share(3, 10), 1)],
        "number": ["20261125-0001"],
        "of": [0, MILLION],
        "outline": outlines(words),
        "own": owns(words),
        "people": [0, MILLION],
        "percent": [None, 66],
        "plan": plans(words),
        "quarter": [QUARTER],
        "record": records(),
        "required": BOTH,
        "sessions": [0, MILLION],
        "sheet": ["plan", "finished", "trainings_done", "trainings_planned"],
        "step": [{}],
        "topic": ["", words(MAX_TOPIC_CHARS)],
        "training": trainings(words),
        "until": [None, MONDAY],
        "who": [invited(words)],
        "wrong": list(Wrong),
        "whom": [*whoms, Whom(Scope.ROLE, name=words(MAX_ROLE_CHARS))],
    }


SAMPLES = Samples(
    "training",
    values,
    lambda text, shown: text != "today" or bool(shown["duties"] or shown["led"]),
    differing={
        "coverage": lambda words: {"found": coverages(words)},
        "held": lambda words: {"found": helds(words)},
        "past_preview": lambda words: {"found": sorted_(words)},
        "past_kept": lambda words: {"found": sorted_(words)},
        "names": lambda words: {"found": names(words)},
        "needs": lambda words: {"found": needs(words)},
        "test_result": lambda _: {"percent": [0, 66, HUNDRED]},
        "summary": lambda _: {"percent": [66]},
    },
)
