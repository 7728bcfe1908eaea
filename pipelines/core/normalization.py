"""Turn what a publisher sent into an article that every later step can trust."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.core.article import Article, Aside, RawArticle
from pipelines.core.ids import digest
from pipelines.core.outlets import Outlet, find_outlet
from pipelines.core.publication import parse_published_at
from pipelines.core.rejection import EmptyArticle, MissingField
from pipelines.core.text.bylines import find_byline
from pipelines.core.text.fold import fold_text
from pipelines.core.text.furniture import find_furniture
from pipelines.core.text.language import refuse_damage, refuse_strange_title, tell_language
from pipelines.core.text.mapped import Mapped
from pipelines.core.text.normalize import normalize_text
from pipelines.core.urls import canonical_url, names_article

_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Normalized:
    """An article with its two texts, whose positions point into what was sent (`RawArticle.title`, `raw_body`)."""

    article: Article
    title: Mapped
    body: Mapped


def normalize_article(raw: RawArticle) -> Normalized:
    """Repair the texts, place the article in time and space, and give it its two ids; refuse what cannot be used.

    An article without a body has its summary for a body (see `raw_body`). `article_id` is made from the canonical URL;
    without a usable one from source and id; without those from source and content. `Article.url` stays as it was sent.
    Raises MissingField (no source), EmptyArticle, Garbled, NotArabic or NoUsableDate.

    >>> raw = RawArticle("okaz", "افتتاح المعرض", "جدة (واس) - افتُتِح المعرض اليوم.", "2024-05-01")
    >>> article = normalize_article(raw).article
    >>> article.country, article.byline.agency, article.body[article.body_start : article.body_end]
    ('SA', 'واس', 'افتُتِح المعرض اليوم.')
    """
    source = raw.source.strip()
    if not source:
        raise MissingField("The field source is blank; send the key or the name of the outlet.")
    title, body = normalize_text(raw.title), normalize_text(raw_body(raw))
    if not title.text and not body.text:
        raise EmptyArticle("The title and the body hold no text; send at least one of them.")
    refuse_damage("title", title.text, raw.title)
    refuse_damage("body", body.text, raw.body)
    language = tell_language(f"{title.text}\n{body.text}")
    refuse_strange_title(title.text)
    return Normalized(_describe(raw, source, title.text, body.text, language), title, body)


def raw_body(raw: RawArticle) -> str:
    """Return the text that serves as the body: the body, or the summary where the body is blank.

    >>> raw_body(RawArticle("okaz", "عنوان", " ", "2024-05-01", summary="خلاصة الخبر"))
    'خلاصة الخبر'
    """
    return raw.body if raw.body.strip() or not raw.summary else raw.summary


def _describe(raw: RawArticle, source: str, title: str, body: str, language: str) -> Article:
    outlet = find_outlet(source, raw.url)
    zone = outlet.zone if outlet else "UTC"
    asides = find_furniture(title, body)
    byline, body_start, body_end = find_byline(title, body[: _last_of_article(body, asides)])
    content_id = _content_id(title, body[body_start:body_end])
    return Article(
        article_id=_article_id(raw, source, content_id),
        content_id=content_id,
        source=source,
        title=title,
        body=body,
        published_at=parse_published_at(raw.published_at, zone),
        zone=zone,
        language=language,
        id=_said(raw.id),
        url=_said(raw.url),
        country=outlet.country if outlet else None,
        byline=byline,
        body_start=body_start,
        body_end=body_end,
        category=_said(raw.category),
        author=_said(raw.author),
        source_ar=_said(raw.source_ar) or _arabic_name(outlet),
        asides=asides,
    )


def _last_of_article(body: str, asides: Sequence[Aside]) -> int:
    """Return where the furniture begins that ends a body: credits and end marks stand before it."""
    end = len(body)
    for aside in reversed(asides):
        if aside.field != "body" or aside.kind == "repeated" or body[aside.end : end].strip():
            break
        end = aside.start
    return end


def _article_id(raw: RawArticle, source: str, content_id: str) -> str:
    canonical = canonical_url(raw.url) if raw.url else None
    if canonical and names_article(canonical):
        return digest("article", "url", canonical)
    if said := _said(raw.id):
        return digest("article", "id", source, said)
    return digest("article", "content", source, content_id)


def _content_id(title: str, copy: str) -> str:
    """Hash the words alone, so that spelling variants, spaces and punctuation make no difference."""
    words = (_BETWEEN_WORDS.sub(" ", fold_text(text)).strip() for text in (title, copy))
    return digest("content", *words)


def _arabic_name(outlet: Outlet | None) -> str | None:
    return outlet.name if outlet else None


def _said(value: str | None) -> str | None:
    return (value.strip() or None) if value else None
