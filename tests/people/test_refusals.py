"""Refusals name who can help, and send nobody where they would be refused again."""

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import domain
import handlers
import texts
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Entry
from domain.refusal import Helper, Refusal
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World
from texts.areas import FILES

STRANGER = "stranger"
HELPED = ("请联系管理员", "请联系书记", "请向书记", "请书记", "告诉书记")  # words that send somebody to a helper


def kinds() -> list[type[Refusal]]:
    for package in (domain, handlers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    found, waiting = [], [Refusal]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found += below
    return [one for one in found if one.__module__.startswith(("domain.", "handlers."))]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_a_refusal_that_speaks_of_somebody_names_them(kind: type[Refusal]) -> None:
    """Whose text says who can help has a helper, so that the names follow."""
    name = getattr(kind, "text", None)
    if name is None or kind.__name__ in ("NotAllowed", "BadArguments"):  # made where they are raised
        return
    said = texts_of(name)
    if any(words in said for words in HELPED):
        assert kind.helper is not None, said


def test_some_refusals_speak_of_somebody() -> None:
    speaking = [kind for kind in kinds() if kind.helper is not None and hasattr(kind, "text")]
    assert [kind for kind in speaking if any(words in texts_of(kind.text) for words in HELPED)]


def texts_of(name: str) -> str:
    """The words of a text as its template has them."""
    feature, macro = name.split(".")
    template = Path(texts.__file__).parent / "zh" / FILES[feature]
    return template.read_text(encoding="utf-8").split(f"macro {macro}(")[1].split("{% endmacro %}")[0]


async def given(world: World, who: str, role: Role, area: Area) -> None:
    def give(stores: Any) -> None:
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, role, area, None, world.sandbox.clock.now())

    await world.program.database.write(give)


async def on_the_roster(world: World, group: Place) -> Area:
    """A branch whose group this is, with Li and Wang, whose accounts are known; Wang is called 徐静 there."""

    def put(stores: Any) -> Area:
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=place.id)
        li, xu = stores.people.add([Entry("10001", "李伟", place.id), Entry("10002", "徐静", place.id)])
        for person, who in ((li, LI), (xu, WANG)):
            stores.people.link(person.id, stores.members.find(world.people[who].id).id)
        return Area(branch=place.id)

    for who in (LI, WANG):
        await group.says(who, "早")
    return await world.program.database.write(put)


async def test_who_may_not_is_told_whom_to_ask(group: Place, private: Place, world: World) -> None:
    await on_the_roster(world, group)
    await given(world, WANG, Role.ADMINISTRATOR, EVERYWHERE)
    assert await private.says(LI, "/audit") == "只有管理员能用，请找：徐静。"
    assert await private.says(LI, "/roster") == "只有管理员能用，请找：徐静。"


async def test_the_secretary_of_the_branch_is_named_first(group: Place, private: Place, world: World) -> None:
    branch = await on_the_roster(world, group)
    await given(world, SECRETARY, Role.ADMINISTRATOR, EVERYWHERE)
    await given(world, WANG, Role.SECRETARY, branch)
    assert await group.says(LI, "/task @li 明天 巡检") == "只有书记能用，请找：徐静。"
    assert await private.says(LI, "/task") == "这要在工作群里用，只有书记或群管理员能用，请找：徐静。"


async def test_in_a_group_nobody_is_sent_to_a_private_chat_to_be_refused(group: Place, world: World) -> None:
    await on_the_roster(world, group)
    await given(world, WANG, Role.ADMINISTRATOR, EVERYWHERE)
    assert "私聊" not in (said := await group.says(LI, "/roster"))
    assert "请找：徐静" in said
    assert "私聊" in await group.says(WANG, "/roster")


async def test_a_refused_press_names_them_too(group: Place, world: World) -> None:
    branch = await on_the_roster(world, group)
    await given(world, WANG, Role.SECRETARY, branch)
    await group.says(WANG, "/settings")
    assert "请找：徐静" in await group.presses(LI, "语言")


async def test_who_is_not_on_the_roster_is_told_what_to_send_here(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    assert "请发 /bind" in await private.says(LI, "/leave 到周五")
    assert "私聊" not in private.newest()
    assert "请私聊我发 /bind" in await group.says(LI, "/leave 到周五")


async def test_strangers_are_told_no_names(group: Place, world: World) -> None:
    await on_the_roster(world, group)
    await given(world, WANG, Role.ADMINISTRATOR, EVERYWHERE)
    world.people[STRANGER] = world.sandbox.add_person("路人")
    place = Place(world, world.sandbox.open_private(world.people[STRANGER], BOT))
    world.sandbox.start(world.people[STRANGER], BOT)
    await world.idle()
    assert await place.says(STRANGER, "/audit") == "只有管理员能用。"
    assert "徐静" not in await place.says(STRANGER, "/start no-such-link")


async def test_nobody_is_told_to_ask_themselves(group: Place, private: Place, world: World) -> None:
    branch = await on_the_roster(world, group)
    await given(world, LI, Role.SECRETARY, branch)
    assert await private.says(LI, "/audit") == "只有管理员能用。"


def test_helpers_are_roles() -> None:
    assert {one.value for one in Helper} <= {one.value for one in Role}
