"""What analysts ask again and again, as macros of DuckDB."""

from typing import NamedTuple


class Macro(NamedTuple):
    """A table macro, the tables that it reads, and its SQL."""

    name: str
    reads: tuple[str, ...]
    sql: str


WHO_DID_WHAT = Macro(
    "who_did_what",
    ("events", "participants"),
    """
    SELECT e.iso_week, a.name AS actor, e.type, r.name AS recipient, count(DISTINCT e.event_id) AS events,
           sum(e.outlet_count)::BIGINT AS reports
    FROM events e
    JOIN participants a ON a.event_id = e.event_id AND a.role = 'actor'
    LEFT JOIN participants r ON r.event_id = e.event_id AND r.role = 'recipient'
    WHERE e.happened
    GROUP BY ALL ORDER BY iso_week, events DESC, reports DESC, actor, type, recipient
    """,
)
"""Who did what to whom, week by week; what did not really happen is left out."""

FIRST_REPORTS = Macro(
    "first_reports",
    ("evidence",),
    """
    WITH told AS (
        SELECT event_id, outlet, min(published_at) AS told_at, min(position) AS position FROM evidence GROUP BY ALL
    ), ranked AS (
        SELECT outlet, told_at, min(told_at) OVER story AS first_at, count(*) OVER story AS outlets,
               row_number() OVER (PARTITION BY event_id ORDER BY told_at, position) AS rank
        FROM told WINDOW story AS (PARTITION BY event_id)
    )
    SELECT outlet, count(*) FILTER (rank = 1) AS first, count(*) AS told, round(first / told, 3) AS share,
           median(date_diff('minute', first_at, told_at)) AS median_minutes_behind
    FROM ranked WHERE outlets > 1 GROUP BY outlet ORDER BY first DESC, told DESC, outlet
    """,
)
"""How often each outlet was the first to tell an event that two or more tell, and how far behind it usually is."""

COPIES_BY_AGENCY = Macro(
    "copies_by_agency",
    ("duplicates",),
    """
    SELECT agency, count(*) AS copies, count(DISTINCT original_id) AS originals, count(DISTINCT outlet) AS outlets,
           median(minutes_later) AS median_minutes_later
    FROM duplicates GROUP BY agency ORDER BY copies DESC, agency
    """,
)
"""How much was copied of what each agency sent; empty where no agency is named."""

MACROS = (WHO_DID_WHAT, FIRST_REPORTS, COPIES_BY_AGENCY)
