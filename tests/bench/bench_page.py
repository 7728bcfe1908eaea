"""Measure how fast `rasid serve` answers, over the records of many articles.

    python -m tests.bench.bench_page [--articles 100000]

The records are those of the sample, repeated under other ids over four weeks until there are as many articles. Answers
are asked for over HTTP on this machine; the first paint is Chromium's own figure, where it is installed.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import httpx2

from connectors.local.ports import free_port
from pipelines.page.follower import Follower
from pipelines.page.kept import KEPT
from pipelines.page.sources import FolderSource
from pipelines.page.store import Store
from pipelines.tables.table import Table
from tests.page.browsing import CHROMIUM, browser
from tests.page.sample import add_sample
from tests.page.serving import served

IDS = {"article_id", "event_id", "story_id", "original_id", "duplicate_id", "trend_id", "rejection_id", "copy_of",
       "headline_article_id", "id"}  # fmt: skip
LISTS = {"event_ids"}
OVER = "INTERVAL 28 DAY"
TIMES = 15
FILTERS = (
    "type=PROTEST",
    "country=LB&reality=happened",
    "type=ASSAULT&country=IQ&least=0.5",
    "actor=وزير",
    "q=ليبيا",
    "outlet=madar_tv",
    "outlets=4&sort=outlets",
    "reality=denied&sort=speed",
)


def main() -> None:
    """Measure, and print what was measured."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--articles", type=int, default=100_000)
    asked = flags.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "page.duckdb")
        add_sample(store, Path(folder) / "sample")
        multiply(store, asked.articles)
        tables = ("articles", "stories", "events", "mentions")
        print(", ".join(f"{store.ask(f'SELECT count(*) AS n FROM {one}')[0]['n']:,} {one}" for one in tables))
        follower = Follower(store, lambda positions: FolderSource(store.path.parent, dict(positions)))
        with served(follower, free_port()) as home:
            measure(store, home)
        store.close()
        print(f"file {store.path.stat().st_size / 2**20:,.0f} MB", end="; ")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def multiply(store: Store, articles: int) -> None:
    """Repeat every row under other ids, each time a little earlier."""
    times = articles // store.ask("SELECT count(*) AS n FROM articles")[0]["n"]
    repeats = f"range(1, {times}) AS repeats(n)"
    for table in KEPT:
        told = ", ".join(repeated(table, times))
        store.ask(f"INSERT INTO {table.name} SELECT {told} FROM {table.name}, {repeats}")
    store.ask(f"INSERT INTO records SELECT record, id || '-' || n, version, seq, value FROM records, {repeats}")
    store.ask("CHECKPOINT")


def repeated(table: Table, times: int) -> Iterator[str]:
    """Yield how each column of a repeated row is made."""
    for name, kind, _ in table.columns:
        if name in IDS:
            yield f"{name} || '-' || n"
        elif name in LISTS:
            yield f"list_transform({name}, lambda one: one || '-' || n)"
        else:
            yield f"{name} - n * {OVER} / {times}" if kind == "moment" else name


def measure(store: Store, home: str) -> None:
    """Ask for every screen and for filters as htmx does, and tell the median and the slowest."""
    name = store.ask("SELECT entity_id FROM mentions GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0]["entity_id"]
    story = store.ask("SELECT story_id FROM stories ORDER BY outlet_count DESC, story_id LIMIT 1")[0]["story_id"]
    article = store.ask("SELECT article_id FROM articles ORDER BY mention_count DESC, article_id LIMIT 1")[0][
        "article_id"
    ]
    screens = ("/", f"/story/{story}", f"/article/{article}", "/latest", "/map", "/names", f"/entity/{name}", "/health")
    with httpx2.Client(base_url=home, timeout=60) as client:
        for path in screens:
            tell(path, [ask(client, path) for _ in range(TIMES)])
        for query in FILTERS:
            tell(f"filter {query}", [ask(client, f"/?{query}", {"HX-Request": "true"}) for _ in range(TIMES)])
        tell("map of a filter", [ask(client, "/map?type=PROTEST", {"HX-Request": "true"}) for _ in range(TIMES)])
    if CHROMIUM.exists():
        with browser() as found:
            tell("first contentful paint of Now", [first_paint(found, home) for _ in range(5)])


def ask(client: httpx2.Client, path: str, headers: dict[str, str] | None = None) -> float:
    """Return how many milliseconds a whole answer took."""
    begin = time.perf_counter()
    client.get(path, headers=headers or {}).raise_for_status()
    return (time.perf_counter() - begin) * 1000


def first_paint(found: object, home: str) -> float:
    """Return when a fresh browser first showed words of Now, in milliseconds."""
    context = found.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(home, wait_until="load")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    at = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return float(at)


def tell(what: str, milliseconds: list[float]) -> None:
    """Print the median and the slowest."""
    print(f"{what}: {median(milliseconds):,.0f} ms, at most {max(milliseconds):,.0f}", flush=True)


if __name__ == "__main__":
    main()
