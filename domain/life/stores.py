"""The stores that life may touch, within one transaction."""

from __future__ import annotations

from typing import Protocol

from domain.voice.stores import Stores as Right


class Stores(Right, Protocol):
    """What party life may touch."""
