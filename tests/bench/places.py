"""Measure which place a toponym is taken for: `python -m tests.bench.places [--data ../shared/data]`.

On IDRISI's Arabic tweets (a development set: gaps were looked for in it), given the labelled spans, and on our own
sample, given its mentions (`places_own.tsv`).
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.core.article import Span
from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.find import trim
from pipelines.core.entities.gazetteer import article, names
from pipelines.core.entities.linking import link
from pipelines.core.entities.mention import Entity
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.ids import digest
from pipelines.core.text.document import read_document

OWN = Path(__file__).with_name("places_own.tsv")
NEAR = {"City/town": 25.0, "District": 25.0, "Neighborhood": 25.0, "Province": 100.0}
EARTH = 6371.0
SHOWN = 40


class Asked(NamedTuple):
    """A mention with what it should come to."""

    candidate: Candidate
    label: dict[str, Any]


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points given in degrees."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    return 2 * EARTH * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


def candidate_at(text: str, start: int, end: int) -> Candidate:
    """Make the candidate that `text[start:end]` gives, with the words on both sides of it."""
    plain = re.sub("[#_]", " ", text)
    words = fold_name(plain[start:end]).split()
    skip = proclitics(words[0])
    if "".join(words) not in names() and skip:
        words[0] = article(words[0], skip)
    first = trim(Tag(0, len(words), "LOC", 1.0), words)
    cut = first.first if first else 0
    around = (*_folded(plain[:start]), *words[:cut])[-2:], _folded(plain[end:])[:3]
    words = words[cut:]
    return Candidate(Span("body", start, end, plain[start:end].strip()), "LOC", tuple(words), 1.0, *around)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in read_document("body", text).tokens)


def read_tweets(path: Path) -> Iterator[list[Asked]]:
    """Give each tweet's labelled places, each span once."""
    for line in path.read_text("utf-8").splitlines():
        tweet = json.loads(line)
        labels = {(label["start"], label["end"]): label for label in tweet["location_mentions"]}
        asked = [
            Asked(candidate_at(tweet["text"], start, end), label)
            for (start, end), label in sorted(labels.items())
            if fold_name(tweet["text"][start:end].replace("_", " "))
        ]
        yield asked


def is_right(entity: Entity, label: dict[str, Any]) -> bool:
    """Compare by Wikidata id where both have one, else by country or by distance."""
    return entity.qid == label["wikidata"] if entity.qid and label.get("wikidata") else is_near(entity, label)


def is_near(entity: Entity, label: dict[str, Any]) -> bool:
    """Tell whether a place lies where the labelled one does, whatever their ids (a city or its province)."""
    if label["type"] == "Country":
        return (entity.country or "").lower() == label.get("country_code")
    if entity.latitude is None or entity.longitude is None or label["type"] not in NEAR:
        return False
    there = float(label["lat"]), float(label["lon"])
    return distance((entity.latitude, entity.longitude), there) < NEAR[label["type"]]


def measure_tweets(path: Path) -> None:
    """Print how many labelled places are known, and how many come to the right one, by type."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for asked in read_tweets(path):
        mentions = link([candidate for candidate, _ in asked], None)
        for (candidate, label), mention in zip(asked, mentions, strict=True):
            name = f"{' '.join(candidate.words)} [{label['type']}]"
            known = "LOC" in names().get(candidate.key, ())
            right = known and is_right(mention.entity, label)
            near = right or (known and is_near(mention.entity, label))
            counts[label["type"]].update({"all": 1, "known": known, "right": right, "near": near})
            if known and not right:
                wrong[f"{name} {label.get('wikidata')} {label.get('country_code')}: {mention.entity.entity_id}"] += 1
            elif not known:
                unknown[name] += 1
    for kind, count in sorted(counts.items(), key=lambda pair: -pair[1]["all"]):
        shares = [
            f"{what} {count[what]} ({count[what] / max(count['known'], 1):.3f} of known)" for what in ("right", "near")
        ]
        print(f"{kind:30} {count['all']:5} known {count['known']:5}", *shares)
    for title, table in (("WRONG", wrong), ("UNKNOWN", unknown)):
        print(title, *(f"  {count:4} {name}" for name, count in table.most_common(SHOWN)), sep="\n")


def is_blind(text: str) -> bool:
    """Tell whether a sample is kept for the last check; three in ten are, by what is written."""
    return int(digest("places", text), 16) % 10 < 3


def measure_own() -> dict[str, tuple[int, int, list[str]]]:
    """Count our own samples, how many are right, and name the wrong ones, by part (dev, blind)."""
    found: dict[str, tuple[int, int, list[str]]] = {"dev": (0, 0, []), "blind": (0, 0, [])}
    for row in read_own():
        entity = answer(row["text"], row["mention"], row["country"] or None)
        right = row["expected"] in (entity.entity_id, f"g{entity.geonames_id}")
        part = "blind" if is_blind(row["text"]) else "dev"
        asked, rights, wrong = found[part]
        said = f"{row['mention']} in {row['text']!r}: {entity.entity_id} for {row['expected']}"
        found[part] = asked + 1, rights + right, [*wrong, *([] if right else [said])]
    return found


def read_own() -> list[dict[str, str]]:
    """Read the sample: text (its places in square brackets), the mention asked for, the outlet's country, its id."""
    lines = OWN.read_text("utf-8").splitlines()
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


def answer(text: str, mention: str, country: str | None) -> Entity:
    """Link the bracketed places of a text and return the entity of the first that reads `mention`."""
    spans, plain = [], ""
    for piece in re.split(r"(\[.*?\])", text):
        if piece.startswith("["):
            spans.append((len(plain), len(plain) + len(piece) - 2))
        plain += piece.strip("[]")
    candidates = [candidate_at(plain, *span) for span in spans]
    linked = link(candidates, country)
    return next(said.entity for said in linked if said.span.text == mention)


def report(parts: Iterable[str]) -> None:
    """Print what is right of our own sample; the blind part's mistakes are not shown."""
    for part, (asked, right, wrong) in measure_own().items():
        print(f"own {part}: {right} of {asked}")
        print(*(f"  {line}" for line in wrong if part in parts), sep="\n")


def show(data: Path) -> None:
    """Print both measurements."""
    tweets = data / "ner/idrisi_ar/lmd_train.jsonl"
    if tweets.exists():
        measure_tweets(tweets)
    else:
        print(f"skipped: no {tweets}")
    report(("dev",))


def main() -> None:
    """Measure alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    show(parser.parse_args().data)


if __name__ == "__main__":
    main()
