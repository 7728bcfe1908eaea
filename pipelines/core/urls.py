"""Recognise the same article behind the many spellings of its address."""

import re
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes, urlsplit

from pipelines.core.url_tables import may_name_article, tells_nothing
from pipelines.core.url_wrappers import inner_address

_LONGEST = 8192
_AROUND = " \t\r\n\u00a0\u00ad\u061c"
_AROUND += "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_NO_SCHEME = re.compile(r"(?://)?(?=[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|\Z))(?![\w-]+:\D)")
_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_SCHEME = re.compile(r"(?:url:|feed:|view-source:)*(?P<name>https?):[/\\]*(?=[^/\\])", re.IGNORECASE)
_NAMED_SCHEME = re.compile(r"(?:url|feed|view-source):(?=//|https?:)", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:(?:www\d?|m|mobile|mobi|touch|wap|amp|lite|3g)\.)+(?=[^.]+\.)")
_BEHIND_LANGUAGE = re.compile(r"^(?P<language>[a-z]{2}|arabic)\.(?:m|mobile|amp)\.(?=[^.]+\.)")
_BLOGGER = re.compile(r"\.blogspot\.(?:[a-z]{2,3}\.)?[a-z]{2,3}$")
_INDEX = re.compile(r"(?:index|default|home)\.(?:[sx]?html?|php\d?|aspx?|jsp|cfm)|amp|amphtml", re.IGNORECASE)
_SCRIPT = re.compile(r"[^\d]*\.(?:php|aspx?|jsp|cfm|do)", re.IGNORECASE)
_BESIDE = re.compile(r"print|trackback|embed|comment-page-\d+", re.IGNORECASE)
_FRONT_PAGE = re.compile(
    r"https://[^/?#]+(?:/(?:ar|ara|arabic|en|english|fr|home|rss|feed|feeds|atom|(?:rss|feed|atom|sitemap)\.xml))?"
    r"(?:\?lang(?:uage)?=[a-z_-]+)?"
)
_AMP_SUFFIX = re.compile(r"(?:[.-]amp)+(?=\.html?$|$)", re.IGNORECASE)
_SESSION = re.compile(
    r";jsessionid=[^/]*|;(?:sid|phpsessid)=[0-9a-f]{20,64}|/\((?:[XSFA]\([\w-]+\))*[SFA]\([\w-]{24,}\)\)|&utm_[^/]*",
    re.IGNORECASE,
)
_TWINS = frozenset({"amp", "m", "mobile", "print"})
_TWICE_ENCODED = re.compile("%[c-f][0-9a-f]%[89ab][0-9a-f]", re.IGNORECASE)
_OLD_ESCAPE = re.compile("%u(0[67][0-9a-f]{2}|f[bde][0-9a-f]{2})", re.IGNORECASE)  # JavaScript's, Arabic letters
# A fragment that leads to another page: a path ("#/n/1", "#!n/1", "#news/1"), or an id; all others lead within one.
_ROUTE = re.compile(r"!|/|[\w-]+/[\w/-]*\d")
_WITHIN = re.compile(r"(?:comments?|respond|gallery|photos?|images?|slides?|page|media|section|video)\b", re.IGNORECASE)
_WITHIN_ARTICLE = re.compile(
    r"[!/]*(?:comments?|respond|gallery|photos?|images?|slides?|share|print|amp)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d")
_ID = re.compile(r"[?&]?(?:id|nid|aid|(?:news|article|story|post|item)(?:_?id)?)=[^&]+", re.IGNORECASE)
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
    path = _canonical_path(parts.path)
    query, route = _canonical_query(parts.query, path), _canonical_route(parts.fragment, path)
    return f"https://{where}{path}{'?' + query if query else ''}{'#' + route if route else ''}"


def _split(url: str) -> SplitResult:
    """Take an address apart; raise ValueError for what is too long to be one."""
    if len(url) > _LONGEST:
        raise ValueError(len(url))
    text = _AMPERSAND.sub("&", url.strip(_AROUND + "<>\"'"))
    place, mark, rest = text.partition("?")
    text = place.replace("\\", "/") + mark + rest  # as browsers do
    text = _SCHEME.sub(r"\g<name>://", text, count=1) if _SCHEME.match(text) else _NAMED_SCHEME.sub("", text, count=1)
    return urlsplit(_NO_SCHEME.sub("https://", text, count=1) if _NO_SCHEME.match(text) else text)


def _unwrapped(parts: SplitResult) -> SplitResult:
    """Return the address within an archive's, a cache's or a redirector's, two layers deep; else the address itself."""
    for _ in range(2):
        inner = inner_address(parts)
        if inner is None:
            break
        parts = _split(inner)
    return parts


def host_of(url: str) -> str | None:
    """Return the host of a URL without `www.` and its like, or None for what is no http(s) URL.

    >>> host_of("https://m.example.net/ar/1")
    'example.net'
    """
    canonical = canonical_url(url)
    return canonical and re.split("[/?#:]", canonical[8:], maxsplit=1)[0]


def names_article(canonical: str) -> bool:
    """Return whether a canonical URL can be an article's: that of a home page, in any language, or a feed is not.

    >>> [names_article(f"https://example.net{path}") for path in ("", "/ar", "/rss.xml", "/1")]
    [False, False, False, True]
    """
    return _FRONT_PAGE.fullmatch(canonical) is None


def _canonical_host(host: str) -> str:
    """Raise ValueError for a host that cannot be one."""
    host = normalize("NFC", unquote(host, errors="strict").lower()).rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not re.fullmatch(r"[a-z0-9._:\[\]-]*", host):
        raise ValueError(host)
    host = _BLOGGER.sub(".blogspot.com", _BEHIND_LANGUAGE.sub(r"\g<language>.", _PREFIX.sub("", host)))
    return f"[{host}]" if ":" in host else host


def _canonical_path(path: str) -> str:
    kept: list[str] = []
    for segment in _SESSION.sub("", _decoded(path)).split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in {"", ".", "amp"}:
            kept.append(segment)
    kept = _without_twins(kept)
    return _encoded("".join(f"/{segment}" for segment in kept), _IN_PATH)


def _without_twins(segments: list[str]) -> list[str]:
    """Leave out what makes an address that of an index, AMP, mobile or print page, or of comments on the article."""
    first = 0
    while first < len(segments) - 1 and segments[first].lower() in _TWINS:
        first += 1
    del segments[:first]
    while segments:
        last = _AMP_SUFFIX.sub("", segments[-1].rstrip(_AROUND))
        if last and not _INDEX.fullmatch(last) and not (len(segments) > 1 and _BESIDE.fullmatch(last)):
            return [*segments[:-1], last]
        segments.pop()
    return segments


def _canonical_query(query: str, path: str = "") -> str:
    if not query:
        return ""
    pairs = (pair.partition("=") for pair in query.replace("+", " ").split("&"))
    told = {(_decoded(name), _decoded(value)) for name, _, value in pairs} - {("", "")}
    kept = {one for one in told if not tells_nothing(one[0].lower(), one[1].lower())}
    if not kept and _SCRIPT.fullmatch(path):  # "story.php?ref=1042": then that is what tells one from another
        kept = {one for one in told if may_name_article(one[0].lower(), one[1])}
    return "&".join(sorted(f"{_encoded(name, _IN_QUERY)}={_encoded(value, _IN_QUERY)}" for name, value in kept))


def _canonical_route(fragment: str, path: str) -> str:
    """Return a fragment that is a page of its own, without its "!" and slashes; empty for one within the page.

    A slash stays where it is all that tells ("#/1", "#!1"): the address of an address is itself.
    """
    route = _decoded(fragment)
    if _ID.match(route):
        return _canonical_query(route.lstrip("?&"))
    if not _ROUTE.match(route) or _WITHIN.match(route) or (_NUMBER.search(path) and _WITHIN_ARTICLE.match(route)):
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
    text = _OLD_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "%u" in text.lower() else text
    raw = unquote_to_bytes(text.encode("utf-8", "surrogatepass"))
    if b"%" in raw and _TWICE_ENCODED.search(raw.decode("latin-1")):
        raw = unquote_to_bytes(raw)
    return normalize("NFC", raw.decode("utf-8", "surrogateescape"))


def _encoded(text: str, safe: str) -> str:
    return quote(text.encode("utf-8", "surrogateescape"), safe)
