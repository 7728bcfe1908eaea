"""Tell a leader's kin by his own name ("شقيق الرئيس ماهر الأسد") from who is told of by the leader's alone."""

from collections.abc import Sequence

from pipelines.core.entities.courtesies import kin_told
from pipelines.core.entities.offices.callings import leaders_families

_OWN = frozenset(("الامير", "الاميره"))
"""What a king's kin are called by: "شقيق الملك الأمير حمزة"."""


def kin_named(parts: Sequence[str]) -> int:
    """Return where the own name of a leader's kin may stand in folded words, 0 where none does.

    It stands behind a title of his own, or has the family name of one who leads.

    >>> [kin_named(name.split()) for name in ("شقيق الرييس ماهر الاسد", "نجل الرييس رمضان قديروف")]
    [2, 0]
    """
    at = kin_told(parts)
    return at if at and (parts[at - 1] in _OWN or parts[-1] in leaders_families()) else 0
