"""How many slips lie between two words: a sign too much, one missing, another one, or two that changed places."""


def steps(written: str, meant: str, *, replacing: bool = True) -> int:
    """The least number of slips that make one word of another. Without `replacing`, another sign counts as two."""
    if abs(len(written) - len(meant)) > 2:  # noqa: PLR2004 - nobody asks for more than two
        return abs(len(written) - len(meant))
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for row, sign in enumerate(written, 1):
        line = [row]
        for column, other in enumerate(meant, 1):
            changed = last[column - 1] + (0 if sign == other else 1 if replacing else 2)
            cost = min(last[column] + 1, line[-1] + 1, changed)
            if row > 1 and column > 1 and (sign, written[row - 2]) == (meant[column - 2], other):
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
