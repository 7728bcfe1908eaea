"""Right or wrong: what a reader says of an event in an article, appended to a file of labels."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

Fields = dict[str, Any]
Verdict = Literal["right", "wrong"]
FLAGS = ("negated", "future", "hypothetical", "historical")


def judgement(article: Fields, event: Fields, words: Fields, verdict: Verdict, at: datetime) -> Fields:
    """Return a line of labels: the event as the hand-labelled articles of `reading/` tell theirs, and the verdict.

    `words` is the evidence that was judged; positions are code points of this revision's title or body.
    """
    told = {
        "event": event["event_id"],
        "type": event["type"],
        "trigger": words["trigger"],
        "actors": [{"name": one["name"]} for one in event["actors"]],
        "recipients": [{"name": one["name"]} for one in event["recipients"]],
        "place": {"name": event["place"]["name"]} if event["place"] else None,
        "date": event["date"]["value"] if event["date"] else None,
        "flags": [flag for flag in FLAGS if event[flag]],
    }
    return {
        "id": article["article_id"],
        "revision": article["revision"],
        "source": article["source"],
        "events": [told],
        "verdict": verdict,
        "quote": words["quote"]["text"],
        "confidence": event["confidence"],
        "pipeline_version": event["pipeline_version"],
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def append(path: Path, line: Fields) -> None:
    """Add a line to a file, durably; one before it that a crash cut short is ended."""
    with path.open("a+b") as file:
        if end := file.seek(0, os.SEEK_END):
            file.seek(end - 1)
            file.write(b"" if file.read(1) == b"\n" else b"\n")
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def judged(path: Path, article_id: str) -> dict[str, Verdict]:
    """Return the last verdict on each event of an article; nothing where nobody judged."""
    found: dict[str, Verdict] = {}
    if path.exists():
        with path.open("rb") as lines:
            for line in lines:
                if article_id.encode() in line and (told := _read(line)).get("id") == article_id:
                    found[told["events"][0]["event"]] = told["verdict"]
    return found


def _read(line: bytes) -> Fields:
    try:
        told: Fields = json.loads(line)
    except ValueError:  # a crash cut it short, before anybody was told that it was kept
        return {}
    return told
