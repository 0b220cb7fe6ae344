"""Builds in processes that can be killed at a chosen moment.

Run as a module it is a server: one process with a single thread that has everything
imported and the encoder open. For each line of JSON on stdin it forks a child that builds
and may kill itself, and answers with a line on how that ended. `Builder` talks to it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What touches a file, in the words of sys.audit; imports and the like are no moments.
_TOUCHING = ("open", "os.", "shutil.", "sqlite3.", "fcntl.", "tempfile.", "glob.")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build ended.

    Attributes:
        killed: it was killed.
        events: how often it had touched a file; 0 where it was killed.
        error: what it said, where it failed.
    """

    killed: bool
    events: int
    error: str


class Builder:
    """The server, and a way to ask it."""

    def __init__(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.indexer.forked_builds"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Threads of a numeric library would not survive a fork.
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )

    def build(
        self, sources: list[Path], folder: Path, *, kill_at: int = 0, kill_after: float = 0.0
    ) -> Ended:
        """Build an index, and be killed where it touches a file for the n-th time.

        Args:
            sources: what to index.
            folder: the index folder.
            kill_at: the touch that is the last; 0 for none.
            kill_after: seconds after which it is killed from outside; 0 for never.
        """
        assert self.process.stdin
        assert self.process.stdout
        names = [str(source) for source in sources]
        order = {"sources": names, "folder": str(folder), "at": kill_at, "after": kill_after}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        """Stop it."""
        self.process.communicate()


def _serve() -> None:
    from indexer.encoders import open_encoder

    encoder = open_encoder()
    _load_all()
    for line in sys.stdin:
        order = json.loads(line)
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            _build(order, encoder, writer)
        os.close(writer)
        if order["after"]:
            signal.signal(signal.SIGALRM, lambda *_, child=child: os.kill(child, signal.SIGKILL))
            signal.setitimer(signal.ITIMER_REAL, order["after"])
        with os.fdopen(reader, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        ended = {"killed": os.WIFSIGNALED(status), "events": 0, "error": ""}
        print(json.dumps({**ended, **json.loads(said or "{}")}), flush=True)  # noqa: T201


def _load_all() -> None:
    """Load once what every child would load for itself: that takes as long as its build."""
    import faiss  # noqa: F401
    import filelock  # noqa: F401
    import jieba  # noqa: F401
    import scipy.special  # noqa: F401
    import tantivy  # noqa: F401
    import tqdm  # noqa: F401

    import indexer.pipeline
    import indexer.readers.jsonl
    import indexer.readers.markdown
    import indexer.readers.page_dump
    import indexer.spelling
    import indexer.suggest  # noqa: F401
    from indexer.text.normalise import normalise
    from indexer.text.pinyin import readings

    normalise("貸款ＡＰＲ")
    readings()


def _build(order: dict[str, Any], encoder: Any, writer: int) -> None:  # noqa: ANN401
    from indexer.errors import LoanfaqError
    from indexer.lexicon import bundled_lexicon
    from indexer.pipeline import build_index
    from tests.conftest import entry_of

    events = 0

    def count(event: str, _: tuple[object, ...]) -> None:
        nonlocal events
        if event.startswith(_TOUCHING):
            events += 1
            if events == order["at"]:
                os.kill(os.getpid(), signal.SIGKILL)

    entry, lexicon = entry_of(encoder), bundled_lexicon()
    sys.addaudithook(count)
    error = ""
    try:
        build_index(order["sources"], Path(order["folder"]), encoder, entry, lexicon, keep_builds=1)
    except LoanfaqError as raised:
        error = str(raised)
    os.write(writer, json.dumps({"events": events, "error": error}).encode())
    os._exit(0)


if __name__ == "__main__":
    _serve()
