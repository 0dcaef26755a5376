"""The process that draws: one picture after another, from its standard input to its standard output.

Started by `charts.painter`, with nothing open but its pipes; it ends when its input does. Both ways, a message is its
length in four bytes and then itself.
"""

import os
import pickle
import sys
from collections.abc import Callable
from typing import BinaryIO

from charts.pictures import Picture, Theme

LENGTH = 4  # bytes
NICE = 5  # the bot comes first
DRAWN, FAILED = b"+", b"-"  # how an answer begins
Draw = Callable[[Picture, Theme], bytes]


def main() -> None:
    """Draw what comes until nothing more does."""
    come, go = sys.stdin.buffer, _claim_output()
    if hasattr(os, "nice"):
        os.nice(NICE)
    from charts.draw import Drawer  # noqa: PLC0415 - takes a tenth of a second, and the parent needs the framing alone

    drawer = Drawer()
    while (order := received(come)) is not None:
        go.write(framed(answer(drawer.png, order)))
        go.flush()


def answer(draw: Draw, order: bytes) -> bytes:
    """The picture, or what was raised: its name and place only, since its words may be somebody's."""
    try:
        picture, theme = pickle.loads(order)  # noqa: S301 - our own parent wrote it
        return DRAWN + draw(picture, theme)
    except Exception as error:  # a fault in one picture must not end the worker
        return FAILED + f"{type(error).__name__} at {_place(error)}".encode()


def framed(message: bytes) -> bytes:
    """A message with its length before it."""
    return len(message).to_bytes(LENGTH, "big") + message


def received(pipe: BinaryIO) -> bytes | None:
    """The next message; None when there is no more."""
    head = pipe.read(LENGTH)
    if len(head) < LENGTH:
        return None
    return pipe.read(int.from_bytes(head, "big"))


def _claim_output() -> BinaryIO:
    """Standard output for us alone: what a library prints goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return out


def _place(error: Exception) -> str:
    """Where it was raised."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else ""  # noqa: PTH119 - a frame's file is a plain string
