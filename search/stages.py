"""How long each stage of a search took."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Stage = Literal["reading", "embedding", "word_search", "vector_search", "ranking", "answers"]
STAGES: tuple[Stage, ...] = get_args(Stage)


class StageClock:
    """Times the stages of one search, each from the end of the one before.

    Attributes:
        milliseconds: by stage, in the order in which they ended.
    """

    def __init__(self) -> None:
        """The first stage begins now."""
        self._took: dict[str, float] = {}
        self.milliseconds: Mapping[str, float] = MappingProxyType(self._took)
        self._last = time.perf_counter()

    def end(self, stage: Stage) -> None:
        """A stage has ended, and the next one begins."""
        now = time.perf_counter()
        self._took[stage] = self._took.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now
