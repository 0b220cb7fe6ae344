"""Errors become answers: JSON under ``/api``, a page in Chinese elsewhere."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from web.problems import (
    FeedbackUnavailableError,
    LikesUnavailableError,
    Problem,
    problem_of,
)

_log = logging.getLogger("loanfaq.web")
# What is wrong with the state database is logged once, not with every request.
_SAID_BY_THE_STATE = (LikesUnavailableError, FeedbackUnavailableError)


def answer_errors(app: Flask) -> None:
    """Have every error of the app answered here."""
    app.register_error_handler(Exception, _answer)


def _answer(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException) and (error.code is None or error.code < 400):
        return error  # a redirect
    problem = problem_of(error)
    if problem.status >= 500 and not isinstance(error, _SAID_BY_THE_STATE):
        _write_down(error, problem)
    response = _as_json(problem) if _wants_json() else _as_page(problem)
    if isinstance(error, HTTPException):
        response.headers.extend(_headers_to_keep(error))
    return response


def _wants_json() -> bool:
    return request.path in {"/health", "/metrics"} or request.path.startswith("/api/")


def _as_json(problem: Problem) -> Response:
    response = jsonify(problem.to_json())
    response.status_code = problem.status
    return response


def _as_page(problem: Problem) -> Response:
    return make_response(render_template("error.html", problem=problem), problem.status)


def _headers_to_keep(error: HTTPException) -> list[tuple[str, str]]:
    """Headers that say how to do it right, such as the methods allowed."""
    return [(name, value) for name, value in error.get_headers() if name != "Content-Type"]


def _write_down(error: Exception, problem: Problem) -> None:
    """To the log, which masks it: a foreseen failure by its message, others traced back."""
    unforeseen = problem.code == "internal_error"
    _log.error("%s: %s", problem.code, error, exc_info=error if unforeseen else None)
