from domain.people.person import Rate
from domain.points.points import Board
from domain.report.summary import StudyWeek, Summary, SurveyWeek, TaskWeek, Topic
from tests.points.samples_points import board_of_members
from tests.samples import MILLION, MONDAY, Samples, Values, Words


def values(words: Words) -> Values:
    return {"summary": [full(words), nothing()]}


def full(words: Words) -> Summary:
    """A week of a million of everything."""
    return Summary(
        MONDAY,
        MONDAY,
        MILLION,
        Rate(1, 3),
        StudyWeek(7, MILLION, MILLION, MILLION),
        TaskWeek(MILLION, MILLION, MILLION, MILLION),
        SurveyWeek(MILLION, MILLION),
        MILLION,
        [Topic(words(20), MILLION)] * 3,
        board_of_members(words),
    )


def nothing() -> Summary:
    """A week in which nothing happened yet."""
    study, tasks, surveys = StudyWeek(0, 0, 0, 0), TaskWeek(0, 0, 0, 0), SurveyWeek(0, 0)
    return Summary(MONDAY, MONDAY, 0, None, study, tasks, surveys, 0, [], Board(MONDAY, [], 0), so_far=True)


SAMPLES = Samples("summary", values)
