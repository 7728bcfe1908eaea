"""Load what is known of addresses: parameters that tell nothing of the page, and sites whose addresses hold others."""

import re
from functools import cache
from importlib.resources import files

_SESSION_ID = re.compile(r"[0-9a-f]{20,64}")
_SESSION_NAMES = frozenset({"sid", "s", "session", "sess", "sessid", "oscsid", "zenid", "token"})
_MOMENT = re.compile(r"1[3-9]\d{8}(?:\d{3})?|0\.\d+")  # against caches: seconds since 1970, or a random number
_MOMENT_NAMES = frozenset({"_", "t", "ts", "timestamp", "rand", "random", "rnd"})
_SHARED = re.compile(r"sf\d{6,}")
_ALSO_IDS = frozenset({"ref", "share", "shared", "feature", "cmp", "si", "at_id", "dm_id", "ns_id", "pk_id"})


def tells_nothing(name: str, value: str) -> bool:
    """Return whether a parameter only tells where a reader came from, or how the page is shown to him.

    >>> tells_nothing("utm_source", "rss"), tells_nothing("view", "print"), tells_nothing("view", "article")
    (True, True, False)
    """
    exact, prefixes = _tracking()
    if name in _MOMENT_NAMES and _MOMENT.fullmatch(value):
        return True
    if _SHARED.fullmatch(name) or (name in _SESSION_NAMES and _SESSION_ID.fullmatch(value)):
        return True
    return name in exact or f"{name}={value}" in exact or name.startswith(prefixes)


def may_name_article(name: str, value: str) -> bool:
    """Return whether a parameter that usually tells nothing may be the article's number, where nothing else is.

    >>> may_name_article("ref", "1042"), may_name_article("ref", "rss")
    (True, False)
    """
    return name in _ALSO_IDS and value.isdecimal()


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    table = files("pipelines").joinpath("resources", "tracking_parameters.tsv").read_text("utf-8").split()[1:]
    return frozenset(n for n in table if n[-1] != "*"), tuple(n[:-1] for n in table if n[-1] == "*")


@cache
def wrappers() -> tuple[tuple[str, str], ...]:
    """Return the hosts (with wildcards) of redirectors, and the parameter in which each holds another address."""
    rows = files("pipelines").joinpath("resources", "url_wrappers.tsv").read_text("utf-8").splitlines()[1:]
    return tuple((host, parameter) for host, parameter in (row.split("\t") for row in rows))
