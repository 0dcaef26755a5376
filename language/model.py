"""A linear model of what a text is about, for texts that no cue of the table says enough of.

`benchmarks/tagging/train.py` makes its weights of the table's own cues and of sentences with their tags. Using them
needs nothing but this.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

WEIGHTS = Path(__file__).with_name("tags.weights")
_MAX_GRAM_CHARS = 3
_ZERO, _MAX_WEIGHT = 128, 127


def grams(text: str) -> set[str]:
    """All runs of one to three signs in a folded text, blanks left out."""
    signs = "".join(text.split())
    return {signs[i : i + n] for n in range(1, _MAX_GRAM_CHARS + 1) for i in range(len(signs) - n + 1)}


@dataclass(frozen=True, slots=True)
class Model:
    """For each run of signs a byte a tag, `scale` to one; the runs of a text count alike."""

    tags: tuple[str, ...]
    bases: tuple[float, ...]
    scale: float
    weights: Mapping[str, bytes]

    def likely(self, text: str) -> dict[str, float]:
        """How likely each tag is (0 to 1) for a folded text."""
        rows = [self.weights[gram] for gram in grams(text) if gram in self.weights]
        if not rows:
            return dict.fromkeys(self.tags, 0.0)
        part = self.scale / sqrt(len(rows))
        sums = [sum(column) - _ZERO * len(rows) for column in zip(*rows, strict=True)]
        return {
            tag: 1 / (1 + exp(-base - part * total))
            for tag, base, total in zip(self.tags, self.bases, sums, strict=True)
        }

    @classmethod
    def of(cls, tags: Sequence[str], bases: Sequence[float], weights: Mapping[str, Sequence[float]]) -> "Model":
        """A model of weights as they were learned."""
        scale = max((abs(weight) for row in weights.values() for weight in row), default=0.0) / _MAX_WEIGHT or 1.0
        packed = {gram: bytes(round(weight / scale) + _ZERO for weight in row) for gram, row in weights.items()}
        return cls(tuple(tags), tuple(bases), scale, packed)


def read(path: Path = WEIGHTS) -> Model:
    """The model in a file. Raises OSError, ValueError."""
    return loads(path.read_text(encoding="utf-8"))


def loads(text: str) -> Model:
    """The model in a text that `dumps` has made. Raises ValueError."""
    head, bases, scale, *lines = text.splitlines()
    rows = (line.split("\t") for line in lines)
    return Model(
        tuple(head.split()),
        tuple(map(float, bases.split())),
        float(scale),
        {gram: b64decode(row) for gram, row in rows},
    )


def write(path: Path, model: Model) -> None:
    """Write a model as `read` reads it."""
    path.write_text(dumps(model), encoding="utf-8")


def dumps(model: Model) -> str:
    """A model as a text."""
    bases = " ".join(f"{base:.4f}" for base in model.bases)
    rows = (f"{gram}\t{b64encode(row).decode()}" for gram, row in sorted(model.weights.items()))
    return "\n".join([" ".join(model.tags), bases, f"{model.scale:.6f}", *rows]) + "\n"
