import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pipelines.core.analysis import analyze_article
from pipelines.core.article import Article, RawArticle
from pipelines.core.normalization import normalize_article
from pipelines.core.records.raw_article import raw_article
from pipelines.transforms.readers import Readers

WITHIN_S = 60.0


def article(number: int) -> Article:
    body = f"التقى وزير الخارجية المغربي نظيره المصري في الرباط يوم {number} مارس، وقتل {number} جنود قرب سبها."
    return normalize_article(RawArticle("masdar", "لقاء في الرباط", body, "2026-03-10", str(number))).article


ARTICLES = [article(number) for number in range(1, 22)]


@pytest.fixture
def readers() -> Iterator[Readers]:
    readers = Readers()
    yield readers
    readers.stop()


@pytest.fixture
def two(readers: Readers) -> Readers:
    readers.start(2, "fast")
    return readers


def children() -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process().children(recursive=True)
    return found


@pytest.mark.parametrize("count", [0, 1, 2, 21])
def test_what_two_read_is_what_one_reads_and_in_order(two: Readers, count: int) -> None:
    some = ARTICLES[:count]
    assert list(two.analyze(some, "fast")) == [analyze_article(one) for one in some]


@pytest.mark.parametrize("jobs", [1, 2])
def test_how_long_each_article_took_is_counted(readers: Readers, jobs: int) -> None:
    readers.start(jobs, "fast")
    list(readers.analyze(ARTICLES, "fast"))
    assert sum(readers.seconds.counts) == len(ARTICLES)
    assert 0 < readers.seconds.total < WITHIN_S


def test_one_job_needs_no_process(readers: Readers) -> None:
    before = children()
    readers.start(1, "fast")
    assert not readers.are_many
    assert len(list(readers.analyze(ARTICLES, "fast"))) == len(ARTICLES)
    assert children() == before


def test_a_reader_that_is_killed_is_replaced_and_nothing_is_lost(
    two: Readers, caplog: pytest.LogCaptureFixture
) -> None:
    found = two.analyze(ARTICLES, "fast")
    read = [next(found)]
    for child in children():
        child.kill()
    read += found
    assert read == [analyze_article(one) for one in ARTICLES]
    assert "killed" in caplog.text or len(children()) == 2  # what was read before the kill needs no other


def test_a_bug_in_one_article_comes_out_here(two: Readers) -> None:
    with pytest.raises(AttributeError):
        list(two.analyze([ARTICLES[0], None, ARTICLES[1]], "fast"))  # type: ignore[list-item]
    assert len(list(two.analyze(ARTICLES[:2], "fast"))) == 2


def test_readers_leave_ctrl_c_and_sigterm_to_the_run(two: Readers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        for child in children():
            child.send_signal(number)
    assert len(list(two.analyze(ARTICLES, "fast"))) == len(ARTICLES)


def test_whatever_ends_the_run_ends_its_readers() -> None:
    script = (
        "from pipelines.transforms.readers import READERS; import os, psutil, signal\n"
        "READERS.start(2, 'fast'); list(READERS.analyze([], 'fast'))\n"
        "print(*(child.pid for child in psutil.Process().children()), flush=True)\n"
        "signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=os.getcwd()) as run:
        assert run.stdout is not None
        pids = [int(one) for one in run.stdout.readline().split()]
        assert len(pids) == 2
        run.kill()
    ends = time.monotonic() + WITHIN_S
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
        assert time.monotonic() < ends
        time.sleep(0.05)


LOADED_LATER = """
import gc
from functools import _lru_cache_wrapper
from pipelines.core.analysis import analyze_article
from pipelines.core.normalization import normalize_article
from pipelines.transforms import readers
from tests.transforms.test_readers import sample_articles

def empty():
    tables = (one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper))
    of_ours = (one for one in tables if one.__module__.startswith("pipelines.core.entities"))
    of_all = (one for one in of_ours if one.cache_parameters()["maxsize"] is None)
    unread = (one for one in of_all if not one.cache_info().currsize)
    return {one.__qualname__ for one in unread}

articles = sample_articles()
analyze_article(normalize_article(readers._first()).article)
before = empty()
for article in articles:
    analyze_article(article)
print(*sorted(before - empty()))
"""
SMALL = {"_countries", "_fathers", "_whole", "_heads_of", "adjectives", "lemmas", "_large", "_small", "_by_letters"} | {
    "_chiefs",
    "_things",
}
"""Tables of a megabyte or less, which an article in a few needs."""


def sample_articles() -> list[Article]:
    lines = Path("pipelines/resources/sample/articles.jsonl").read_text("utf-8").splitlines()
    return [normalize_article(raw_article(json.loads(line))).article for line in lines[:60]]


def test_what_the_processes_share_is_loaded_before_they_are_there() -> None:
    command = [sys.executable, "-W", "ignore", "-c", LOADED_LATER]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert set(said) <= SMALL
