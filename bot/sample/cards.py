"""What the cards of the sample's branches say: their mottos, and an honour of the first branch."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from bot.sample.company import Company
from domain.life.branch_card import changing
from domain.people.actor import Actor
from domain.people.naming import Chosen, Kind
from domain.points import honour
from domain.report.features import Stores

Event = tuple[datetime, Callable[[], object]]
MOTTOS = {
    "machining": "毫厘之间见党性，精益求精干一流",
    "assembly": "装好每一颗螺丝，当好每一块基石",
    "office": "少开一个会，多跑一趟现场",
}
CITATION = "换模提速攻关，单次换模由 92 分钟降到 61 分钟"


def events(company: Company) -> Iterator[Event]:
    """What happened, each with its moment."""
    at = company.moment("-10 fri 09:00")
    for code in company.enterprise.branches:
        yield at, partial(changing.put_motto, company.stores, company.secretary(code, at), motto=MOTTOS[code])
    at = company.moment("-3 fri 16:30")
    first = next(iter(company.enterprise.branches))
    yield at, partial(_honour, company.stores, company.secretary(first, at))


def _honour(stores: Stores, actor: Actor) -> None:
    title, to = stores.enterprise.team_honours[0], Chosen(Kind.BRANCH, actor.group.branch or 0)
    honour.give(stores, actor, title=title, to=to, citation=CITATION, source="sample/honour/team")
