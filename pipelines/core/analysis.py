"""Read one article: its names, its offices, its dates, its events."""

from dataclasses import dataclass

from pipelines.core.article import Article
from pipelines.core.dates.find import find_dates
from pipelines.core.entities.find import read_documents
from pipelines.core.entities.mention import DateMention, Mention, Office
from pipelines.core.entities.offices.find import find_offices
from pipelines.core.entities.tagging.tagger import EntityModel
from pipelines.core.events.coder import code_events
from pipelines.core.events.event import Event
from pipelines.core.text.document import read_document


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one article, each in the order of the text, the title first."""

    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    events: tuple[Event, ...] = ()
    offices: tuple[Office, ...] = ()


def analyze_article(article: Article, model: EntityModel = "fast") -> Analysis:
    """Find the mentions, offices, dates and events of an article; the same article always gives the same analysis."""
    documents = [
        read_document("title", article.title),
        read_document("body", article.body, article.body_start, article.body_end),
    ]
    mentions, tellings = read_documents(documents, article.country, model)
    dates = [date for document in documents for date in find_dates(document, article.published_at)]
    offices = find_offices(documents, mentions, article.country)
    events = code_events(article, documents, mentions, dates, offices, tellings)
    return Analysis(tuple(mentions), tuple(dates), tuple(events), tuple(offices))
