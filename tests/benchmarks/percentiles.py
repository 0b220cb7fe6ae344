"""How long things take that are done again and again, on a machine that is never quiet.

What other processes add is not theirs: of several times the fastest counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

# How often each is done.
TIMES = 6
HEADER = f"{'p50':>7}{'p90':>7}{'most':>7}"


def fastest(done: Callable[[], object]) -> float:
    """The fastest of `TIMES` times to do something, in milliseconds."""
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        done()
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def figures(values: Sequence[float]) -> str:
    """What stands below `HEADER`."""
    return "".join(f"{each:>7.2f}" for each in np.quantile(values, (0.5, 0.9, 1)))
