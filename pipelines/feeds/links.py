"""Follow links as outlets write them."""

from urllib.parse import urljoin


def join(url: str, target: str) -> str:
    """Return where a link leads; one that leads nowhere stays as it is, for whoever follows it to refuse.

    >>> join("https://a.example/rss", "/1"), join("https://a.example/rss", "http://[")
    ('https://a.example/1', 'http://[')
    """
    try:
        return urljoin(url, target)
    except ValueError:
        return target
