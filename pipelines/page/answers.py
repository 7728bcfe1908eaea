"""Turn what was found into HTML: the templates, what they may call, and the headers that every answer has."""

import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipelines.page.choice import REALITIES, Choice
from pipelines.page.directions import without_turns
from pipelines.page.marking import quoted
from pipelines.page.now import counts
from pipelines.page.store import Store
from pipelines.page.syndication import describe
from pipelines.page.words import DIGITS, LANGUAGES, MONTHS, Voice
from pipelines.tables.events import outlet_name

HOME = Path(str(files("pipelines").joinpath("page")))
SECTIONS = (("now", "/"), *((name, f"/{name}") for name in ("latest", "map", "names", "health", "watches")))
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What a browser may do with a page of ours: load what is ours, and nothing else; run no script that stands in it."""


def safe_text(value: Any) -> Any:
    """Return a text without what turns its direction, which a page does by itself; "" for None."""
    if isinstance(value, Markup):  # made of texts that came through here
        return value
    if isinstance(value, str):
        return without_turns(value)
    return "" if value is None else value


def isolated(text: Any) -> Markup:
    """Return a text apart from those around it, from right to left where it has Arabic letters, wherever they begin.

    >>> isolated("CNN بالعربية"), isolated("<b>")
    (Markup('<bdi dir="rtl">CNN بالعربية</bdi>'), Markup('<bdi dir="ltr">&lt;b&gt;</bdi>'))
    """
    direction = "rtl" if _ARABIC.search(str(text)) else "ltr"
    return Markup(f'<bdi dir="{direction}">{escape(safe_text(text))}</bdi>')


def safe_link(url: str | None) -> str:
    """Return an address that a page may lead to: http or https; "" for any other.

    >>> safe_link("https://www.masdar.example/1"), safe_link("javascript:alert(1)")
    ('https://www.masdar.example/1', '')
    """
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


@cache
def static(name: str) -> str:
    """Return the address of a file of the page, with what it hashes to: another text has another address."""
    digest = hashlib.sha256((HOME / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HOME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=safe_text,
    )
    environment.filters["bdi"] = isolated
    environment.globals |= {
        "static": static,
        "safe_link": safe_link,
        "outlet_name": outlet_name,
        "quoted": quoted,
        "describe": describe,
        "sections": SECTIONS,
        "zip": zip,
        "path": lambda text: quote(text, safe=""),
        "REALITIES": tuple(REALITIES),
        "LANGUAGES": LANGUAGES,
        "MONTHS": tuple(MONTHS),
        "DIGITS": DIGITS,
    }
    return environment


def store_of(request: Request) -> Store:
    """Return the database of the page."""
    store: Store = request.app.state.store
    return store


def voice_of(request: Request) -> Voice:
    """Return how this reader is spoken to."""
    return Voice.read(request.cookies, datetime.now(UTC))


def page(request: Request, template: str, status: int = 200, **told: Any) -> HTMLResponse:
    """Return a page, or the part of it that htmx asks for, in the reader's language."""
    store = store_of(request)
    context = {
        "v": voice_of(request),
        "seq": store.seq,
        "here": request.url.path,
        "asked": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "part": request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers,
        "choice": Choice(),
        "may_write": request.app.state.guard.may_write(request),
        "source": request.app.state.source,
        "counted": lambda: store.remembered("counts", counts),
        **told,
    }
    html = _templates().get_template(template).render(context)
    return HTMLResponse(html, status, headers={"Vary": "HX-Request, Cookie", "Cache-Control": "no-store"})
