"""Give a ministry the name of what its minister is usually said to be over."""

from collections.abc import Sequence

from pipelines.core.entities.names import fold_name
from pipelines.core.entities.nations import countries
from pipelines.core.entities.offices.alone import read_alone


def usual_ministry(words: Sequence[str]) -> str | None:
    """Return the usual name of a country's ministry, None where folded words are it already or name none.

    >>> usual_ministry("وزاره الصحه والسكان المصريه".split()), usual_ministry("وزاره الصحه في مصر".split())
    ('وزارة الصحة في مصر', None)
    """
    office = read_alone(["وزيره", *words[1:]]) if words[0] == "وزاره" else None
    if office is None or office.size < len(words) or not office.entity.country or "السابق" in office.role:
        return None
    usual = f"وزارة {office.role.partition(' ')[2]} في {countries()[office.entity.country].name}"
    return None if fold_name(usual).split() == list(words) else usual
