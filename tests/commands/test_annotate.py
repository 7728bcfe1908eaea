import io
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.commands.annotate import annotate_line
from pipelines.core.annotation import annotate_article
from pipelines.core.article import RawArticle
from schemas.catalog import schema_text

SAMPLE = Path(str(files("pipelines").joinpath("resources", "sample", "articles.jsonl")))
LINES = SAMPLE.read_bytes().splitlines()
ARTICLE = {
    "id": "n-1",
    "url": "https://marfa.example/1",
    "source": "marfa",
    "title": "وزير الخارجية المصري يزور بغداد",
    "body": "بغداد (رويترز) - وصل وزير الخارجية المصري إلى بغداد اليوم والتقى رئيس الوزراء العراقي.",
    "published_at": "2026-03-10T09:00:00+03:00",
}
MARKS = st.sampled_from(("ـ", "َ", "ّ", "\u200f", "\u200b", "  "))


def annotate(*articles: Any) -> list[dict[str, Any]]:
    lines = [article if isinstance(article, bytes) else json.dumps(article).encode() for article in articles]
    return [json.loads(annotate_line(line, number)) for number, line in enumerate(lines, 1)]


def slices_of(found: Any) -> list[dict[str, Any]]:
    """Return every object with a field, a start and an end, however deep it lies."""
    if isinstance(found, list):
        return [piece for item in found for piece in slices_of(item)]
    if not isinstance(found, dict):
        return []
    return [found] * ("start" in found) + slices_of(list(found.values()))


def test_finds_names_dates_events_and_the_agency() -> None:
    [found] = annotate(ARTICLE)
    read = ["mentions", "offices", "dates", "events", "set_aside"]
    assert list(found) == ["id", "article_id", "language", "origin", *read]
    assert (found["id"], found["language"], found["origin"]) == ("n-1", "ar", "رويترز")
    assert "بغداد" in [mention["text"] for mention in found["mentions"]]
    assert [(date["text"], date["value"], date["granularity"]) for date in found["dates"]] == [
        ("اليوم", "2026-03-10", "day")
    ]
    assert found["events"]


def fields_of(record: str, inner: str) -> list[str]:
    """Return the names of the fields of a record within a record, as its schema has them."""
    schema = json.loads(schema_text(record))
    [found] = [one for one in walk(schema) if one.get("type") == "record" and one["name"] == inner]
    return [field["name"] for field in found["fields"]]


def walk(schema: Any) -> Iterator[dict[str, Any]]:
    pieces = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    yield from [schema] * isinstance(schema, dict)
    for piece in pieces:
        yield from walk(piece)


def test_every_object_is_as_the_records_have_it() -> None:
    [found] = annotate(ARTICLE)
    place = ["field", "start", "end", "text"]
    for name in ("mention", "office"):
        assert sorted(found[f"{name}s"][0]) == sorted(fields_of("article", name))
    assert sorted(found["dates"][0]) == sorted(fields_of("article", "date_mention"))
    event = next(event for event in found["events"] if event["actors"])
    assert list(event) == [
        *("event_id", "type", "mode", "actors", "recipients", "mutual", "place", "date"),
        *("negated", "future", "hypothetical", "historical", "confidence", "trigger", "evidence"),
    ]
    assert list(event["actors"][0]) == fields_of("event", "participant")
    assert list(event["place"]) == [*fields_of("event", "place"), "text"]
    assert list(event["trigger"]) == list(event["evidence"]) == place


@pytest.mark.parametrize("line", LINES[::5])
def test_every_slice_is_one_of_the_article_as_it_was_given(line: bytes) -> None:
    article, [found] = json.loads(line), annotate(line)
    slices = slices_of(found)
    assert slices
    for piece in slices:
        assert article[piece["field"]][piece["start"] : piece["end"]] == piece["text"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 80), MARKS), max_size=12))
