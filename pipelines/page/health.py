"""How the feeds are: when each outlet was last heard, how much it writes and copies, what was refused and why."""

import shlex
from collections import defaultdict
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
    hours, copied = _hours(store, newest), _copied(store, {row["source"]: row["outlet"] for row in rows})
    for row in rows:
        row["hours"] = hours.get(row["source"], [])
        row["copied"] = copied.get(row["source"], [])
        row["silent"] = (newest - row["last"]).total_seconds() > 24 * 3600
    return rows


_OUTLETS = """
    WITH told AS (
        SELECT source, outlet, country, published_at, true AS is_kept FROM articles
        UNION ALL SELECT source, outlet, NULL, published_at, false FROM duplicates
        WHERE article_id NOT IN (SELECT article_id FROM articles)
    ), first AS (
        SELECT source, count(*) AS first FROM story_articles WHERE position = 0 GROUP BY source
    ), copier AS (
        SELECT source, count(*) FILTER (source <> original_source) AS copies,
               count(*) FILTER (source = original_source AND article_id <> original_id) AS own
        FROM duplicates GROUP BY source
    ), original AS (
        SELECT original_source AS source, count(*) AS copied_from FROM duplicates
        WHERE source <> original_source GROUP BY original_source
    )
    SELECT source, coalesce(any_value(outlet) FILTER (is_kept), any_value(outlet)) AS outlet,
           any_value(country) AS country, max(published_at) AS last,
           count(*) FILTER (published_at > $1 - INTERVAL 1 DAY) AS day,
           count(*) FILTER (published_at > $1 - INTERVAL 7 DAY) AS week,
           count(*) AS total, coalesce(any_value(copies), 0) AS copies, coalesce(any_value(own), 0) AS own,
           coalesce(any_value(first), 0) AS first, coalesce(any_value(copied_from), 0) AS copied_from
    FROM told LEFT JOIN first USING (source) LEFT JOIN copier USING (source) LEFT JOIN original USING (source)
    GROUP BY source ORDER BY last DESC, source LIMIT 500
"""
"""A copy that is read as well is one article; a page that came again under its address is none more, and no copy."""


def _copied(store: Store, names: dict[str, str]) -> dict[str, list[tuple[str, int]]]:
    """Return by outlet whom it copies, the most first: the other outlet's name, and how many articles."""
    sql = """
        SELECT source, original_source, count(*) AS n FROM duplicates
        WHERE source <> original_source GROUP BY ALL ORDER BY n DESC, original_source
    """
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in store.ask(sql):
        original = str(row["original_source"])
        found[row["source"]].append((names.get(original, original), row["n"]))
    return found


def _hours(store: Store, newest: datetime) -> dict[str, list[tuple[datetime, bool]]]:
    sql = """SELECT source, list(published_at) AS moments FROM articles
             WHERE published_at > ? - INTERVAL 48 HOUR GROUP BY source"""
    return {row["source"]: [(moment, False) for moment in row["moments"]] for row in store.ask(sql, newest)}


def find_ledger(store: Store) -> Row:
    """Return how many messages have a line in the ledger, by outcome, and how many lines are without their record.

    A line comes after its record: where all that was written is read, each has its own.
    """
    outcomes = store.ask("SELECT outcome, count(*) AS n FROM ledger GROUP BY outcome ORDER BY n DESC, outcome")
    without = store.ask(
        """
        SELECT count(*) AS n FROM ledger
        WHERE CASE outcome WHEN 'rejection' THEN record_id NOT IN (SELECT rejection_id FROM rejections)
                           WHEN 'duplicate' THEN record_id NOT IN (SELECT duplicate_id FROM duplicates)
                           ELSE record_id NOT IN (SELECT article_id FROM articles) END
        """
    )[0]["n"]
    return {"outcomes": outcomes, "total": sum(row["n"] for row in outcomes), "without": without}


def command_for(source: str, reason: str) -> str:
    """Return the command that deals with what was refused for a reason.

    On a Kafka it sends the messages again; what came from files is listed, to be mended there.

    >>> command_for("kafka://one:9092", "not_arabic")
    'rasid rejections replay --reason not_arabic --bootstrap one:9092'
    >>> command_for("files:my out", "empty")
    "rasid rejections list --reason empty --from 'files:my out'"
    """
    if source.startswith("kafka://"):
        command = ["replay", "--reason", reason, "--bootstrap", source.removeprefix("kafka://").partition("/")[0]]
    else:
        command = ["list", "--reason", reason, "--from", source]
    return shlex.join(["rasid", "rejections", *command])


def find_rejections(store: Store) -> list[Row]:
    """Return why messages were refused, the most frequent reason first, with one message as an example."""
    return store.ask(
        """
        SELECT reason, count(*) AS n, max(timestamp) AS last, arg_max(message, rejection_id) AS message,
               arg_max(origin, rejection_id) AS origin,
               map_entries(histogram(source)) AS outlets
        FROM rejections GROUP BY reason ORDER BY n DESC, reason
        """
    )
