import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from itertools import islice

import pytest

from connectors.files.lines import find_files
from pipelines.core.analysis import analyze_article
from pipelines.core.article import Article
from pipelines.core.entities.tagging import tagger
from pipelines.core.normalization import normalize_article
from pipelines.inputs import Decoder, read_messages


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    [file] = find_files(f"{files('pipelines').joinpath('resources', 'sample', 'articles.jsonl')}")
    return [normalize_article(Decoder().decode(message)).article for message in islice(read_messages(file), 40)]


@pytest.fixture
def hectic() -> Iterator[None]:
    """Let threads take turns a thousand times more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


def test_threads_that_read_at_once_read_what_one_reads(articles: list[Article], hectic: None) -> None:
    """Runners work in several threads of one process, and what is learnt of words is shared between them."""
    one_by_one = [analyze_article(article) for article in articles]
    for cached in vars(tagger).values():
        if hasattr(cached, "cache_clear"):
            cached.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(analyze_article, articles)) == one_by_one
