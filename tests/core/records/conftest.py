from datetime import datetime

import pytest

from pipelines.core.article import Article, Byline, Origin, Span
from pipelines.core.entities.mention import Entity
from pipelines.core.events.event import Event, EventDate, Flags, Participant

TITLE = "بلدية طرابلس تفتتح حديقة عامة"
BODY = "طرابلس - وكالة المرسى: افتتحت بلدية طرابلس حديقة عامة صباح اليوم."


def span(field: str, words: str) -> Span:
    start = {"title": TITLE, "body": BODY}[field].index(words)
    return Span(field, start, start + len(words), words)


@pytest.fixture
def city() -> Entity:
    return Entity("Q3579", "LOC", "طرابلس", "Q3579", 2210247, "LY", "LY.61", 32.88743, 13.18733)


@pytest.fixture
def article() -> Article:
    return Article(
        article_id="a1",
        content_id="c1",
        source="marsa",
        title=TITLE,
        body=BODY,
        published_at=datetime.fromisoformat("2024-05-02T10:15:30.123456+02:00"),
        zone="Africa/Tripoli",
        language="ar",
        country="LY",
        byline=Byline("وكالة المرسى", span("body", "وكالة المرسى"), None),
        body_start=23,
        body_end=len(BODY),
    )


@pytest.fixture
def event(city: Entity) -> Event:
    council = Entity("n0a1b2c3d4e5f", "ORG", "بلدية طرابلس", country="LY")
    return Event(
        event_id="e1",
        type="SUPPORT",
        mode=None,
        actors=(Participant(council, span("title", "بلدية طرابلس")),),
        recipients=(),
        place=city,
        date=EventDate("2024-05-02", "day"),
        flags=Flags(historical=True),
        confidence=0.123456789,
        trigger=span("title", "تفتتح"),
        evidence=span("title", TITLE),
    )


@pytest.fixture
def origin() -> Origin:
    return Origin("rasid.raw-articles", 3, 41)
