"""Recognise the same article behind the many spellings of its address."""

import re
from functools import cache
from importlib.resources import files
from unicodedata import normalize
from urllib.parse import quote, unquote_to_bytes, urlsplit

_PREFIX = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
_INDEX = re.compile(r"(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|cfm)|amp", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?:[.-]amp)+(?=\.html?$|$)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_IN_PATH = "/:@!$&'()*+,;=~"
_IN_QUERY = "/:@!$'()*,;~?"


def canonical_url(url: str) -> str | None:
    """Return the one spelling that stands for all addresses of an article, or None for what is no http(s) URL.

    Taken as equal: http and https; hosts with and without `www.`, `m.`, `mobile.`, `amp.`; default ports; any spelling
    of percent-encoding (Arabic is decoded as UTF-8 to NFC, then encoded again; bytes that are no UTF-8 stay as they
    are); trailing slashes, index pages, AMP pages, fragments, session ids, the order of parameters and those that only
    tell where a reader came from (`resources/tracking_parameters.tsv`). The result identifies; it need not open.

    >>> canonical_url("http://www.Example.net:80/ar/أخبار/?utm_source=rss&id=5#top")
    'https://example.net/ar/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?id=5'
    >>> canonical_url("mailto:desk@example.net") is None
    True
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _canonical_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    where = host if port in {None, 80, 443} else f"{host}:{port}"
    query = _canonical_query(parts.query)
    return f"https://{where}{_canonical_path(parts.path)}{'?' + query if query else ''}"


def host_of(url: str) -> str | None:
    """Return the host of a URL without `www.` and its like, or None for what is no http(s) URL.

    >>> host_of("https://m.example.net/ar/1")
    'example.net'
    """
    canonical = canonical_url(url)
    return canonical and canonical[8:].split("/", 1)[0].split("?", 1)[0].split(":", 1)[0]


def names_article(canonical: str) -> bool:
    """Tell whether a canonical URL has a path or parameters: the address of a home page names no article.

    >>> names_article("https://example.net"), names_article("https://example.net/1")
    (False, True)
    """
    return "/" in canonical[8:] or "?" in canonical


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
    if kept:
        kept[-1] = _AMP_SUFFIX.sub("", kept[-1])
    while kept and (not kept[-1] or _INDEX.fullmatch(kept[-1])):
        kept.pop()
    return _encoded("".join(f"/{segment}" for segment in kept), _IN_PATH)


def _canonical_query(query: str) -> str:
    if not query:
        return ""
    kept = set()
    for pair in query.replace("+", " ").split("&"):
        name, _, value = pair.partition("=")
        name, value = _decoded(name), _decoded(value)
        if (name or value) and not _is_tracking(name.lower()):
            kept.add(f"{_encoded(name, _IN_QUERY)}={_encoded(value, _IN_QUERY)}")
    return "&".join(sorted(kept))


def _decoded(text: str) -> str:
    """Decode percent-encoding; bytes that are no UTF-8 become lone surrogates, which `_encoded` turns back."""
    raw = unquote_to_bytes(text.encode("utf-8", "surrogatepass"))
    return normalize("NFC", raw.decode("utf-8", "surrogateescape"))


def _encoded(text: str, safe: str) -> str:
    return quote(text.encode("utf-8", "surrogateescape"), safe)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    table = files("pipelines").joinpath("resources", "tracking_parameters.tsv").read_text("utf-8").split()[1:]
    return frozenset(n for n in table if n[-1] != "*"), tuple(n[:-1] for n in table if n[-1] == "*")


def _is_tracking(name: str) -> bool:
    exact, prefixes = _tracking()
    return name in exact or name.startswith(prefixes)
