"""Say how it was done: PLOVER's modes, by the trigger's words and those behind them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_TABLE = files("pipelines") / "resources" / "events" / "modes.tsv"
_BEFORE = "[وف]?(?:[بلك]?ال|لل|[بلكس])?[يتن]?"
_REACH = 6
_MUTUAL = re.compile(f"{_BEFORE}(?:اتفق|اتفاق|توافق|تفاهم|تسوي|صفق|مصالح|تصالح|تحالف|ابرم|ابرام|مبرم)\\w{{0,4}}")


class _Mode(NamedTuple):
    name: str
    words: re.Pattern[str]
    need: re.Pattern[str] | None


def find_mode(kind: str, words: Sequence[str], trigger: int) -> str | None:
    """Return the mode of an event of a type whose first `trigger` folded words tell it, the first that fits.

    >>> find_mode("COERCE", ["اعتقلت", "الشرطه"], 1), find_mode("CONSULT", ["بحث", "هاتفيا"], 1)
    ('arrest', 'phone')
    """
    behind = words[: trigger + _REACH]
    for mode in _modes().get(kind, ()):
        told = any(map(mode.words.fullmatch, words[:trigger]))
        if told and (mode.need is None or any(map(mode.need.fullmatch, behind))):
            return mode.name
    return None


def is_mutual(kind: str, mode: str | None, trigger: Sequence[str]) -> bool:
    """Tell whether an event is one in which both sides do the same: a meeting, an agreement with somebody.

    POLECAT's codebook counts both sides of such as actors. A visit has a guest and a host, a promise is one side's.

    >>> is_mutual("CONSULT", None, ["التقي"]), is_mutual("CONSULT", "visit", ["زار"])
    (True, False)
    >>> is_mutual("AGREE", None, ["اتفاقا"]), is_mutual("AGREE", None, ["تعهد"])
    (True, False)
    """
    return (kind == "CONSULT" and mode != "visit") or (kind == "AGREE" and any(map(_MUTUAL.fullmatch, trigger)))


@cache
def _modes() -> Mapping[str, list[_Mode]]:
    found: dict[str, list[_Mode]] = {}
    for line in _TABLE.read_text("utf-8").splitlines()[1:]:
        kind, name, words, need = line.split("\t")
        cues = None if need == "-" else re.compile(f"[وف]?[بل]?(?:{need})")
        found.setdefault(kind, []).append(_Mode(name, re.compile(f"{_BEFORE}(?:{words})\\w{{0,3}}"), cues))
    return found
