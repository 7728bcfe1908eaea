"""An article on its way through the pipeline."""

from dataclasses import dataclass

from pipelines.core.analysis import Analysis
from pipelines.core.article import Article, Origin
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.packed import Value


@dataclass(frozen=True, slots=True)
class Arrived(Value):
    """An article and the message it came in."""

    origin: Origin
    article: Article


@dataclass(frozen=True, slots=True)
class Signed(Value):
    """An article and what deduplication remembers of it."""

    article: Article
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Kept(Value):
    """An article that is new, or a new text of a known one."""

    origin: Origin
    article: Article
    revision: int


@dataclass(frozen=True, slots=True)
class Analyzed(Value):
    """An article that is no copy, read."""

    origin: Origin
    article: Article
    revision: int
    analysis: Analysis
