"""What is happening now: stories and what is rising, for a choice."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from pipelines.page.choice import ORDERS, Choice
from pipelines.page.store import Store
from pipelines.tables.events import outlet_name

A_PAGE = 30
RISING = 12
FITTING = 3
"""So many events that fit a filter stand in a row of a list."""
_DAY = "INTERVAL 1 DAY"
Row = dict[str, Any]


class Stories(NamedTuple):
    """Some stories of a choice, how many there are in all, and where the next begin (None at the end)."""

    rows: list[Row]
    total: int
    after: int | None


def find_stories(store: Store, choice: Choice, begin: int = 0) -> Stories:
    """Return the stories of a choice, in its order, from one on."""
    return _find(store, choice, choice.of_stories(), begin, A_PAGE)


def find_changed(store: Store, choice: Choice, since: int, until: int, most: int) -> Stories:
    """Return the stories of a choice that came or grew after a change of the store, up to another."""
    changed = f"SELECT id FROM records WHERE record = 'story' AND seq > {since} AND seq <= {until}"
    return _find(store, choice, f"{choice.of_stories()} AND s.story_id IN ({changed})", 0, most)


def _find(store: Store, choice: Choice, condition: str, begin: int, most: int) -> Stories:
    order = f"{ORDERS[choice.sort]}, s.story_id"
    rows = store.ask(
        f"""
        WITH chosen AS MATERIALIZED (
            SELECT s.rowid AS row, count(*) OVER () AS total FROM stories s WHERE {condition}
            ORDER BY {order} LIMIT {most} OFFSET ?
        )
        SELECT s.story_id, headline, headline_article_id, article_count, outlet_count, speed, outlets, agencies,
               places, place_ids, participants, participant_ids, first_published_at, last_published_at, total
        FROM stories s JOIN chosen ON s.rowid = chosen.row ORDER BY {order}
        """,
        begin,
    )
    total = rows[0]["total"] if rows else 0
    _tell_more(store, rows, choice)
    return Stories(rows, total, begin + most if begin + most < total else None)


def read_begin(text: str | None) -> int:
    """Read where in a list to begin; 0 where nothing or nonsense is asked.

    >>> read_begin("40"), read_begin("-1"), read_begin(None)
    (40, 0, 0)
    """
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def newer_stories(store: Store, choice: Choice, seq: int) -> int:
    """Return how many stories of a choice came or grew after a change of the store."""
    sql = f"""
        SELECT count(*) AS n FROM stories s WHERE {choice.of_stories()}
        AND s.story_id IN (SELECT id FROM records WHERE record = 'story' AND seq > ?)
    """
    return int(store.ask(sql, seq)[0]["n"])


def _tell_more(store: Store, rows: list[Row], choice: Choice) -> None:
    """Add to stories what their row in the list shows: outlets' names, the hours of articles, kinds of events."""
    ids = [row["story_id"] for row in rows]
    told, events, disputes = _articles(store, ids), _events(store, ids, choice.of_events()), _disputes(store, ids)
    for row in rows:
        articles = told[row["story_id"]]
        names = {one["source"]: one["outlet"] for one in articles}
        row["outlet_names"] = [(one, names.get(one) or outlet_name(one, None)) for one in row["outlets"]]
        row["moments"] = [(one["published_at"], bool(one["copy_of"])) for one in articles]
        row["copies"] = sum(bool(one["copy_of"]) for one in articles)
        row["kinds"] = Counter(one["type"] for one in events[row["story_id"]] if not one["historical"]).most_common()
        row["main"] = _foremost(events[row["story_id"]], FITTING if choice.of_events() else 1)
        row["disputed"] = [one["kind"] for one in disputes[row["story_id"]]]


def _articles(store: Store, ids: list[str]) -> dict[str, list[Row]]:
    sql = """SELECT story_id, source, outlet, published_at, copy_of FROM story_articles
             WHERE story_id IN (SELECT unnest(?)) ORDER BY story_id, position"""
    return group(store.ask(sql, ids) if ids else [], "story_id")


def _disputes(store: Store, ids: list[str]) -> dict[str, list[Row]]:
    sql = "SELECT story_id, kind FROM disputed WHERE story_id IN (SELECT unnest(?)) ORDER BY story_id, rowid"
    return group(store.ask(sql, ids) if ids else [], "story_id")


