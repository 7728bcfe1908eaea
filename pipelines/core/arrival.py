"""An article on its way through the pipeline."""

from dataclasses import dataclass

from pipelines.core.analysis import Analysis
from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article and the message it came in."""

    origin: Origin
    article: Article


@dataclass(frozen=True, slots=True)
class Judged:
    """An article and what deduplication says of it."""

    origin: Origin
    article: Article
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Analyzed:
    """An article that is no copy, read."""

    origin: Origin
    article: Article
    revision: int
    analysis: Analysis
