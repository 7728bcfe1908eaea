"""A week of made-up sightings, as many a day as asked for, to see what the index of duplicates costs."""

import pickle
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from pipelines.core.article import Origin
from pipelines.core.duplicates.index import DuplicateIndex, look_up
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.duplicates.signature import Signature, Sketch, pack

DAY = 24 * 60 * 60 * 1000
_SHINGLES, _KEYS, _COPIED = 140, 10, 0.25
_TOGETHER = 100


def sightings(number_of_day: int, a_day: int) -> Iterator[Sighting]:
    """Yield a day of articles, a quarter of them copies of others of the day: some 500 bytes and 10 keys each."""
    random, texts = Random(number_of_day), list[tuple[str, bytes]]()
    for number in range(a_day):
        if texts and random.random() < _COPIED:
            content_id, packed = random.choice(texts[-1000:])
        else:
            content_id, packed = f"{random.getrandbits(80):020x}", _pack(random)
            texts.append((content_id, packed))
        serial = number_of_day * a_day + number
        published = number_of_day * DAY + number * DAY // a_day
        article_id, url = f"{random.getrandbits(80):020x}", f"https://masdar.example/news/{serial}"
        yield Sighting(
            published, article_id, Origin("rasid.raw", 0, serial), content_id, "masdar", url, signature=packed
        )


def live(index: DuplicateIndex, number_of_day: int, a_day: int) -> None:
    """Let a day pass: look all its articles up, as they come out of a pickle between two steps of the pipeline."""
    asked = map(look_up, sightings(number_of_day, a_day))
    for batch in iter(lambda: list(islice(asked, _TOGETHER)), []):
        index.add(pickle.loads(pickle.dumps(batch)))


def resident() -> float:
    """Return the resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def _pack(random: Random) -> bytes:
    shingles = Sketch(_SHINGLES, random.randbytes(3 * _SHINGLES))
    facts = Sketch(5, random.randbytes(15))
    return pack(Signature(shingles, facts, facts, facts, facts, random.randbytes(4 * _KEYS)))
