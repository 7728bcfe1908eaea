"""A person, body or place: how it is spelt, what it does and what is done to it, with whom, where it is told."""

from datetime import date, timedelta
from typing import Any

from pipelines.page.store import Store
from pipelines.tables.places import needle

Row = dict[str, Any]
MOST = 30
WEEKS = 26
LONGEST = 100


def find_entity(store: Store, entity_id: str) -> Row | None:
    """Return what is known of an entity, None where no article and no event names it."""
    found = store.ask(
        """
        SELECT mode(name) AS name, if(any_value(latitude) IS NULL, mode(entity_type), 'LOC') AS type,
               any_value(qid) AS qid, any_value(country) AS country, any_value(geonames_id) AS geonames_id,
               any_value(latitude) AS latitude, any_value(longitude) AS longitude, count(*) AS mentions,
               count(DISTINCT article_id) AS articles
        FROM mentions WHERE entity_id = ?
        """,
        entity_id,
    )
    if not found[0]["mentions"]:
        found = store.ask(
            """
            SELECT any_value(name) AS name, any_value(entity_type) AS type, any_value(qid) AS qid,
                   any_value(country) AS country, any_value(geonames_id) AS geonames_id,
                   any_value(latitude) AS latitude, any_value(longitude) AS longitude, 0 AS mentions, 0 AS articles
            FROM participants WHERE entity_id = ?
            """,
            entity_id,
        )
    return found[0] | {"entity_id": entity_id} if found[0]["name"] is not None else None


def spellings(store: Store, entity_id: str) -> list[Row]:
    """Return how articles write its name, the most frequent first."""
    sql = """SELECT text, count(*) AS n FROM mentions WHERE entity_id = ? GROUP BY text ORDER BY n DESC, text LIMIT ?"""
    return store.ask(sql, entity_id, MOST)


def events_of(store: Store, entity_id: str, week: date | None = None) -> list[Row]:
    """Return its latest events, as actor, recipient or place, each with an article that tells it; of a week alone."""
    rows = store.ask(
        f"""
        WITH wanted AS MATERIALIZED (
            SELECT rowid AS row FROM events
            WHERE NOT retracted AND event_id IN (SELECT event_id FROM ({_OF_ENTITY})) AND {_within("events", week)}
            ORDER BY last_published_at DESC, event_id LIMIT {MOST}
        )
        SELECT event_id, type, mode, actors, actor_ids, recipients, recipient_ids, place, place_id, negated, future,
               hypothetical, historical, confidence, last_published_at, outlets
        FROM events JOIN wanted ON events.rowid = wanted.row ORDER BY last_published_at DESC, event_id
        """,
        entity_id,
        entity_id,
    )
    sql = """SELECT event_id, min(article_id) AS article_id FROM event_articles
             WHERE event_id IN (SELECT unnest(?)) GROUP BY event_id"""
    told = store.ask(sql, [row["event_id"] for row in rows]) if rows else []
    articles = {row["event_id"]: row["article_id"] for row in told}
    return [row | {"article_id": articles[row["event_id"]]} for row in rows if row["event_id"] in articles]


_OF_ENTITY = """SELECT event_id FROM participants WHERE entity_id = ?
                UNION SELECT event_id FROM events WHERE place_id = ?"""


def _within(table: str, week: date | None) -> str:
    """Return the condition that events were first told in the week that begins on a day; all where there is none."""
    if week is None:
        return "true"
    told = f"{table}.first_published_at"
    return f"{told} >= TIMESTAMPTZ '{week} 00:00Z' AND {told} < TIMESTAMPTZ '{week + timedelta(weeks=1)} 00:00Z'"


def read_week(text: str | None) -> date | None:
    """Read which week is asked for: that of a day; None where nothing or nonsense is.

    >>> read_week("2018-05-12"), read_week("soon")
    (datetime.date(2018, 5, 7), None)
    """
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day - timedelta(days=day.weekday()) if 1000 < day.year < 9999 else None


def weeks(store: Store, entity_id: str) -> list[Row]:
    """Return by week, of the last half year that has any, how many of its events happened and how many did not."""
    rows = store.ask(
        f"""
        SELECT date_trunc('week', first_published_at)::DATE AS week, count(*) FILTER (happened) AS happened,
               count(*) FILTER (NOT happened) AS other
        FROM events WHERE NOT retracted AND first_published_at IS NOT NULL
              AND event_id IN (SELECT event_id FROM ({_OF_ENTITY}))
        GROUP BY week ORDER BY week DESC LIMIT {WEEKS}
        """,
        entity_id,
        entity_id,
    )
    return _without_gaps({row["week"]: row for row in rows})


def _without_gaps(told: dict[date, Row]) -> list[Row]:
    if not told:
        return []
    last = max(told)
    first = max(min(told), last - timedelta(weeks=WEEKS - 1))
    every = [first + timedelta(weeks=at) for at in range((last - first).days // 7 + 1)]
    return [told.get(week, {"week": week, "happened": 0, "other": 0}) for week in every]


def companions(store: Store, entity_id: str, week: date | None = None) -> list[Row]:
    """Return with whom it has events, and of which types, the most frequent first; of a week alone."""
    return store.ask(
        f"""
        SELECT o.entity_id, any_value(o.name) AS name, any_value(o.entity_type) AS type,
               count(DISTINCT e.event_id) AS n, mode(e.type) AS mostly,
               count(DISTINCT e.event_id) FILTER (m.role = 'actor') AS did
        FROM participants m JOIN participants o USING (event_id) JOIN events e USING (event_id)
        WHERE m.entity_id = ? AND o.entity_id <> ? AND o.role <> m.role AND NOT e.retracted AND {_within("e", week)}
        GROUP BY o.entity_id ORDER BY n DESC, o.entity_id LIMIT {MOST}
        """,
        entity_id,
        entity_id,
    )


def stories_of(store: Store, entity_id: str) -> list[Row]:
    """Return the stories that have it among their names, the newest first."""
    return store.ask(
        """
        SELECT story_id, headline, outlet_count, last_published_at FROM stories
        WHERE merged_into IS NULL AND (list_contains(participant_ids, ?) OR list_contains(place_ids, ?))
        ORDER BY last_published_at DESC, story_id LIMIT 12
        """,
        entity_id,
        entity_id,
    )


def articles_of(store: Store, entity_id: str) -> list[Row]:
    """Return the latest articles that name it."""
    return store.ask(
        """
        SELECT article_id, title, outlet, a.published_at FROM articles a
        WHERE article_id IN (SELECT article_id FROM mentions WHERE entity_id = ?)
        ORDER BY a.published_at DESC, article_id LIMIT 12
        """,
        entity_id,
    )


def find_names(store: Store, words: str, kind: str = "") -> list[Row]:
    """Return the entities that articles of the newest week name most, or those that have some words in their name."""
    newest = "published_at > (SELECT max(published_at) FROM articles) - INTERVAL 7 DAY"
    wanted = "contains(_words, ?)" if words else newest
    given = [needle(words[:LONGEST]).rstrip()] if words else []
    kinds = f"AND entity_type = '{kind}'" if kind in ("PER", "ORG", "LOC", "MISC") else ""
    return store.ask(
        f"""
        SELECT entity_id, any_value(name) AS name, if(any_value(latitude) IS NULL, mode(entity_type), 'LOC') AS type,
               any_value(country) AS country, count(DISTINCT article_id) AS articles
        FROM mentions WHERE {wanted} {kinds}
        GROUP BY entity_id ORDER BY articles DESC, entity_id LIMIT 60
        """,
        *given,
    )
