"""The drawings of all kinds of pictures: a line for each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.pictures import Drawing, Label
from charts import Board, Branched, Certificate, Ranked, Series, Tone, Topic, Topics, Tree, Trend, Weekly

Values = Mapping[str, Any]


def week(values: Values, words: Label) -> Weekly:
    """A group's week: its board, the trend, topics; each only where there is something to see."""
    days = {day: date.fromisoformat(values[day]) for day in ("monday", "sunday")}
    return Weekly(
        words("summary.picture_title"),
        _board(values, words) if values["lines"] else None,
        _trend(values["trend"], words) if values["trend"] else None,
        _topics(values["topics"], words) if values["topics"] else None,
        words("summary.picture_subtitle", group=values["title"], so_far=values["so_far"], **days),
    )


def _board(values: Values, words: Label) -> Board:
    by_branch, more = values["by_branch"], values["more"]
    lines = tuple(
        Ranked(
            one["rank"],
            one["name"],
            one["value"],
            words("summary.picture_points", points=one["value"]),
            one["change"],
            one["own"],
        )
        for one in values["lines"]
    )
    return Board(
        words("summary.picture_board", by_branch=by_branch),
        lines,
        words("summary.picture_each") if by_branch else "",
        words("summary.picture_more", more=more, by_branch=by_branch) if more else "",
    )


def _trend(points: Sequence[Values], words: Label) -> Trend:
    labels = tuple(words("summary.picture_week", day=date.fromisoformat(one["monday"])) for one in points)
    series = Series("", tuple(one["value"] for one in points))
    return Trend(words("summary.picture_trend"), labels, (series,), words("summary.picture_weeks", weeks=len(points)))


def _topics(topics: Sequence[Values], words: Label) -> Topics:
    return Topics(
        words("summary.picture_topics"),
        (words("summary.picture_made"),),
        tuple(Topic(one["name"], (one["count"],)) for one in topics),
        words("summary.picture_made"),
    )


def certificate(values: Values, words: Label) -> Certificate:
    """The certificate of an honour."""
    return Certificate(
        words("honour.certificate_title"),
        words("honour.picture_name", name=values["name"], team=values["is_team"]),
        values["honour"],
        values["citation"],
        values["issuer"],
        words("honour.picture_day", day=date.fromisoformat(values["day"])),
    )


def withdrawn(values: Values, words: Label) -> Certificate:
    """What stands in the place of a certificate that holds no more: nobody's name."""
    day = words("honour.picture_day", day=date.fromisoformat(values["day"]))
    return Certificate(words("honour.picture_withdrawn"), "", values["honour"], "", "", day)


def training(values: Values, words: Label) -> Certificate:
    """The certificate of a training."""
    day, until = date.fromisoformat(values["day"]), values["until"]
    facts = {name: values[name] for name in ("hours", "percent", "number")}
    return Certificate(
        words("training.picture_title"),
        words("training.picture_name", name=values["name"]),
        values["subject"],
        words("training.picture_citation", day=day, until=until and date.fromisoformat(until), **facts),
        values["issuer"],
        words("training.picture_day", day=day),
    )


def results(values: Values, words: Label) -> Board:
    """The results of a questionnaire: its questions, or the options of its only one, in their order."""
    lines = tuple(
        Ranked(
            number,
            one["name"],
            one["value"],
            words("results.picture_value", **{name: one[name] for name in ("value", "mean", "high", "option")}),
        )
        for number, one in enumerate(values["lines"], start=1)
    )
    more = values["more"]
    turnout = words("results.picture_turnout", returned=values["returned"], invited=values["invited"])
    return Board(values["title"], lines, turnout, words("results.picture_more", more=more) if more else "")


def learning(values: Values, words: Label) -> Board:
    """What was learnt in a week: bars of shares, of groups or of one group's figures."""
    lines = tuple(
        Ranked(
            number,
            words("learning.picture_line", kind=one["kind"], name=one["name"]),
            round(100 * one["part"] / one["of"]) if one["of"] else 0,
            words("learning.picture_value", part=one["part"], of=one["of"]),
        )
        for number, one in enumerate(values["lines"], start=1)
    )
    days = {day: date.fromisoformat(values[day]) for day in ("monday", "sunday")}
    more = values["more"]
    rest = words("learning.picture_more", more=more) if more else ""
    return Board(words("learning.picture_title"), lines, words("learning.picture_days", **days), rest)


