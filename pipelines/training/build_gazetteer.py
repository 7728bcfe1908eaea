"""Write the gazetteer's place tables from the sources: `python -m pipelines.training.build_gazetteer`.

What comes from ODbL databases (countries, first-level divisions, some cities) goes to `odbl/`, the rest beside it:
`resources/entities/CARD.md` says which rows are whose.
"""

import argparse
import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.core.entities.lexicon import UNKNOWN, words
from pipelines.core.entities.names import fold_name, name_key
from pipelines.training.sources import RESOURCES, read_corpus, require

COLUMNS = ("kind", "country", "admin1", "qid", "geonames", "lat", "lon", "population", "name", "keys")
SMALL, LARGE = 1_000, 100_000
ARAB = frozenset(("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY"))
ARAB |= frozenset(("MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"))
NOT_PLACES = frozenset((RESOURCES / "not_places.txt").read_text("utf-8").split())
CORPORA = ("cleananercorp", "caraner", "aqmar")
_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u06a4\u06af\u0698\u064b-\u0652\u0670 \-]+")
_CONJUGATIONS = ("", "ه", "ا", "ان", "ين", "ون", "ات", "تان", "تين")
_NOT_NISBA = {"مالي", "قمري", "هندوراسي", "جزري", "بولي"}
_GENERIC = re.compile(r"^(?:مدينه|محافظه|ولايه|منطقه|اماره|مقاطعه|جمهوريه|قضاء|اقليم|بلديه) ?")

Row = dict[str, str]


def clean_names(names: Iterable[str]) -> list[str]:
    """Keep the Arabic-script names, each key once; what stands in brackets or after a comma goes."""
    kept: dict[str, str] = {}
    for given in names:
        name = re.sub(r"\s*(?:\(.*?\)|،.*)", "", given.replace("-", " ").replace("ـ", "")).strip()
        if _ARABIC.fullmatch(name) and len(name) > 2 and fold_name(name) not in NOT_PLACES:
            kept.setdefault(name_key(name), name)
    return list(kept.values())


def place(kind: str, names: Iterable[str], **fields: Any) -> Row | None:
    """Lay a place out as one row, or None without a usable name."""
    kept = clean_names(names)
    if not kept:
        return None
    row = {column: str(fields.get(column) or "") for column in COLUMNS}
    return row | {"kind": kind, "name": kept[0], "keys": "|".join(map(fold_name, kept))}


def read_countries(data: Path) -> Iterator[tuple[dict[str, Any], Row]]:
    """Give each country with its row."""
    for country in json.loads(require(data / "gazetteer/countries_ar.json").read_text("utf-8")):
        names = [country["name_ar"], *country["aliases_ar"], country["official_ar"] or ""]
        names = [name for name in names if "،" not in name and name not in ("ديك رومى", "الكونغو - كينشاسا")]
        names += ["الكونغو برازافيل"] if country["iso2"] == "CG" else []
        fields = {"country": country["iso2"], "qid": country["qid"], "lat": country["lat"], "lon": country["lon"]}
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
    forms = {base + ending for ending in _CONJUGATIONS}
    forms |= set() if plural.endswith("ون") else {plural, plural + "ا"}
    return forms | {"ال" + form for form in forms if not form.endswith("يا")}


@cache
def place_shares(data: Path) -> dict[str, tuple[int, int]]:
    """Count how often labelled text uses each word at all, and in the name of a place."""
    counts: dict[str, tuple[int, int]] = {}
    for corpus in CORPORA:
        for tokens, tags in read_corpus(data / "ner" / corpus / "train.conll"):
            for word, tag in zip(tokens, tags, strict=True):
                used, named = counts.get(word, (0, 0))
                counts[word] = used + 1, named + (tag[2:] == "LOC")
    return counts


def is_ambiguous(name: str, line: dict[str, str], data: Path) -> bool:
    """Tell whether a town's folded name is too short or too much an everyday word to be believed alone."""
    population, arab = int(line["population"] or 0), line["country"] in ARAB
    if name in NOT_PLACES:
        return True
    used, places = place_shares(data).get(name, (0, 0))
    if used > 3 and population < 3 * LARGE:
        return places < 0.25 * used
    count = words().get(name, UNKNOWN).uses
    limit = 2_000 if arab else 200
    return (len(name) < 4 and population < LARGE) or (count > limit and population < 5 * LARGE)


def believable(line: dict[str, str], data: Path, is_capital: bool) -> list[str]:
    """Choose which of a city's names to keep: aliases only of Arab and of large cities, no everyday words."""
    aliases = (
        re.split(r"[|;]", line["aliases_ar"] or "")
        if line["country"] in ARAB or int(line["population"] or 0) > LARGE
        else []
    )
    everything = (line["name_ar"], *aliases)
    names = [name for name in everything if is_capital or not is_ambiguous(fold_name(name), line, data)]
    return sorted(
        names, key=lambda name: (-words().get(fold_name(name), UNKNOWN).uses, name[-1:] == "ه", name[:1] == "آ")
    )


def read_cities(data: Path, capitals: set[str]) -> Iterator[tuple[str, Row]]:
    """Give each city with the database its row comes from (`geonames` or `dr5hn`)."""
    with require(data / "gazetteer/cities_ar.tsv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if int(line["population"] or 0) < SMALL and not line["qid"]:
                continue
            kind = "capital" if line["geonameid"] in capitals or line["qid"] in capitals else "city"
            fields = dict(line, geonames=line["geonameid"], lat=line["lat"][:9], lon=line["lon"][:9], admin1=None)
            row = place(kind, believable(line, data, kind == "capital"), **fields)
            if row:
                yield "dr5hn" if "dr5hn" in (line["source"], line["qid_source"]) else "geonames", row


def read_divisions(data: Path) -> Iterator[Row]:
    """Give the first-level divisions of the Arab League."""
    with require(data / "gazetteer/admin1_arab.tsv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            fields = dict(line, admin1=line["iso3166_2"], lat=line["lat"][:9], lon=line["lon"][:9])
            row = place("admin1", [line["native_ar"]], **fields)
            if row:
                yield row | {"keys": "|".join(dict.fromkeys((row["keys"], _GENERIC.sub("", row["keys"]))))}


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
        if _ARABIC.fullmatch(name):
            counts[name_key(name)] += int(count)
    rows = [{"key": key, "count": str(count)} for key, count in sorted(counts.items()) if count > 1 and len(key) > 2]
    write_rows(RESOURCES / "name_parts.tsv.gz", ("key", "count"), rows)


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    countries = list(read_countries(data))
    write_rows(RESOURCES / "odbl/countries.tsv", COLUMNS, (row for _, row in countries))
    forms = [
        {"form": form, "country": row["country"]} for country, row in countries for form in sorted(nisba_forms(country))
    ]
    write_rows(RESOURCES / "odbl/nisba.tsv", ("form", "country"), forms)
    seats = [country["capital"] for country, _ in countries if country["capital"]]
    capitals = {str(seat[key]) for seat in seats for key in ("qid", "geonameid") if seat[key]}
    cities = list(read_cities(data, capitals))
    write_rows(RESOURCES / "places_geonames.tsv.gz", COLUMNS, (row for source, row in cities if source == "geonames"))
    write_rows(
        RESOURCES / "odbl/places.tsv.gz",
        COLUMNS,
        [*read_divisions(data), *(row for source, row in cities if source == "dr5hn")],
    )
    write_name_parts(data)


if __name__ == "__main__":
    main()
