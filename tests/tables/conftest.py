"""Records made by hand, and what a run over the sample wrote."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.containers import write_container

Fields = dict[str, Any]
Write = Callable[..., str]
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
FLAGS = ("negated", "future", "hypothetical", "historical", "retracted")


def participant(name: str, entity_id: str, **told: Any) -> Fields:
    nothing = dict.fromkeys(("qid", "geonames_id", "country", "confidence"))
    return {"entity_id": entity_id, "type": "ORG", "name": name, "text": name, **nothing, **told}


def evidence(words: str, **told: Any) -> Fields:
    span = {"field": "body", "start": 0, "end": len(words), "text": words}
    origin = {"topic": "t", "partition": 0, "offset": 0}
    return {"article_id": "a1", "revision": 0, "copy_of": None, "source": "ahram", "country": "EG", "url": None,
            "published_at": NOON, "trigger": span, "quote": span, "origin": origin, **told}  # fmt: skip


def event(event_id: str, version: int = 1, **told: Any) -> Fields:
    fields: Fields = {
        **dict.fromkeys((*FLAGS, "mutual"), False),
        **{"event_id": event_id, "version": version, "type": "PROTEST", "mode": None, "confidence": 0.5},
        **{
            "actors": [],
            "recipients": [],
            "place": None,
            "date": None,
            "evidence": [],
            "outlets": [],
            "article_ids": [],
        },
        **{"first_published_at": NOON, "last_published_at": NOON, "pipeline_version": "0"},
    }
    return fields | told


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes records into a folder as a run does, each call into another hour."""
    hours = iter(range(24))

    def into_folder(record: str, rows: list[Fields], version: int | None = None) -> str:
        folder = tmp_path / f"out/{record}/date=2026-03-10/hour={next(hours):02}"
        folder.mkdir(parents=True)
        write_container(folder / f"{record}.avro", record, rows, version)
        return f"files:{tmp_path / 'out'}"

    return into_folder
