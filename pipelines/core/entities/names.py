"""Bring the spellings of a name together."""

import re
from functools import lru_cache
from importlib.resources import files

from pipelines.core.text.fold import fold_text

RESOURCES = files("pipelines") / "resources" / "entities"
_FATHER = re.compile(r"\b(?:ابي|ابا)\b(?= ?\w)")
_SON = re.compile(r"\bابن\b")
_LOOSE = re.compile(r"[^\w]+")


@lru_cache(maxsize=1 << 16)
def fold_name(name: str) -> str:
    """Fold a name and its small words, ابي and ابا as ابو, ابن as بن; signs go, single spaces stay.

    >>> fold_name("«أبي بكر» ابن-سعيد")
    'ابو بكر بن سعيد'
    """
    return " ".join(_SON.sub("بن", _FATHER.sub("ابو", _LOOSE.sub(" ", fold_text(name)))).split())


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Reduce a name to what its spellings share: its folded form without spaces.

    >>> name_key("عبد العزيز أبي بكر") == name_key("عبدالعزيز أبو بكر")
    True
    >>> name_key("محمد بن سلمان") == name_key("محمد بن سليمان")
    False
    """
    return fold_name(name).replace(" ", "")
