"""Read the towns of national lists that no other source has: Algeria's seats of dairas, Egypt's towns."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.core.entities.lexicon import UNKNOWN, name_parts, words
from pipelines.core.entities.names import fold_name
from pipelines.training.place_rows import NOT_PLACES, Row, place, read_table
from pipelines.training.sources import require

_EVERYDAY, _PEOPLE, _SHORT = 150, 5, 5
_QUARTERS = frozenset(("حي", "وسط"))
_KIN = frozenset(("بن", "سيدي", "ابو", "الامير"))


def read_national(data: Path, known: frozenset[str]) -> Iterator[Row]:
    """Give the towns whose names are not in `known`, and are no everyday words and nobody's name."""
    divisions = read_table(data / "gazetteer/admin1_arab.tsv")
    codes = {row["iso3166_2"] for row in divisions}
    taken = set(known)
    for country, division, name in (*_algerian(data), *_egyptian(data, divisions)):
        key = fold_name(name)
        if key not in taken and _is_telling(key):
            taken.add(key)
            row = place("city", [name], country=country, admin1=division if division in codes else "")
            if row:
                yield row


def _is_telling(key: str) -> bool:
    pieces = key.split(" ")
    if len(key) < _SHORT or key in NOT_PLACES or not key.replace(" ", "").isalpha():
        return False
    uses = words().get(key, UNKNOWN).uses
    if len(pieces) == 1:
        return uses < _EVERYDAY and name_parts().get(key, 0) < _PEOPLE
    return pieces[0] not in _QUARTERS and not all(map(_is_of_people, pieces))


def _is_of_people(word: str) -> bool:
    return word in _KIN or name_parts().get(word, 0) > 1


def _algerian(data: Path) -> Iterator[tuple[str, str, str]]:
    for daira in _load(data / "gazetteer/algeria/dairas.json")["dairas"]:
        yield "DZ", f"DZ-{daira['wilaya_code']}", daira["nom_ar"]


def _egyptian(data: Path, divisions: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    codes = {fold_name(row["native_ar"]): row["iso3166_2"] for row in divisions if row["country"] == "EG"}
    codes["الاسماعليه"] = "EG-IS"  # as that list spells it
    governorates = _load(data / "gazetteer/egypt/governorates.json")[2]["data"]
    codes_by_id = {row["id"]: codes[fold_name(row["governorate_name_ar"])] for row in governorates}
    for town in _load(data / "gazetteer/egypt/cities.json")[2]["data"]:
        yield "EG", codes_by_id[town["governorate_id"]], town["city_name_ar"]


def _load(path: Path) -> Any:
    return json.loads(require(path).read_text("utf-8"))
