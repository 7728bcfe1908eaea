"""Count what happens in Beam's metrics, which every runner gathers from its workers."""

from apache_beam.metrics import Metrics

NAMESPACE = "rasid"
MESSAGES = ("read", "articles", "revisions", "duplicates", "rejections")
"""What is counted of messages: how many, and what became of them."""


def count(name: str) -> None:
    """Count one more of something."""
    Metrics.counter(NAMESPACE, name).inc()
