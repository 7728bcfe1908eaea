"""Which stories are told differently, noted as records come, so that a list can be asked for them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.page.disputes import find_disputes
from pipelines.tables.stored import Stored
from schemas.codec import decode

DISPUTED = pa.schema([("story_id", pa.string()), ("kind", pa.string())])
"""A story, and a kind of thing that its outlets tell differently: killed, hurt, actor, place or denied."""


def note_disputes(sql: duckdb.DuckDBPyConnection, arrived: Iterable[Stored]) -> None:
    """Note again what is told differently in the stories that arrived, and in those whose events did."""
    stories = _touched(sql, list(arrived))
    if not stories:
        return
    rows = [{"story_id": story, "kind": kind} for story, events in _events(sql, stories) for kind in _kinds(events)]
    sql.execute("DELETE FROM disputed WHERE story_id IN (SELECT unnest(?))", [stories])
    if rows:
        sql.register("arriving", pa.Table.from_pylist(rows, DISPUTED))
        sql.execute("INSERT INTO disputed SELECT * FROM arriving")
        sql.unregister("arriving")


def _touched(sql: duckdb.DuckDBPyConnection, arrived: Sequence[Stored]) -> list[str]:
    told = {record: [one.fields[f"{record}_id"] for one in arrived if one.record == record and one.fields]
            for record in ("story", "event")}  # fmt: skip
    of_events = "SELECT DISTINCT story_id FROM story_events WHERE event_id IN (SELECT unnest(?))"
    rows = sql.execute(of_events, [told["event"]]).fetchall() if told["event"] else []
    return sorted({*told["story"], *(story for (story,) in rows)})


def _events(sql: duckdb.DuckDBPyConnection, stories: list[str]) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    rows = sql.execute(
        """
        SELECT story_id, value FROM story_events JOIN records ON record = 'event' AND id = event_id
        WHERE story_id IN (SELECT unnest(?)) AND value IS NOT NULL ORDER BY story_id, id
        """,
        [stories],
    ).fetchall()
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for story, value in rows:
        event = decode(value).fields
        if event["evidence"] and not event["retracted"]:
            grouped[story].append(event)
    return grouped.items()


def _kinds(events: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(one.kind for one in find_disputes(events)))
