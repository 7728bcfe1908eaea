"""Know the outlets: where they are, and by which clock they write."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipelines.core.text.fold import fold_text
from pipelines.core.urls import host_of

_KIND = re.compile(r"^(?:صحيفه|جريده|قناه|موقع|مجله|اذاعه|وكاله|بوابه|شبكه)(?=\w)")
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, broadcaster, site or agency; `country` is ISO 3166-1 alpha-2, `zone` an IANA name."""

    key: str
    name: str
    country: str
    zone: str
    hosts: tuple[str, ...]
    aliases: tuple[str, ...]


@lru_cache(maxsize=4096)
def _find_by_name(source: str) -> Outlet | None:
    names = _index()[0]
    key = _key(source)
    return names.get(key) or names.get(_KIND.sub("", key))


def find_outlet(source: str, url: str | None) -> Outlet | None:
    """Find an outlet by its key or name in any spelling, else by the host of `url` or a domain above it.

    >>> find_outlet("صحيفة الأهرام", None).zone
    'Africa/Cairo'
    >>> find_outlet("feed-17", "https://www.hespress.com/1.html").country
    'MA'
    """
    outlet = _find_by_name(source)
    if outlet is not None or not url:
        return outlet
    hosts, host = _index()[1], host_of(url) or ""
    while host:
        if host in hosts:
            return hosts[host]
        host = host.partition(".")[2]
    return None


@cache
def read_outlets() -> tuple[Outlet, ...]:
    """Read the table of outlets, `resources/outlets.tsv`."""
    table = files("pipelines").joinpath("resources", "outlets.tsv").read_text("utf-8").splitlines()[1:]
    return tuple(
        Outlet(key, name, country, zone, tuple(filter(None, hosts.split("|"))), tuple(filter(None, aliases.split("|"))))
        for key, name, country, zone, hosts, aliases in (line.split("\t") for line in table)
    )


@cache
def _index() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    """Map folded names and hosts; a key wins over a name, a name over an alias, the first line over later ones."""
    names: dict[str, Outlet] = {}
    hosts: dict[str, Outlet] = {}
    for outlet in read_outlets():
        names.setdefault(_key(outlet.key), outlet)
        hosts.update(dict.fromkeys(outlet.hosts, outlet))
    for outlet in read_outlets():
        names.setdefault(_key(outlet.name), outlet)
    for outlet in read_outlets():
        for alias in outlet.aliases:
            names.setdefault(_key(alias), outlet)
    return names, hosts


def _key(name: str) -> str:
    return _NOT_A_LETTER.sub("", fold_text(name))
