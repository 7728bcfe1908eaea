from pathlib import Path
from typing import Any

import pytest

from pipelines.core.events.event import TYPES
from pipelines.training.build_words import NEWS
from pipelines.training.reading.further.articles import HELD, LEARNED
from pipelines.training.reading.labels import read_lines

DATA = Path(__file__).parents[3].parent / "shared" / "data"
FLAGS = {"negated", "future", "hypothetical", "historical"}
RUN = 8


def spans(event: dict[str, Any]) -> list[dict[str, Any]]:
    parties = [event["trigger"], *event["actors"], *event["recipients"], event["place"]]
    return [span for span in parties if span and "start" in span]


@pytest.fixture(scope="module")
def labels() -> dict[str, dict[str, Any]]:
    return {record["id"]: record for part in (LEARNED, HELD) for record in read_lines(part)}


@pytest.fixture(scope="module")
def news(labels: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    if not (DATA / "news").exists():
        pytest.skip("the news that the labels are of is not here: ../shared/data/news")
    every = (raw for name in NEWS for raw in read_lines(DATA / "news" / f"{name}.jsonl.gz"))
    return {raw["id"]: raw for raw in every if raw["id"] in labels}


def runs(raw: dict[str, Any]) -> set[str]:
    words = f"{raw['title']} {raw['body']}".split()
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN)}


def test_labels_use_the_types_and_flags_of_the_guide_and_hold_no_text(labels: dict[str, dict[str, Any]]) -> None:
    for record in labels.values():
        types: dict[str, str] = {}
        for event in record["events"]:
            assert event["type"] in TYPES
            assert set(event["flags"]) <= FLAGS
            assert types.setdefault(event["event"], event["type"]) == event["type"], record["id"]
            assert all(set(span) == {"field", "start", "end"} for span in spans(event)), record["id"]


def test_every_span_holds_whole_words_of_its_article(
    labels: dict[str, dict[str, Any]], news: dict[str, dict[str, Any]]
) -> None:
    assert set(news) == set(labels)
    for record in labels.values():
        for event in record["events"]:
            for span in spans(event):
                text = news[record["id"]][span["field"]][span["start"] : span["end"]]
                assert text
                assert text == text.strip(), (record["id"], text)


def test_nothing_that_is_measured_on_is_labelled_further(news: dict[str, dict[str, Any]]) -> None:
    reading = DATA / "reading"
    held = {record["id"] for record in read_lines(reading / "labels.dev.jsonl")}
    measured = [raw for raw in read_lines(reading / "articles.jsonl.gz") if raw["id"] in held]
    measured += read_lines(reading / "articles.maghreb.jsonl")
    seen = set().union(*map(runs, measured))
    for raw in news.values():  # a dateline or an outlet's own lines may be the same
        own = runs(raw)
        assert len(own & seen) < max(1, len(own)) / 10, raw["id"]
