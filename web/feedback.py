"""Feedback as a request gives it."""

from __future__ import annotations

import re

from flask import Request

from indexer.errors import QueryError
from web.parameters import given_parameters, switch
from web.problems import FeedbackUnavailableError
from web.services import engine, services
from web.state.faults import StateError
from web.state.feedback import Feedback

# Of a plain form, to lead back to where it was.
RETURN_PARAMETERS = ("q", "category", "literal")
_PARAMETERS = ("query_id", "article_id", "helpful")
_QUERY_ID = re.compile(r"[0-9a-f]{32}")


def feedback_of(request: Request, *, also: tuple[str, ...] = ()) -> Feedback:
    """The feedback that a request gives.

    Args:
        request: with its parameters in a form or a JSON object.
        also: other parameters that it may have.

    Raises:
        QueryError: a parameter is unknown, missing, given twice or not what it should be.
        UnsupportedMediaType: the body is neither JSON nor a form.
    """
    given = given_parameters(request, (*_PARAMETERS, *also))
    for name in _PARAMETERS:
        if given.get(name) in (None, ""):
            raise QueryError("parameter_missing", f"缺少参数“{name}”")
    query_id, article_id = given["query_id"], given["article_id"]
    if not isinstance(query_id, str) or not _QUERY_ID.fullmatch(query_id):
        raise QueryError("parameter_invalid", "参数“query_id”应是搜索结果里的 query_id")
    if not isinstance(article_id, str):
        raise QueryError("parameter_invalid", "参数“article_id”应是文字")
    return Feedback(query_id, article_id, switch(given, "helpful"))


def give(feedback: Feedback) -> None:
    """Keep feedback.

    Raises:
        ArticleNotFoundError: no article has the id.
        FeedbackUnavailableError: it cannot be written.
    """
    engine().article(feedback.article_id)
    try:
        services().feedback.give(feedback)
    except StateError as error:
        raise FeedbackUnavailableError from error
