"""What a name alone leads to."""

from pipelines.core.entities.identity import identify


def entity_id(name: str) -> str:
    """Return the id of what a name stands for."""
    found = identify(name)
    assert found
    return found.entity.entity_id
