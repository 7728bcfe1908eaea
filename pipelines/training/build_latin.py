"""Write how names are spelt in Latin letters: `python -m pipelines.training.build_latin`.

`latin_names.tsv.gz` has single words of people's names, `latin_titles.tsv.gz` whole names, each with the Arabic name
that the other tables know.
"""

import argparse
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import OSA

from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.latin import plain_latin
from pipelines.core.entities.latin_nearest import by_rule
from pipelines.core.entities.name_words import bare
from pipelines.core.entities.names import fold_name, name_key
from pipelines.core.entities.nations import countries
from pipelines.core.entities.sounds import coarse_key, sound_distance
from pipelines.core.entities.tables import places
from pipelines.training.build_gazetteer import write_rows
from pipelines.training.latin_towns import read_heard_towns, read_towns
from pipelines.training.sources import RESOURCES, require

_LATIN = re.compile("[a-z][a-z ]{2,}")
_SURE, _SHORT, _FARTHEST = 50, 2, 1.5
_SMALL = frozenset(("IO", "UM", "VG", "VI", "AS"))  # called as a large country is
_LANGUAGES = ("en", "fr", "es", "de", "it")


def read_words(data: Path) -> Iterator[tuple[str, str]]:
    """Give the words of people's names, each with its usual Arabic form, folded and without article."""
    table = require(data / "gazetteer/transliteration_pairs/person_name_tokens_en_ar.tsv")
    for line in table.read_text("utf-8").splitlines()[1:]:
        latin, arabic, count = line.split("\t")
        token, folded = plain_latin(latin).replace(" ", ""), bare(fold_name(arabic))
        if _LATIN.fullmatch(token) and len(folded) > 1 and (int(count) >= _SURE or is_heard(token, folded)):
            yield token, folded


def is_heard(latin: str, arabic: str) -> bool:
    """Tell whether a word in Latin letters may sound like an Arabic one; the source has some that are other names.

    >>> is_heard("qahtani", "ناصر"), is_heard("mansuri", "منصور"), is_heard("charles", "تشارلز")
    (False, False, True)
    """
    heard = by_rule(latin)
    ends = arabic.endswith("ي") == latin.endswith(("i", "y", "ie", "ee", "ey", "e", "ih")) or latin.endswith(("e", "a"))
    keys = coarse_key(heard), coarse_key(arabic)
    apart = OSA.distance(*keys)
    return ends and apart <= (min(map(len, keys)) > _SHORT) and sound_distance(heard, arabic) <= _FARTHEST + apart


def read_countries() -> Iterator[tuple[str, str]]:
    """Give the names of countries in five languages (CLDR)."""
    from babel import Locale

    for language in _LANGUAGES:
        territories = Locale(language).territories
        for code, country in countries().items():
            if code in territories:
                yield plain_latin(territories[code]), country.name


def read_titles(data: Path) -> Iterator[tuple[str, str]]:
    """Give the names of people, clubs and divisions, where another table has the Arabic name."""
    known = names()
    for file in ("people_en_ar", "sports_clubs_en_ar", "places_en_ar"):
        with require(data / f"gazetteer/arwikicats/{file}.tsv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if name_key(row["name_ar"]) in known:
                    yield plain_latin(row["name_en"]), fold_name(row["name_ar"])


def read_divisions() -> Iterator[tuple[str, str]]:
    """Give the names of first-level divisions (ISO 3166-2 through pycountry) that sound like the Arabic one.

    A name that two bear is nobody's.
    """
    from pycountry import subdivisions

    found: dict[str, set[str]] = {}
    for name, bearers in places().items():
        for known in bearers:
            division = subdivisions.get(code=known.entity.admin1) if known.kind == "admin1" else None
            latin = plain_latin(division.name.partition(" (")[0]) if division else ""
            if latin and is_heard(latin.replace(" ", ""), bare(name).replace(" ", "")):
                found.setdefault(latin, set()).add(name)
    yield from ((latin, arabic.pop()) for latin, arabic in found.items() if len(arabic) == 1)


def write_demonyms(data: Path) -> None:
    """Write the English names of nations (world-countries, ODbL), with their countries."""
    found = json.loads(require(data / "gazetteer/countries_ar.json").read_text("utf-8"))
    rows = [
        {"latin": plain_latin(one["demonym_en"] or ""), "country": one["iso2"]}
        for one in found
        if one["iso2"] not in _SMALL
    ]
    write_rows(RESOURCES / "odbl/demonyms.tsv", ("latin", "country"), (row for row in rows if row["latin"]))


def main() -> None:
    """Write both tables; the first source that has a name keeps it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    write_demonyms(data)
    single = dict(sorted(read_words(data)))
    whole: dict[str, str] = {}
    towns = read_towns(single), read_heard_towns(single)
    for latin, arabic in (*read_countries(), *towns[0], *read_titles(data), *read_divisions(), *towns[1]):
        if _LATIN.fullmatch(latin):
            whole.setdefault(latin, arabic)
    for file, table in (("latin_names.tsv.gz", single), ("latin_titles.tsv.gz", whole)):
        write_rows(RESOURCES / file, ("latin", "arabic"), ({"latin": a, "arabic": b} for a, b in sorted(table.items())))


if __name__ == "__main__":
    main()
