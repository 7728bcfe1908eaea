"""Every number that Prometheus may ask a run for: its name, what it is, and where it is read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from prometheus_client import Metric as Family
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from pipelines.batches.kafka_output import MERGED
from pipelines.commands.watch import Watcher
from pipelines.core.histogram import Histogram
from pipelines.core.records.ledger import RECORD_OF
from pipelines.core.rejection import REASONS
from pipelines.core.version import PIPELINE_VERSION

ALONE = ""
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Metric:
    """One number, or one for each value of `label`; `read` gives none of what is not known."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    label: str
    read: Callable[[Watcher], Values | Histogram]


def _of(names: Mapping[str, object] | tuple[str, ...], counted: Mapping[str, int]) -> Values:
    """Return what was counted of each name, what never came too: a rate needs a beginning."""
    return {name: counted.get(name, 0) for name in names}


def _known(value: float | None) -> Values:
    return {} if value is None else {ALONE: value}


METRICS = (
    Metric("rasid_info", "gauge", "1, with the version that runs.", "version", lambda _: {PIPELINE_VERSION: 1}),
    Metric(
        "rasid_last_progress_timestamp_seconds",
        "gauge",
        "When the run last went on: it does so every second, with or without news.",
        "",
        lambda run: {ALONE: run.updated},
    ),
    Metric(
        "rasid_ready",
        "gauge",
        "1 where messages are read and brokers answer.",
        "",
        lambda run: {ALONE: run.is_ready},
    ),
    Metric(
        "rasid_waiting_seconds",
        "gauge",
        "For how long no broker has answered.",
        "",
        lambda run: {ALONE: run.progress.waiting},
    ),
    Metric("rasid_messages_read_total", "counter", "Messages read.", "", lambda run: {ALONE: run.progress.read}),
    Metric(
        "rasid_messages_recorded_total",
        "counter",
        "Messages that were given their ledger line, by what became of them.",
        "outcome",
        lambda run: _of(RECORD_OF, run.progress.written),
    ),
    Metric(
        "rasid_rejections_total",
        "counter",
        "Messages rejected, by reason.",
        "reason",
        lambda run: _of(REASONS, run.progress.reasons),
    ),
    Metric(
        "rasid_merged_records_total",
        "counter",
        "Versions of records that many messages add to.",
        "record",
        lambda run: _of(MERGED, run.progress.written),
    ),
    Metric(
        "rasid_messages_expired_total",
        "counter",
        "Offsets that retention took before they were read.",
        "",
        lambda run: {ALONE: run.progress.expired},
    ),
    Metric(
        "rasid_lag_messages",
        "gauge",
        "Offsets of the topic that were not read yet, as the broker last told.",
        "partition",
        lambda run: {str(partition): count for partition, count in run.progress.lag.items()},
    ),
    Metric(
        "rasid_event_timestamp_seconds",
        "gauge",
        "How far publication time has come, in seconds since 1970.",
        "",
        lambda run: _known(run.progress.reached and run.progress.reached / 1000),
    ),
    Metric(
        "rasid_arrival_to_record_seconds",
        "histogram",
        "From Kafka's time of a message to its ledger line.",
        "",
        lambda run: run.progress.from_arrival,
    ),
    Metric(
        "rasid_publication_to_record_seconds",
        "histogram",
        "From an article's publication to its ledger line.",
        "",
        lambda run: run.progress.from_publication,
    ),
    Metric(
        "rasid_reading_seconds",
        "histogram",
        "How long the models took to read an article.",
        "",
        lambda run: run.progress.reading,
    ),
    Metric(
        "rasid_state_bytes",
        "gauge",
        "The size of what is remembered on disk.",
        "",
        lambda run: {ALONE: run.progress.state_bytes},
    ),
    Metric(
        "rasid_state_entries",
        "gauge",
        "Entries that are remembered, by index.",
        "index",
        lambda run: dict(run.progress.state_entries),
    ),
)
_FAMILIES = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily}


@dataclass(eq=False)  # a registry keeps it in a dict
class RunCollector(Collector):
    """Reads a run's numbers when Prometheus asks for them; none is kept twice."""

    run: Watcher

    def collect(self) -> Iterator[Family]:
        """Yield all metrics."""
        for metric in METRICS:
            labels = [metric.label] if metric.label else []
            value = metric.read(self.run)
            if isinstance(value, Histogram):
                yield _histogram(metric, value)
                continue
            family = _FAMILIES[metric.kind](metric.name, metric.help, labels=labels)
            for label, number in value.items():
                family.add_metric([label] if labels else [], number)
            yield family


def _histogram(metric: Metric, found: Histogram) -> HistogramMetricFamily:
    """Return a histogram as Prometheus wants it: the values up to each bound, not those between two."""
    counts, total, buckets, so_far = list(found.counts), found.total, [], 0
    for bound, count in zip((*found.bounds, float("inf")), counts, strict=True):
        so_far += count
        buckets.append(("+Inf" if bound == float("inf") else str(float(bound)), so_far))
    family = HistogramMetricFamily(metric.name, metric.help)
    family.add_metric([], buckets=[(bound, float(count)) for bound, count in buckets], sum_value=total)
    return family
