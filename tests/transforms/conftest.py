"""Articles and messages to send through transforms."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.core.arrival import Arrived
from pipelines.core.article import Article, Origin
from pipelines.core.ids import digest

MIDNIGHT = datetime(2026, 3, 10, tzinfo=UTC)

Arrive = Callable[..., Arrived]


@pytest.fixture
def arrive() -> Arrive:
    """Return a maker of articles: `offset`, what it is called, what it says, and the hour of publication."""

    def make(offset: int, url: str = "one", text: str = "نص", hour: float = 0, source: str = "masdar") -> Arrived:
        article = Article(
            article_id=digest("url", url),
            content_id=digest("text", text),
            source=source,
            title=text,
            body=text,
            published_at=MIDNIGHT + timedelta(hours=hour),
            zone="UTC",
            language="ar",
            url=f"https://{source}.example/{url}",
        )
        return Arrived(Origin("t", 0, offset), article)

    return make
