"""Read an office of another name before somebody's."""

from collections.abc import Sequence

from pipelines.core.entities.name_readings import called_otherwise
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.alone import OfficeAlone, read_alone


def office_otherwise(parts: Sequence[str]) -> tuple[OfficeAlone, list[str]] | None:
    """Return the office of another name that stands before somebody's, and all the words."""
    for at in range(len(parts) - 1, 1, -1):
        usual = called_otherwise(" ".join(parts[:at]))
        office = read_alone(fold_name(usual).split()) if usual else None
        if office:
            return office._replace(size=at), list(parts)
    return None
