"""Take an article from what a publisher sent."""

from collections.abc import Mapping

from pipelines.core.article import RawArticle
from pipelines.core.rejection import MissingField


def raw_article(fields: Mapping[str, str | None]) -> RawArticle:
    """Return the article that a decoded message holds; raise MissingField where it cannot be one.

    A source is needed, and a title or a body: a flash has no body. An absent time is left empty, for dates to refuse.

    >>> raw_article({"source": "masdar", "title": "عاجل: زلزال يضرب السواحل"}).body
    ''
    """
    source, title, body = fields.get("source"), fields.get("title"), fields.get("body")
    if not source:
        raise MissingField("The field source is absent; it names the outlet.")
    if title is None and body is None:
        raise MissingField("The fields title and body are both absent; an article needs one of them.")
    return RawArticle(
        source=source,
        title=title or "",
        body=body or "",
        published_at=fields.get("published_at") or "",
        id=fields.get("id"),
        url=fields.get("url"),
        source_ar=fields.get("source_ar"),
        summary=fields.get("summary"),
        category=fields.get("category"),
        author=fields.get("author"),
    )
