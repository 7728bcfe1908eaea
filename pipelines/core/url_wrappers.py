"""Take an article's address out of that of an archive, a cache, a translator or a redirector."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from fnmatch import fnmatchcase
from urllib.parse import SplitResult, parse_qsl, unquote

from pipelines.core.url_tables import wrappers

_CACHED = re.compile(r"/(?:[cvir]/)?(?:amp/)?(?P<secure>s/)?(?P<address>[^/]+\.[^/]+/.*)")
_ARCHIVED = re.compile(r"/web/\d+(?:[a-z_]*|\*)/(?P<address>.+)")
_HELD = re.compile(r"(?:/|=|__|cache:(?:[\w-]{1,40}:)?)(?=https?:/)")
_BEHIND = ("__;", "/RK=")
_NEWS = re.compile(r"/(?:rss/)?(?:articles|read)/(?P<code>[\w-]{20,})")
_CODED = re.compile(rb"https?://[\x21-\x7e]+")
_BEFORE_CODE = "a1"


def inner_address(parts: SplitResult) -> str | None:
    """Return the address within that of an archive and the like; `None` where there is none.

    >>> from urllib.parse import urlsplit
    >>> inner_address(urlsplit("https://archive.ph/2024/https://example.net/1"))
    'https://example.net/1'
    """
    host = (parts.hostname or "").lower().removeprefix("www.")
    for pattern, read in _READERS:
        if fnmatchcase(host, pattern):
            return read(host, parts)
    if fnmatchcase(host, "google.*") and parts.path not in {"/url", "/imgres"}:
        return _cached(host, parts)
    names = [name for pattern, name in wrappers() if fnmatchcase(host, pattern)]
    if "/" in names:
        return _held(unquote(parts.path) + (f"?{parts.query}" if parts.query else ""))
    if not names or "http" not in parts.query:
        return None
    told = dict(parse_qsl(parts.query)) | {"?": unquote(parts.query)}
    return next((told[name] for name in names if told.get(name, "").startswith(("http://", "https://"))), None)


def _archived(host: str, parts: SplitResult) -> str | None:
    archived = _ARCHIVED.fullmatch(parts.path)
    return archived["address"] + (f"?{parts.query}" if parts.query else "") if archived else None


def _cached(host: str, parts: SplitResult) -> str | None:
    is_page = host.endswith(("cdn.ampproject.org", ".bing-amp.com")) or parts.path.startswith("/amp/")
    cached = _CACHED.fullmatch(parts.path) if is_page else None
    return f"https://{cached['address']}" + (f"?{parts.query}" if parts.query else "") if cached else None


def _told(parts: SplitResult, names: dict[str, tuple[str, ...]]) -> str | None:
    told = dict(parse_qsl(parts.query))
    found = (told.get(name, "") for name in names.get(parts.path, ()))
    return next((one for one in found if one.startswith(("http://", "https://"))), None)


def _bing(host: str, parts: SplitResult) -> str | None:
    code = dict(parse_qsl(parts.query)).get("u", "")
    return _decoded(code.removeprefix(_BEFORE_CODE)) if parts.path == "/ck/a" else _cached(host, parts)


def _google_news(host: str, parts: SplitResult) -> str | None:
    """Read the address within the code of Google News, where the code holds it: newer ones are only a number."""
    found = _NEWS.fullmatch(parts.path)
    return _decoded(found["code"]) if found else _told(parts, {"/url": ("url",)})


def _translated(host: str, parts: SplitResult) -> str | None:
    name = host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
    return parts._replace(netloc=name).geturl() if "." in name else None


def _decoded(code: str) -> str | None:
    try:
        found = _CODED.search(urlsafe_b64decode(code + "=" * (-len(code) % 4)))
    except ValueError:
        return None
    return found.group().decode("ascii") if found else None


def _held(text: str) -> str | None:
    found = _HELD.search(text)
    address = text[found.end() :] if found else ""
    for mark in _BEHIND:
        address = address.partition(mark)[0]
    return address.rstrip() or None


def _cache_query(host: str, parts: SplitResult) -> str | None:
    return _held(dict(parse_qsl(parts.query)).get("q", ""))


_READERS: tuple[tuple[str, Callable[[str, SplitResult], str | None]], ...] = (
    ("web.archive.org", _archived),
    ("*cdn.ampproject.org", _cached),
    ("*.bing-amp.com", _cached),
    ("bing.com", _bing),
    ("news.google.com", _google_news),
    ("webcache.googleusercontent.com", _cache_query),
    ("*.translate.goog", _translated),
)
