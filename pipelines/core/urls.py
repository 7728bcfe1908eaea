"""Recognise the same article behind the many spellings of its address."""

import re
from fnmatch import fnmatchcase
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qsl, quote, unquote_to_bytes, urlsplit

from pipelines.core.url_tables import tells_nothing, wrappers

_LONGEST = 8192
_AROUND = " \t\r\n\u00a0\u00ad\u061c"
_AROUND += "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_NO_SCHEME = re.compile(r"(?://)?(?=[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|\Z))(?![\w-]+:\D)")
_PREFIX = re.compile(r"^(?:(?:www\d?|m|mobile|mobi|touch|wap|amp)\.)+(?=[^.]+\.)")
_INDEX = re.compile(r"(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|cfm)|amp", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?:[.-]amp)+(?=\.html?$|$)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*|/\([SFA]\([a-z0-9]{24}\)\)|&utm_[^/]*", re.IGNORECASE)
_TWINS = frozenset({"amp", "m", "mobile", "print"})
_CACHED = re.compile(r"/(?:[cvir]/)?(?:amp/)?(?P<secure>s/)?(?P<address>[^/]+\.[^/]+/.*)")
_ARCHIVED = re.compile(r"/web/\d+[a-z_]*/(?P<address>.+)")
_TWICE_ENCODED = re.compile("%[c-f][0-9a-f]%[89ab][0-9a-f]", re.IGNORECASE)
# A fragment that leads to another page: a path ("#/n/1", "#!n/1", "#news/1"), or an id; all others lead within one.
_ROUTE = re.compile(r"!|/|[\w-]+/[\w/-]*\d")
_WITHIN = re.compile(r"(?:comments?|respond|gallery|photos?|images?|slides?|page|media|section|video)\b", re.IGNORECASE)
_ID = re.compile(r"[?&]?(?:id|nid|aid|newsid|articleid|article|news|story|storyid|post|item)=[^&]+", re.IGNORECASE)
_IN_PATH = "/:@!$&'()*+,;=~"
_IN_QUERY = "/:@!$'()*,;~?"


def canonical_url(url: str) -> str | None:
    """Return the one spelling that stands for all addresses of an article, or None for what is no http(s) URL.

    Taken as equal: http and https; hosts with and without `www.`, `m.`, `mobile.`, `amp.`; default ports; any spelling
    of percent-encoding (Arabic is decoded as UTF-8 to NFC, then encoded again; bytes that are no UTF-8 stay as they
    are); trailing slashes, index pages, AMP, mobile and print pages, session ids, the order of parameters and those
    that only tell where a reader came from (`resources/tracking_parameters.tsv`); an address that an archive's, a
    cache's or a redirector's holds (`resources/url_wrappers.tsv`). A fragment counts where it is a page of its own
    ("#/article/123"). The result identifies; it need not open.

    >>> canonical_url("http://www.Example.net:80/ar/أخبار/?utm_source=rss&id=5#top")
    'https://example.net/ar/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?id=5'
    >>> canonical_url("mailto:desk@example.net") is None
    True
    """
    try:
        parts = _unwrapped(_split(url))
        host, port = _canonical_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    where = host if port in {None, 80, 443} else f"{host}:{port}"
    query, route = _canonical_query(parts.query), _canonical_route(parts.fragment)
    return f"https://{where}{_canonical_path(parts.path)}{'?' + query if query else ''}{'#' + route if route else ''}"


def _split(url: str) -> SplitResult:
    """Take an address apart; raise ValueError for what is too long to be one."""
    if len(url) > _LONGEST:
        raise ValueError(len(url))
    text = url.strip(_AROUND).replace("&amp;", "&")
    return urlsplit(_NO_SCHEME.sub("https://", text, count=1) if _NO_SCHEME.match(text) else text)


def _unwrapped(parts: SplitResult) -> SplitResult:
    """Return the address within an archive's, a cache's or a redirector's, two layers deep; else the address itself."""
    for _ in range(2):
        inner = _inner(parts)
        if inner is None:
            break
        parts = _split(inner)
    return parts


def _inner(parts: SplitResult) -> str | None:
    host = (parts.hostname or "").lower().removeprefix("www.")
    if host == "web.archive.org":
        archived = _ARCHIVED.fullmatch(parts.path)
        return archived["address"] + (f"?{parts.query}" if parts.query else "") if archived else None
    is_google = fnmatchcase(host, "google.*")
    if host.endswith(".cdn.ampproject.org") or (is_google and parts.path.startswith("/amp/")):
        cached = _CACHED.fullmatch(parts.path)
        return f"https://{cached['address']}" + (f"?{parts.query}" if parts.query else "") if cached else None
    if is_google and parts.path != "/url":
        return None
    told = dict(parse_qsl(parts.query)) if "http" in parts.query else {}
    names = [name for pattern, name in wrappers() if fnmatchcase(host, pattern)]
    return next((told[name] for name in names if told.get(name, "").startswith(("http://", "https://"))), None)


def host_of(url: str) -> str | None:
    """Return the host of a URL without `www.` and its like, or None for what is no http(s) URL.

    >>> host_of("https://m.example.net/ar/1")
    'example.net'
    """
    canonical = canonical_url(url)
    return canonical and re.split("[/?#:]", canonical[8:], maxsplit=1)[0]


def names_article(canonical: str) -> bool:
    """Tell whether a canonical URL has a path or parameters: the address of a home page names no article.

    >>> names_article("https://example.net"), names_article("https://example.net/1")
    (False, True)
    """
    return any(mark in canonical[8:] for mark in "/?#")


def _canonical_host(host: str) -> str:
    """Raise ValueError for a host that cannot be one."""
    host = normalize("NFC", host.lower()).rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not re.fullmatch(r"[a-z0-9._:\[\]-]*", host):
        raise ValueError(host)
    host = _PREFIX.sub("", host)
    return f"[{host}]" if ":" in host else host


def _canonical_path(path: str) -> str:
    kept: list[str] = []
    for segment in _SESSION.sub("", _decoded(path)).split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in {"", ".", "amp"}:
            kept.append(segment)
    kept = _without_twins(kept)
    if kept:
        kept[-1] = _AMP_SUFFIX.sub("", kept[-1])
    while kept and (not kept[-1] or _INDEX.fullmatch(kept[-1])):
        kept.pop()
    return _encoded("".join(f"/{segment}" for segment in kept), _IN_PATH)


def _without_twins(segments: list[str]) -> list[str]:
    """Leave out the first or last segment that makes an address that of a mobile or print page."""
    if len(segments) > 1 and segments[0].lower() in _TWINS:
        segments = segments[1:]
    return segments[:-1] if len(segments) > 1 and segments[-1].lower() == "print" else segments


def _canonical_query(query: str) -> str:
    if not query:
        return ""
    kept = set()
    for pair in query.replace("+", " ").split("&"):
        name, _, value = pair.partition("=")
        name, value = _decoded(name), _decoded(value)
        if (name or value) and not tells_nothing(name.lower(), value.lower()):
            kept.add(f"{_encoded(name, _IN_QUERY)}={_encoded(value, _IN_QUERY)}")
    return "&".join(sorted(kept))


def _canonical_route(fragment: str) -> str:
    """Return a fragment that is a page of its own, without its "!" and slashes; empty for one within a page.

    A slash stays where it is all that tells ("#/1", "#!1"): the address of an address is itself.
    """
    route = _decoded(fragment)
    if _ID.match(route):
        return _canonical_query(route.lstrip("?&"))
    if not _ROUTE.match(route) or _WITHIN.match(route):
        return ""
    path, _, query = route.lstrip("!").partition("?")
    if _ID.match(path):
        path, query = "", path
    kept = "/".join(filter(None, path.split("/")))
    told = _canonical_query(query)
    found = kept + (f"?{told}" if told else "")
    is_route = found[:1] != "!" and _ROUTE.match(found) and not _WITHIN.match(found)
    is_plain = not found or _ID.match(found) or is_route
    return ("" if is_plain else "/") + _encoded(kept, _IN_PATH) + (f"?{told}" if told else "")


def _decoded(text: str) -> str:
    """Decode percent-encoding; bytes that are no UTF-8 become lone surrogates, which `_encoded` turns back."""
    raw = unquote_to_bytes(text.encode("utf-8", "surrogatepass"))
    if b"%" in raw and _TWICE_ENCODED.search(raw.decode("latin-1")):
        raw = unquote_to_bytes(raw)
    return normalize("NFC", raw.decode("utf-8", "surrogateescape"))


def _encoded(text: str, safe: str) -> str:
    return quote(text.encode("utf-8", "surrogateescape"), safe)
