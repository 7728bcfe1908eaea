"""How the feeds are: when each outlet was last heard, how much it writes and copies, what was refused and why."""

from datetime import datetime
from typing import Any

from pipelines.page.store import Store

Row = dict[str, Any]
HOURS = 48


def newest_article(store: Store) -> datetime | None:
    """Return when the newest article was published, copies too."""
    every = "SELECT published_at FROM articles UNION ALL SELECT published_at FROM duplicates"
    moment: datetime | None = store.ask(f"SELECT max(published_at) AS newest FROM ({every})")[0]["newest"]
    return moment


def find_outlets(store: Store, newest: datetime) -> list[Row]:
    """Return every outlet: its last article, articles of the last day and week, copies, and how often it was first."""
    rows = store.ask(_OUTLETS, newest)
    hours = _hours(store, newest)
    for row in rows:
        row["hours"] = hours.get(row["source"], [])
        row["silent"] = (newest - row["last"]).total_seconds() > 24 * 3600
    return rows


_OUTLETS = """
    WITH told AS (
        SELECT source, outlet, country, published_at, false AS copied FROM articles
        UNION ALL SELECT source, outlet, NULL, published_at, true FROM duplicates
    ), first AS (
        SELECT source, count(*) AS first FROM story_articles WHERE position = 0 GROUP BY source
    ), original AS (
        SELECT original_source AS source, count(*) AS copied_from FROM duplicates
        WHERE source <> original_source GROUP BY original_source
    )
    SELECT source, any_value(outlet) AS outlet, any_value(country) AS country, max(published_at) AS last,
           count(*) FILTER (published_at > $1 - INTERVAL 1 DAY) AS day,
           count(*) FILTER (published_at > $1 - INTERVAL 7 DAY) AS week,
           count(*) AS total, count(*) FILTER (copied) AS copies,
           coalesce(any_value(first), 0) AS first, coalesce(any_value(copied_from), 0) AS copied_from
    FROM told LEFT JOIN first USING (source) LEFT JOIN original USING (source)
    GROUP BY source ORDER BY last DESC, source LIMIT 500
"""


def _hours(store: Store, newest: datetime) -> dict[str, list[tuple[datetime, bool]]]:
    sql = """SELECT source, list(published_at) AS moments FROM articles
             WHERE published_at > ? - INTERVAL 48 HOUR GROUP BY source"""
    return {row["source"]: [(moment, False) for moment in row["moments"]] for row in store.ask(sql, newest)}


def find_rejections(store: Store) -> list[Row]:
    """Return why messages were refused, the most frequent reason first, with one message as an example."""
    return store.ask(
        """
        SELECT reason, count(*) AS n, max(timestamp) AS last, arg_max(message, rejection_id) AS message,
               arg_max(origin, rejection_id) AS origin
        FROM rejections GROUP BY reason ORDER BY n DESC, reason
        """
    )
