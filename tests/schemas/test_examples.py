from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from schemas.catalog import folder, records

EXAMPLES = [
    (f"{record}/{version.name}/{file.name}", orjson.loads(file.read_bytes()))
    for record in records()
    for version in (folder() / "examples" / record).iterdir()
    for file in version.iterdir()
]


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"field", "start", "end", "text"} <= value.keys():
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


@pytest.mark.parametrize(("name", "example"), [pair for pair in EXAMPLES if pair[0].startswith("article/")])
def test_every_span_of_an_article_holds_its_words(name: str, example: dict[str, Any]) -> None:
    for span in spans(example):
        assert example[span["field"]][span["start"] : span["end"]] == span["text"], name


def test_the_quotes_of_an_event_are_in_its_article() -> None:
    examples = dict(EXAMPLES)
    article, event = examples["article/1/news.json"], examples["event/1/meeting.json"]
    found = list(spans(event))
    assert len(found) == 4
    for span in found:
        assert article[span["field"]][span["start"] : span["end"]] == span["text"]
