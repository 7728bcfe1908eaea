"""Guess what somebody means: a name mistyped, or not yet typed to its end."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches


def hint(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean events?" for the nearest of the known names, "" where none is near.

    >>> hint("event", ["articles", "events"]), hint("x", ["events"])
    (' Did you mean events?', '')
    """
    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def completing(known: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """Return what the shell asks for the names that begin so.

    >>> completing(lambda: ["events", "articles"])("ev")
    ['events']
    """

    def complete(incomplete: str) -> list[str]:
        return [name for name in known() if name.startswith(incomplete)]

    return complete
