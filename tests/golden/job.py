"""The whole job over the bundled sample, files to files, and what of its outcome is kept to compare."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from connectors.files.lines import find_files
from pipelines.ledgers import file_rows
from pipelines.options import FileSource, Settings
from pipelines.run import run
from schemas.plain_json import to_json

Fields = Mapping[str, Any]

EXPECTED = Path(__file__).parent / "expected"
SAMPLE = Path(str(files("pipelines"))) / "resources" / "sample"
SAMPLES = FileSource(find_files(f"{SAMPLE}/*.jsonl*"))
RECORDS = ("article", "duplicate", "event", "story", "trend", "rejection", "ledger")
SOFTWARE = "pipeline_version"


def run_sample(target: Path, source: FileSource = SAMPLES, **settings: Any) -> None:
    """Run the job over the sample, in process."""
    run(Settings(source, to_files=str(target), state=target.with_name(f"{target.name}.state"), **settings))


def read(target: Path, record: str) -> list[dict[str, Any]]:
    """Return all records of one kind that a run wrote."""
    return list(file_rows(str(target), record))


def project(target: Path, record: str) -> str:
    """Return what a run wrote as lines of JSON, sorted: few enough for a person to read their difference."""
    lines = [to_json(row).decode() for row in PROJECTIONS[record](read(target, record))]
    return "".join(f"{line}\n" for line in sorted(lines, key=_by_numbers))


def _by_numbers(line: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", line)]


def _articles(rows: Iterable[Fields]) -> Iterable[Fields]:
    for row in rows:
        byline = row["byline"] or {}
        yield {
            "line": row["origin"]["offset"] + 1,
            "article_id": row["article_id"],
            "revision": row["revision"],
            "title": row["title"],
            "zone": row["zone"],
            "published_at": row["published_at"],
            "agency": byline.get("agency"),
            "mentions": [f"{one['text']} = {one['entity_id']}" for one in row["mentions"]],
            "dates": [f"{one['text']} = {one['value']}" for one in row["dates"]],
            "events": len(row["event_ids"]),
        }


def _events(rows: Iterable[Fields]) -> Iterable[Fields]:
    versions: dict[str, list[Fields]] = defaultdict(list)
    for row in rows:
        versions[row["event_id"]].append(row)
    for event_id, said in versions.items():
        told = sorted(said, key=lambda row: row["version"])
        last = told[-1]
        first = last["evidence"][0]
        yield {
            "lines": sorted({one["origin"]["offset"] + 1 for one in last["evidence"]}),
            "event_id": event_id,
            "type": last["type"],
            "mode": last["mode"],
            "actors": [one["text"] for one in last["actors"]],
            "recipients": [one["text"] for one in last["recipients"]],
            "place": last["place"] and last["place"]["name"],
            "date": last["date"] and last["date"]["value"],
            "flags": [name for name in ("negated", "future", "hypothetical", "historical", "retracted") if last[name]],
            "outlets": last["outlets"],
            "versions": [row["version"] for row in told],
            "quote": first["quote"]["text"],
        }


def _stories(rows: Iterable[Fields]) -> Iterable[Fields]:
    for row in rows:
        named = ("story_id", "version", "headline", "outlets", "agencies", "speed", "absorbed", "merged_into")
        names = {kind: [one["name"] for one in row[kind]] for kind in ("places", "participants")}
        yield (
            {name: row[name] for name in named}
            | names
            | {
                "articles": [one["title"] or f"copy of {one['copy_of']}" for one in row["articles"]],
                "events": len(row["event_ids"]),
            }
        )


def _trends(rows: Iterable[Fields]) -> Iterable[Fields]:
    for row in rows:
        named = ("kind", "key", "name", "window_end", "count", "outlets", "baseline_mean", "score", "retracted")
        yield {name: row[name] for name in (*named, "story_id", "version")}


def _rejections(rows: Iterable[Fields]) -> Iterable[Fields]:
    for row in rows:
        named = {name: row[name] for name in ("origin", "reason", "stage", "message")}
        yield named | {"payload_sha256": sha256(row["payload"] or b"").hexdigest()[:16]}


def _ledger(rows: Iterable[Fields]) -> Iterable[Fields]:
    for row in rows:
        signature = row["signature"] and sha256(row["signature"]).hexdigest()[:8]
        yield {name: value for name, value in row.items() if name != SOFTWARE} | {"signature": signature}


def _duplicates(rows: Iterable[Fields]) -> Iterable[Fields]:
    for row in rows:
        yield {name: value for name, value in row.items() if name != SOFTWARE}


PROJECTIONS: dict[str, Callable[[Iterable[Fields]], Iterable[Fields]]] = {
    "article": _articles,
    "duplicate": _duplicates,
    "event": _events,
    "story": _stories,
    "trend": _trends,
    "rejection": _rejections,
    "ledger": _ledger,
}


def truth() -> dict[str, Any]:
    """Return what is known of each line of the sample."""
    known: dict[str, Any] = json.loads((Path(__file__).parents[1] / "sample" / "truth.json").read_text("utf-8"))
    return known
