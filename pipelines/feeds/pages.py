"""Read an article's page: its text, and what it says of itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import html
from lxml.etree import ParserError
from w3lib.encoding import html_to_unicode

from pipelines.feeds.links import join

_KINDS = ("Article", "BlogPosting", "Report", "LiveBlogPosting")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; "" where it says nothing. `url` is the address that it calls its own."""

    url: str = ""
    title: str = ""
    text: str = ""
    published_at: str = ""
    author: str = ""
    category: str = ""


def read_page(body: bytes, content_type: str, url: str) -> Page:
    """Read a page in the charset it declares; what is no HTML, or has no text, is an empty page or has none."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"):
        return Page()
    text = html_to_unicode(content_type, body)[1]
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return Page()
    told, meta = _linked_data(tree), _meta(tree)
    body_text = trafilatura.extract(tree, url=url, include_comments=False) or ""
    return Page(
        url=join(url, own) if (own := _canonical(tree) or meta.get("og:url", "")) else "",
        title=_string(told.get("headline")) or meta.get("og:title", ""),
        text=max(body_text, _string(told.get("articleBody")), key=len),
        published_at=_string(told.get("datePublished")) or meta.get("article:published_time", ""),
        author=_name(told.get("author")) or meta.get("author", ""),
        category=_string(told.get("articleSection")) or meta.get("article:section", ""),
    )


def _canonical(tree: Any) -> str:
    found = tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href")
    return str(found[0]).strip() if found else ""


def _meta(tree: Any) -> dict[str, str]:
    """Return what the `meta` elements say, the first of a name."""
    told: dict[str, str] = {}
    for leaf in tree.iter("meta"):
        name, value = leaf.get("property") or leaf.get("name"), (leaf.get("content") or "").strip()
        if name and value:
            told.setdefault(name.lower(), value)
    return told


def _linked_data(tree: Any) -> dict[str, Any]:
    """Return the first article of the page's JSON-LD (schema.org); empty where there is none that can be read."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, 4):
            kinds = thing.get("@type")
            if any(str(kind).endswith(_KINDS) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return thing
    return {}


def _things(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the objects of a document, those in lists, `@graph` and `mainEntity` too."""
    if isinstance(data, list) and depth:
        for one in data:
            yield from _things(one, depth - 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity"):
            yield from _things(data.get(name), depth - 1) if depth else ()


def _name(author: Any) -> str:
    if isinstance(author, list):
        return "، ".join(filter(None, map(_name, author)))
    return _string(author.get("name")) if isinstance(author, dict) else _string(author)


def _string(value: Any) -> str:
    """Return a text, or the first of a list of texts; "" for anything else."""
    if isinstance(value, list):
        return _string(value[0]) if value else ""
    return value.strip() if isinstance(value, str) else ""
