"""Write short labelled texts from templates: what the labelled articles of the press rarely hold.

Sport that sounds like war, drills, films, figures of speech, anniversaries, old crimes before a court, denials,
plans, victims behind their verb. A template is filled several times, each time with other names; the form of the
labels is that of `reading`.
"""

import random
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.core.article import RawArticle
from pipelines.core.dates.find import find_dates
from pipelines.core.normalization import normalize_article
from pipelines.core.text.document import read_document

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([a-z_]+)(\d?)\}")
_OUTLETS = ("okaz", "hespress", "annahar", "alghad", "mosaiquefm", "elkhabar", "almasryalyoum", "alquds")
_FIRST, _DAYS = datetime(2013, 1, 1, tzinfo=UTC), 5_000
VARIANTS = 4
"""So often each template is filled for training."""

Span = dict[str, Any]


class Filler(NamedTuple):
    """Words that a template may hold, and the type of name that they are, or ""."""

    type: str
    words: list[str]


def read_fillers() -> dict[str, Filler]:
    """Return the fillers by the name of their slot."""
    rows = (line.split("\t") for line in (_HERE / "fillers.tsv").read_text("utf-8").splitlines())
    return {name: Filler(kind, words) for name, kind, *words in rows}


def write_articles(variants: int, seed: int = 1) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield articles as they are sent, each with its labels: every template `variants` times."""
    chance, fillers = random.Random(seed), read_fillers()
    lines = [line for line in (_HERE / "templates.txt").read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
    for number, line in enumerate(lines):
        for variant in range(variants):
            filled = _fill(line, fillers, chance)
            yield _article(f"made-{number}-{variant}", line, filled, fillers, chance)


def _fill(line: str, fillers: Mapping[str, Filler], chance: random.Random) -> dict[str, str]:
    """Draw words for each slot, for two slots of one name different ones."""
    filled: dict[str, str] = {}
    for slot in dict.fromkeys(match.group() for match in _SLOT.finditer(line)):
        name = slot.strip("{}").rstrip("0123456789")
        left = [words for words in fillers[name].words if words not in filled.values()]
        filled[slot] = chance.choice(left)
    return filled


def _article(
    ident: str, line: str, filled: Mapping[str, str], fillers: Mapping[str, Filler], chance: random.Random
) -> tuple[dict[str, Any], dict[str, Any]]:
    text, _, events = (part.strip() for part in line.partition("||"))
    body, mentions = "", []
    for literal in re.split(r"(\{[a-z_]+\d?\})", text):
        if literal in filled:
            kind = fillers[literal.strip("{}").rstrip("0123456789")].type
            if kind not in ("", "DAY"):
                mentions.append(_span(body, filled[literal]) | {"type": kind})
        body += filled.get(literal, literal)
    published = _FIRST + timedelta(days=chance.randrange(_DAYS), hours=12)
    raw = {
        "id": ident,
        "source": chance.choice(_OUTLETS),
        "title": "",
        "body": body,
        "published_at": published.isoformat(),
    }
    dates = _dates(raw)
    told = [_event(number, event, body, filled, dates) for number, event in enumerate(events.split("//"), 1) if event]
    return raw, {"id": ident, "mentions": mentions, "dates": dates, "events": told}


def _span(before: str, words: str) -> Span:
    return {"field": "body", "start": len(before), "end": len(before) + len(words), "text": words}


def _dates(raw: dict[str, Any]) -> list[Span]:
    """Find the dates as the product does: by rule, and nearly always right."""
    article = normalize_article(RawArticle(raw["source"], "", raw["body"], raw["published_at"])).article
    found = find_dates(read_document("body", article.body), article.published_at)
    assert article.body == raw["body"], raw["body"]
    return [
        {
            "field": "body",
            "start": one.span.start,
            "end": one.span.end,
            "text": raw["body"][one.span.start : one.span.end],
            "value": one.value,
        }
        for one in found
    ]


def _event(number: int, event: str, body: str, filled: Mapping[str, str], dates: list[Span]) -> dict[str, Any]:
    for slot, words in filled.items():
        event = event.replace(slot, words)
    kind, trigger, actors, recipients, place, day = (part.strip() for part in event.split("|"))
    type_, *flags = kind.split()
    sides = [[_find(body, words) for words in side.split(";") if words.strip()] for side in (actors, recipients)]
    value = next((one["value"] for one in dates if day and (day in one["text"] or one["text"] in day)), "")
    return {
        "event": f"E{number}",
        "type": type_,
        "trigger": _find(body, trigger),
        "actors": sides[0],
        "recipients": sides[1],
        "place": _find(body, place) if place else None,
        "date": value,
        "flags": flags,
    }


def _find(body: str, words: str) -> Span:
    """Return the place of words: where they are whole words, or else where they first stand, behind a joined letter."""
    words = words.strip()
    whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", body)
    start = whole.start() if whole else body.index(words)
    return _span(body[:start], words)
