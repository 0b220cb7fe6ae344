"""The site as a WSGI application."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from search.dated import Ageing
from web import api, pages, suggest
from web.access_log import log_access
from web.assets import fingerprint_assets
from web.failures import answer_errors
from web.filters import add_filters
from web.guard import guard
from web.metrics import Metrics
from web.openapi import endpoint
from web.rate_limits import limit_rates
from web.request_id import name_requests
from web.services import LazyEngine, Services
from web.settings import Settings
from web.state.database import StateDatabase
from web.state.faults import Faults, StateError
from web.state.feedback import FeedbackStore
from web.state.likes import LikeStore
from web.state.queries import QueryLog


class _Json(DefaultJSONProvider):
    """JSON with Chinese as it is and fields in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


def create_app(settings: Settings, today: Callable[[], date] = date.today) -> Flask:
    """The application over the folders that the settings name.

    It can be made before there is an index; until then its answers say so. `today` tells
    the day that the age of contents is counted to.

    Raises:
        InputError: a setting is not what it should be.
    """
    app = Flask(__name__)
    app.json = _Json(app)
    parts = _services(settings, today)
    parts.install(app)
    # First what is to see every request, then what may refuse one.
    name_requests(app)
    log_access(app)
    if parts.metrics is not None:
        parts.metrics.install(app)
    guard(app)
    limit_rates(app, settings)
    fingerprint_assets(app)
    answer_errors(app)
    add_filters(app)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(suggest.blueprint)
    app.register_blueprint(endpoint.blueprint)
    return app


def _services(settings: Settings, today: Callable[[], date]) -> Services:
    engines = LazyEngine(settings.index)
    metrics = Metrics(engines.current) if settings.metrics else None
    database = StateDatabase(settings.state, Faults(metrics.state_failed if metrics else None))
    with suppress(StateError):  # Reported; the site goes on without.
        database.prepare()
    return Services(
        settings,
        engines,
        LikeStore(database),
        FeedbackStore(database),
        QueryLog(database, settings.query_log_days) if settings.query_log else None,
        metrics,
        Ageing(settings.dated_after_months, today),
    )
