"""Every article of a choice, also those that one outlet alone tells, the newest first."""

from pipelines.page.choice import Choice
from pipelines.page.now import A_PAGE, FITTING, Stories, group
from pipelines.page.store import Store
from pipelines.tables.table import Row


def find_latest(store: Store, choice: Choice, begin: int = 0) -> Stories:
    """Return the articles of a choice, the newest first, from one on; copies are not among them."""
    rows = store.ask(
        f"""
        SELECT a.article_id, a.title, a.source, a.outlet, a.country, a.published_at, a.agency, a.event_count,
               a.mention_count, count(*) OVER () AS total
        FROM articles a WHERE {choice.of_articles()}
        ORDER BY a.published_at DESC, a.article_id LIMIT {A_PAGE} OFFSET ?
        """,
        begin,
    )
    total = rows[0]["total"] if rows else 0
    ids = [row["article_id"] for row in rows]
    sql = """SELECT article_id, any_value(story_id) AS story_id, any_value(outlet_count) AS outlet_count
             FROM story_articles JOIN stories USING (story_id) WHERE article_id IN (SELECT unnest(?))
             GROUP BY article_id"""
    told = {row["article_id"]: row for row in store.ask(sql, ids)} if ids else {}
    for row in rows:
        row["story"] = told.get(row["article_id"])
    _tell_events(store, rows, choice.of_events())
    return Stories(rows, total, begin + A_PAGE if begin + A_PAGE < total else None)


def _tell_events(store: Store, rows: list[Row], chosen: str) -> None:
    """Add to articles the surest of their events that fit a filter; none where nothing is said of events."""
    sql = f"""
        SELECT article_id, event_id, type, mode, actors, actor_ids, recipients, recipient_ids, place, place_id,
               negated, future, hypothetical, historical
        FROM event_articles JOIN events e USING (event_id)
        WHERE article_id IN (SELECT unnest(?)) AND {chosen}
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY confidence DESC, event_id) <= {FITTING}
        ORDER BY confidence DESC, event_id
    """
    found = store.ask(sql, [row["article_id"] for row in rows]) if chosen and rows else []
    events = group(found, "article_id")
    for row in rows:
        row["events"] = events[row["article_id"]]
