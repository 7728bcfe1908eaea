"""Tell offices of a state from those of a club, a firm, a union or a movement."""

from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.offices.alone import OfficeAlone
from pipelines.core.entities.offices.role_names import bare_noun
from pipelines.core.entities.offices.words import heads
from pipelines.core.entities.tables import rows

_TABLE = "callings.tsv"
_OF_COUNTRIES = frozenset(("رئيس", "زعيم"))


def is_of_state(told: Sequence[str], office: OfficeAlone | None) -> bool:
    """Tell whether folded words name an office of a state, or a rank: who is known as an actor has none.

    >>> from pipelines.core.entities.names import fold_name
    >>> from pipelines.core.entities.offices.alone import read_alone
    >>> told = [fold_name(name).split() for name in ("وزير النقل", "رئيس مصر", "رئيس الاتحاد المصري", "المدرب")]
    >>> [is_of_state(words, read_alone(words)) for words in told]
    [True, True, False, False]
    """
    if any(word in ranks() for word in told):
        return True
    if office is None:
        return False
    lemma = next((heads()[word].lemma for word in told if word in heads()), "")
    if lemma in _listed("state_office") or (office.role in _OF_COUNTRIES and office.organisation is None):
        return True
    return any(bare_noun(word) in _listed("state") for word in told[1:])


def ranks() -> frozenset[str]:
    """Load the folded ranks and titles that nobody has who is known for a calling of the table, nor for an office."""
    return _listed("rank")


def latin_ranks() -> frozenset[str]:
    """Load such ranks and titles in plain Latin letters."""
    return _listed("latin_rank")


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(word for row in rows(_TABLE) if row["calling"] == kind for word in row["words"].split())
