"""Find the place that sounds like a name written in another script."""

from functools import cache

from pipelines.core.entities.name_words import bare
from pipelines.core.entities.sounds import coarse_key, sound_distance
from pipelines.core.entities.tables import Known, places

_FARTHEST, _SHORTEST = 0.65, 3
_FARTHEST_A_SOUND, _FARTHEST_IF_LONG, _FAR = 0.3, 1.2, 0.3
"""The more sounds a name has, the farther it may be; the next best must be so much farther."""


def find_place_by_ear(name: str) -> Known | None:
    """Return the only town or division of the Arab world whose folded name sounds so.

    >>> find_place_by_ear("فالوجا").entity.name, find_place_by_ear("غريغوري هندرسون")
    ('الفلوجة', None)
    >>> find_place_by_ear("هادراموت").entity.name
    'حضرموت'
    """
    heard = name.replace(" ", "")
    key = coarse_key(heard)
    farthest = min(max(_FARTHEST, len(key) * _FARTHEST_A_SOUND), _FARTHEST_IF_LONG)
    near: dict[str, tuple[float, Known]] = {}
    for written, known in _by_sound().get(key if len(key) >= _SHORTEST else "", ()):
        distance = sound_distance(heard, written)
        if distance <= farthest and distance < near.get(known.entity.entity_id, (farthest + 1, known))[0]:
            near[known.entity.entity_id] = distance, known
    ranked = sorted(near.values(), key=lambda pair: pair[0])
    return ranked[0][1] if ranked and (len(ranked) == 1 or ranked[1][0] - ranked[0][0] >= _FAR) else None


@cache
def _by_sound() -> dict[str, list[tuple[str, Known]]]:
    """Collect the places that have a division of the Arab world, by their sound."""
    table: dict[str, list[tuple[str, Known]]] = {}
    for name, bearers in places().items():
        if bearers[0].entity.admin1 and bearers[0].kind != "country":
            written = bare(name).replace(" ", "")
            table.setdefault(coarse_key(written), []).append((written, bearers[0]))
    return table
