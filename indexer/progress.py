"""Progress bars: on stderr, and only where a person looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

# Opens a stage of so many steps; what it gives is called with the steps just done.
Progress: TypeAlias = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]


@contextmanager
def progress_bar(stage: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar for a stage of `total` steps."""
    from tqdm import tqdm

    hidden = not sys.stderr.isatty()
    with tqdm(total=total, desc=stage, unit="", disable=hidden, leave=False) as bar:

        def advance(steps: int) -> None:
            bar.update(steps)

        yield advance