def test_slices_hold_in_texts_full_of_marks_that_normalization_drops(marks: list[tuple[int, str]]) -> None:
    body = ARTICLE["body"]
    for at, mark in marks:
        body = body[:at] + mark + body[at:]
    found = annotate_article(RawArticle("marfa", ARTICLE["title"], f" \u200f{body}", "2026-03-10"))
    for piece in slices_of(found):
        text = ARTICLE["title"] if piece["field"] == "title" else f" \u200f{body}"
        assert text[piece["start"] : piece["end"]] == piece["text"] != ""


def test_a_summary_is_not_taken_for_the_body() -> None:
    [found] = annotate({**ARTICLE, "body": "", "summary": ARTICLE["body"]})
    assert {piece["field"] for piece in slices_of(found)} == {"title"}


def test_refuses_as_the_pipeline_does_and_keeps_the_id() -> None:
    persian = {
        **ARTICLE,
        "title": "رئیس جمهور گفت که این پروژه چگونه پیش می‌رود",
        "body": "او افزود که کشور به آن نیاز دارد و پیگیری می‌کند.",
    }
    refused = annotate(persian, {**ARTICLE, "published_at": "soon"}, {"id": 7}, {"title": "خبر"})
    assert [line["id"] for line in refused] == ["n-1", "n-1", 7, None]
    assert [line["rejected"]["reason"] for line in refused] == [
        *("not_arabic", "no_usable_date", "missing_field", "missing_field")
    ]
    assert all(set(line) == {"id", "rejected"} and line["rejected"]["message"] for line in refused)


@pytest.mark.parametrize("line", [b"", b"   ", b"{", b"[]", b"3", b"\xff\xfe", b"\x00\x01", b'{"title": "\\ud800"}'])
def test_a_line_that_is_no_object_is_named_by_its_number(line: bytes) -> None:
    refused = annotate(ARTICLE, line)[1]
    assert (refused["id"], refused["line"]) == (None, 2)
    assert refused["rejected"]["reason"] in {"undecodable", "missing_field", "unknown_schema"}


def test_an_article_that_is_too_long_is_refused() -> None:
    [refused] = annotate({**ARTICLE, "body": "خبر " * 300_000})
    assert refused["rejected"]["reason"] == "too_long"


def test_the_command_answers_every_line_in_order() -> None:
    given = b"\n".join([*LINES[:3], b"", b"{", LINES[3]])
    result = CliRunner().invoke(app, ["annotate", "-"], input=given)
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [
        *(json.loads(line)["id"] for line in LINES[:3]),
        *(None, None, json.loads(LINES[3])["id"]),
    ]
    assert [answer.get("line") for answer in answers] == [None, None, None, 4, 5, None]


def test_a_file_that_is_not_there_is_told_in_a_sentence() -> None:
    result = CliRunner().invoke(app, ["annotate", "nowhere.jsonl"])
    assert result.exit_code == 2
    assert "nowhere.jsonl cannot be read" in result.stderr


def test_two_processes_say_what_one_says() -> None:
    command = ["annotate", str(SAMPLE), "--jobs"]
    one = CliRunner().invoke(app, [*command, "1"]).stdout_bytes
    two = subprocess.run([sys.executable, "-m", "pipelines.cli", *command, "2"], capture_output=True, check=True).stdout
    assert one == two
    assert len(list(io.BytesIO(one))) == len(LINES)


@pytest.mark.parametrize("arguments", [["--help"], ["annotate", "-"], ["normalize", "-"]])
def test_what_needs_no_pipeline_imports_no_beam_and_no_kafka(arguments: list[str]) -> None:
    ask = (
        "import sys; from pipelines.cli import app; app(sys.argv[1:], standalone_mode=False); "
        "sys.exit(' '.join({name.partition('.')[0] for name in sys.modules} & {'apache_beam', 'kafka'}))"
    )
    done = subprocess.run([sys.executable, "-c", ask, *arguments], input=LINES[0], capture_output=True, check=False)
    assert done.stderr.decode().split() == []
