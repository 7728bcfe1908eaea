"""Put the further labels, which are kept without any text, back to the news that they are of."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.progress import track

from pipelines.core.annotation import annotate_article
from pipelines.core.article import RawArticle
from pipelines.training.build_words import NEWS
from pipelines.training.reading.labels import read_lines
from pipelines.training.sources import require

LEARNED, HELD = (Path(__file__).with_name(f"{name}.jsonl.gz") for name in ("labels", "held"))
"""What models learn from, and what is held back from them: on these the joining of tellings is fitted."""
_TYPES = {"PERS": "PER", "GPE": "LOC", "NORP": "MISC"}
_SIDES = ("actors", "recipients")

Json = dict[str, Any]


def read_further(data: Path, part: Path) -> Iterator[tuple[Json, Json]]:
    """Yield articles of the news as they were sent, each with its labelled events in the form of `reading`."""
    labels = {record["id"]: record for record in read_lines(part)}
    for name in NEWS:
        for raw in track(
            read_lines(require(data / "news" / f"{name}.jsonl.gz")), f"further labels, {name}", total=None
        ):
            if record := labels.get(raw["id"]):
                events = [_with_text(raw, event) for event in record["events"]]
                yield raw, {"id": record["id"], "events": events, "mentions": [], "dates": []}


def add_names(raw: Json, record: Json) -> tuple[Json, Json]:
    """Add names and dates as the accurate model reads them, which takes a tenth of a second."""
    sent = RawArticle(raw["source"], raw["title"], raw["body"], raw["published_at"], raw.get("url"))
    read = annotate_article(sent, "accurate")
    mentions = [mention | {"type": _TYPES.get(mention["type"], mention["type"])} for mention in read["mentions"]]
    return raw, record | {"mentions": mentions, "dates": read["dates"]}


def _with_text(raw: Json, event: Json) -> Json:
    """Return a telling whose spans hold their text."""
    sides = {side: [_quote(raw, party) for party in event[side]] for side in _SIDES}
    place = event["place"] and _quote(raw, event["place"])
    return event | sides | {"trigger": _quote(raw, event["trigger"]), "place": place}


def _quote(raw: Json, span: Json) -> Json:
    return span | {"text": raw[span["field"]][span["start"] : span["end"]]} if "start" in span else span
