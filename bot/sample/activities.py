"""Activities of the sample: one that was wished for, approved, held and rated; one that people can sign up for."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bot.sample.company import Company, Event
from domain.life.activity import after, approving, planning, running, signing, wishes
from domain.life.activity.model import Place, Resource
from domain.life.activity.planning import Wish
from domain.report.features import Stores
from domain.voice import survey
from domain.voice.survey import Question

BRANCH = "assembly"
QUESTION = Question("十月支部活动，您想去哪里？", ("烈士陵园", "敬老院", "兄弟单位展厅"))
VOTES = {"liu": 0, "zhang": 0, "wu": 1, "zheng": 0, "he": 2, "ma": 0}
FAMILIES = {"liu": 0, "zhang": 1, "wu": 0, "zheng": 2, "he": 0, "ma": 0}
MARKS = {"liu": (5, 5, 5), "zhang": (5, 4, 5), "wu": (4, 4, 4), "he": (5, 4, 4)}
LONG = timedelta(hours=4)


def events(company: Company, today: Stores) -> Iterator[Event]:
    """What happened, each with its moment; the card of the one to come stands in its group."""
    yield company.step("-10 mon 09:00"), partial(_ask, company)
    yield company.step("-9 tue 10:00"), partial(_propose, company)
    yield company.step("-9 wed 09:00"), partial(_approve, company)
    yield company.step("-9 thu 12:00"), partial(_sign_up, company)
    yield company.enterprise.moment("-8 sat 09:00"), partial(_hold, company)
    yield company.step("-1 thu 10:00"), partial(_open, company, today)


def _ask(company: Company) -> None:
    at, stores = company.step("-10 mon 09:00"), company.stores
    posted = wishes.ask(stores, company.secretary(BRANCH, at), question=QUESTION, source="sample/wishes")
    for who, option in VOTES.items():
        member = company.actor(who, BRANCH, at).member.id
        survey.answer(stores, survey_id=posted.id, by=member, options=[option], at=at + LONG)
    survey.publish(stores, survey_id=posted.id, count=None, at=company.step("-10 wed 18:00"))


def _propose(company: Company) -> None:
    actor = company.secretary(BRANCH, company.step("-9 tue 10:00"))
    starts_at = company.enterprise.moment("-8 sat 09:00")
    eve = company.enterprise.moment("-8 fri 18:00")
    bus = Resource("公司大客车", starts_at, starts_at + LONG)
    asked = company.stores.activities.wishes(actor.group.id, actor.now - timedelta(days=30))
    wish = Wish(
        "烈士陵园祭扫",
        "重温誓词，听一堂现场党课",
        starts_at,
        starts_at + LONG,
        "江北烈士陵园",
        12,
        2,
        eve,
        eve,
        800,
        (bus,),
        asked[0] if asked else None,
    )
    planning.propose(company.stores, actor, wish=wish, source="sample/activity")


def _approve(company: Company) -> None:
    """The level above agrees, where its settings ask for that."""
    actor = company.office(company.step("-9 wed 09:00"))
    for one in company.stores.activities.waiting_for_approval():
        approving.approve(company.stores, actor, number=one.id)


def _sign_up(company: Company) -> None:
    made, at = company.stores.activities.proposed_by("sample/activity"), company.step("-9 thu 12:00")
    assert made is not None  # noqa: S101 - it was proposed before
    for who, family in FAMILIES.items():
        signing.join(company.stores, company.actor(who, BRANCH, at), number=made.id, family=family)


def _hold(company: Company) -> None:
    at, stores = company.enterprise.moment("-8 sat 09:00"), company.stores
    actor, made = company.secretary(BRANCH, at), stores.activities.proposed_by("sample/activity")
    assert made is not None  # noqa: S101 - it was proposed before
    here = {company.actor(who, BRANCH, at).member.id for who in MARKS}
    for one in running.begin(stores, actor, number=made.id).people:
        if one.place is Place.IN and one.member in here:
            running.mark(stores, actor, number=made.id, who=one.id)
    end = company.secretary(BRANCH, at + LONG)
    running.end(stores, end, number=made.id)
    after.put_cost(stores, end, number=made.id, spent=760)
    for who, marks in MARKS.items():
        for question, mark in enumerate(marks):
            rated = company.actor(who, BRANCH, at + LONG)
            after.rate(stores, rated, number=made.id, question=question, mark=mark)


def _open(company: Company, today: Stores) -> None:
    actor = company.secretary(BRANCH, company.step("-1 thu 10:00"))
    starts_at, eve = company.enterprise.moment("+1 sat 09:00"), company.enterprise.moment("+1 fri 18:00")
    wish = Wish(
        "社区义务维修", "为东苑社区修家电、磨剪刀", starts_at, starts_at + LONG, "东苑社区广场", 10, 0, eve, eve, 0
    )
    made = planning.propose(today, actor, wish=wish, source="sample/activity/next")
    for who in ("zhang", "he"):
        signing.join(today, company.actor(who, BRANCH, actor.now + LONG), number=made.id, family=0)
