"""Courses, campaigns and items in the store: put, changed, found; how far a group and a person are."""

from dataclasses import replace
from datetime import date, timedelta

from domain.messaging.message import Text
from domain.people.actor import Actor
from domain.people.permission import Role
from domain.study.audience import Audience
from domain.study.campaign import Campaign
from domain.study.course import Course, Progress, progress
from domain.study.item import Lesson, Media, MediaKind
from domain.study.question import Change
from tests.stores import AT

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
WELDERS = Audience(("一支部",), (Role.LEADER,), ("焊工",))
COURSE = Course("new", "新员工必学", ("a", "b", "c"), WELDERS)
FOR_ALL = Course("all", "人人要学", ("a", "b", "c"))
CAMPAIGN = Campaign("rules", "学党章", TODAY, TODAY + DAY, 40, ("a",), ("党章",))
FULL = Lesson(
    *("a", "题", "安全", "文", "源"),
    expires=TODAY + DAY,
    more_topics=("焊接", "动火"),
    media=Media(MediaKind.PICTURE, "file-1", "帽.jpg", 1234),
    url="https://example.org/a",
    effective=TODAY,
    audience=WELDERS,
)


async def test_all_that_an_item_has_comes_back(database, branch):
    lesson = replace(FULL, owner=branch.li.id)

    def put(stores):
        changes = [stores.studies.put(lesson), stores.studies.put(replace(lesson, version=7))]
        return changes, stores.studies.candidates(branch.group.id, TODAY)

    changes, (found,) = await database.write(put)
    assert changes == [Change.ADDED, Change.SAME]
    assert (found.item.lesson, found.last_shown) == (lesson, None)


async def test_an_item_is_a_candidate_from_its_first_to_its_last_day(database, branch):
    def put(stores):
        stores.studies.put(FULL)
        return [len(stores.studies.candidates(branch.group.id, TODAY + days * DAY)) for days in range(-1, 3)]

    assert await database.write(put) == [0, 1, 1, 0]


async def test_candidates_tell_when_the_group_was_shown_them(database, branch):
    def show(stores):
        for code in "ab":
            stores.studies.put(replace(FULL, code=code))
        first, _ = stores.studies.candidates(branch.group.id, TODAY)
        stores.studies.add_prompt(branch.group, first.item, TODAY, AT)
        found = stores.studies.candidates(branch.group.id, TODAY + DAY)
        return [(one.item.lesson.code, one.last_shown) for one in found]

    assert await database.write(show) == [("b", None), ("a", TODAY)]


async def test_courses_and_campaigns_are_put_changed_and_removed(database):
    def put(stores):
        changes = [stores.courses.put(one) for one in (COURSE, COURSE, replace(COURSE, title="新"))]
        changes += [stores.campaigns.put(one) for one in (CAMPAIGN, CAMPAIGN, replace(CAMPAIGN, share=50))]
        found = stores.courses.all(), stores.campaigns.all()
        days = [len(stores.campaigns.on(TODAY + days * DAY)) for days in range(-1, 3)]
        stores.courses.remove("new")
        stores.campaigns.remove("rules")
        return changes, found, days, (stores.courses.all(), stores.campaigns.get("rules"))

    changes, found, days, left = await database.write(put)
    assert changes == [Change.ADDED, Change.SAME, Change.CHANGED] * 2
    assert found == ([replace(COURSE, title="新")], [replace(CAMPAIGN, share=50)])
    assert (days, left) == ([0, 1, 1, 0], ([], None))


async def test_a_group_and_a_person_go_through_a_course_in_order(database, branch):
    def learn(stores):
        for code in "abc":
            stores.studies.put(replace(FULL, code=code))
        stores.courses.put(COURSE)
        stores.courses.put(FOR_ALL)
        told = []
        for days in range(2):
            given = stores.studies.candidates(branch.group.id, TODAY)[0].item
            prompt = stores.studies.add_prompt(branch.group, given, TODAY + days * DAY, AT)
            if days:
                stores.studies.note_read(prompt.id, branch.li.id, AT)
            told.append(COURSE.next(stores.courses.shown(COURSE, branch.group.id)))
        parts = [stores.hooks.study_menu(Actor(who, branch.group, AT)) for who in (branch.li, branch.wang)]
        shown = [[part.text for part in own if part.text.text == "library.courses"] for own in parts]
        return told, stores.courses.read(COURSE, branch.li.id), stores.courses.read(COURSE, branch.wang.id), shown

    told, li, wang, shown = await database.write(learn)
    assert (told, li, wang) == (["b", "c"], {"b"}, set())
    assert shown == [[Text("library.courses", {"courses": [(FOR_ALL, Progress(1, 3))]})], []]
    assert (progress(COURSE, li), COURSE.next(li), COURSE.next("abc")) == (Progress(1, 3), "a", None)


async def test_an_owner_who_is_forgotten_owns_nothing(database, branch):
    def forget(stores):
        stores.studies.put(replace(FULL, owner=branch.li.id))
        stores.privacy.forget_member(branch.li.id, branch.wang.id, AT)
        return stores.studies.candidates(branch.group.id, TODAY)[0].item.lesson.owner

    assert await database.write(forget) is None
