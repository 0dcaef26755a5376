from tests.samples import BOTH, MONDAY, TUESDAY, Samples, Values, Words, awaited, nameless, somebody

SHEETS = ["tasks", "suggestions", "points", "ledger", "study", "surveys", "thanks", "honours"]
SHEETS += ["learnt", "learnt_questions", "matches"]
COLUMNS = [
    *(
        "number",
        "title",
        "owner",
        "standard",
        "outcome",
        "given_at",
        "due_at",
        "submitted_at",
        "done_at",
        "on_time",
        "grade",
        "text",
        "tags",
    ),
    *("at", "author", "member", "total", "rule", "cause", "points", "times", "day", "item", "read", "answered"),
    *("right", "readers", "question", "asked_at", "published_at", "anonymous", "voters", "option", "votes"),
    *("multiple", "withdrawn_at"),
    *("chosen_by", "giver", "receiver", "reason", "holder", "citation", "honour"),
    *("people", "low", "high", "reviewed", "kept", "unopened", "match", "team", "players", "possible", "score", "rank"),
]


def values(words: Words) -> Values:
    return {
        "first": [TUESDAY],
        "last": [MONDAY],
        "member": [somebody(words), awaited(words), nameless(words)],
        "most": [2000],
        "name": [words(255)],
        "named": BOTH,
        "work_column": COLUMNS,
        "work_sheet": SHEETS,
    }


SAMPLES = Samples("export", values)
