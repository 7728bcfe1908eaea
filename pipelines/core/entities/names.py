"""Bring the spellings of a name together."""

import re
from functools import lru_cache
from importlib.resources import files

from pipelines.core.cache_sizes import NAMES
from pipelines.core.text.fold import fold_text

RESOURCES = files("pipelines") / "resources" / "entities"
_FATHER = re.compile(r"\b(?:ابي|ابا)\b(?= ?\w)(?!(?<=\bابي) احمد(?: علي)?$)")
"""Ethiopia's prime minister is nobody's father: many a fighter is called "أبو أحمد"."""
_SON, _DAUGHTER = re.compile(r"\bابن\b"), re.compile(r"(?<=\w )ابنه\b")
_HAMZA = re.compile(r"يء\b")
_LOOSE = re.compile(r"[^\w]+")


@lru_cache(maxsize=NAMES)
def fold_name(name: str) -> str:
    """Fold a name and its small words, ابي and ابا as ابو, ابن as بن; signs go, single spaces stay.

    >>> fold_name("«أبي بكر» ابن-سعيد"), fold_name("طوارىء") == fold_name("طوارئ")
    ('ابو بكر بن سعيد', True)
    >>> fold_name("أبي أحمد"), fold_name("أبا أحمد")
    ('ابي احمد', 'ابو احمد')
    """
    plain = fold_text(name)
    plain = plain if plain.replace(" ", "").isalnum() else _LOOSE.sub(" ", plain)
    if "يء" in plain or "اب" in plain:
        plain = _DAUGHTER.sub("بنت", _SON.sub("بن", _FATHER.sub("ابو", _HAMZA.sub("ي", plain))))
    return " ".join(plain.split())


@lru_cache(maxsize=NAMES)
def name_key(name: str) -> str:
    """Reduce a name to what its spellings share: its folded form without spaces.

    >>> name_key("عبد العزيز أبي بكر") == name_key("عبدالعزيز أبو بكر")
    True
    >>> name_key("محمد بن سلمان") == name_key("محمد بن سليمان")
    False
    """
    return fold_name(name).replace(" ", "")
