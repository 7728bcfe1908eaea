"""Stories, the articles that tell them and the events that those report, as three tables."""

from collections.abc import Iterator
from datetime import UTC

from pipelines.tables.days import iso_week
from pipelines.tables.events import outlet_name
from pipelines.tables.table import Fields, Row, Table, columns


def story_rows(story: Fields) -> Iterator[Row]:
    """Yield the one row of a story."""
    day = story["first_published_at"].astimezone(UTC).date()
    same = {column.name: story[column.name] for column in STORIES.columns if column.name in story}
    yield same | {
        "day": day,
        "iso_week": iso_week(day),
        "places": [one["name"] for one in story["places"]],
        "place_ids": [one["entity_id"] for one in story["places"]],
        "participants": [one["name"] for one in story["participants"]],
        "participant_ids": [one["entity_id"] for one in story["participants"]],
    }


def story_article_rows(story: Fields) -> Iterator[Row]:
    """Yield a row for each article of a story; none for one that is an older story, which has them."""
    for position, one in enumerate(() if story["merged_into"] else story["articles"]):
        told = {"story_id": story["story_id"], "position": position, "outlet": outlet_name(one["source"], one["url"])}
        yield told | one


def story_event_rows(story: Fields) -> Iterator[Row]:
    """Yield a row for each event of a story; none for one that is an older story, which has them."""
    known = story.get("happenings") or [{"event_ids": [one]} for one in story["event_ids"]]
    happening = {one: number for number, told in enumerate(known) for one in told["event_ids"]}
    for position, one in enumerate(() if story["merged_into"] else story["event_ids"]):
        yield {
            "story_id": story["story_id"],
            "event_id": one,
            "happening": happening[one],
            "position": position,
        }


STORIES = Table(
    "stories",
    "story",
    "first_published_at, story_id",
    columns("""
        story_id            text    Id of the story, the same in all versions.
        version             whole   The newest is the highest.
        day                 day     Day of the first article, UTC.
        iso_week            text    ISO 8601 week of that day.
        headline            text    The title that stands for it.
        headline_source     text    Short name of the outlet that has it.
        headline_url        text    Address of that article.
        article_count       whole   Articles, copies among them.
        outlet_count        whole   Different outlets.
        speed               number  Articles an hour, over the six hours before the last.
        outlets             texts   Short names of the outlets, in the order in which each first told it.
        agencies            texts   News agencies that its articles name as their origin.
        places              texts   Places that most of its articles name: usual names.
        participants        texts   People and bodies that most of its articles name: usual names.
        first_published_at  moment  When the first article was published, UTC.
        last_published_at   moment  When the last was, UTC.
        place_ids           texts   Entity ids of the places, in their order.
        participant_ids     texts   Entity ids of the participants, in their order.
        event_ids           texts   Events that its articles report.
        absorbed            texts   Younger stories that turned out to be this one.
        merged_into         text    The older story that this one turned out to be; empty where it goes on itself.
        headline_article_id text    Id of the article whose title it is.
        pipeline_version    text    Version of rasid that made the record.
    """),
    story_rows,
)

STORY_ARTICLES = Table(
    "story_articles",
    "story",
    "story_id, position",
    columns("""
        story_id      text    The story.
        position      whole   Counted from 0, by time of publication.
        article_id    text    The article.
        source        text    Short name of the outlet.
        outlet        text    Name of the outlet.
        country       text    Country of the outlet.
        url           text    Address of the article.
        title         text    Its title; empty for a copy.
        published_at  moment  When it was published, UTC.
        copy_of       text    The article that it copies; empty where it is no copy.
        agency        text    The news agency that it names as its origin.
    """),
    story_article_rows,
)

STORY_EVENTS = Table(
    "story_events",
    "story",
    "story_id, position",
    columns("""
        story_id   text   The story.
        event_id   text   An event that its articles report, of which `events` tells more; it may be in several stories.
        happening  whole  The same for events of the story that a reader takes for one: outlets tell it in other words.
        position   whole  Counted from 0, in the order they are told.
    """),
    story_event_rows,
)
