"""The evaluation of the sample's branches: assessed, reviewed, put on show, and final with stars."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.sample.company import Company, Event
from domain.ids import BranchId, EvaluationId
from domain.life.evaluation import assessing, publicity, reviewing, running, schemes
from domain.life.evaluation.model import Publish
from domain.life.evaluation.running import Wish

FILE = Path(__file__).parent / "rating.toml"
DAYS = (2, 3, 3)  # workdays of self-assessment, review and publicity
WORDS = {
    "machining": "换模攻关带出两名能手",
    "assembly": "党员责任区全年零隐患",
    "office": "精简会议三成，多跑现场",
}
OWN = {"machining": (9, 9), "assembly": (10, 9), "office": (8, 9)}
GIVEN = {"machining": (9, 9), "assembly": (9, 9), "office": (8, 8)}
REASON = "材料里没有写数据"
SCORED = ("feature", "masses")  # the indicators for which people give points
PLACES = {"第一党支部": "machining", "第二党支部": "assembly", "机关党支部": "office"}


def events(company: Company) -> Iterator[Event]:
    """What happened, each with its moment."""
    yield company.step("-3 mon 09:00"), partial(_begin, company)
    yield company.step("-3 tue 16:00"), partial(_assess, company)
    yield company.step("-3 thu 09:00"), partial(_review, company)
    yield company.step("-2 tue 09:00"), partial(_publish, company)
    yield company.step("-1 tue 08:00"), partial(_finish, company)


def _begin(company: Company) -> None:
    at, stores = company.step("-3 mon 09:00"), company.stores
    actor = company.office(at)
    version = schemes.bring_in(stores, text=FILE.read_text(encoding="utf-8"), by=actor.member.id, at=at)
    root = stores.branches.get(company.branch("office")).parent
    assert root is not None  # noqa: S101 - the roster has the committee above its branches
    first, last = company.enterprise.moment("-12 mon 00:00").date(), company.enterprise.moment("-4 sun 00:00").date()
    wish = Wish(version.id, BranchId(root), first, last, DAYS, Publish.STARS)
    running.begin(stores, actor, wish=wish, source="sample/evaluation")


def _number(company: Company) -> EvaluationId:
    made = company.stores.evaluations.begun_from("sample/evaluation")
    assert made is not None  # noqa: S101 - it was begun before
    return made.id


def _assess(company: Company) -> None:
    at, stores = company.step("-3 tue 16:00"), company.stores
    for one in stores.evaluations.subjects(_number(company)):
        code = PLACES[one.name]
        actor = company.secretary(code, at)
        for name, points in zip(SCORED, OWN[code], strict=True):
            assessing.give_own(stores, actor, number=one.id, place=_place(company, name), points=points)
        assessing.write(stores, actor, number=one.id, words=WORDS[code])
        assessing.hand_in(stores, actor, number=one.id)


def _place(company: Company, name: str) -> int:
    """The place of an indicator in the scheme."""
    found = company.stores.evaluations.begun_from("sample/evaluation")
    assert found is not None  # noqa: S101 - it was begun before
    items = schemes.scheme_of(company.stores, found.version).items
    return next(place for place, one in enumerate(items) if one.name == name)


def _review(company: Company) -> None:
    at, stores = company.step("-3 thu 09:00"), company.stores
    office = company.office(at)
    running.advance(stores, office, number=_number(company))
    other = company.secretary("machining", at)  # nobody reviews their own branch
    for one in stores.evaluations.subjects(_number(company)):
        actor = office if one.reviewer == office.member.id else other
        if one.reviewer is None:
            stores.evaluations.save_subject(replace(one, reviewer=other.member.id))
        code = PLACES[one.name]
        for name, points in zip(SCORED, GIVEN[code], strict=True):
            place = _place(company, name)
            reviewing.give(stores, actor, number=one.id, place=place, points=points, reason=REASON)
        reviewing.done(stores, actor, number=one.id)


def _publish(company: Company) -> None:
    running.advance(company.stores, company.office(company.step("-2 tue 09:00")), number=_number(company))


def _finish(company: Company) -> None:
    found = company.stores.evaluations.get(_number(company))
    assert found is not None  # noqa: S101 - it was begun before
    publicity.finish(company.stores, found, company.step("-1 tue 08:00"))
