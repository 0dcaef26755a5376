"""The use cases of results, for the test of permissions."""

from typing import Any

from domain.ids import TaskId
from domain.people.permission import Permission
from domain.voice.questionnaire import followup, publishing, reporting, results
from tests.use_cases import Case, Place, World
from tests.voice.result_rounds import DOCUMENT, closed, keep


def of_round(world: World) -> dict[str, Any]:
    """A closed round that somebody else has asked in the group."""
    one = closed(world.group, world.member)
    keep(world.stores, one)
    return {"number": one.id}


def delivered(world: World) -> dict[str, Any]:
    """Its file."""
    return {**of_round(world), "document": DOCUMENT, "key": "results:1"}


def with_a_task(world: World) -> dict[str, Any]:
    """A task that nobody has given."""
    return {**of_round(world), "task": TaskId(1)}


def begun(world: World) -> dict[str, Any]:
    """A task that is about to be given."""
    return {**of_round(world), "cause": "1"}


def nothing(world: World) -> dict[str, Any]:
    """A round to be listed."""
    of_round(world)
    return {}


CASES = (
    *(Case(run, Permission.SEE_RESULTS, Place.GROUP, of_round) for run in (results.look, results.read_texts)),
    Case(results.look, Permission.SEE_RESULTS, arguments=of_round),
    Case(results.listed, Permission.TAKE_PART, arguments=nothing),
    Case(publishing.preview, Permission.SEE_RESULTS, arguments=of_round),
    Case(publishing.announce, Permission.SEE_RESULTS, Place.GROUP, of_round),
    Case(reporting.gather, Permission.SEE_RESULTS, Place.GROUP, of_round),
    Case(reporting.deliver, Permission.SEE_RESULTS, arguments=delivered),
    Case(followup.offer, Permission.SEE_RESULTS, Place.GROUP, of_round),
    Case(followup.link, Permission.SEE_RESULTS, Place.GROUP, with_a_task),
    Case(followup.begin_task, Permission.SEE_RESULTS, arguments=begun),
)
PARTS = {
    results.place: "tells for which group the platform is asked who somebody is; it is not shown",
    results.found: "what the use cases above have to ask",
    results.closed: "what the use cases above have to ask",
    results.as_in_group: "the actor in the round's group",
}
