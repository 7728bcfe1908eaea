"""A page over records made by hand: two stories, their articles and events, a trend, a copy, a refusal."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipelines.page.application import make_application
from pipelines.page.follower import Follower
from pipelines.page.guard import Guard
from pipelines.page.sources import FolderSource
from pipelines.page.store import Place, Store
from pipelines.tables.stored import Stored
from schemas.topics import message_key, topic_of

Fields = dict[str, Any]
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
TOKEN = "a-token-of-the-tests"
ORIGIN = {"topic": "t", "partition": 0, "offset": 0}
NOTHING = dict.fromkeys(("qid", "geonames_id", "country", "admin1", "latitude", "longitude"))


def span(text: str, words: str, field: str = "body") -> Fields:
    start = text.index(words)
    return {"field": field, "start": start, "end": start + len(words), "text": words}


def entity(name: str, kind: str = "ORG", **told: Any) -> Fields:
    return {"entity_id": f"n-{name}", "type": kind, "name": name, **NOTHING, **told}


def mention(text: str, words: str, kind: str = "ORG", **told: Any) -> Fields:
    return {**span(text, words), **entity(words, kind), "confidence": 0.9, **told}


def article(article_id: str, body: str, **told: Any) -> Fields:
    fields: Fields = {
        **dict.fromkeys(("cluster_id", "source_ar", "country", "url", "category", "author", "byline")),
        **{
            "article_id": article_id,
            "revision": 0,
            "content_id": "c",
            "source": "masdar",
            "title": "خبر",
            "body": body,
        },
        **{"language": "ar", "published_at": NOON, "published_at_local": "2026-03-10T12:00:00+00:00", "zone": "UTC"},
        **{"body_start": 0, "body_end": len(body), "mentions": [], "offices": [], "dates": [], "event_ids": []},
        **{"set_aside": [], "origin": ORIGIN, "pipeline_version": "0"},
    }
    return fields | told


def evidence(article_id: str, body: str, trigger: str, **told: Any) -> Fields:
    return {
        **{"article_id": article_id, "revision": 0, "copy_of": None, "source": "masdar", "country": None, "url": None},
        **{"published_at": NOON, "trigger": span(body, trigger), "quote": span(body, body), "origin": ORIGIN},
        **told,
    }


def event(event_id: str, **told: Any) -> Fields:
    flags = ("negated", "future", "hypothetical", "historical", "retracted")
    fields: Fields = {
        **dict.fromkeys((*flags, "mutual"), False),
        **{"event_id": event_id, "version": 1, "type": "PROTEST", "mode": None, "confidence": 0.8},
        **{"actors": [], "recipients": [], "place": None, "date": None, "evidence": [], "outlets": []},
        **{"article_ids": [], "first_published_at": NOON, "last_published_at": NOON},
        "pipeline_version": "0",
    }
    fields |= told
    fields["article_ids"] = fields["article_ids"] or [one["article_id"] for one in fields["evidence"]]
    fields["outlets"] = fields["outlets"] or sorted({one["source"] for one in fields["evidence"]})
    return fields


def participant(name: str, kind: str = "ORG") -> Fields:
    found = entity(name, kind)
    return {key: found[key] for key in ("entity_id", "type", "name", "qid", "geonames_id", "country")} | {
        "text": name,
        "confidence": 0.7,
    }


def place(name: str, country: str, latitude: float, longitude: float) -> Fields:
    found = entity(name, "LOC", country=country, latitude=latitude, longitude=longitude)
    return {key: value for key, value in found.items() if key != "type"} | {"confidence": 0.7}


def story_article(article_id: str, source: str, minutes: int, **told: Any) -> Fields:
    nothing = dict.fromkeys(("country", "url", "copy_of", "agency"))
    moment = NOON + timedelta(minutes=minutes)
    return {"article_id": article_id, "source": source, "title": f"عنوان {article_id}", "published_at": moment,
            **nothing, **told}  # fmt: skip


def story(story_id: str, articles: list[Fields], **told: Any) -> Fields:
    first, outlets = articles[0], list(dict.fromkeys(one["source"] for one in articles))
    fields: Fields = {
        **{"story_id": story_id, "version": 1, "headline": first["title"], "headline_article_id": first["article_id"]},
        **{"headline_source": first["source"], "headline_url": None, "first_published_at": first["published_at"]},
        **{"last_published_at": articles[-1]["published_at"], "article_count": len(articles)},
        **{"outlet_count": len(outlets), "speed": 0.5, "outlets": outlets, "agencies": [], "articles": articles},
        **{"event_ids": [], "happenings": [], "places": [], "participants": [], "absorbed": [], "merged_into": None},
        "pipeline_version": "0",
    }
    return fields | told


def trend(trend_id: str, name: str, **told: Any) -> Fields:
    return {
        **{"trend_id": trend_id, "kind": "entity", "key": f"n-{name}", "name": name, "type": "ORG", "began": NOON},
        **{"ended": NOON, "window_start": NOON, "window_end": NOON + timedelta(hours=1), "count": 5, "outlets": 2},
        **{"baseline_mean": 0.5, "baseline_windows": 24, "score": 6.0, "retracted": False, "version": 1},
        **{"article_ids": [], "story_id": None, "pipeline_version": "0"},
        **told,
    }


def duplicate(article_id: str, original_id: str, **told: Any) -> Fields:
    return {
        **{"duplicate_id": f"d-{article_id}", "kind": "near", "article_id": article_id, "original_id": original_id},
        **{"cluster_id": "k", "similarity": 0.9, "containment": 1.0, "containment_direction": None, "source": "sada"},
        **{"original_source": "masdar", "url": None, "original_url": None, "original_published_at": NOON},
        **{"published_at": NOON + timedelta(minutes=50), "agency": None, "origin": ORIGIN, "original_origin": ORIGIN},
        "pipeline_version": "0",
        **told,
    }


def rejection(number: int, reason: str, **told: Any) -> Fields:
    return {
        **{"rejection_id": f"r{number}", "reason": reason, "message": "Mend it.", "stage": "decode", "payload": b"x"},
        **{"key": None, "headers": [], "origin": {"topic": "t", "partition": 0, "offset": number}, "timestamp": NOON},
        **{"article_id": None, "pipeline_version": "0"},
        **told,
    }


def line(number: int, outcome: str, record_id: str, **told: Any) -> Fields:
    """Return a line of the ledger."""
    nothing = ("article_id", "revision", "reason", "url", "content_id", "original_id", "cluster_id", "source", "agency")
    return {
        **dict.fromkeys((*nothing, "signature")),
        **{"origin": {"topic": "t", "partition": 0, "offset": number}, "origin_id": "once", "outcome": outcome},
        **{"record_id": record_id, "published_at": NOON, "pipeline_version": "0"},
        **told,
    }


PROTEST = "تظاهر معلمون من نقابة التعليم في بيروت أمس مطالبين بزيادة الأجور."
MEETING = "لم يلتق وزير الخارجية المبعوث الأممي في تونس."
RECORDS: dict[str, list[Fields]] = {
    "article": [
        article(
            "a1",
            PROTEST,
            title="معلمون يتظاهرون في بيروت",
            mentions=[mention(PROTEST, "نقابة التعليم"), mention(PROTEST, "بيروت", "LOC", country="LB")],
            dates=[{**span(PROTEST, "أمس"), "value": "2026-03-09", "granularity": "day", "resolution": "relative"}],
            event_ids=["e1"],
            url="https://www.masdar.example/1",
        ),
        article("a2", MEETING, title="لا لقاء في تونس", source="sada", event_ids=["e2"]),
    ],
    "event": [
        event(
            "e1",
            actors=[participant("نقابة التعليم")],
            place=place("بيروت", "LB", 33.9, 35.5),
            evidence=[
                evidence("a1", PROTEST, "تظاهر"),
                evidence("a3", PROTEST, "تظاهر", source="sada", copy_of="a1"),
            ],
        ),
        event(
            "e2",
            type="CONSULT",
            negated=True,
            confidence=0.4,
            actors=[participant("وزير الخارجية", "PER")],
            recipients=[participant("المبعوث الأممي", "PER")],
            place=place("تونس", "TN", 36.8, 10.2),
            evidence=[evidence("a2", MEETING, "يلتق", source="sada")],
        ),
    ],
    "story": [
        story(
            "s1",
            [
                story_article("a1", "masdar", 0, title="معلمون يتظاهرون في بيروت", url="https://www.masdar.example/1"),
                story_article("a3", "sada", 50, title=None, copy_of="a1", agency="أ ف ب"),
            ],
            event_ids=["e1"],
            agencies=["أ ف ب"],
            participants=[
                {key: entity("نقابة التعليم")[key]
                 for key in ("entity_id", "type", "name", "country", "latitude", "longitude")} | {"articles": 1}
            ],
        ),
        story(
            "s2",
            [story_article("a2", "sada", 90, title="لا لقاء في تونس"), story_article("a4", "dar", 95, title="تونس")],
            event_ids=["e2"],
            speed=2.0,
        ),
        story("s3", [story_article("a9", "masdar", 0)], merged_into="s1"),
    ],
    "trend": [trend("t1", "نقابة التعليم", article_ids=["a1", "a3"])],
    "duplicate": [duplicate("a3", "a1")],
    "rejection": [rejection(1, "not_arabic"), rejection(2, "not_arabic"), rejection(3, "empty")],
    "ledger": [
        *(line(number, "article", name) for number, name in enumerate(("a1", "a2"))),
        line(2, "revision", "a2"),
        line(3, "duplicate", "d-a3"),
        *(line(3 + number, "rejection", f"r{number}", published_at=None) for number in (1, 2, 3)),
    ],
}  # fmt: skip


def stored(record: str, fields: Fields) -> Stored:
    return Stored(record, message_key(topic_of(record), fields) or b"", fields)


def add(store: Store, records: dict[str, list[Fields]], at: int = 1) -> int:
    """Add records as if they had been read from a file up to some byte."""
    rows = [stored(record, one) for record, found in records.items() for one in found]
    return store.add(rows, {Place("article/file.avro", "", 0): at})


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the records in it, to be copied."""
    path = tmp_path_factory.mktemp("page") / "page.duckdb"
    store = Store(path)
    add(store, RECORDS)
    store.close()
    return path


@pytest.fixture
def store(tmp_path: Path, filled: Path) -> Iterator[Store]:
    copy(filled, tmp_path / "page.duckdb")
    store = Store(tmp_path / "page.duckdb")
    yield store
    store.close()


@pytest.fixture
def client(store: Store, tmp_path: Path) -> Iterator[TestClient]:
    """Return a browser without scripts, and without the token."""
    follower = Follower(store, lambda positions: FolderSource(tmp_path, dict(positions)))
    app = make_application(follower, Guard(TOKEN), "files:out", ("testserver",))
    with TestClient(app) as client:
        yield client
