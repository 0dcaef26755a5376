"""getUpdates."""

from sandbox.errors import bad_request, conflict
from sandbox.methods.request import Json, Request

MAX_POLL_SECONDS = 50
MAX_UPDATES = 100
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(request: Request) -> list[Json]:
    """Confirm what lies before the offset, and give what waits, or what comes within the time-out."""
    given, inbox = request.given, request.bot.inbox
    if request.world.webhooks.is_set(request.bot):
        raise conflict(WEBHOOK_ACTIVE)
    ask_for_kinds(request)
    limit = min(max(given.integer("limit", MAX_UPDATES), 1), MAX_UPDATES)
    seconds = min(max(given.integer("timeout"), 0), MAX_POLL_SECONDS)
    return await inbox.poll(given.integer("offset"), limit, 0 if request.world.closing else seconds)


def ask_for_kinds(request: Request) -> None:
    """Remember `allowed_updates` where it is given; left out, what was asked for before goes on."""
    if not request.given.has("allowed_updates"):
        return
    kinds = request.given.json("allowed_updates", "allowed updates")
    if not isinstance(kinds, list):
        raise bad_request("expected an Array of String")
    request.bot.inbox.ask_for(map(str, kinds))
