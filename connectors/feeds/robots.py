"""Obey robots.txt (RFC 9309)."""

import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from connectors.feeds.answer import FetchFailed

_DAY = 24 * 60 * 60
_MOST_BYTES = 500 * 1024  # RFC 9309, 2.5

Read = Callable[[str], bytes]
"""Read a robots.txt; raises FetchFailed, passing or not."""


class Robots:
    """The rules of hosts, each read once a day; where a host has none everything is allowed, where it fails nothing."""

    def __init__(self, agent: str, read: Read) -> None:
        self._agent, self._read = agent, read
        self._lock = threading.Lock()
        self._rules: dict[str, tuple[float, Protego]] = {}

    def admit(self, url: str) -> float:
        """Return the Crawl-delay for an address, in seconds; raises FetchFailed where its host forbids it."""
        rules = self._rules_for(url)
        if not rules.can_fetch(url, self._agent):
            host = urlsplit(url).netloc
            raise FetchFailed(
                f"the robots.txt of {host} forbids {url} to {self._agent}: ask the outlet to allow it, or take it out.",
                is_passing=False,
            )
        return float(rules.crawl_delay(self._agent) or 0.0)

    def _rules_for(self, url: str) -> Protego:
        parts = urlsplit(url)
        home = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            at, rules = self._rules.get(home, (0.0, None))
        if rules is None or time.monotonic() - at > _DAY:
            rules = self._parse(f"{home}/robots.txt")
            with self._lock:
                self._rules[home] = (time.monotonic(), rules)
        return rules

    def _parse(self, address: str) -> Protego:
        try:
            text = self._read(address)[:_MOST_BYTES].decode("utf-8", "replace")
        except FetchFailed as failed:
            if failed.is_passing:
                raise FetchFailed(f"its robots.txt cannot be read, so nothing is: {failed}") from failed
            text = ""
        return Protego.parse(text)
