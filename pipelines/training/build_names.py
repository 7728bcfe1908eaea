"""Write more names of people, clubs and companies: `python -m pipelines.training.build_names`.

They come from the titles of Wikipedia's articles (ArWikiCats), which know no ids. Rows written by hand win over these.
"""

import argparse
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.core.entities.lexicon import UNKNOWN, words
from pipelines.core.entities.name_words import is_foreign
from pipelines.core.entities.names import fold_name, name_key
from pipelines.core.entities.person_keys import person_key
from pipelines.core.entities.tables import places, rows
from pipelines.training.build_gazetteer import write_rows
from pipelines.training.sources import RESOURCES, require

_SOURCE = "gazetteer/arwikicats"
_LONGEST = 4
_EVERYDAY = 3_000
_LETTERS = re.compile(r"[\u0621-\u064a\u067e\u0686\u06a4\u06af\u0698\u064b-\u0652 ]+")
_NOT_PEOPLE = re.compile(r"\b(?:من|ملك|ملكه|امبراطور|امبراطوره|دوق|دوقه|اميره?|البابا|ابن|و)\b")
_NOT_CLUBS = re.compile(
    r"\b(?:دوري|الدوري|كاس|بطوله|بطولات|منافسات|لاعبو|سباق|سباقات|سلسله|رابطه|الرابطه|العاب|جامعه|امم|تحت|منطقه|اتحاد|مونديال)\b"
)


def read_names(path: Path) -> Iterator[str]:
    """Give the Arabic names, each key once; what stands in brackets tells namesakes apart, so such names go."""
    seen: set[str] = set()
    with require(path).open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = " ".join(line["name_ar"].replace("-", " ").split())
            if _LETTERS.fullmatch(name) and name_key(name) not in seen:
                seen.add(name_key(name))
                yield name


def is_person(name: str) -> bool:
    """Tell whether a title is the name of one person, of two to four words and no everyday expression.

    >>> is_person("أبراهام لينكون"), is_person("هنري الأول ملك إنجلترا"), is_person("إل سيد")
    (True, False, False)
    """
    parts = fold_name(name).split()
    return 2 <= len(parts) <= _LONGEST and not _NOT_PEOPLE.search(" ".join(parts)) and not _is_everyday(parts)


def club_names(name: str) -> list[str]:
    """Give the names of a club, or none where a title is a competition's or says too little without a country.

    >>> club_names("شيكاغو بولز"), club_names("نادي النصر"), club_names("الدوري الإنجليزي")
    (['شيكاغو بولز', 'نادي شيكاغو بولز'], [], [])
    """
    parts = fold_name(name).split()
    rest = parts[1:] if parts[:1] == ["نادي"] else parts
    if _NOT_CLUBS.search(" ".join(parts)) or not 1 <= len(rest) <= _LONGEST or not is_foreign(rest):
        return []
    if rest is not parts:
        return [name] if len(rest) == 1 or _is_everyday(rest) else [name, name.partition(" ")[2]]
    return [] if len(parts) == 1 or _is_everyday(parts) else [name, f"نادي {name}"]


def _is_everyday(parts: list[str]) -> bool:
    """Tell a place's name, a word that news uses ("إل سيد" is written as "السيد"), and words that are all frequent."""
    if " ".join(parts) in places() or "".join(parts) in words():
        return True
    return all(words().get(part, UNKNOWN).uses > _EVERYDAY for part in parts)


def main() -> None:
    """Write people_more.tsv.gz and bodies.tsv.gz, leaving out what people.tsv and organisations.tsv know."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    source = parser.parse_args().data / _SOURCE
    own = {
        key
        for file in ("people.tsv", "organisations.tsv")
        for row in rows(file)
        for name in row["names"].split("|")
        for key in (name_key(name), person_key(name))
    }
    people = [[name] for name in read_names(source / "people_en_ar.tsv") if is_person(name)]
    clubs = [club_names(name) for name in read_names(source / "sports_clubs_en_ar.tsv")]
    for file, found in (("people_more.tsv.gz", people), ("bodies.tsv.gz", clubs)):
        fresh = ([name for name in names if not own & {name_key(name), person_key(name)}] for names in found)
        write_rows(RESOURCES / file, ("names",), ({"names": "|".join(names)} for names in fresh if names))


if __name__ == "__main__":
    main()