TONES = {"reached": Tone.DONE, "late": Tone.LATE, "near": Tone.NEAR}


def goals(values: Values, words: Label) -> Tree:
    """A tree of goals, of a year or a month, each with its progress."""
    lines = tuple(
        Branched(
            one["depth"],
            one["name"],
            one["percent"] / 100,
            f"{one['percent']}%",
            TONES.get(one["standing"], Tone.CALM),
        )
        for one in values["lines"]
    )
    title = words("goal.picture_title", **{name: values[name] for name in ("place", "year", "month")})
    below = words("goal.picture_subtitle", day=date.fromisoformat(values["day"]), progress=values["progress"])
    more = values["more"]
    return Tree(title, lines, below, words("goal.picture_more", more=more) if more else "")


def lean(values: Values, words: Label) -> Topics | Board:
    """Where the time of tasks went: in all, or with a bar for each branch or kind. Else how long they took."""
    days = {day: date.fromisoformat(values[day]) for day in ("first", "last")}
    title = words("lean.picture_title", apart=values["apart"])
    subtitle = words("lean.picture_subtitle", name=values["title"], **days)
    named = [(words("lean.picture_line", what=one["what"], name=one["name"]), one) for one in values["lines"]]
    if values["apart"] and len(named) > 1:
        parts = tuple(words("lean.picture_phase", phase=phase) for phase in ("work", "waiting", "rework"))
        return Topics(title, parts, tuple(Topic(name, _joined(one["parts"])) for name, one in named), subtitle)
    if values["apart"]:
        phases = zip(PHASES, values["lines"][0]["parts"], strict=True)
        bars = [(words("lean.picture_phase", phase=phase), value) for phase, value in phases]
    else:
        bars = [(name, one["lead"]) for name, one in named]
    lines = tuple(
        Ranked(number, name, value, words("lean.picture_lead", lead=value))
        for number, (name, value) in enumerate(bars, start=1)
    )
    return Board(title, lines, subtitle)


def inspection(values: Values, words: Label) -> Board:
    """The ranking of a round of cross-inspection."""
    lines = tuple(
        Ranked(one["rank"], one["name"], one["percent"], words("inspection.picture_percent", percent=one["percent"]))
        for one in values["lines"]
    )
    days = {day: date.fromisoformat(values[day]) for day in ("since", "until")}
    more = values["more"]
    return Board(
        words("inspection.picture_title", title=values["title"]),
        lines,
        words("inspection.picture_days", **days),
        words("inspection.picture_more", more=more) if more else "",
    )


def _joined(parts: Sequence[float]) -> tuple[float, ...]:
    """Work, both kinds of waiting together, rework: three parts are as many as a bar can have."""
    start, work, review, rework = parts
    return work, round(start + review, 2), rework


PHASES = ("start", "work", "review", "rework")  # in the order of their figures


def starred(values: Values, words: Label) -> Board:
    """Who was evaluated, by rank, with stars and score."""
    lines = tuple(
        Ranked(
            one["rank"],
            one["name"],
            one["score"],
            words("stars.picture_score", stars=one["stars"], score=one["score"]),
        )
        for one in values["lines"]
    )
    more = values["more"]
    rest = words("stars.picture_more", more=more) if more else ""
    return Board(values["title"], lines, words("stars.picture_days", **_span(values)), rest)


def star_certificate(values: Values, words: Label) -> Certificate:
    """The certificate of a branch, team or person for their stars."""
    return Certificate(
        words("honour.certificate_title"),
        words("honour.picture_name", name=values["name"], team=values["is_team"]),
        words("stars.picture_honour", title=values["title"], grade=values["grade"]),
        words("stars.picture_citation", **_span(values)),
        values["issuer"],
        words("honour.picture_day", day=date.fromisoformat(values["day"])),
    )


def _span(values: Values) -> dict[str, date]:
    return {day: date.fromisoformat(values[day]) for day in ("first", "last")}


DRAWINGS: Mapping[str, Drawing] = {
    "summary.week": week,
    "results.shown": results,
    "learning.told": learning,
    "goal.pictured": goals,
    "inspection.published": inspection,
    "lean.told": lean,
    "honour.certificate": certificate,
    "honour.withdrawn": withdrawn,
    "evaluation.board": starred,
    "evaluation.certificate": star_certificate,
    "training.certificate": training,
}
