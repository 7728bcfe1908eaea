"""Every counter there is, and a tally of them in this process for whoever watches a run."""

from collections import Counter
from threading import Lock

from apache_beam.metrics import Metrics

NAMESPACE = "rasid"
OUTCOMES = ("articles", "revisions", "duplicates", "rejections")
RECORDS = ("event", "trend")

TALLY: Counter[str] = Counter()
_COUNTING = Lock()  # runners work in several threads


def count(name: str) -> None:
    """Count one more of something: in Beam's metrics, and in this process."""
    Metrics.counter(NAMESPACE, name).inc()
    with _COUNTING:
        TALLY[name] += 1
