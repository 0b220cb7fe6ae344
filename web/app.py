"""The site as a WSGI application."""

from __future__ import annotations

import logging

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from web import api, pages, suggest
from web.access_log import log_access
from web.assets import fingerprint_assets
from web.failures import answer_errors
from web.filters import add_filters
from web.guard import guard
from web.openapi import endpoint
from web.services import LazyEngine, Services
from web.settings import Settings
from web.state import LikeStore, StateError

_log = logging.getLogger("loanfaq.web")


class _Json(DefaultJSONProvider):
    """JSON with Chinese as it is and fields in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(settings: Settings) -> Flask:
    """The application over the folders that the settings name.

    It can be made before there is an index; until then its answers say so.
    """
    app = Flask(__name__)
    app.json = _Json(app)
    likes = LikeStore(settings.state)
    try:
        likes.prepare()
    except StateError as error:
        _log.warning("likes are off: %s", error)
    Services(settings, LazyEngine(settings.index), likes).install(app)
    log_access(app)
    guard(app)
    fingerprint_assets(app)
    answer_errors(app)
    add_filters(app)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(suggest.blueprint)
    app.register_blueprint(endpoint.blueprint)
    return app
