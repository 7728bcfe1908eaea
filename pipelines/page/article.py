"""One article: its text with names, dates and events marked where they stand, and the records beside it."""

from typing import Any, NamedTuple

from pipelines.page.marking import Mark, Piece, cut, paragraphs
from pipelines.page.store import Store
from pipelines.tables.events import outlet_name

Fields = dict[str, Any]
Row = dict[str, Any]


class Reading(NamedTuple):
    """An article's title and paragraphs in marked pieces, and the events that it tells in the order of the text."""

    title: list[Piece]
    body: list[list[Piece]]
    events: list[Fields]


def find_article(store: Store, article_id: str) -> Fields | None:
    """Return a whole article, None where there is none."""
    found = store.whole("article", [article_id])
    return found[0] if found else None


def find_copy(store: Store, article_id: str) -> Row | None:
    """Return what is known of a copy, of which no text is kept."""
    found = store.ask("SELECT * FROM duplicates WHERE article_id = ? ORDER BY published_at LIMIT 1", article_id)
    return found[0] if found else None


def copies_of(store: Store, article_id: str) -> list[Row]:
    """Return who copied an article, in order of publication."""
    sql = """SELECT article_id, outlet, url, kind, minutes_later, published_at, agency FROM duplicates
             WHERE original_id = ? AND article_id <> original_id ORDER BY published_at, duplicate_id"""
    return store.ask(sql, article_id)


def story_of(store: Store, article_id: str) -> Row | None:
    """Return the story that an article is part of."""
    sql = """SELECT story_id, headline, outlet_count FROM story_articles JOIN stories USING (story_id)
             WHERE article_id = ? ORDER BY story_id LIMIT 1"""
    found = store.ask(sql, article_id)
    return found[0] if found else None


def read(store: Store, article: Fields) -> Reading:
    """Mark what was found in an article."""
    events = [_with_words(event, article) for event in store.whole("event", article["event_ids"])]
    events = [event for event in events if not event["retracted"]]
    marks = {field: _marks(article, events, field) for field in ("title", "body")}
    title = cut(article["title"], marks["title"])
    return Reading(title, paragraphs(cut(article["body"], marks["body"])), events)


def _with_words(event: Fields, article: Fields) -> Fields:
    """Add to an event this article's evidence: `words` where the text has them, else None."""
    name = article["article_id"]
    of_it = (one for one in event["evidence"] if name in (one["article_id"], one["copy_of"]))
    words = next((one for one in of_it if _stands(one["trigger"], article)), None)
    others = [one for one in event["evidence"] if one["article_id"] != name]
    outlets = dict.fromkeys(outlet_name(one["source"], one["url"]) for one in others)
    return event | {"words": words, "others": list(outlets)}


def _stands(span: Fields, article: Fields) -> bool:
    return bool(article[span["field"]][span["start"] : span["end"]] == span["text"])


def _marks(article: Fields, events: list[Fields], field: str) -> list[Mark]:
    found = [Mark(one["start"], one["end"], one["type"], one["entity_id"], one["name"])
             for one in article["mentions"] if one["field"] == field]  # fmt: skip
    found += [Mark(one["start"], one["end"], "date", "", one["value"])
              for one in article["dates"] if one["field"] == field]  # fmt: skip
    found += [Mark(one["start"], one["end"], "office", one["entity_id"], one["role"])
              for one in article["offices"] if one["field"] == field]  # fmt: skip
    found += [Mark(one["start"], one["end"], "aside", "", one["kind"])
              for one in article["set_aside"] if one["field"] == field]  # fmt: skip
    for event in events:
        if event["words"] and (span := event["words"]["trigger"])["field"] == field:
            found.append(Mark(span["start"], span["end"], "trigger", event["event_id"], event["type"]))
    return found
