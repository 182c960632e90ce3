"""Figures about the running site, as Prometheus reads them: counts and seconds, never whose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from prescribing.documents import press
from prescribing.models import Entry

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class _Now(Collector):
    """What is counted elsewhere, and looked up when somebody asks."""

    def collect(self) -> Iterator[Metric]:
        printed = CounterMetricFamily("melkeveien_documents", "Documents set as PDF.", labels=["outcome"])
        for outcome, number in press.tally().items():
            printed.add_metric([outcome], number)
        yield printed
        yield GaugeMetricFamily("melkeveien_press_line", "Documents in line at the press.", press.waiting())
        try:
            signed = Entry.objects.count()
        except DatabaseError:
            return  # what is known without the database is told without it
        yield GaugeMetricFamily(
            "melkeveien_signed_entries", "Signed entries in the database, all in all.", signed
        )


class Figures:
    """This process's figures; each instance has its own address for them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ["method", "route", "status"]
        self.requests = Counter("melkeveien_requests", "Requests answered.", labels, registry=self.registry)
        self.seconds = Histogram(
            "melkeveien_request_seconds",
            "Seconds to an answer.",
            ["route"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.away = Counter(
            "melkeveien_database_errors", "Requests that the database failed.", registry=self.registry
        )
        self.registry.register(_Now())


@cache
def figures() -> Figures:
    """The figures since this process began."""
    return Figures()


def count(method: str | None, route: str, status: int, seconds: float, *, away: bool) -> None:
    """Count an answered request; `route` as urls.py writes it, `away` where the database failed."""
    figures().requests.labels(method, route, status).inc()
    figures().seconds.labels(route).observe(seconds)
    if away:
        figures().away.inc()


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever brings the token. 404 where they are off, 401 without the token."""
    if not settings.METRICS:
        raise Http404
    if not constant_time_compare(
        request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    ):
        return HttpResponse(
            "token needed\n",
            status=401,
            content_type="text/plain; charset=utf-8",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return HttpResponse(
        generate_latest(figures().registry),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )
