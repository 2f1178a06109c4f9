"""Metrics for Prometheus, on a port of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.watching import Stage, Watch

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from assistant.allowance import Spending
    from assistant.answer import Answer
    from bots.assembly import Installation

_SHARED = "PROMETHEUS_MULTIPROC_DIR"  # where the client library of several processes keeps its counts
_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)  # seconds


class Metrics(Watch):
    """Counts answers and measures their stages; labels come from closed lists, never from what people write."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Gauge, Histogram

        self._answers = Counter(
            "spbe_answers",
            "Answers given, by intent, by mode, and whether they abstained",
            ["intent", "mode", "abstained"],
        )
        self._refusals = Counter("spbe_refusals", "Questions refused, by code", ["code"])
        self._rewording = Counter(
            "spbe_rewording", "Blocks reworded by the model, kept by the guard, replies not used", ["outcome"]
        )
        # sums over owners, never one by name: how much an agency asks is its own affair, and labels stay few
        self._budgets = {
            "limit": Gauge("spbe_model_budget_limit", "Answers a day for each owner", multiprocess_mode="livemax"),
            "spent": Gauge("spbe_model_budget_spent", "Answers of today, all owners", multiprocess_mode="livesum"),
            "owners": Gauge("spbe_model_budget_owners", "Owners that asked today", multiprocess_mode="livesum"),
            "exhausted": Gauge(
                "spbe_model_budget_exhausted", "Owners whose budget of today is used up", multiprocess_mode="livesum"
            ),
        }
        self._seconds = Histogram("spbe_answer_seconds", "Seconds of an answer, by stage", ["stage"], buckets=_BUCKETS)

    def took(self, stage: Stage, seconds: float) -> None:
        self._seconds.labels(stage).observe(seconds)

    def answered(self, answer: Answer) -> None:
        self._answers.labels(answer.intent, answer.mode, str(answer.abstained).lower()).inc()

    def refused(self, code: str) -> None:
        self._refusals.labels(code).inc()

    def budgets(self, spending: Spending) -> None:
        for name, gauge in self._budgets.items():
            gauge.set(getattr(spending, name))

    def count(self, outcome: str) -> None:
        self._rewording.labels(outcome).inc()


class _Library:
    """Asks for the size of the library when Prometheus asks."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def collect(self) -> Iterable[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        store, index = self._installation.store, self._installation.index
        yield GaugeMetricFamily("spbe_passages", "Passages in the library", value=store.count())
        yield GaugeMetricFamily("spbe_index_current", "1 where the index holds the library", value=float(index.current))

    def describe(self) -> Iterable[Metric]:
        """Nothing, so that registering asks the database for nothing."""
        return ()


def serve_metrics(installation: Installation, workers: int) -> None:
    """Serve the metrics of this process, or of all its workers together, where a port is set.

    Must run before anything else imports the client library, which decides at its import how it counts.
    """
    settings = installation.settings
    if settings.metrics_port is None:
        return
    if workers > 1:
        os.environ[_SHARED] = tempfile.mkdtemp(prefix="spbe-metrics-")
        atexit.register(shutil.rmtree, os.environ[_SHARED], ignore_errors=True)
    from prometheus_client import REGISTRY, CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = REGISTRY
    if workers > 1:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        installation.watch = Metrics()
    registry.register(_Library(installation))
    start_http_server(settings.metrics_port, settings.metrics_host, registry)


def worker_metrics(installation: Installation) -> None:
    """Let a worker count where its parent serves the counts of all."""
    if installation.settings.metrics_port is not None and _SHARED in os.environ:
        installation.watch = Metrics()
