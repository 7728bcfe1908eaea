"""Every article of a choice, also those that one outlet alone tells, the newest first."""

from pipelines.page.choice import Choice
from pipelines.page.now import A_PAGE, Stories
from pipelines.page.store import Store


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
    return Stories(rows, total, begin + A_PAGE if begin + A_PAGE < total else None)
