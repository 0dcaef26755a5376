"""A round of cross-inspection of the sample, and what became of its findings: one is closed, the others go on."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bot.sample.company import Company, Event
from domain.ids import FindingId, InspectionRoundId
from domain.life.inspection import answering, closing, keeping, scoring
from domain.life.inspection.model import Inspection, Publish
from domain.life.inspection.opening import Wish, open_
from domain.life.inspection.rubric import Item, Rubric
from domain.life.rectification import planning
from domain.life.rectification.model import Finding
from domain.life.rectification.planning import Measure
from domain.messaging.quiet import USUAL
from domain.work import task
from domain.work.task import Grade, Plan

RUBRIC = Rubric(
    "党建工作互查细则",
    (
        Item("三会一课按期召开", 12, "对照台账查本季度各类会议，缺一次扣 3 分", "会议纪要、签到表", "组织生活"),
        Item("主题党日每月开展", 10, "抽查近三个月，主题明确、有到会人数", "主题党日记录", "组织生活"),
        Item("会议议定事项有落实", 10, "任选两次会议，逐项看责任人、时限和结果", "任务台账", "组织生活"),
        Item("学习有安排、有记录", 10, "查学习安排和心得，随机请两名党员说一说", "学习记录", "学习教育"),
        Item("意见建议答复及时", 8, "抽查十条建议的答复时间", "建议台账", "联系群众"),
    ),
)
# By inspected branch: points of each item, and what was found.
SCORES: dict[str, tuple[tuple[int, str], ...]] = {
    "machining": ((12, ""), (10, ""), (8, "一次支委会议定的联系职工没有记结果"), (10, ""), (8, "")),
    "assembly": ((9, "三季度少开一次党小组会"), (10, ""), (10, ""), (8, "两名党员学习笔记没有写体会"), (7, "")),
    "office": ((12, ""), (8, "十月主题党日没有记到会人数"), (10, ""), (9, ""), (8, "")),
}
INSPECTED = {"第一党支部": "machining", "第二党支部": "assembly", "机关党支部": "office"}
SEED = 15
# By the title of the item: whose it is, who rectifies what until when, and when it was ready and accepted.
MEASURES: dict[str, tuple[str, str, str, str, tuple[str, str] | None]] = {
    "三会一课按期召开": (
        "assembly",
        "zhang",
        "按月排出党小组会计划并补开一次",
        "-3 fri 18:00",
        ("-4 thu 16:00", "-4 fri 09:30"),
    ),
    "会议议定事项有落实": (
        "machining",
        "sun",
        "会议纪要逐项写责任人和结果，书记月底核对",
        "+1 fri 18:00",
        None,
    ),
}


def events(company: Company) -> Iterator[Event]:
    """What happened, each with its moment."""
    opened = list[InspectionRoundId]()

    def then(when: str, act: Callable[[Company, str, list[InspectionRoundId]], None]) -> Event:
        return company.step(when), partial(act, company, when, opened)

    yield then("-8 mon 09:00", _open)
    yield then("-7 wed 15:00", _score)
    yield then("-7 fri 10:00", _accept)
    yield then("-6 mon 09:30", _finish)
    yield then("-6 tue 10:00", _plan)
    for title, (_, _, _, _, ended) in MEASURES.items():
        if ended is not None:
            ready, accepted = ended
            yield company.step(ready), partial(_hand_in, company, ready, title)
            yield company.step(accepted), partial(_close, company, accepted, title)


def _open(company: Company, when: str, opened: list[InspectionRoundId]) -> None:
    at, stores = company.step(when), company.stores
    keeping.carry_out(stores, rubric=RUBRIC, by=company.office(at).member.id, at=at)
    kept = next(one for one in stores.inspections.rubrics() if one.rubric.title == RUBRIC.title)
    branches = tuple(company.branch(code) for code in company.enterprise.branches)
    since, until = at.date(), company.step("-7 fri 18:00").date()
    wish = Wish(kept.id, since, until, SEED, branches)
    opened.append(open_(stores, company.office(at), wish=wish, source="sample/round").id)


def _inspections(company: Company, opened: Sequence[InspectionRoundId]) -> Iterator[tuple[str, Inspection]]:
    """The inspections of the round by the code of the inspected branch."""
    for one in company.stores.inspections.of_round(opened[0]):
        yield INSPECTED[one.of.name], one


def _score(company: Company, when: str, opened: list[InspectionRoundId]) -> None:
    at, stores = company.step(when), company.stores
    for code, one in _inspections(company, opened):
        actor = company.secretary(INSPECTED[one.by.name], at)
        for number, (points, words) in enumerate(SCORES[code], 1):
            scoring.score(stores, actor, number=one.id, item=number, points=points)
            if words:
                scoring.note(stores, actor, number=one.id, item=number, words=words)
        scoring.hand_in(stores, actor, number=one.id)


def _accept(company: Company, when: str, opened: list[InspectionRoundId]) -> None:
    for code, one in _inspections(company, opened):
        answering.accept(company.stores, company.secretary(code, company.step(when)), number=one.id)


def _finish(company: Company, when: str, opened: list[InspectionRoundId]) -> None:
    actor = company.office(company.step(when))
    closing.finish(company.stores, actor, number=opened[0], publish=Publish.ALL)


def _found(company: Company, code: str, title: str) -> Finding:
    """The finding of an item in the group of a branch."""
    group = company.secretary(code, company.until).group
    found = company.stores.findings.newest_in([group.id], 20)
    return next(one for one in found if one.item == title)


def _plan(company: Company, when: str, _: list[InspectionRoundId]) -> None:
    for title, (code, owner, what, due, ended) in MEASURES.items():
        actor, finding = company.secretary(code, company.step(when)), _found(company, code, title)
        measure = Measure(
            "责任没有到人", Plan(what), [company.chosen(owner)], company.enterprise.moment(due), finding.verifier
        )
        given = planning.plan(
            company.stores, actor, number=finding.id, measure=measure, source=f"sample/inspected/{finding.id}"
        )
        if ended is None:  # its earlier reminders were heard in their time
            company.stores.tasks.save(given.tasks[0].reminded_after(company.until, actor.group, USUAL))


def _hand_in(company: Company, when: str, title: str) -> None:
    code, owner, *_ = MEASURES[title]
    number = _task(company, _found(company, code, title).id)
    task.finish(company.stores, company.actor(owner, code, company.step(when)), number=number.id)


def _close(company: Company, when: str, title: str) -> None:
    code, finding = MEASURES[title][0], _found(company, MEASURES[title][0], title)
    people = company.enterprise.people.values()
    verifier = next(one for one in people if company.actor(one.code, code, company.until).member.id == finding.verifier)
    actor = company.actor(verifier.code, code, company.step(when))
    task.accept(company.stores, actor, number=_task(company, finding.id).id, grade=Grade.GOOD)


def _task(company: Company, number: FindingId) -> task.Task:
    found = company.stores.findings.get(number)
    batch = None if found is None else found.round.batch
    assert batch is not None  # noqa: S101 - a measure was agreed before
    return company.stores.tasks.batch(batch)[0]
