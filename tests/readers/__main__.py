"""`make soak`: text after text for every reader, from a seed; none may be slow, or raise anything but its refusals."""

import argparse
import random
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass
from itertools import count

import plain
from tests.faults.kills import new_seed
from tests.readers.readers import READERS, TAIL, UNITS, Reader, take
from tests.readers.test_readers import cost

MINUTES = 10.0
SHOWN = 200  # characters of a text in a report
# What lies beyond the units: any character of these, and lengths at which readers look no further.
RANGES = ((0x20, 0x7F), (0xA0, 0x250), (0x2000, 0x2070), (0x3000, 0x3030), (0x4E00, 0x4F00), (0x1F300, 0x1F650))
LENGTHS = (1, 2, 5, 20, 99, 100, 101, 500, 2000, plain.MAX_CHARS)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a reader did wrong with a text."""

    reader: Reader
    text: str
    what: str

    def __str__(self) -> str:
        end = "…" if len(self.text) > SHOWN else ""
        return f"{self.reader}: {self.what}: {len(self.text)} characters, {self.text[:SHOWN]!a}{end}"


def main() -> int:
    """Run; the exit code is 1 where a reader failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.readers", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES, help=f"how long (default {MINUTES:.0f})")
    parser.add_argument("--seed", type=int, default=None, help="what a failure named, to do the same again")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    seed = new_seed() if given.seed is None else given.seed
    print(f"readers: seed {seed}", flush=True)
    faults, counts = fuzz(seed, given.minutes * 60)
    for fault in faults:
        print(fault)
    print(f"readers: {counts.total()} texts for {len(counts)} readers, {len(faults)} faults")
    return 1 if faults else 0


def fuzz(seed: int, seconds: float) -> tuple[list[Fault], Counter[str]]:
    """Feed all readers in turn until the time is over: each round one text, and one fault of a reader is enough."""
    end = time.monotonic() + seconds
    faults: dict[str, Fault] = {}
    counts: Counter[str] = Counter()
    for reader in READERS:
        take(reader, "1")  # what is loaded or compiled once
    for number in count():
        if time.monotonic() > end:
            break
        for reader in (one for one in READERS if one.name not in faults):
            dice = random.Random(f"{seed}/{number}/{reader}")  # noqa: S311 - texts, not secrets
            fault = tried(reader, mixed(dice, reader))
            counts[reader.name] += 1
            if fault is not None:
                faults[reader.name] = fault
    return list(faults.values()), counts


def piece(dice: random.Random) -> str:
    """A unit, or any character."""
    return dice.choice(UNITS) if dice.random() < 0.8 else chr(dice.randrange(*dice.choice(RANGES)))


def mixed(dice: random.Random, reader: Reader) -> str:
    """A text of pieces: each again and again, or all of them shuffled; behind a beginning of the reader or not."""
    parts, length = [piece(dice) for _ in range(dice.randint(1, 6))], dice.choice(LENGTHS)
    head = dice.choice(("", *reader.heads))
    if dice.random() < 0.5:
        body = "".join(part * dice.randint(1, max(1, length // len(part))) for part in parts)
    else:
        body = "".join(dice.choices(parts, k=length))
    return f"{head}{body}"[: length + len(head)][: plain.MAX_CHARS] + dice.choice(("", TAIL))


def tried(reader: Reader, text: str) -> Fault | None:
    """What a reader does wrong with a text, if anything."""
    try:
        taken = cost(lambda: take(reader, text), reader.budget)
    except Exception as error:  # whatever it is, it is what is looked for
        return Fault(reader, text, f"{type(error).__name__}: {error}"[:SHOWN])
    return Fault(reader, text, f"{taken * 1000:.0f} ms") if taken > reader.budget else None


if __name__ == "__main__":
    sys.exit(main())
