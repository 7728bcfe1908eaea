"""Say what families the known people are of."""

from functools import cache

from pipelines.core.entities.known_names import known_words
from pipelines.core.entities.name_words import is_family, is_given
from pipelines.core.entities.tables import Known


def has_another_family(last: str, known: Known) -> bool:
    """Tell whether the last word of a name is another family's than a known person's: "محمد بن زايد الحارثي"."""
    families = _families().get(known.entity.entity_id, set())
    is_name = is_family(last) or is_given(last) or last.endswith("ي")
    return bool(families) and is_name and not last.startswith("بن") and last not in families


@cache
def _families() -> dict[str, set[str]]:
    """Collect what the fuller names of each person end in, but for fathers."""
    table: dict[str, set[str]] = {}
    for known, words in known_words():
        if len(words) > 2 and not words[-1].startswith("بن"):
            table.setdefault(known.entity.entity_id, set()).add(words[-1])
    return table
