"""Likes as a request sees them: whose they are comes from its cookie."""

from __future__ import annotations

from typing import TypeVar

from flask import Response, request

from web.problems import LikesUnavailableError
from web.services import engine, services
from web.state.faults import StateError
from web.state.likes import Likes
from web.visitor import known_visitor, new_visitor, remember_visitor

AnyResponse = TypeVar("AnyResponse", bound=Response)


def likes_of(article_id: str) -> Likes | None:
    """The likes of an article as this visitor sees them; None where they cannot be read."""
    try:
        return services().likes.read(article_id, known_visitor(request))
    except StateError:
        return None


def like(article_id: str) -> tuple[Likes, str]:
    """Count this visitor's like; gives the likes and the visitor to remember.

    Raises:
        ArticleNotFoundError: no article has this id.
        LikesUnavailableError: likes cannot be written.
    """
    engine().article(article_id)
    visitor = known_visitor(request) or new_visitor()
    try:
        return services().likes.like(article_id, visitor), visitor
    except StateError as error:
        raise LikesUnavailableError from error


def remember(response: AnyResponse, visitor: str) -> AnyResponse:
    """The response with the visitor's cookie."""
    remember_visitor(response, visitor, secure=request.is_secure)
    return response
