"""What deduplication remembers of an article: no text, only what tells two articles apart."""

from dataclasses import dataclass

from pipelines.core.article import Article, Origin
from pipelines.core.packed import Value
from pipelines.core.units import milliseconds


@dataclass(frozen=True, slots=True)
class Sighting(Value):
    """One message seen: which article, which content, when and where. `published` is in milliseconds, UTC.

    `signature` is packed (`duplicates/signature.py`), and empty where only exact repeats are looked for.
    """

    published: int
    article_id: str
    origin: Origin
    content_id: str
    source: str
    url: str | None = None
    agency: str | None = None
    country: str | None = None
    signature: bytes = b""

    @property
    def order(self) -> tuple[int, str, Origin]:
        """Return the total order in which sightings that are there together are judged."""
        return (self.published, self.article_id, self.origin)


def see(article: Article, origin: Origin, signature: bytes = b"") -> Sighting:
    """Return what is worth remembering of an article that came from `origin`."""
    return Sighting(
        published=milliseconds(article.published_at),
        article_id=article.article_id,
        origin=origin,
        content_id=article.content_id,
        source=article.source,
        url=article.url,
        agency=article.byline.agency if article.byline else None,
        country=article.country,
        signature=signature,
    )
