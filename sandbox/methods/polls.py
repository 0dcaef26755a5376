"""sendPoll, stopPoll."""

from typing import Any

from sandbox import voting
from sandbox.errors import bad_request
from sandbox.keyboards import reply_markup
from sandbox.methods.outgoing import envelope, send
from sandbox.methods.request import Access, Json, Request
from sandbox.parameters import Parameters, whole
from sandbox.polls import Option, Poll
from sandbox.text import Formatted, assembled, formatted, limited

QUESTION_LIMIT = 300
OPTION_LIMIT = 100
OPTIONS_LIMIT = 12
EXPLANATION_LIMIT = 200
EXPLANATION_LINE_FEEDS = 2
DESCRIPTION_LIMIT = 1024
OPEN = range(5, 2_628_001)


def send_poll(request: Request) -> Json:
    """Send a poll or a quiz."""
    poll = _poll(request)
    message = send(request, envelope(request), {}, poll=poll)
    voting.schedule(request.world, poll)
    return message.as_dict(request.bot)


def stop_poll(request: Request) -> Json:
    """Close a poll that the bot has sent; gives its final state."""
    chat = request.chat(Access.EDIT)
    message = request.message(chat, "message with poll to stop")
    poll = message.poll
    if poll is None:
        raise bad_request("message is not a poll")
    if message.sender is not request.bot or poll.owner is not request.bot:
        raise bad_request("poll can't be stopped")
    if poll.is_closed:
        raise bad_request("poll has already been closed")
    message.markup = reply_markup(request.given, chat, inline_only=True)
    voting.close(request.world, poll)
    return poll.as_dict(request.bot)


def _poll(request: Request) -> Poll:
    given = request.given
    is_quiz = _is_quiz(given.text("type"))
    question = _emoji_only(formatted(request.world, given, "question"))
    poll = Poll(
        id=str(5_000_000_000_000_000_000 + request.world.number()),
        owner=request.bot,
        question=limited(question, QUESTION_LIMIT, f"poll question length must not exceed {QUESTION_LIMIT}").text,
        question_entities=question.entities,
        options=_options(request),
        is_quiz=is_quiz,
        is_anonymous=given.flag("is_anonymous", default=True),
        allows_multiple_answers=given.flag("allows_multiple_answers"),
        allows_revoting=given.flag("allows_revoting", default=not is_quiz),
        hides_results=given.flag("hide_results_until_closes"),
        is_closed=given.flag("is_closed"),
    )
    if not poll.question:
        raise bad_request("poll question must be non-empty")
    if given.flag("members_only") or given.json("country_codes", "country codes"):
        raise bad_request("poll voters can be restricted only in channel chats")
    _describe(request, poll)
    _limit_in_time(request, poll)
    if is_quiz:
        _solve(request, poll)
    return poll


def _is_quiz(kind: str) -> bool:
    if kind not in {"", "regular", "quiz"}:
        raise bad_request("unsupported poll type specified")
    return kind == "quiz"


def _options(request: Request) -> tuple[Option, ...]:
    entries = request.given.json("options", "options")
    if not isinstance(entries, list):
        raise bad_request("expected an Array of String as options")
    options = tuple(_option(request, entry) for entry in entries)
    if not options:
        raise bad_request("poll must have at least one answer option")
    if len(options) > OPTIONS_LIMIT:
        raise bad_request(f"poll can't have more than {OPTIONS_LIMIT} options")
    return options


def _option(request: Request, entry: Any) -> Option:
    # Strings are how options were given before there was InputPollOption.
    given = Parameters(entry if isinstance(entry, dict) else {"text": entry})
    if not isinstance(given.values.get("text"), str):
        raise bad_request("expected an option to be of type String")
    entities = given.json("text_entities", "message entities") or ()
    words = _emoji_only(assembled(request.world, given.text("text"), given.text("text_parse_mode"), entities))
    if not words.text:
        raise bad_request("poll option must be non-empty")
    limited(words, OPTION_LIMIT, f"poll options length must not exceed {OPTION_LIMIT}")
    return Option(words.text, str(request.world.number()), tuple(words.entities))


def _emoji_only(words: Formatted) -> Formatted:
    return Formatted(words.text, [entity for entity in words.entities if entity["type"] == "custom_emoji"])


def _describe(request: Request, poll: Poll) -> None:
    words = formatted(request.world, request.given, "description")
    poll.description = limited(words, DESCRIPTION_LIMIT, "message caption is too long").text
    poll.description_entities = words.entities


def _limit_in_time(request: Request, poll: Poll) -> None:
    now = request.world.clock.timestamp()
    period, date = request.given.integer("open_period"), request.given.integer("close_date")
    if period and period not in OPEN:
        raise bad_request("can't automatically close the poll at the specified time")
    if date and not period and date - now not in OPEN:
        raise bad_request("can't automatically close the poll at the specified time")
    poll.open_period = period or None
    poll.close_date = now + period if period else date or None


def _solve(request: Request, poll: Poll) -> None:
    poll.correct = _correct(request.given, len(poll.options))
    if len(poll.correct) > 1 and not poll.allows_multiple_answers:
        raise bad_request("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    words = formatted(request.world, request.given, "explanation")
    limited(words, EXPLANATION_LIMIT, "message is too long")
    if words.text.count("\n") > EXPLANATION_LINE_FEEDS:
        raise bad_request("QUIZ_EXPLANATION_INVALID")
    poll.explanation, poll.explanation_entities = words.text, words.entities


def _correct(given: Parameters, options: int) -> tuple[int, ...]:
    """`correct_option_ids`, or `correct_option_id` as it was called when there was only one."""
    entries = given.json("correct_option_ids", "correct option identifiers")
    if entries is None and given.has("correct_option_id"):
        entries = [given.integer("correct_option_id", -1)]
    if not isinstance(entries, list):
        entries = []
    correct = tuple(whole(entry, -1) for entry in entries)
    if not correct:
        raise bad_request("correct quiz option list must be non-empty")
    if any(not 0 <= index < options for index in correct):
        raise bad_request("wrong quiz correct_option_id")
    if list(correct) != sorted(set(correct)):
        raise bad_request("correct quiz option list must be increasing")
    return correct
