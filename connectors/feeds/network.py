"""Tell the public web from the networks behind it."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit


def leads_inside(url: str, home: str) -> bool:
    """Return whether an address is on a private network (loopback, link-local ...), and on another host than `home`.

    What a feed of strangers links to must not make us read, and publish, what only this machine can see. A host that
    cannot be resolved here may be by a proxy.

    >>> leads_inside("http://127.0.0.1:8080/admin", "https://press.example/rss")
    True
    >>> leads_inside("http://127.0.0.1:8080/n/1", "http://127.0.0.1:8080/rss")
    False
    """
    host = urlsplit(url).hostname or ""
    if host == urlsplit(home).hostname:
        return False
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(not ip_address(str(place[4][0]).partition("%")[0]).is_global for place in found)
