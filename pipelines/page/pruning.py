"""Take out of the page's database what is old, so that a page that runs for years stays as large as a season."""

from pipelines.page.store import Store

KEPT_DAYS = 90
"""Older records stay where the run wrote them: `rasid query` and `rasid export` read those."""
_NEWEST = "(SELECT quantile_disc(published_at, 0.99) FROM articles)"
_TIMES = {
    "ledger": ("ledger LEFT JOIN rejections ON record_id = rejection_id", "coalesce(timestamp, ledger.published_at)"),
    "article": ("articles", "published_at"),
    "event": ("events", "last_published_at"),
    "story": ("stories", "last_published_at"),
    "duplicate": ("duplicates", "published_at"),
    "trend": ("trends", "window_end"),
    "rejection": ("rejections", "timestamp"),
}


def prune(store: Store) -> int:
    """Take out what is more than KEPT_DAYS older than the newest hundredth of the articles; return how many records.

    The newest hundredth, for one article with a date of the next century must not empty the page.
    """
    taken = 0
    for record, (table, column) in _TIMES.items():
        old = store.ask(
            f"""
            SELECT {record}_id AS id FROM {table}
            WHERE {column} < {_NEWEST} - INTERVAL {KEPT_DAYS} DAY
            """
        )
        if old:
            store.take_out(record, [row["id"] for row in old])
        taken += len(old)
    return taken
