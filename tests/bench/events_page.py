"""Write a page of coded events with their quotes, for a reader to check: `python -m tests.bench.events_page FILE`.

Fifty events, drawn with a fixed seed from what the default model reads in the bundled sample, which the project's own
people wrote. Markdown, right to left.
"""

import argparse
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from connectors.files.lines import find_files
from pipelines.core.annotation import annotate_article
from pipelines.core.entities.model import EntityModel
from pipelines.core.records.pieces import Fields
from pipelines.core.rejection import Rejected
from pipelines.inputs import Decoder, read_messages

SEED, EVENTS = 13, 50
FLAGS = ("negated", "future", "hypothetical", "historical")


def read_events(model: EntityModel) -> Iterator[Fields]:
    """Give every event of the sample."""
    [file] = find_files(f"{files('pipelines').joinpath('resources', 'sample', 'articles.jsonl')}")
    for message in read_messages(file):
        try:
            yield from annotate_article(Decoder().decode(message), model)["events"]
        except Rejected:
            continue


def write_event(number: int, event: Fields) -> str:
    """Return an event as a list entry, with an empty box to tick."""
    sides = ("، ".join(one["text"] for one in event[side]) or "—" for side in ("actors", "recipients"))
    place = event["place"]["name"] if event["place"] else "—"
    day = event["date"]["value"] if event["date"] else "—"
    told = " ".join([event["type"], event["mode"] or "", *(flag for flag in FLAGS if event[flag])]).strip()
    quote = event["evidence"]["text"].replace(event["trigger"]["text"], f"**{event['trigger']['text']}**", 1)
    actor, recipient = sides
    return (
        f"{number}. [ ] `{told}` ({event['confidence']:.2f})\n"
        f"    - من: {actor} ← إلى: {recipient} — المكان: {place} — اليوم: {day}\n"
        f"    - «{quote}»\n"
    )


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--model", choices=("fast", "accurate"), default="fast")
    asked = parser.parse_args()
    events = list(read_events(asked.model))
    chosen = random.Random(SEED).sample(events, min(EVENTS, len(events)))
    entries = "\n".join(write_event(number, event) for number, event in enumerate(chosen, 1))
    asked.file.write_text(f'<div dir="rtl">\n\n# {len(chosen)} حدثا للمراجعة\n\n{entries}\n</div>\n', "utf-8")


if __name__ == "__main__":
    main()
