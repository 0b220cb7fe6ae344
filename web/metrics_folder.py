"""The folder in which worker processes leave their counts for ``/metrics``.

prometheus-client looks for it in the environment, once, when it is imported: so nothing
here imports it, and the folder is made before any worker.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

_log = logging.getLogger("loanfaq.web")

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_KINDS = ("counter", "histogram")
_FILE_BYTES = 512 * 1024


def metrics_folder() -> Path | None:
    """The folder, where there is one."""
    name = os.environ.get(_VARIABLE)
    return Path(name) if name else None


@contextmanager
def shared_metrics() -> Iterator[None]:
    """Have the worker processes that are started meanwhile count together.

    Where the folder cannot be made, they do not count at all.
    """
    os.environ.pop(_VARIABLE, None)
    try:
        folder = tempfile.mkdtemp(prefix="loanfaq-metrics-")
    except OSError as error:
        _log.warning("metrics are off: no folder for them can be made (%s)", error.strerror)
        yield
        return
    os.environ[_VARIABLE] = folder
    try:
        yield
    finally:
        del os.environ[_VARIABLE]
        rmtree(folder, ignore_errors=True)


def reserve() -> bool:
    """Take the room that this process's counts need; False where there is none.

    Counts are written through a mapping of a file: on a full disk that would kill the
    process, were the room not taken before.
    """
    folder = metrics_folder()
    if folder is None:
        return False
    try:
        for kind in _KINDS:
            path = folder / f"{kind}_{os.getpid()}.db"
            if not path.exists():
                path.write_bytes(bytes(_FILE_BYTES))
    except OSError as error:
        _log.warning("metrics are off: %s: %s", folder, error.strerror)
        return False
    return True


def remove() -> None:
    """Remove the folder, for who made it was killed."""
    folder = metrics_folder()
    if folder is not None:
        rmtree(folder, ignore_errors=True)
