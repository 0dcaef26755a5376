"""The languages that there are words in, and which of them a person reads."""

LANGUAGES = ("zh", "en")


def spoken(code: str | None) -> str | None:
    """The language that a platform's code (`zh-hans`, `en-GB`) stands for; `None` where there are no words in it."""
    language = (code or "").lower().replace("_", "-").partition("-")[0]
    return language if language in LANGUAGES else None
