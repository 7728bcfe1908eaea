"""Know whole names in Latin letters: places, bodies, well-known people."""

import gzip
import re
from functools import cache

from pipelines.core.entities.latin import plain_latin
from pipelines.core.entities.names import RESOURCES

_AND = re.compile(" (?:and|et|und|y|e) (?:the |les |la )?")
"""The sources write a sign instead, which `plain_latin` takes off."""


def arabic_title(plain: str) -> str | None:
    """Return the Arabic name that a whole name in plain Latin letters (`plain_latin`) leads to, or None.

    >>> [arabic_title(name) for name in ("marrakech", "marrakesh", "fifa", "john smith")]
    ['مراكش', 'مراكش', 'الفيفا', None]
    >>> arabic_title("bosnia and herzegovina")
    'البوسنة والهرسك'
    """
    return _titles().get(plain) or _titles().get(_AND.sub(" ", plain))


@cache
def _titles() -> dict[str, str]:
    """Load the names written by hand (`latin_own.tsv`), which win, and those of the sources (`latin_titles.tsv.gz`)."""
    raw = gzip.decompress((RESOURCES / "latin_titles.tsv.gz").read_bytes()).decode()
    table = {latin: arabic for latin, arabic in (line.split("\t") for line in raw.splitlines()[1:])}  # noqa: C416
    for line in (RESOURCES / "latin_own.tsv").read_text("utf-8").splitlines()[1:]:
        arabic, latin = line.split("\t")
        table.update((plain_latin(name), arabic) for name in latin.split("|"))
    return table
