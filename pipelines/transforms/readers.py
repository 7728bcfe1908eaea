"""The processes that read articles in a run on this machine: one a processor, sharing tables and model."""

import gc
import logging
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from time import perf_counter

from pipelines.core.analysis import Analysis, analyze_article
from pipelines.core.article import Article, RawArticle
from pipelines.core.entities.model import EntityModel
from pipelines.core.histogram import Histogram
from pipelines.core.normalization import normalize_article
from pipelines.transforms.memory import HEAP

_MOST_TOGETHER = 8
_BOUNDS_S = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
_FIRST = (
    "قال وزير الخارجية المصري سامح شكري أمس الاثنين إن ثلاثة جنود قتلوا في هجوم قرب الرباط. "
    "وقال المدرب كريستوفر بلاكويل (Christopher Blackwell) إن السفير الفرنسى زار بلدة بيت لاهبا يوم 10 مارس 2026. "
    "والتقى ولي العهد السعودي محمد بن سلمان بن عبدالعزيز الرئيس فلاديمر بوتن وبنيامين ناتنياهو."
)
"""Names known, unknown, misspelt and in Latin letters: what reading them needs is loaded once, and shared."""


LOG = logging.getLogger(__name__)


@dataclass
class Readers:
    """Where articles are read: in this process until `start`, and in others from then until `stop`.

    `seconds` is how long each article took.
    """

    seconds: Histogram = field(default_factory=lambda: Histogram(_BOUNDS_S))
    _jobs: int = 1
    _pool: ProcessPoolExecutor | None = None

    def start(self, jobs: int, model: EntityModel) -> None:
        """Load all that reading needs and fork `jobs` processes that share it; one job is done in this process.

        Fork before there is a thread: what a thread holds at that moment is held for ever in the other process.
        """
        self.stop()
        self._jobs = jobs
        if jobs > 1:
            analyze_article(normalize_article(_first()).article, model)
            gc.collect()
            gc.freeze()
            self._fork()

    def stop(self) -> None:
        """Let the processes end."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    @property
    def are_many(self) -> bool:
        """Return whether articles are read side by side."""
        return self._pool is not None

    def analyze(self, articles: Sequence[Article], model: EntityModel) -> Iterator[Analysis]:
        """Analyze articles; yield what is found in their order, as it comes. An error in one comes out here.

        Where a process is killed (the system was out of memory, perhaps) what it left is read again, once.
        """
        if self._pool is None or len(articles) <= 1:
            yield from map(self._note, (_time(article, model) for article in articles))
            return
        done = 0
        try:
            for analysis in self._in_processes(articles, model):
                yield analysis
                done += 1
        except BrokenProcessPool:
            LOG.warning("A process that reads articles was killed; another takes its place. Was memory short?")
            self.stop()
            self._fork()
            yield from self._in_processes(articles[done:], model)

    def _in_processes(self, articles: Sequence[Article], model: EntityModel) -> Iterator[Analysis]:
        assert self._pool is not None
        together = min(_MOST_TOGETHER, -(-len(articles) // (2 * self._jobs)))
        return map(self._note, self._pool.map(partial(_time, model=model), articles, chunksize=together))

    def _note(self, timed: tuple[Analysis, float]) -> Analysis:
        analysis, seconds = timed
        self.seconds.add(seconds)
        return analysis

    def _fork(self) -> None:
        self._pool = ProcessPoolExecutor(self._jobs, get_context("fork"), _begin)
        self._pool.submit(int)  # forks them all now


READERS = Readers()


def _time(article: Article, model: EntityModel) -> tuple[Analysis, float]:
    """Analyze an article, and say how many seconds it took."""
    HEAP.note(1)
    began = perf_counter()
    return analyze_article(article, model), perf_counter() - began


def _begin() -> None:
    """Leave the end to the parent: it drains when it is told to stop; and whatever ends it, its readers end too."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _first() -> RawArticle:
    """Return an article that makes reading load its tables."""
    return RawArticle("rasid", _FIRST, _FIRST, "2026-01-01T00:00:00Z", "1")
