"""Countries, and the adjectives and nouns of nation."""

from functools import cache

from pipelines.core.entities.mention import Entity
from pipelines.core.entities.tables import places, rows

_ENDINGS = ("", "ه", "ا", "ان", "ين", "ون", "ات", "تان", "تين")


@cache
def countries() -> dict[str, Entity]:
    """Load the countries by their ISO 3166-1 alpha-2 code."""
    found = (bearer for bearers in places().values() for bearer in bearers if bearer.kind == "country")
    return {known.entity.country: known.entity for known in found if known.entity.country}


@cache
def nisbas() -> dict[str, Entity]:
    """Load the adjectives and nouns of nation, each with its country.

    >>> nisbas()["التونسيين"].name
    'تونس'
    """
    table = {row["form"]: countries()[row["country"]] for row in rows("odbl/nisba.tsv")}
    for row in rows("nisba_more.tsv"):
        table.update(dict.fromkeys(inflect(row["base"]), countries()[row["country"]]))
    return table


def inflect(base: str) -> set[str]:
    """Inflect a folded adjective of nation, of one word or two: feminine, dual, plurals, with and without the article.

    >>> {"اميركيه", "الاميركيين", "اميركيا"} <= inflect("اميركي"), "الكوريه الشماليه" in inflect("كوري شمالي")
    (True, True)
    """
    stems = base.split(" ")
    forms = {" ".join(stem + ending for stem in stems) for ending in _ENDINGS}
    definite = {" ".join("ال" + word for word in form.split(" ")) for form in forms if not form.endswith("يا")}
    return forms | definite | {f"ال{form}" for form in forms if " " in form}  # "الجنوب افريقي"
