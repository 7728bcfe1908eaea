"""The tables that the page is made of: those of `rasid query`, with what its search and its lists need."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipelines.core.text.fold import fold_text
from pipelines.tables.articles import ARTICLES, MENTIONS, mention_rows
from pipelines.tables.duplicates import DUPLICATES
from pipelines.tables.events import EVENTS, PARTICIPANTS
from pipelines.tables.places import needle
from pipelines.tables.rejections import REJECTIONS
from pipelines.tables.stories import STORIES, STORY_ARTICLES, STORY_EVENTS, story_rows
from pipelines.tables.table import Column, Fields, Row, Table, columns, origin_text
from pipelines.tables.trends import TRENDS
from schemas.codec import decode_message
from schemas.errors import CannotRead

WORDS = Column("_words", "text", "Folded words of its titles, in which a search looks.")
EVENT_ARTICLES = Table(
    "event_articles",
    "event",
    "event_id, article_id",
    (Column("event_id", "text", "The event."), Column("article_id", "text", "An article that reports it.")),
    lambda event: ({"event_id": event["event_id"], "article_id": one} for one in event["article_ids"]),
)


def ledger_id(line: Fields) -> str:
    """Return which message a line of the ledger is of: its place, and what tells it from another that stood there."""
    return f"{origin_text(line['origin'])}#{line['origin_id'] or ''}"


def _ledger_rows(line: Fields) -> Iterator[Row]:
    """Yield the one row of a line."""
    yield {"ledger_id": ledger_id(line), **{name: line[name] for name in ("outcome", "record_id", "published_at")}}


LEDGER = Table(
    "ledger",
    "ledger",
    "ledger_id",
    columns("""
        ledger_id     text    The message.
        outcome       text    article, revision, duplicate or rejection.
        record_id     text    Id of the record that was written for it.
        published_at  moment  When the article was published; empty where it could not be read.
    """),
    _ledger_rows,
)


def _without(table: Table, *names: str) -> Table:
    return replace(table, columns=tuple(column for column in table.columns if column.name not in names))


def _searched(table: Table, rows: Callable[[Fields], Iterator[Row]]) -> Table:
    return replace(table, columns=(*table.columns, WORDS), rows=rows)


def _article_rows(article: Fields) -> Iterator[Row]:
    for row in ARTICLES.rows(article):
        yield row | {"_words": fold_text(article["title"])}


def _story_rows(story: Fields) -> Iterator[Row]:
    titles = [story["headline"], *(one["title"] for one in story["articles"] if one["title"])]
    for row in story_rows(story):
        yield row | {"_words": fold_text(" | ".join(dict.fromkeys(titles)))}


def _mention_rows(article: Fields) -> Iterator[Row]:
    """Yield a row for each name; the moment is the article's, so that weeks are counted without a join."""
    for row in mention_rows(article):
        yield row | {"_words": needle(row["name"]), "published_at": article["published_at"]}


def _rejection_rows(rejection: Fields) -> Iterator[Row]:
    """Yield the one row of a refusal, with the outlet that its message names."""
    for row in REJECTIONS.rows(rejection):
        try:
            yield row | {"source": decode_message(rejection["payload"] or b"").get("source")}
        except CannotRead:
            yield row | {"source": None}


KEPT: tuple[Table, ...] = (
    _searched(_without(ARTICLES, "body"), _article_rows),
    replace(
        MENTIONS,
        columns=(*MENTIONS.columns, WORDS, Column("published_at", "moment", "When the article was published.")),
        rows=_mention_rows,
    ),
    EVENTS,
    PARTICIPANTS,
    EVENT_ARTICLES,
    _searched(STORIES, _story_rows),
    STORY_ARTICLES,
    STORY_EVENTS,
    DUPLICATES,
    TRENDS,
    replace(
        _without(REJECTIONS, "payload"),
        columns=(*_without(REJECTIONS, "payload").columns, Column("source", "text", "The outlet that it names.")),
        rows=_rejection_rows,
    ),
    LEDGER,
)
RECORDS: tuple[str, ...] = tuple(dict.fromkeys(table.record for table in KEPT))
"""The kinds of record that the page reads."""
WHOLE = {"article", "event", "story"}
"""Of these the whole record is kept too, for the screen that shows it."""
