"""Deep links: what stands behind `/start` where somebody has opened one."""

MAX_DIGITS = 9


def number_in(payload: str, lead: str) -> int | None:
    """The number of a link that begins so (`match_12`); `None` where it is not such a link."""
    digits = payload.removeprefix(lead)
    is_one = payload.startswith(lead) and digits.isascii() and digits.isdecimal() and len(digits) <= MAX_DIGITS
    return int(digits) if is_one else None
