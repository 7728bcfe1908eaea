"""Know the common words that bodies and offices are called by in Latin letters, with the Arabic of each."""

from functools import cache

from pipelines.core.entities.tables import rows

KINDS = ("head", "office", "noun", "adj")


def common_words(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the Arabic of common words in plain Latin letters: head, office, noun, adj, link, company.

    >>> common_words("adj")["military"]
    ('عسكري',)
    """
    return _lexicon()[kind]


@cache
def _lexicon() -> dict[str, dict[str, tuple[str, ...]]]:
    """Load the Arabic of words and phrases in Latin letters by kind, and what joins them (`latin_lexicon.tsv`)."""
    table: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in (*KINDS, "hers", "link", "and", "company")}
    for row in rows("latin_lexicon.tsv"):
        for latin in dict.fromkeys(row["latin"].split("|")):
            table[row["kind"]][latin] = (*table[row["kind"]].get(latin, ()), row["arabic"])
    return table
