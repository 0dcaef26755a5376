"""UTF-16 code units, in which the platform counts: a sign beyond U+FFFF is two."""


def units(text: str) -> int:
    """How many units a text has."""
    return len(text.encode("utf-16-le")) // 2


def sign_at(text: str, unit: int) -> int:
    """The place in a text of the sign that a unit belongs to; the text's length for the unit behind the last."""
    return len(text.encode("utf-16-le")[: 2 * unit].decode("utf-16-le", "ignore"))
