"""What is counted while the program runs, for Prometheus. Labels come from closed lists: no name, text or id is one."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from domain.admin.backlog import Backlog

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
QUEUEING = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200)
UNITS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
UNKNOWN = float("nan")


class Metrics:
    """One program's counters, in a registry of their own, so that two programs in one process don't mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._updates = self._counter("updates", "Updates by kind and how handling them ended", "kind", "outcome")
        self._handling = Histogram(
            "jingyi_handling_seconds",
            "From the start of handling an update to its commit",
            buckets=SECONDS,
            registry=self._registry,
        )
        self._sends = self._counter("sends", "Calls by what they do and how they ended", "action", "outcome")
        self._pictures = self._counter("pictures", "Pictures by how painting them ended", "outcome")
        self._queueing = Histogram(
            "jingyi_queueing_seconds",
            "From putting a message until it was sent",
            ["kind"],
            buckets=QUEUEING,
            registry=self._registry,
        )
        self._commits = Histogram(
            "jingyi_commit_units", "Units of work in one commit", buckets=UNITS, registry=self._registry
        )
        self._deliveries = self._counter(
            "webhook_deliveries", "What came to the webhook, by how it was answered", "answer"
        )
        self._jobs = self._counter("jobs", "Runs of schedules by job and outcome", "job", "outcome")
        self._inbox = self._gauge("inbox_open", "Updates still to be handled")
        self._outbox = self._gauge("outbox_queued", "Messages still to be sent")
        self._unknown = self._gauge("outbox_unknown", "Messages that may stand in a chat twice, or not at all")
        self._lag = self._gauge("lag_seconds", "How long the oldest due schedule or message has been due")

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"jingyi_{name}", words, labels, registry=self._registry)

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(f"jingyi_{name}", words, registry=self._registry)

    def handled(self, kind: str, outcome: str, seconds: float) -> None:
        """One try at an update: `done`, `failed` (it is tried again), `set_aside` or `refused` by the store."""
        self._updates.labels(kind, outcome).inc()
        self._handling.observe(seconds)

    def sent(self, action: str, outcome: str) -> None:
        """One call: `sent`, `moved`, `flood` (a 429), `unknown`, `retry` or `failed`."""
        self._sends.labels(action, outcome).inc()

    def painted(self, outcome: str) -> None:
        """One picture: `painted`, or `failed` (its message is sent as text)."""
        self._pictures.labels(outcome).inc()

    def queued(self, seconds: float, *, urgent: bool) -> None:
        """How long a message waited: one for a person (`answer`) or from the clock (`push`)."""
        self._queueing.labels("answer" if urgent else "push").observe(seconds)

    def committed(self, units: int) -> None:
        """How many units of work one commit held; from any thread."""
        self._commits.observe(units)

    def knocked(self, answer: str) -> None:
        """One delivery to the webhook: one of `web.webhook.Answer`."""
        self._deliveries.labels(answer).inc()

    def ran(self, job: str, outcome: str) -> None:
        """One run of a schedule: `done` or `failed`."""
        self._jobs.labels(job, outcome).inc()

    def page(self, backlog: Backlog | None) -> bytes:
        """Everything in Prometheus's text format; without a backlog (the store refuses) its figures are NaN."""
        self._inbox.set(UNKNOWN if backlog is None else backlog.inbox_open)
        self._outbox.set(UNKNOWN if backlog is None else backlog.outbox_queued)
        self._unknown.set(UNKNOWN if backlog is None else backlog.unknown)
        self._lag.set(UNKNOWN if backlog is None else backlog.lag.total_seconds())
        return generate_latest(self._registry)
