from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from domain.ids import StudyItemId
from domain.people.permission import Role
from domain.study.audience import Audience
from domain.study.campaign import Campaign
from domain.study.course import Course, Progress
from domain.study.importing import Loss, Plan
from domain.study.item import Lesson, Media, MediaKind, StudyItem
from domain.study.keeping import Opened, Page, Shelved
from domain.study.library import Fault, Place, Reason
from domain.study.question import Blank, Question, QuestionKind, faults
from domain.study.series import Listed, SeriesKind
from domain.study.series import Opened as OpenedSeries
from handlers.study.library_files import FORMATS
from sheets import Reason as Unread
from sheets.study import Mistake
from tests.samples import MILLION, MONDAY, Samples, Values, Words

PICTURE, DOCUMENT = Media(MediaKind.PICTURE, "f"), Media(MediaKind.DOCUMENT, "f")
FORTNIGHT = timedelta(days=14)
QUESTIONS = ("no_text", "long_explanation", "options", "same_options", "pairs", "blanks")


def values(words: Words) -> Values:
    place, nowhere = Place(MILLION), Place()
    wrong = [Fault(place, words(60), "text", reason, words(60), MILLION) for reason in Reason]
    wrong += [Fault(Place(cell="XFD1048576"), words(60), words(60), Reason.QUESTION, name) for name in QUESTIONS]
    wrong += [Fault(nowhere, "", "", Reason.FILE, f"{mistake}: {words(60)}") for mistake in Mistake]
    assert set(QUESTIONS) - {"no_text"} <= {*faults(Question("", QuestionKind.SINGLE, "")), *QUESTIONS}
    titles = tuple(words(30) for _ in range(12))
    plans = [
        Plan(titles, titles, MILLION, tuple(Loss(words(30), name) for name in ("owner", words(60), "text") * 4)),
        Plan(same=1),
    ]
    shelved = [Shelved(item, last) for item, last in zip(items(words), (None, MONDAY, None, MONDAY) * 2, strict=False)]
    course = Course(words(64), words(30), tuple(words(64) for _ in range(8)))
    campaign = Campaign(words(64), words(30), MONDAY, MONDAY + FORTNIGHT, 100)
    return {
        "count": [1, MILLION],
        "courses": [[(course, Progress(MILLION, MILLION))] * 9],
        "day": [MONDAY],
        "detail": [words(1000)],
        "ending": list(FORMATS),
        "fault": wrong,
        "faults": [wrong[:20], wrong[:1]],
        "file": [words(400)],
        "items": [[one for one in items(words) if one.lesson.expires] * 12, items(words)[:1]],
        "lesson": [replace(items(words)[0].lesson, media=media) for media in (None, PICTURE, DOCUMENT)],
        "listed": [10],
        "listed_series": [Listed([course] * 50, [campaign] * 50, MONDAY + 2 * FORTNIGHT), Listed([], [], MONDAY)],
        "name": [words(120)],
        "number": [MILLION],
        "one": [
            OpenedSeries(SeriesKind.COURSE, course, [words(30)] * 21, MONDAY),
            OpenedSeries(SeriesKind.CAMPAIGN, replace(campaign, topics=(words(60),) * 9), [words(30)], MONDAY),
        ],
        "opened": [Opened(one.item, one.last_shown, MONDAY) for one in shelved],
        "page": [
            Page(shelved[:8], 0, MILLION, MONDAY, [course] * 9, [campaign] * 9),
            Page(shelved[:1], 8, 9, MONDAY),
            Page([], 0, 0, MONDAY),
        ],
        "plan": plans,
        "series": [course, campaign],
        "today": [MONDAY],
        "wrong": list(Unread),
    }


def items(words: Words) -> list[StudyItem]:
    """One of each kind of question, and one without."""
    long = words(300)
    content = {
        QuestionKind.SINGLE: {"options": (long,) * 12, "right": (11,)},
        QuestionKind.MULTIPLE: {"options": (long,) * 12, "right": tuple(range(12))},
        QuestionKind.TRUE_FALSE: {"right": (1,)},
        QuestionKind.FILL_IN: {"blanks": (Blank((long, long)), Blank(("1",), Decimal("0.5")))},
        QuestionKind.MATCHING: {"pairs": ((long, long),) * 8},
        QuestionKind.ORDERING: {"options": (long,) * 12},
    }
    plain = Lesson(words(64), words(30), words(30), words(1000), words(200), expires=MONDAY + FORTNIGHT)
    full = Lesson(
        *(words(64), words(30), words(30), words(1000), words(200)),
        None,
        MONDAY - FORTNIGHT,
        tuple(words(30) for _ in range(7)),
        Media(MediaKind.PICTURE, "id", words(120), MILLION),
        f"https://example.org/{words(400)}",
        MONDAY + FORTNIGHT,
        Audience((words(200),), tuple(Role), (words(30),)),
        version=MILLION,
    )
    asked = [
        Lesson(
            *(words(64), words(30), words(30), words(1000), words(200)),
            Question("q", kind, words(1000), explanation=words(1000), **more),
            effective=MONDAY + FORTNIGHT,
        )
        for kind, more in content.items()
    ]
    return [StudyItem(StudyItemId(1), one, one is full) for one in (plain, full, *asked)]


SAMPLES = Samples("library", values)
