"""Build the record of a name or a type of event that was in the news more than the day before."""

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
    day: int,
    began: datetime,
    ended: datetime,
    window_start: datetime,
    window_end: datetime,
    count: int,
    outlets: int,
    baseline_mean: float,
    baseline_windows: int,
    score: float,
    retracted: bool,
    version: int,
    article_ids: Iterable[str],
    story_id: str | None,
) -> Fields:
    """Return the fields of `schemas/trend`; of the articles, the first 20 in the order of their ids are named.

    `day` is a number since 1970, UTC.
    """
    return {
        "trend_id": digest("trend", kind, key, str(day)),
        "kind": kind,
        "key": key,
        "name": name,
        "type": type,
        "began": to_millis(began),
        "ended": to_millis(ended),
        "window_start": to_millis(window_start),
        "window_end": to_millis(window_end),
        "count": count,
        "outlets": outlets,
        "baseline_mean": shorten(baseline_mean),
        "baseline_windows": baseline_windows,
        "score": shorten(score),
        "retracted": retracted,
        "version": version,
        "article_ids": sorted(set(article_ids))[:MOST_ARTICLES],
        "story_id": story_id,
        "pipeline_version": PIPELINE_VERSION,
    }
