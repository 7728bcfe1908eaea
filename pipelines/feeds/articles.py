"""Turn an entry of a feed, and its page, into the article that the pipeline reads."""

import json

from pipelines.core.ids import digest
from pipelines.core.outlets import find_outlet
from pipelines.core.text.markup import markup_edits
from pipelines.core.urls import canonical_url, host_of, names_article
from pipelines.feeds.entries import Entry
from pipelines.feeds.pages import Page

_LONGEST = 2**20 + 1
"""In code points: a longer text is over every limit of the pipeline, which refuses it for that; Kafka takes this."""

RawFields = dict[str, str]


def key_of(entry: Entry, feed: str) -> str:
    """Return what an entry is known by: its address without decoration; where it has none, its words."""
    canonical = canonical_url(entry.url) if entry.url else None
    return canonical or digest(feed, entry.title, entry.published_at, entry.summary)


def entry_digest(entry: Entry) -> str:
    """Hash what a feed says of an article, to see whether it says something else."""
    return digest(entry.title, entry.summary, entry.content, entry.published_at)


def text_digest(fields: RawFields) -> str:
    """Hash the words of an article, to see whether they changed."""
    words = " ".join(f"{fields.get('title', '')} {fields.get('body', '')}".split())
    return digest(words)


def own_address(entry: Entry, page: Page | None) -> str:
    """Return where an article stands: as its page says, if that is an article's address, else as the feed says.

    A page that calls the home page, or a page of another outlet, its own is not believed.
    """
    told = canonical_url(page.url) if page and page.url else None
    is_own = told is not None and names_article(told) and host_of(told) == host_of(entry.url)
    return page.url if page and is_own else entry.url


def article_of(entry: Entry, page: Page | None, url: str, feed: str) -> RawFields:
    """Return a raw article; what is not known is not there, and the pipeline says so.

    The body is the longest that there is: of the page, of the feed, the summary. The time is as the feed wrote it.
    """
    outlet = find_outlet("", url or feed)
    page = page or Page()
    bodies = (page.text, entry.content, entry.summary)
    fields = {
        "source": outlet.key if outlet else host_of(url or feed) or "",
        "url": url,
        "title": entry.title or page.title,
        "summary": entry.summary,
        "body": max(bodies, key=_length),
        "published_at": entry.published_at or page.published_at,
        "category": entry.category or page.category,
        "author": entry.author or page.author,
    }
    return {name: value[:_LONGEST] for name, value in fields.items() if value}


def write_article(fields: RawFields) -> bytes:
    """Write the message: JSON in UTF-8; half a surrogate becomes a question mark."""
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")


def _length(text: str) -> int:
    """Return how long a text is without its markup."""
    return len(text) - sum(edit.end - edit.start - len(edit.replacement) for edit in markup_edits(text))
