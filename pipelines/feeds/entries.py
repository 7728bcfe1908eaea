"""Read feeds and sitemaps into entries."""

import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import feedparser
from lxml import etree

from pipelines.feeds.links import join

_PARSER = {"resolve_entities": False, "no_network": True, "recover": True}
_MOST_BYTES = 64 * 1024 * 1024


class NotAFeed(Exception):
    """A page that is no feed that can be read; the message says what it is and what to give instead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an article, as it says it; "" where it says nothing. `summary` and `content` may be HTML."""

    url: str
    title: str = ""
    summary: str = ""
    content: str = ""
    published_at: str = ""
    author: str = ""
    category: str = ""


def read_entries(body: bytes, content_type: str, url: str) -> tuple[Entry, ...]:
    """Return the entries of RSS, Atom, RDF or a sitemap, gzipped or not, in order; raises NotAFeed.

    The charset is the one that the header or the document declares; damaged XML is read as far as it can be.
    """
    body = _unpacked(body)
    head = body[:4096]
    if b"<sitemapindex" in head:
        raise NotAFeed(_index(body, url))
    if b"<urlset" in head:
        return tuple(_sitemap(body, url))
    parsed = feedparser.parse(
        io.BytesIO(body), response_headers={"content-type": content_type, "content-location": url}
    )
    if not parsed.entries and not parsed.get("version"):
        raise NotAFeed(f"{url} is no feed ({_kind(head)}): give the address of its RSS, Atom or news sitemap.")
    return tuple(_entry(entry, url) for entry in parsed.entries)


def _unpacked(body: bytes) -> bytes:
    """Unpack gzip, as far as it goes."""
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MOST_BYTES)
    except zlib.error:
        return body


def _kind(head: bytes) -> str:
    if not head.strip():
        return "it is empty"
    return "a page in HTML" if b"<html" in head.lower() else "neither RSS nor Atom"


def _entry(entry: Mapping[str, Any], url: str) -> Entry:
    contents = [piece.get("value") or "" for piece in entry.get("content", ())]
    tags = [tag.get("term") or "" for tag in entry.get("tags", ())]
    link = _text(entry, "link") or _text(entry, "id")
    return Entry(
        url=join(url, link) if link.startswith(("/", "http:", "https:")) else "",
        title=_text(entry, "title"),
        summary=_text(entry, "summary"),
        content=max(contents, key=len, default=""),
        published_at=_text(entry, "published") or _text(entry, "updated") or _text(entry, "created"),
        author=_text(entry, "author"),
        category=next(filter(None, tags), ""),
    )


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def _sitemap(body: bytes, url: str) -> Iterator[Entry]:
    for page in _tree(body, url).iter("{*}url"):
        told = {etree.QName(leaf).localname: (leaf.text or "").strip() for leaf in page.iter("{*}*") if not len(leaf)}
        address = next((leaf.text or "" for leaf in page if leaf.tag.endswith("}loc") or leaf.tag == "loc"), "").strip()
        yield Entry(
            url=join(url, address),
            title=told.get("title", ""),
            published_at=told.get("publication_date") or told.get("lastmod", ""),
            category=told.get("keywords", ""),
        )


def _index(body: bytes, url: str) -> str:
    found = [(leaf.text or "").strip() for leaf in _tree(body, url).iter("{*}loc")]
    such = next((one for one in found if "news" in one.lower()), found[0] if found else "")
    return f"{url} is a list of sitemaps: give the one of news in it{', such as ' + such if such else ''}."


def _tree(body: bytes, url: str) -> Any:
    root = etree.fromstring(body, etree.XMLParser(**_PARSER))
    if root is None:
        raise NotAFeed(f"{url} is a sitemap too damaged to read: tell the outlet.")
    return root
