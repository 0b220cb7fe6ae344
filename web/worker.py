"""What one worker process does before it answers: open everything, or say why not."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from multiprocessing.util import Finalize
from threading import Thread
from typing import TYPE_CHECKING

from indexer.errors import LoanfaqError
from web.logs import log_to_stderr
from web.metrics_folder import remove, reserve
from web.settings import Settings

if TYPE_CHECKING:
    from flask import Flask


class StartReport:
    """Tells the process that starts workers how that went.

    Attributes:
        opened: set once a worker has everything open.
    """

    def __init__(self) -> None:
        """To be made before the workers, which inherit it."""
        self.opened = multiprocessing.Event()
        self._reader, self._writer = multiprocessing.Pipe(duplex=False)

    def fail(self, reason: str) -> None:
        """Leave the reason why a worker cannot start."""
        self._writer.send(reason)

    def failure(self) -> str | None:
        """The first reason that a worker left, if any did."""
        return str(self._reader.recv()) if self._reader.poll() else None


def load_app(settings: Settings, report: StartReport) -> Flask:
    """The app of a worker, with its index open: the first question waits for nothing.

    It exits the worker with status 1 where the index cannot be opened.
    """
    _listen_to_parent()
    log_to_stderr(access=settings.access_log)
    if settings.metrics and not reserve():
        settings = settings.model_copy(update={"metrics": False})
    from web.app import create_app
    from web.services import services

    try:
        app = create_app(settings)
        with app.app_context():
            parts = services()
        parts.engines.current()
    except LoanfaqError as error:
        report.fail(str(error))
        sys.exit(1)
    # A process of multiprocessing ends without Python's own exit handlers.
    Finalize(None, parts.close, exitpriority=0)
    report.opened.set()
    return app


def _listen_to_parent() -> None:
    """Stop when the parent process says so or is gone, and at nothing else."""
    # Until granian has a handler of its own, a stop is a stop.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        # Ctrl-C reaches every process of a terminal; two signals at once hang granian.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    Thread(target=_stop_with_parent, daemon=True).start()


def _stop_with_parent() -> None:
    """A parent that was killed leaves no worker behind that would keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        remove()
        os.kill(os.getpid(), signal.SIGTERM)
