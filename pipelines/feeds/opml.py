"""Read a list of feeds: OPML."""

from lxml import etree

_PARSER = {"resolve_entities": False, "no_network": True, "recover": True}


def read_opml(body: bytes) -> tuple[str, ...]:
    """Return the addresses of the feeds in an OPML file, in order, each once; none where it is no OPML.

    >>> read_opml(b'<opml><body><outline text="a"><outline xmlUrl="https://a.example/rss"/></outline></body></opml>')
    ('https://a.example/rss',)
    """
    root = etree.fromstring(body, etree.XMLParser(**_PARSER)) if body.strip() else None
    if root is None:
        return ()
    found = (outline.get("xmlUrl") or outline.get("xmlurl") or "" for outline in root.iter("outline"))
    return tuple(dict.fromkeys(address.strip() for address in found if address.strip()))
