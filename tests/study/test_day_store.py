"""Study days in the store, on both engines: plans, what was missed, who wants it in private, what it is chosen from."""

from dataclasses import replace
from datetime import date, time, timedelta

from domain.admin.setting import Name, Scope, Where
from domain.clock.calendar import Day
from domain.ids import StudyItemId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.quiet import Quiet
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.person import Absence, Entry
from domain.study import study
from domain.study.attempt import Attempt, Occasion, OccasionKind
from domain.study.audience import Audience
from domain.study.campaign import Campaign
from domain.study.choosing import Choice, Reason
from domain.study.course import Course
from domain.study.day import gathering, planning, prompting, reading
from domain.study.day.model import Known, LineState, Missed, Planned, PlanState, Shown
from domain.study.item import Lesson
from tests.stores import AT, LOCALE, only_sqlite
from tests.study.questions import single

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
LESSONS = [Lesson(code, f"题{code}", "安全", "文", "源") for code in "abcd"]
ASKED = replace(LESSONS[0], question=single("a", "几点？", ("一", "二"), 0))


def show(stores, group, day):
    """What a group is given on a day, at ten."""
    return study.item_of_the_day(stores, group, AT + (day - TODAY))


async def test_decisions_are_kept_replaced_and_forgotten(database, branch):
    def decide(stores):
        study.load(stores, lessons=LESSONS)
        group, plans = branch.group.id, stores.plans
        first = Planned(TODAY, StudyItemId(1), PlanState.SCHEDULED)
        plans.put(group, first, branch.li.id, AT)
        plans.put(group, replace(first, state=PlanState.WITHDRAWN), branch.wang.id, AT)
        plans.put(group, replace(first, day=TODAY + DAY, item=None), branch.wang.id, AT)
        found = [plans.since(group, TODAY), plans.since(group, TODAY + DAY)]
        plans.remove(group, TODAY)
        bans = [plans.ban(group, StudyItemId(2), branch.li.id, AT) for _ in range(2)]
        banned = [one.lesson.code for one in plans.banned(group)]
        withdrawn = [one.code for one in plans.library(group) if one.withdrawn]
        allowed = [plans.allow(group, StudyItemId(2)) for _ in range(2)]
        return found, sorted(plans.since(group, TODAY)), bans, banned, withdrawn, allowed

    (both, later), left, *rest = await database.write(decide)
    assert both[TODAY] == Planned(TODAY, StudyItemId(1), PlanState.WITHDRAWN)
    assert list(later) == left == [TODAY + DAY]
    assert rest == [[True, False], ["b"], ["b"], [True, False]]


async def test_what_was_shown_why_and_how_it_was_answered(database, branch):
    def live(stores):
        study.load(stores, lessons=[ASKED, *LESSONS[1:]])
        given = show(stores, branch.group, TODAY)
        question = stores.questions.of_item(given.item.id)[0].id
        for member, right in ((branch.li.id, True), (branch.wang.id, False)):
            occasion = Occasion(OccasionKind.DAILY, given.id, branch.group.id)
            stores.attempts.note(Attempt(member, question, occasion, (0,), right, AT))
        second = show(stores, branch.group, TODAY + DAY)
        study.note_read(stores, Actor(branch.li, branch.group, AT + DAY), given.shown)
        plans, group = stores.plans, branch.group.id
        return (
            plans.shown(group),
            plans.choice(given.id),
            plans.last_prompt(group) == second.id,
            [one.day for one in plans.given(group, TODAY + DAY)],
            [plans.missed(one.id, group, TODAY, TODAY + 2 * DAY) for one in (branch.li, branch.wang)],
            plans.library(group)[0],
            (given.id, second.id),
        )

    shown, choice, is_last, days, (li, wang), known, (first, second) = await database.write(live)
    assert shown == [Shown(StudyItemId(1), TODAY, 2, 1), Shown(StudyItemId(2), TODAY + DAY, 0, 0)]
    assert (choice, is_last, days) == (Choice(StudyItemId(1), Reason.UNSEEN), True, [TODAY + DAY])
    assert li == [Missed(second, TODAY + DAY, "题b")]
    assert wang == [Missed(second, TODAY + DAY, "题b"), Missed(first, TODAY, "题a")]
    assert known == Known(StudyItemId(1), "a", ("安全",), None, None, Audience(), withdrawn=False)


async def test_courses_campaigns_and_audiences_lead_the_choice(database, branch):
    """Of two days one is the campaign's; a course goes on in its order; what is for others never comes."""

    def plan(stores):
        others = replace(LESSONS[3], code="z", audience=Audience(branches=("别的支部",)))
        study.load(stores, lessons=[*LESSONS, others, *(replace(LESSONS[0], code=f"k{number}") for number in (1, 2))])
        stores.courses.put(Course("course", "党章", ("c", "b")))
        stores.campaigns.put(Campaign("k", "主题教育", TODAY, TODAY + 9 * DAY, 50, ("k1", "k2")))
        days = [TODAY + number * DAY for number in range(5)]
        choices = gathering.gather(stores, branch.group, TODAY).ahead(days)
        items = stores.plans.items([one.item for one in choices if one])
        return [(items[one.item].lesson.code, one.reason, one.number, one.title) for one in choices]

    assert await database.write(plan) == [
        ("c", Reason.COURSE, 1, "党章"),
        ("k1", Reason.CAMPAIGN, 2, "主题教育"),
        ("b", Reason.COURSE, 2, "党章"),
        ("k2", Reason.CAMPAIGN, 4, "主题教育"),
        ("a", Reason.UNSEEN, 0, ""),
    ]


