"""Make the ids of names that no register knows."""

from pipelines.core.entities.body_keys import body_key
from pipelines.core.entities.groups import group_id, is_group
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.person_keys import unknown_key
from pipelines.core.entities.tables import stable_id


def name_id(kind: str, name: str) -> str:
    """Make the id of a name in no register, the same for all its spellings (`unknown_key`, `body_key`, `group_id`).

    >>> name_id("PER", "جريجوري هندرسون") == name_id("PER", "غريغوري هندرسن")
    True
    >>> name_id("ORG", "شرطة فرنسا") == name_id("MISC", "الشرطة الفرنسية")
    True
    """
    if kind == "PER":
        parts = fold_name(name).split()
        return group_id(parts) if parts and is_group(parts) else stable_id(kind, unknown_key(name))
    return stable_id("NAME", body_key(name))
