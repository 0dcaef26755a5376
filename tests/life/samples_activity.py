from dataclasses import replace
from datetime import timedelta

from domain.ids import ActivityId, MemberId, SurveyId
from domain.life.activity.album import Album
from domain.life.activity.attending import Checked
from domain.life.activity.model import (
    MAX_AIM_CHARS,
    MAX_NAME_CHARS,
    MAX_PLACE_CHARS,
    MAX_REASON_CHARS,
    MAX_RESOURCES,
    MAX_TITLE_CHARS,
    Activity,
    Photo,
    Place,
    Resource,
    Sheet,
    Signup,
    State,
)
from domain.life.activity.overview import Overview, Quarter
from domain.life.activity.planning import Clash, Outline, Wish
from domain.life.activity.signing import Joined
from domain.life.activity.wishes import Wished
from domain.voice.survey import MAX_OPTION_CHARS, MAX_OPTIONS, MAX_QUESTION_CHARS, Question, Survey
from handlers.life.activity_fields import BUDGETS, CAPACITIES, EVE, FAMILIES, LENGTHS, NONE, SAME, START
from tests.life.activities import activity_of
from tests.samples import AT, BOTH, MANY, MILLION, MONDAY, Samples, Values, Words, group_of, somebody

A_DAY = timedelta(days=1)


def activities(words: Words) -> list[Activity]:
    """One of each state; one without a limit, held with a button."""
    one = activity_of(
        title=words(MAX_TITLE_CHARS),
        aim=words(MAX_AIM_CHARS),
        place=words(MAX_PLACE_CHARS),
        starts_at=AT + A_DAY,
        ends_at=AT + 2 * A_DAY,
        sign_up_until=AT + A_DAY,
        sign_off_until=AT + A_DAY,
    )
    stages = [replace(one, state=state, code="0417") for state in State]
    said = [replace(each, reason=words(MAX_REASON_CHARS)) for each in stages]
    plain = replace(one, capacity=0, family=0, sign_up_until=AT - A_DAY)
    return [*said, *stages, plain, replace(plain, state=State.HELD, by_button=True), replace(said[4], album_at=AT)]


def signup(words: Words) -> Signup:
    return Signup(1, ActivityId(7), MemberId(1), words(60), 3, Place.IN, AT)


def sheets(words: Words) -> list[Sheet]:
    one = signup(words)
    there = replace(one, family=0, present_at=AT, marks=(5, 4, 3))
    some = [one, there, replace(one, place=Place.WAITING), replace(one, place=Place.OUT), there, there]
    found = activities(words)
    spent = replace(found[4], spent=MILLION)
    return [Sheet(each, people, 60) for each in (*found, spent) for people in ([], some, some * MANY)]


def wished(words: Words) -> Wished:
    options = tuple(f"{place}{words(MAX_OPTION_CHARS - 2)}" for place in range(MAX_OPTIONS))
    question = Question(words(MAX_QUESTION_CHARS), options, multiple=True)
    survey = Survey(SurveyId(1), group_of(words).id, somebody(words), question, AT, AT + A_DAY)
    return Wished(survey, [(one, MILLION) for one in options], MILLION)


def resources(words: Words) -> list[Resource]:
    return [Resource(words(MAX_NAME_CHARS), AT, AT + A_DAY)] * MAX_RESOURCES


def outlines(words: Words) -> list[Outline]:
    moments = AT + A_DAY, AT + 2 * A_DAY
    texts = words(MAX_TITLE_CHARS), words(MAX_AIM_CHARS)
    wish = Wish(*texts, *moments, words(MAX_PLACE_CHARS), 30, 3, AT, AT, MILLION, tuple(resources(words)))
    clash = Clash(resources(words)[0], activities(words)[2], words(255))
    plain = replace(wish, capacity=0, family=0, resources=())
    return [Outline(plain, [], None, False), Outline(wish, [clash] * MANY, wished(words), True)]


def overviews(words: Words) -> list[Overview]:
    one, sheet = signup(words), sheets(words)[7]
    mine = [None, one, replace(one, place=Place.WAITING), replace(one, present_at=AT)]
    return [Overview([], 0, True), Overview([(sheet, who) for who in mine] * 2, 9, False)]


def quarters(words: Words) -> Values:
    group = group_of(words)
    return {"found": [Quarter(group, MONDAY, []), Quarter(group, MONDAY, sheets(words)[-3:] * 9)]}


def values(words: Words) -> Values:
    found, one = activities(words), signup(words)
    photo = Photo(1, ActivityId(7), MemberId(1), "f", "s", True, AT)
    sheet = sheets(words)
    return {
        "activities": [
            [(found[2], None), (found[2], one)],
            [(found[3], one), (found[2], replace(one, place=Place.WAITING))],
        ],
        "activity": found,
        "album": [Album(found[4], [photo] * MANY)],
        "approvals": [0, 3],
        "approver": [None, somebody(words)],
        "approvers": [(), (words(60),) * 9],
        "at": [AT],
        "came": [MILLION],
        "checked": [Checked(found[3], one, before) for before in BOTH],
        "chosen": BOTH,
        "column": [
            *("number", "title", "starts_at", "place", "signed", "came", "pleased", "answers", "planned", "spent"),
            *("a_head", "name", "family", "seat", "signed_at", "present_at", "at", "prepared", "again", "proposed_at"),
            "reason",
        ],
        "count": [0, MILLION],
        "day": [MONDAY],
        "family": [1, 3],
        "found": overviews(words),
        "group": [group_of(words)],
        "held": [1],
        "joined": [Joined(found[2], one), Joined(found[2], replace(one, place=Place.WAITING), 3)],
        "left": [0, 3],
        "most": [10],
        "options": [(words(MAX_OPTION_CHARS),) * MAX_OPTIONS],
        "outline": outlines(words),
        "photo": [photo, replace(photo, chosen=False)],
        "place": [1],
        "proposer": [somebody(words)],
        "question": ["", words(MAX_QUESTION_CHARS)],
        "reason": ["", words(MAX_REASON_CHARS)],
        "resources": [[], resources(words)],
        "sheet": sheet,
        "starts_at": [AT],
        "step": [{}],
        "titles": [[words(MAX_TITLE_CHARS)], [words(MAX_TITLE_CHARS)] * MANY],
        "value": [3],
        "who": [one, replace(one, family=0, present_at=AT, marks=(5, 4, 3))],
        "wished": [None, wished(words)],
        "written": [words(100)],
    }


SAMPLES = Samples(
    "activity",
    values,
    differing={
        "sheet": lambda _: {"sheet": ["activities", "signups", "signed_up", "proposed", "approved", "photos"]},
        "quarter": quarters,
        "file_name": quarters,
        "file_sent": quarters,
        "not_held": lambda words: {"activity": [None, *activities(words)]},
        "capacity_button": lambda _: {"value": CAPACITIES},
        "budget_button": lambda _: {"value": BUDGETS},
        "length_button": lambda _: {"value": LENGTHS},
        "bring_button": lambda _: {"value": FAMILIES},
        "value_button": lambda _: {"value": [EVE, START, SAME, NONE]},
        "mark_button": lambda _: {"question": [0, 1, 2]},
        "wish_button": lambda words: {"question": [words(MAX_QUESTION_CHARS)]},
        "no_why_button": lambda _: {"value": [NONE]},
        "usual_question_button": lambda _: {"value": ["usual"]},
        "move_preview": lambda words: {"place": ["", words(MAX_PLACE_CHARS)]},
    },
)
