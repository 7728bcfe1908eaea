"""Measure how fast `rasid serve` takes a folder in, and how long it needs to see what one more commit brought.

    python -m tests.bench.bench_page_folder [FOLDER] [--commits 20000]

FOLDER is what a run wrote; without it the sample is run. The manifest of the second part has so many commits of eight
files, as an endless run makes a day; its last line is read on from where the reading was, and beside it all anew. Times
are of the processor, so that what else the machine does counts less.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from connectors.files.manifest import NAME, Manifest
from connectors.files.manifest_follower import ManifestFollower
from pipelines.page.follower import Follower
from pipelines.page.sources import FolderSource
from pipelines.page.store import Store
from pipelines.tables.places import known_places
from tests.golden.job import run_sample

FILES = 8
RECORDS = ("article", "event", "story", "ledger")


def main() -> None:
    """Measure, and print what was measured."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("folder", nargs="?", type=Path)
    flags.add_argument("--commits", type=int, default=20_000)
    asked = flags.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        if asked.folder is None:
            run_sample(home / "sample")
        take_in(asked.folder or home / "sample", home)
        look_on(home, asked.commits)


def take_in(folder: Path, home: Path) -> None:
    """Read a folder for the first time."""
    known_places()  # read once a process, whatever comes
    store = Store(home / "page.duckdb")
    follower = Follower(store, lambda positions: FolderSource(folder, dict(positions)))
    spent = timed(lambda: follower.look(follower.open_source({})))
    articles, records = (store.ask(f"SELECT count(*) AS n FROM {name}")[0]["n"] for name in ("articles", "records"))
    store.close()
    print(f"first load: {articles:,} articles, {records:,} records: {articles / spent:,.0f} articles a second")


def look_on(home: Path, commits: int) -> None:
    """Read a long manifest on by one line, and anew."""
    path = home / NAME
    with path.open("wb") as file:
        file.writelines(line(number) for number in range(commits))
    follower = ManifestFollower(home)
    first = timed(follower.read)
    with path.open("ab") as file:
        file.write(line(commits))
    on, anew = timed(follower.read), timed(lambda: Manifest.read(home))
    print(
        f"manifest of {commits:,} commits, {path.stat().st_size / 2**20:.1f} MB: first {first * 1000:,.0f} ms, "
        f"one commit more {on * 1000:,.2f} ms, {anew * 1000:,.0f} ms where it is read anew"
    )


def line(number: int) -> bytes:
    """Return the line of a commit."""
    names = [f"{RECORDS[at % 4]}/date=2026-03-{10 + at // 4}/hour={number % 24:02}/part.avro" for at in range(FILES)]
    files = [{"file": one, "records": number, "bytes": number * 1000, "sha256": "0" * 64} for one in names]
    return json.dumps({"commit": f"{number:020x}", "files": files}).encode() + b"\n"


def timed(do: Callable[[], object]) -> float:
    """Return how many seconds of the processor something took."""
    begin = time.process_time()
    do()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
