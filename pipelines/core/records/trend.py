"""Build the record of a name or a type of event that is in the news more than it was."""

from collections.abc import Iterable
from datetime import datetime

from pipelines.core.ids import digest
from pipelines.core.records.pieces import Fields, shorten, to_millis
from pipelines.core.version import PIPELINE_VERSION

MOST_ARTICLES = 20


def trend_record(
    kind: str,
    key: str,
    *,
    name: str,
    type: str,
    window_start: datetime,
    window_end: datetime,
    count: int,
    outlets: int,
    baseline_mean: float,
    baseline_windows: int,
    score: float,
    version: int,
    article_ids: Iterable[str],
) -> Fields:
    """Return the fields of `schemas/trend`; of the articles, the first 20 in the order of their ids are named."""
    start, end = to_millis(window_start), to_millis(window_end)
    return {
        "trend_id": digest("trend", kind, key, start.isoformat(), end.isoformat()),
        "kind": kind,
        "key": key,
        "name": name,
        "type": type,
        "window_start": start,
        "window_end": end,
        "count": count,
        "outlets": outlets,
        "baseline_mean": shorten(baseline_mean),
        "baseline_windows": baseline_windows,
        "score": shorten(score),
        "version": version,
        "article_ids": sorted(set(article_ids))[:MOST_ARTICLES],
        "pipeline_version": PIPELINE_VERSION,
    }
