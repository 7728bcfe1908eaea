"""Know the names of known people, each with what it is found by."""

from functools import cache

from pipelines.core.entities.person_keys import person_key, person_words
from pipelines.core.entities.tables import Known, named, rows

Words = tuple[str, ...]


def people() -> list[tuple[str, Known]]:
    """Return the folded names of the known people."""
    return [(name, known) for name, known in named().items() if known.kind == "PER"]


@cache
def _reduced() -> dict[str, tuple[str, Words]]:
    """Load the key and words of each known name (`people_keys.tsv.gz`), made once for they take long."""
    return {row["name"]: (row["key"], tuple(row["words"].split())) for row in rows("people_keys.tsv.gz")}


def reduce_known(name: str) -> tuple[str, Words]:
    """Return the key and the words of a folded name (`person_key`, `person_words`)."""
    return _reduced().get(name) or (person_key(name), person_words(name))


def known_words() -> list[tuple[Known, Words]]:
    """Return the known people with the words of each of their names."""
    return [(known, reduce_known(name)[1]) for name, known in people()]
