"""Show the address of an article as people know it."""

from urllib.parse import urlsplit

from rich.style import Style
from rich.text import Text


def site(url: str | None) -> str:
    """Return the site of an address, which is what people know it by; "" where it has none.

    >>> site("https://www.masdar.example/news/2026/03/10/%D8%AE%D8%A8%D8%B1"), site(None)
    ('masdar.example', '')
    """
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def link(url: str | None) -> Text:
    """Return the site of an address, which leads to it on a terminal that knows links."""
    leads = url if url and url.isprintable() and site(url) else None
    return Text(site(url), Style(dim=True, link=leads))