def prefer(stores, branch, *members):
    """These members want their study in private, and have opened a private chat."""
    for member in members:
        chat = stores.chats.add(ChatProfile(member.platform_id, ChatKind.PRIVATE, member.name), LOCALE, AT)
        stores.members.save(replace(member, private=chat.id))
        stores.settings.put(Where(Scope.MEMBER, member.id), Name.STUDY, "private")


def sent(stores, branch):
    """In whose private chats something was put."""
    rows = stores.connection.exec_driver_sql("SELECT chat_id FROM outbox ORDER BY id").scalars()
    owners = {one.private: one.name for one in stores.members.several([branch.li.id, branch.wang.id, branch.zhao.id])}
    return [owners[chat] for chat in rows if chat in owners]


async def test_who_wants_it_gets_it_in_private_and_nobody_on_leave(database, branch):
    def post(stores):
        study.load(stores, lessons=LESSONS)
        prefer(stores, branch, branch.li, branch.wang)
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        group = branches.bind(stores, chat=branch.group, branch=own.id)
        (away,) = stores.people.add([Entry("1", "王海燕", own.id)])
        stores.people.link(away.id, branch.wang.id)
        stores.people.absent([Absence(away.id, TODAY, TODAY + DAY)])
        for _ in range(2):
            prompting.post(stores, group, AT)
        first = sent(stores, branch)
        prompting.post(stores, group, AT + DAY)
        return first, sent(stores, branch)

    assert await database.write(post) == (["李伟"], ["李伟", "李伟", "王海燕"])


@only_sqlite
async def test_in_private_it_comes_on_its_day_within_the_cap_and_from_ones_own_group(database, branch):
    def post(stores):
        study.load(stores, lessons=LESSONS)
        prefer(stores, branch, branch.li, branch.wang, branch.zhao)
        li, wang, zhao = (stores.members.get(one.id) for one in (branch.li, branch.wang, branch.zhao))
        stores.quiet.choose(li.private, Quiet.at(time(9), time(0)))  # until the next day
        other = stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "第二党支部"), LOCALE, AT)
        stores.members.speak(other.id, wang.id, AT + DAY)
        prompting.post(stores, branch.group, AT)
        first = sent(stores, branch)
        stores.settings.put(Where(Scope.CHAT, branch.group.id), Name.CAP, "1")
        prompting.post(stores, branch.group, AT + DAY)
        return first, sent(stores, branch), zhao.name

    first, then, name = await database.write(post)
    assert first == then == [name]


@only_sqlite
async def test_a_plan_over_a_year_that_is_not_known_says_so(database, branch):
    def look(stores):
        study.load(stores, lessons=LESSONS)
        stores.calendar.put(Day(date(2026, 10, 1), is_workday=False))
        actor = Actor(branch.li, branch.group, AT + 33 * DAY, is_root_admin=True)  # 28 December
        return planning.look(stores, actor)

    plan = await database.write(look)
    assert [one.day.isoformat() for one in plan.lines] == [
        *("2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31"),
        "2027-01-04",
    ]
    assert list(plan.unknown) == [2027]
    assert plan.lines[-1].state is LineState.EMPTY


@only_sqlite
async def test_a_scheduled_day_is_released_and_a_banned_item_leaves_the_plan(database, branch):
    def change(stores):
        study.load(stores, lessons=LESSONS)
        actor = Actor(branch.li, branch.group, AT, is_root_admin=True)
        day = TODAY + DAY
        planned = planning.schedule(stores, actor, day=day, item=StudyItemId(4), shown=2)
        banned = planning.ban(stores, actor, item=StudyItemId(4))
        withdrawn = planning.withdraw(stores, actor, day=day, shown=2)
        again = planning.withdraw(stores, actor, day=day, shown=2)
        released = planning.release(stores, actor, day=day, shown=2)
        made = (planned, banned, withdrawn, released)
        return [one.line(day).state for one in made], [one.line(day).number for one in made], again.stale

    states, numbers, stale = await database.write(change)
    assert states == [LineState.SCHEDULED, LineState.CHOSEN, LineState.WITHDRAWN, LineState.CHOSEN]
    assert numbers == [4, 2, 2, 2]
    assert stale


@only_sqlite
async def test_nothing_is_missed_on_leave_or_after_two_weeks(database, branch):
    def miss(stores):
        study.load(stores, lessons=LESSONS)
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        (person,) = stores.people.add([Entry("1", "李伟", own.id)])
        stores.people.link(person.id, branch.li.id)
        stores.people.absent([Absence(person.id, TODAY + DAY, TODAY + 2 * DAY)])
        for number in range(3):
            show(stores, branch.group, TODAY + number * DAY)
        actors = (Actor(branch.li, branch.group, AT + days * DAY) for days in (3, 15, 17))
        return [[one.title for one in reading.missed_by(stores, actor, branch.group)] for actor in actors]

    assert await database.write(miss) == [["题c", "题a"], ["题c"], []]
