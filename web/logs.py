"""The log: one JSON object a line on stderr, personal numbers masked in all of it.

Whatever writes a record, this is the only way out, so nothing leaves unmasked: messages,
exceptions with their tracebacks, warnings, and what the libraries say.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime

from web.masking import mask
from web.request_id import request_id

ACCESS = "loanfaq.access"
_MOST_CHARACTERS = 1_000
_MOST_OF_A_TRACEBACK = 8_000
_LINE_END = "\u23ce"


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON; its attribute ``fields`` goes into the object."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": when, "level": record.levelname.lower()}
        line |= {"log": record.name, "worker": os.getpid()}
        name = request_id()
        if name is not None:
            line["request_id"] = name
        fields: Mapping[str, object] | None = getattr(record, "fields", None)
        if fields is None:
            line["message"] = masked(record.getMessage(), _MOST_CHARACTERS)
        else:
            line |= {key: _value(value) for key, value in fields.items()}
        if record.exc_info:
            line["traceback"] = _traceback(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def masked(text: str, most: int) -> str:
    """A text masked, and cut where it is too long."""
    # Cut twice: masking takes time by length, and may make a text longer.
    shown = mask(text[: 4 * most])
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def log_to_stderr(*, access: bool) -> None:
    """Have this process log to stderr; requests only if `access` says so."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    logging.getLogger("loanfaq").setLevel(logging.INFO)
    logging.getLogger(ACCESS).disabled = not access
    threading.excepthook = _log_thread_failure


def _log_thread_failure(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value
    logging.getLogger("loanfaq").error("a thread failed: %s", failed.exc_type, exc_info=error)


def _traceback(text: str) -> str:
    """The end of it, masked as a whole: a number may go on in the next line."""
    lines = _LINE_END.join(text[-_MOST_OF_A_TRACEBACK:].splitlines())
    return mask(lines).replace(_LINE_END, "\n")


def _value(value: object) -> object:
    return masked(value, _MOST_CHARACTERS) if isinstance(value, str) else value
