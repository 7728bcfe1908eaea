"""Bring the jars of a Java server from Maven packages, exactly those in a locked list, side by side.

With the list nothing is resolved any more. Whoever starts a server says beside its list what that was resolved from.
"""

import csv
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

Progress = Callable[[int, int], None]
"""Told (bytes so far, bytes in all) as the jars come in."""

ATTEMPTS = 3
DOWNLOADS_AT_ONCE = 8


class JarsUnavailable(Exception):
    """A jar could not be brought, or is not the one in the locked list."""


class Jar(NamedTuple):
    """One line of a locked list: what to fetch, and what it must be."""

    group: str
    artifact: str
    version: str
    bytes: int
    sha256: str

    @property
    def file_name(self) -> str:
        """Return the name Maven gives the file."""
        return f"{self.artifact}-{self.version}.jar"


@cache
def locked_jars(package: str, name: str) -> tuple[Jar, ...]:
    """Return the jars in the list `name` that lies in a package."""
    lines = files(package).joinpath(name).read_text("utf-8").splitlines()
    return tuple(Jar(g, a, v, int(size), sha) for g, a, v, size, sha in list(csv.reader(lines, delimiter="\t"))[1:])


def version_of(jars: Sequence[Jar], artifact: str) -> str:
    """Return the version that a list has of an artifact."""
    return next(jar.version for jar in jars if jar.artifact == artifact)


def default_cache() -> Path:
    """Return where jars are kept when nobody says otherwise: ~/.cache/rasid."""
    return Path.home() / ".cache" / "rasid"


def fetch_jars(jars: Sequence[Jar], cache: Path, progress: Progress | None = None) -> list[Path]:
    """Return the paths of all jars, fetching what `cache` lacks.

    Every file is compared with its locked SHA-256 at every call (0.1 s for 45 MB). Raises JarsUnavailable.
    """
    home = cache / "jars"
    missing = [jar for jar in jars if not _is_intact(home / jar.file_name, jar)]
    if missing:
        home.mkdir(parents=True, exist_ok=True)
        # Fetched aside and moved in whole: another process may be doing the same.
        aside = Path(tempfile.mkdtemp(prefix="fetch-", dir=cache))
        try:
            _fetch_all(missing, aside, home, progress or (lambda done, total: None))
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return [home / jar.file_name for jar in jars]


def _is_intact(path: Path, jar: Jar) -> bool:
    if not path.is_file() or path.stat().st_size != jar.bytes:
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == jar.sha256


def _fetch_all(missing: list[Jar], aside: Path, home: Path, progress: Progress) -> None:
    total, done, lock = sum(jar.bytes for jar in missing), 0, threading.Lock()

    def advance(count: int) -> None:
        nonlocal done
        with lock:
            done += count
            progress(done, total)

    with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        for _ in pool.map(lambda jar: _fetch(jar, aside, home, advance), missing):
            pass


def _fetch(jar: Jar, aside: Path, home: Path, advance: Callable[[int], None]) -> None:
    """Fetch one jar, look at it, and move it in."""
    from requests import RequestException

    seen, trouble = 0, ""

    def count(size: int) -> None:
        nonlocal seen
        seen += size
        advance(size)

    for attempt in range(ATTEMPTS):
        try:
            path = _resolve(jar, aside / f"try-{attempt}", count)
        except (RequestException, OSError, RuntimeError) as error:  # jgo raises RuntimeError for "not found"
            trouble = str(error)
        else:
            if _is_intact(path, jar):
                os.replace(path, home / jar.file_name)
                return
            trouble = "its SHA-256 is not the locked one"
        count(-seen)
    raise JarsUnavailable(
        f"{jar.group}:{jar.artifact}:{jar.version} cannot be fetched: {trouble}. The jars come from a Maven "
        f"repository once; where there is no way out, copy {home} from a machine that has it."
    )


def _resolve(jar: Jar, repository: Path, count: Callable[[int], None]) -> Path:
    """Download one artifact through jgo; mirrors named in the user's jgo.conf are asked first."""
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext, PythonResolver

    @contextmanager
    def watch(file_name: str, size: int) -> Iterator[Callable[[int], None]]:
        yield count

    context = MavenContext(
        resolver=PythonResolver(progress_callback=watch),
        repo_cache=repository,
        remote_repos={**GlobalSettings.load().repositories, "central": MAVEN_CENTRAL_URL},
        timeout=30,
    )
    path: Path = context.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve()
    return path
