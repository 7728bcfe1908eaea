"""Read one article: its names, its offices, its dates, its events."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.core.article import Article, Aside
from pipelines.core.dates.find import find_dates
from pipelines.core.entities.find import read_documents
from pipelines.core.entities.mention import DateMention, Mention, Office
from pipelines.core.entities.model import EntityModel
from pipelines.core.entities.offices.find import find_offices
from pipelines.core.events.coder import code_events
from pipelines.core.events.event import Event
from pipelines.core.packed import Value
from pipelines.core.text.document import MOST_TOKENS, Document, read_document


@dataclass(frozen=True, slots=True)
class Analysis(Value):
    """What was found in one article, each in the order of the text, the title first; and what of it was not read."""

    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    events: tuple[Event, ...] = ()
    offices: tuple[Office, ...] = ()
    unread: tuple[Aside, ...] = ()


def analyze_article(article: Article, model: EntityModel = "fast") -> Analysis:
    """Find the mentions, offices, dates and events of an article; the same article always gives the same analysis.

    What is set aside is not read, nor is what follows the first 7,500 words and signs, or 1,500 sentences (`unread`).
    """
    documents = read_article(article)
    mentions, tellings = read_documents(documents, article.country, model)
    dates = [date for document in documents for date in find_dates(document, article.published_at)]
    offices = find_offices(documents, mentions, article.country)
    events = code_events(article, documents, mentions, dates, offices, tellings)
    unread = tuple(_unread(documents, {"title": len(article.title), "body": article.body_end}))
    return Analysis(tuple(mentions), tuple(dates), tuple(events), tuple(offices), unread)


def read_article(article: Article) -> list[Document]:
    """Read the title and the body of an article, without what is set aside, as far as an article is read."""
    gaps: dict[str, list[tuple[int, int]]] = {"title": [], "body": []}
    for aside in article.asides:
        gaps[aside.field].append((aside.start, aside.end))
    title = read_document("title", article.title, gaps=gaps["title"])
    most = MOST_TOKENS - len(title.tokens)
    return [
        title,
        read_document("body", article.body, article.body_start, article.body_end, gaps=gaps["body"], most=most),
    ]


def _unread(documents: Iterable[Document], ends: Mapping[str, int]) -> Iterator[Aside]:
    for document in documents:
        end = ends[document.field]
        if document.text[document.end : end].strip():
            yield Aside(document.field, document.end, end, "too_long")
