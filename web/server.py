"""The site served by granian: worker processes, one line when ready, a clean stop."""

from __future__ import annotations

import logging
import sys
from contextlib import nullcontext, suppress
from functools import partial
from threading import Event, Thread
from typing import Any, TypeAlias

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.log import logger as granian_log
from granian.server.common import AbstractServer

from indexer.errors import LoanfaqError
from indexer.store.builds import read_current
from web.listening import Address, wait_until_healthy
from web.logs import JsonFormatter, log_to_stderr
from web.metrics_folder import shared_metrics
from web.settings import Settings
from web.state.database import StateDatabase
from web.state.faults import StateError
from web.worker import StartReport, load_app

Server: TypeAlias = AbstractServer[Any]

# A question takes a few milliseconds of one core, so few threads work at a time. The rest
# are for clients that are slow with the body of a request: each holds one.
_THREADS_PER_WORKER = 16
_SECONDS_TO_FINISH = 5
_SECONDS_BETWEEN_LOOKS = 0.05
_LOG_TO_STDERR = {
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stderr",
            "formatter": "json",
        },
        "access": {"class": "logging.NullHandler"},
    },
    "formatters": {"json": {"()": JsonFormatter}},
}
# A client that is slower than this with the head of its request is cut off; a longer head
# than the app allows still gets the app's answer.
_HTTP = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=128 * 1024)


class ServerError(LoanfaqError):
    """The server cannot start, or stopped by itself."""


def serve(settings: Settings) -> None:
    """Serve the site until SIGTERM or SIGINT; says in one line on stdout when it is ready.

    Raises:
        IndexFolderError: there is no index that can be used.
        InputError: the server cannot listen there.
        ServerError: a worker cannot start, or stopped by itself.
    """
    log_to_stderr(access=False)
    # Only small files are read here: what holds threads is opened behind the fork.
    build, manifest = read_current(settings.index)
    manifest.check_sizes(build)
    # Made once, before the workers: several that make it at a time lock each other out. A
    # worker that cannot use it says so, and the site goes on without likes.
    with suppress(StateError):
        StateDatabase(settings.state).prepare()
    address = Address.claim(settings.host, settings.port)
    with shared_metrics() if settings.metrics else nullcontext():
        _run(settings, address)


def _run(settings: Settings, address: Address) -> None:
    report = StartReport()
    server = _server(address, settings, report)
    stopped = Event()
    waiting = Thread(target=_announce, args=(address, server, report, stopped), daemon=True)
    waiting.start()
    try:
        server.serve(target_loader=partial(load_app, settings, report), wrap_loader=False)
    except SystemExit as leaving:
        _explain(server, report, leaving)
    finally:
        stopped.set()
        waiting.join()


def _server(address: Address, settings: Settings, report: StartReport) -> Server:
    return Granian(
        "web.worker",
        address=address.ip,
        port=address.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=_HTTP,
        workers=settings.workers,
        blocking_threads=_THREADS_PER_WORKER,
        websockets=False,
        workers_kill_timeout=_SECONDS_TO_FINISH,
        log_level=LogLevels.critical,
        log_dictconfig=_LOG_TO_STDERR,
    )


def _announce(address: Address, server: Server, report: StartReport, stopped: Event) -> None:
    # Asking any earlier would be in vain, and would go on while workers are forked.
    while not report.opened.wait(_SECONDS_BETWEEN_LOOKS):
        if stopped.is_set():
            return
    health = wait_until_healthy(address, stopped)
    if health is None:
        return
    # A worker that dies at the start has a reason that lasts; a later one is replaced.
    server.respawn_failed_workers = True
    granian_log.setLevel(logging.ERROR)
    count, version = health["articles"], health["index_version"]
    sys.stdout.write(f"loanfaq is ready at {address.url} ({count} articles, index {version})\n")
    sys.stdout.flush()


def _explain(server: Server, report: StartReport, leaving: SystemExit) -> None:
    # Ctrl-C reaches the workers too, and granian takes one that was quick for a failure.
    if server.interrupt_signal:
        return
    raise ServerError(report.failure() or "a worker process stopped by itself") from leaving