def _events(store: Store, ids: list[str], chosen: str) -> dict[str, list[Row]]:
    """Return by story its events but for history that nobody asked for; the rows are sought first, then read whole."""
    fits = chosen or "NOT e.historical"
    sql = f"""
        WITH wanted AS MATERIALIZED (
            SELECT e.rowid AS row, story_id FROM story_events JOIN events e USING (event_id)
            WHERE story_id IN (SELECT unnest(?)) AND NOT e.retracted AND (NOT e.historical OR {fits})
        )
        SELECT story_id, event_id, type, mode, actors, actor_ids, recipients, recipient_ids, place, place_id,
               happened, negated, future, hypothetical, historical, confidence, outlet_count, {fits} AS fits
        FROM events e JOIN wanted ON e.rowid = wanted.row
    """
    rows = store.ask(sql, ids) if ids else []
    return group(sorted(rows, key=lambda row: str(row["event_id"])), "story_id")


def _foremost(events: list[Row], most: int) -> list[Row]:
    """Return the events that stand for a story: of those that fit the filter some, the weightiest first."""
    fitting = [one for one in events if one["fits"] and (one["actors"] or most > 1)]
    return sorted(fitting, key=_weight, reverse=True)[:most]


def _weight(event: Row) -> tuple[int, bool, float]:
    """Return how much an event stands for its story: how many tell it, whether it happened, how sure we are."""
    return event["outlet_count"], event["happened"], event["confidence"]


def group(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    """Return rows by what they have in one column, in their order."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[name]].append(row)
    return grouped


def find_rising(store: Store) -> list[Row]:
    """Return what was named more than usual in the newest day, and the story that most of its articles tell."""
    found: list[Row] = store.remembered("rising", _rising)
    return found


def _rising(store: Store) -> list[Row]:
    rows = store.ask(
        f"""
        SELECT trend_id, kind, key, name, type, began, ended, window_start, window_end, count, outlets,
               baseline_mean, score, article_ids
        FROM trends
        WHERE NOT retracted AND window_end > (SELECT max(published_at) FROM articles) - {_DAY}
        ORDER BY score DESC, trend_id LIMIT {RISING}
        """
    )
    explained = _explained(store, [row["trend_id"] for row in rows])
    return [row | {"story": explained.get(row["trend_id"])} for row in rows]


def _explained(store: Store, ids: list[str]) -> dict[str, Row]:
    sql = """
        WITH named AS (
            SELECT trend_id, unnest(article_ids) AS article_id FROM trends WHERE trend_id IN (SELECT unnest(?))
        )
        SELECT trend_id, story_id, any_value(headline) AS headline, count(*) AS n
        FROM named JOIN story_articles USING (article_id) JOIN stories USING (story_id)
        GROUP BY trend_id, story_id HAVING n > 1
        QUALIFY row_number() OVER (PARTITION BY trend_id ORDER BY n DESC, story_id) = 1
    """
    return {row["trend_id"]: row for row in store.ask(sql, ids)} if ids else {}


def find_facets(store: Store) -> dict[str, list[Row]]:
    """Return what may be chosen, the most frequent first: types and countries of events, outlets of articles."""
    found: dict[str, list[Row]] = store.remembered("facets", _facets)
    return found


def _facets(store: Store) -> dict[str, list[Row]]:
    return {
        "types": store.ask(
            "SELECT type AS value, count(*) AS n FROM events WHERE NOT retracted GROUP BY type ORDER BY n DESC, value"
        ),
        "countries": store.ask(
            """SELECT country AS value, count(*) AS n FROM events WHERE NOT retracted AND country IS NOT NULL
               GROUP BY country ORDER BY n DESC, value LIMIT 60"""
        ),
        "outlets": store.ask(
            """SELECT source AS value, any_value(outlet) AS name, count(*) AS n FROM articles
               GROUP BY source ORDER BY n DESC, value LIMIT 200"""
        ),
    }


def counts(store: Store) -> dict[str, int]:
    """Return how many articles, stories and events there are."""
    [row] = store.ask(
        """SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM events) AS events,
                  (SELECT count(*) FROM stories WHERE merged_into IS NULL) AS stories"""
    )
    return row
