from pathlib import Path
from typing import Any

from pipelines.tables.catalog import MAIN, TABLES
from pipelines.tables.stories import STORIES, STORY_ARTICLES, STORY_EVENTS
from schemas.catalog import folder
from schemas.plain_json import from_json


def example(name: str) -> dict[str, Any]:
    return from_json("story", (Path(str(folder())) / f"examples/story/1/{name}.json").read_bytes())


def test_a_story_is_one_row_with_names_and_ids_apart() -> None:
    (row,) = STORIES.rows(example("flood"))
    assert set(row) == {column.name for column in STORIES.columns}
    assert (row["places"], row["place_ids"], row["iso_week"]) == (["درنة"], ["Q81569"], "2026-W11")


def test_each_of_its_articles_is_a_row_of_another_table() -> None:
    rows = list(STORY_ARTICLES.rows(example("flood")))
    assert [(row["position"], row["copy_of"] is not None) for row in rows] == [(0, False), (1, True), (2, False)]
    assert set(rows[0]) == {column.name for column in STORY_ARTICLES.columns}


def test_the_articles_of_a_story_that_is_an_older_one_are_told_there() -> None:
    assert list(STORY_ARTICLES.rows(example("merged"))) == []
    assert list(STORY_EVENTS.rows(example("merged"))) == []


def test_each_of_its_events_is_a_row_of_a_third_table() -> None:
    story = example("flood")
    rows = list(STORY_EVENTS.rows(story))
    assert [(row["story_id"], row["event_id"]) for row in rows] == [
        (story["story_id"], one) for one in story["event_ids"]
    ]


def test_events_that_a_reader_takes_for_one_have_one_happening() -> None:
    story = example("flood") | {
        "event_ids": ["e1", "e2", "e3"],
        "happenings": [{"event_ids": ["e1", "e3"]}, {"event_ids": ["e2"]}],
    }
    assert [row["happening"] for row in STORY_EVENTS.rows(story)] == [0, 1, 0]
    assert [row["happening"] for row in STORY_EVENTS.rows(story | {"happenings": []})] == [0, 1, 2]  # version 1


def test_every_record_has_one_main_table() -> None:
    assert MAIN["story"] is TABLES["stories"]
    assert MAIN["event"] is TABLES["events"]
