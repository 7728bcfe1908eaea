"""Lay the places of the sources out as rows: which to keep, under which names, in which division."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.core.entities.lexicon import UNKNOWN, words
from pipelines.core.entities.names import fold_name, name_key
from pipelines.core.entities.tables import rows
from pipelines.training.divisions import Divisions, drop_shared_ids, is_astray
from pipelines.training.sources import RESOURCES, read_corpus, require

COLUMNS = ("kind", "country", "admin1", "qid", "geonames", "lat", "lon", "population", "name", "keys")
SMALL, LARGE = 1_000, 100_000
ARAB = frozenset(("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY"))
ARAB |= frozenset(("MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"))
NOT_PLACES = frozenset((RESOURCES / "not_places.txt").read_text("utf-8").splitlines())
CORPORA = ("cleananercorp", "caraner", "aqmar")
ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u06a4\u06af\u0698\u064b-\u0652\u0670 \-]+")
_GENERIC = re.compile(r"^(?:مدينه|محافظه|ولايه|منطقه|اماره|مقاطعه|جمهوريه|قضاء|اقليم|بلديه) ?")
_DIVISION = re.compile("(?:محافظه|ولايه|منطقه|اماره|مقاطعه|قضاء|اقليم) ")
_MARKS = {"qid": 2, "geonameid": 2, "name_en": 1}  # by which a capital is found, and how much each counts

Row = dict[str, str]


def clean_names(names: Iterable[str]) -> list[str]:
    """Keep the Arabic-script names, each key once; what stands in brackets or after a comma goes."""
    kept: dict[str, str] = {}
    for given in names:
        name = re.sub(r"\s*(?:\(.*?\)|،.*)", "", given.replace("-", " ").replace("ـ", "")).strip()
        name = re.sub(" {2,}", " ", re.sub("ااا+", "ا", name))
        if ARABIC.fullmatch(name) and len(name) > 2 and fold_name(name) not in NOT_PLACES:
            kept.setdefault(name_key(name), name)
    return list(kept.values())


def place(kind: str, names: Iterable[str], **fields: Any) -> Row | None:
    """Lay a place out as one row, or None without a usable name."""
    kept = clean_names(names)
    if not kept:
        return None
    row = {column: str(fields.get(column) or "") for column in COLUMNS}
    return row | {"kind": kind, "name": kept[0], "keys": "|".join(map(fold_name, kept))}


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


@cache
def listed() -> frozenset[tuple[str, str]]:
    """Return the folded names of the places that we list by hand, each with its country."""
    return frozenset(
        (fold_name(name), row["country"]) for row in rows("places.tsv") for name in row["names"].split("|")
    )


def is_ambiguous(name: str, line: dict[str, str], data: Path) -> bool:
    """Tell whether a town's folded name is too short or too much an everyday word to be believed alone."""
    if (name, line["country"]) in listed():
        return False
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
    country, is_known = line["country"], line["country"] in ARAB or int(line["population"] or 0) > LARGE
    aliases = re.split(r"[|;]", line["aliases_ar"] or "")
    aliases = [name for name in aliases if is_known or (fold_name(name), country) in listed()]
    aliases = [name for name in aliases if not _DIVISION.match(fold_name(name))]
    everything = (line["name_ar"], *aliases)
    names = [name for name in everything if is_capital or not is_ambiguous(fold_name(name), line, data)]
    return sorted(
        names, key=lambda name: (-words().get(fold_name(name), UNKNOWN).uses, name[-1:] == "ه", name[:1] == "آ")
    )


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a table of the gazetteer's sources."""
    with require(path).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def find_capitals(lines: Sequence[dict[str, str]], seats: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Find the line of each country's capital, and give it Natural Earth's id and names beside its own.

    `seats` has Natural Earth's capital by country. Some of its GeoNames ids are those of namesakes elsewhere.
    """
    found: dict[str, dict[str, str]] = {}
    for country, seat in seats.items():

        def fit(line: dict[str, str], seat: dict[str, Any] = seat) -> int:
            return sum(weight for mark, weight in _MARKS.items() if line[mark] == str(seat[mark]))

        towns = [line for line in lines if line["country"] == country and fit(line)]
        if towns:
            town = found[country] = max(towns, key=fit)
            names = filter(None, (town["aliases_ar"], *seat["names_ar"]))
            town.update(qid=town["qid"] or seat["qid"], aliases_ar="|".join(names))
    return found


def read_cities(data: Path, seats: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, Row]]:
    """Give each city with the database its row comes from (`geonames` or `dr5hn`); `seats` are the capitals."""
    lines = drop_shared_ids(read_table(data / "gazetteer/cities_ar.tsv"))
    divisions = Divisions(read_table(data / "gazetteer/admin1_arab.tsv"), lines)
    capitals = find_capitals(lines, seats)
    for line in lines:
        is_listed = (fold_name(line["name_ar"]), line["country"]) in listed()
        if int(line["population"] or 0) < SMALL and not line["qid"] and not is_listed:
            continue
        kind = "capital" if line is capitals.get(line["country"]) else "city"
        fields = dict(
            line, geonames=line["geonameid"], lat=line["lat"][:9], lon=line["lon"][:9], admin1=divisions.of(line)
        )
        row = place(kind, believable(line, data, kind == "capital"), **fields)
        if row:
            yield "dr5hn" if "dr5hn" in (line["source"], line["qid_source"]) else "geonames", row


def read_divisions(data: Path, admin1_codes: Path) -> Iterator[Row]:
    """Give the first-level divisions of the Arab League; `admin1_codes` has GeoNames' (code, two names, id a line)."""
    cities, divisions = read_table(data / "gazetteer/cities_ar.tsv"), read_table(data / "gazetteer/admin1_arab.tsv")
    codes = Divisions(divisions, drop_shared_ids(cities)).codes
    lines = (
        require(admin1_codes, "Debian's libtimezonemap-data has it; name it with --admin1-codes")
        .read_text("utf-8")
        .splitlines()
    )
    ids = {code: number for code, *_, number in (line.split("\t") for line in lines)}
    for line in divisions:
        fields = dict(line, admin1=line["iso3166_2"], lat=line["lat"][:9], lon=line["lon"][:9])
        fields["geonames"] = ids.get(codes.get(line["iso3166_2"], ""), "")
        fields |= {"lat": "", "lon": ""} if is_astray(line, cities) else {}
        row = place("admin1", [line["native_ar"]], **fields)
        if row:
            yield row | {"keys": "|".join(dict.fromkeys((row["keys"], _GENERIC.sub("", row["keys"]))))}
