"""What ``/metrics`` tells: counts and times over all workers, for Prometheus.

With several workers each writes its counts into files of its own in one folder, and
whichever is asked adds them up, those of workers that are gone among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from indexer.errors import LoanfaqError
from search.engine import SearchEngine
from search.response import SearchResponse
from search.stages import STAGES
from web.access_log import route, seconds
from web.metrics_folder import metrics_folder

_STAGE_BUCKETS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5)
_REQUEST_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
_STATUSES = ("answered", "suggested", "none")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Metrics:
    """The counts of one app.

    Args:
        engine: gives the engine of the moment.
    """

    def __init__(self, engine: Callable[[], SearchEngine]) -> None:
        """Nothing is counted yet."""
        own = CollectorRegistry()
        self._requests = Histogram(
            "loanfaq_request_duration_seconds",
            "Time to answer a request, by the template of its address",
            ("method", "route", "status"),
            buckets=_REQUEST_BUCKETS,
            registry=own,
        )
        self._stages = Histogram(
            "loanfaq_search_stage_duration_seconds",
            "Time that each stage of a search takes",
            ("stage",),
            buckets=_STAGE_BUCKETS,
            registry=own,
        )
        self._searches = Counter(
            "loanfaq_searches", "Searches by what they came to", ("status",), registry=own
        )
        self._state_errors = Counter(
            "loanfaq_state_errors", "Failures to read or write the state database", registry=own
        )
        self._rate_limited = Counter(
            "loanfaq_rate_limited", "Requests refused for coming too fast", registry=own
        )
        for stage in STAGES:
            self._stages.labels(stage)
        for status in _STATUSES:
            self._searches.labels(status)
        folder = metrics_folder()
        if folder is None:
            self._registry = own
        else:
            self._registry = CollectorRegistry()
            MultiProcessCollector(self._registry, str(folder))  # type: ignore[no-untyped-call]
        self._registry.register(_IndexCollector(engine))

    def install(self, app: Flask) -> None:
        """Count the app's requests, and tell at ``/metrics``."""
        app.after_request(self._count)
        app.add_url_rule("/metrics", "metrics", self.show, methods=["GET"])

    def searched(self, response: SearchResponse) -> None:
        """Count a search."""
        self._searches.labels(response.status).inc()
        for stage, milliseconds in response.stages.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def state_failed(self) -> None:
        """Count a failure of the state database."""
        self._state_errors.inc()

    def show(self) -> Response:
        """All counts, in the form that the request accepts."""
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(self._registry), content_type=content_type)

    def _count(self, response: Response) -> Response:
        # Any word may stand for a method: only known ones become a label.
        method = request.method if request.method in _METHODS else "(other)"
        status = str(response.status_code)
        self._requests.labels(method, route(), status).observe(seconds())
        if response.status_code == 429:
            self._rate_limited.inc()
        return response


class _IndexCollector(Collector):
    """Which index answers, looked up when asked: so no worker that is gone still tells."""

    def __init__(self, engine: Callable[[], SearchEngine]) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        info = InfoMetricFamily("loanfaq_index", "The index that answers")
        articles = GaugeMetricFamily("loanfaq_articles", "Articles in the index")
        try:
            engine = self._engine()
        except LoanfaqError:
            articles.add_metric([], 0)
        else:
            info.add_metric([], {"version": engine.index_version})
            articles.add_metric([], engine.manifest.counts.articles)
        yield info
        yield articles
