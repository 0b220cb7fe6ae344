"""``loanfaq serve`` as a process of its own, for tests that need the real server."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COMMAND = [sys.executable, "-c", "from web.cli import main; main()", "serve"]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20


@dataclass(frozen=True, slots=True)
class Site:
    """A site that said it is ready."""

    process: subprocess.Popen[str]
    ready_line: str

    @property
    def url(self) -> str:
        found = re.search(r"http://\S+", self.ready_line)
        assert found, self.ready_line
        return found[0]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def finish(self) -> tuple[int, str, str]:
        """Exit status, and what stdout and stderr held after the line that says ready."""
        out, err = self.process.communicate(timeout=SECONDS_TO_STOP)
        return self.process.returncode, out, err


def start(
    index: Path, state: Path, *options: str, through: Sequence[str] = (), **environment: str
) -> Site:
    """Start a site on a free port and wait until it is ready.

    The command `through` may run the server, such as one that takes rights from it.
    """
    process = subprocess.Popen(
        [*through, *COMMAND, "--index", str(index), "--state", str(state), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # Signals for the whole group, as a terminal sends them, must not reach pytest.
        start_new_session=True,
        env={**os.environ, **environment},
    )
    assert process.stdout
    assert select.select([process.stdout], [], [], SECONDS_TO_START)[0], "not ready in time"
    line = process.stdout.readline()
    if not line:
        _, err = process.communicate(timeout=SECONDS_TO_STOP)
        raise AssertionError(f"the site did not start: {err}")
    return Site(process, line)


@contextmanager
def running(
    index: Path, state: Path, *options: str, through: Sequence[str] = (), **environment: str
) -> Iterator[Site]:
    """A site that is stopped in the end, whatever the test did."""
    site = start(index, state, *options, through=through, **environment)
    try:
        yield site
    finally:
        if site.process.returncode is None:
            site.process.terminate()
            site.process.communicate(timeout=SECONDS_TO_STOP)
