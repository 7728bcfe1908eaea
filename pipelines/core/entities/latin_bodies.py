"""Read a body, or who leads it, word by word in Latin letters: "European Medicines Agency", "Haut Conseil d'État"."""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from pipelines.core.entities.gazetteer import names
from pipelines.core.entities.latin_lexicon import KINDS, common_words
from pipelines.core.entities.latin_phrases import nation_of
from pipelines.core.entities.latin_titles import arabic_title
from pipelines.core.entities.names import name_key
from pipelines.core.entities.nations import countries
from pipelines.core.entities.variants import find_variant

_LONGEST, _MOST, _CITY = 4, 24, 100_000
_HER_FORM = {"أعلى": "عليا", "أحمر": "حمراء"}
_PORTFOLIOS = frozenset(("وزير", "وزارة", "نائب وزير", "وكيل وزارة"))


class _Item(NamedTuple):
    """A phrase of the lexicon (known), a place, or what joins two (link, and)."""

    kind: str
    told: str = ""


def arabic_body(words: Sequence[str]) -> str | None:
    """Return in Arabic what words in plain Latin letters, all of them known, call a body or who leads it, or None.

    >>> arabic_body("european medicines agency".split()), arabic_body("agence europeenne des medicaments".split())
    ('الوكالة الأوروبية للأدوية', 'الوكالة الأوروبية للأدوية')
    >>> arabic_body("head of egypt national election authority".split())
    'رئيس الهيئة الوطنية للانتخابات المصرية'
    >>> arabic_body("gregory henderson".split()) is None
    True
    """
    items = _items(words)
    placed = [at for at, item in enumerate(items) if item.kind == "place"]
    if len(placed) > 1 or not any(item.kind == "known" for item in items):
        return None
    place = f" في {items[placed[0]].told}" if placed else ""
    made = [(office, f"{name}{place}") for office, name in islice(_names(_without_place(items, placed)), _MOST)]
    known = ((office, _known(name)) for office, name in made)
    return next((f"{office}{name}" for office, name in known if name), "".join(made[0]) if made else None)


def _known(name: str) -> str | None:
    """Return the name of the known body that is called so."""
    found = names().get(name_key(name), {}).get("ORG") or (find_variant("ORG", name) or ())[:1]
    return found[0].entity.name if found else None


def _without_place(items: Sequence[_Item], placed: Sequence[int]) -> Sequence[_Item]:
    """Leave out the place; where it stands last, the links before it too."""
    if not placed:
        return items
    before, behind = list(items[: placed[0]]), items[placed[0] + 1 :]
    while before and not behind and before[-1].kind == "link":
        before.pop()
    return [*before, *behind]


def _items(words: Sequence[str]) -> list[_Item]:
    """Cut words into the longest phrases of the lexicon, places and links; nothing where a word is none of them."""
    items: list[_Item] = []
    at = 0
    while at < len(words):
        cuts = ((size, _item(words[at : at + size])) for size in range(min(_LONGEST, len(words) - at), 0, -1))
        size, item = next(((size, item) for size, item in cuts if item), (0, None))
        if item is None:
            return []
        items.append(item)
        at += size
    return items


def _item(words: Sequence[str]) -> _Item | None:
    plain = " ".join(words)
    spelt = (plain, plain[1:]) if plain[:1] in ("l", "d") and len(plain) > _LONGEST else (plain,)  # "lenergie"
    if known := next((one for one in spelt if any(one in common_words(kind) for kind in KINDS)), None):
        return _Item("known", known)
    if joining := next((kind for kind in ("link", "and") if plain in common_words(kind)), None):
        return _Item(joining)
    bounds = words[0] in common_words("link") or words[-1] in common_words("link")
    place = None if bounds else next(filter(None, map(_place, spelt)), None)
    return _Item("place", place) if place else None


def _place(plain: str) -> str | None:
    """Return the country that a name or adjective means, or a large town, in Arabic."""
    if country := nation_of(plain):
        return countries()[country].name
    title = arabic_title(plain)
    bearers = names().get(name_key(title), {}).get("LOC", ()) if title else ()
    large = bearers and (bearers[0].kind in ("country", "capital") or bearers[0].population >= _CITY)
    return title if large else None


def _names(items: Sequence[_Item], led: bool = True) -> Iterator[tuple[str, str]]:
    """Yield office and body in Arabic, the head last before the first link as in English, else first as in French.

    With `led` false the body is nobody's who leads it: an office is of no other.
    """
    ends = next((at for at, item in enumerate(items) if item.kind == "link"), len(items))
    for at in dict.fromkeys((ends - 1, 0)):
        if not 0 <= at < len(items) or items[at].kind != "known":
            continue
        before, behind = items[:at], items[at + 1 :]
        rest = _trimmed([*before, *behind])
        for office in common_words("office").get(items[at].told, ()):
            if office in _PORTFOLIOS:
                over = [item for item in rest if "وزارة" not in common_words("head").get(item.told, ())]
                yield from (("", f"{office} {portfolio}") for portfolio in _portfolio(over))
            elif led:
                yield from ((f"{office} ", body) for _, body in _names(rest, led=False))
        for head in common_words("head").get(items[at].told, ()):
            said = _portfolio(rest) if head in _PORTFOLIOS else _said_of(head, before, behind)
            yield from (("", f"{head} {one}" if head in _PORTFOLIOS else one) for one in said)


def _trimmed(items: Sequence[_Item]) -> Sequence[_Item]:
    """Return items without what joins none of them."""
    known = [at for at, item in enumerate(items) if item.kind == "known"]
    return items[known[0] : known[-1] + 1] if known else []


def _portfolio(items: Sequence[_Item]) -> Iterator[str]:
    """Yield what a minister is over: nouns with their adjectives, the others behind و."""
    phrases = [_phrase(part) for part in _parts(items)]
    if phrases and all(phrases):
        yield " و".join(phrases)


def _parts(items: Sequence[_Item]) -> list[list[_Item]]:
    """Cut items at what joins them."""
    parts: list[list[_Item]] = [[]]
    for item in items:
        if item.kind == "known":
            parts[-1].append(item)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _phrase(items: Sequence[_Item]) -> str:
    """Return a noun with its adjectives, definite: "التعاون الإسلامي"; nothing where no noun is among the items."""
    nouns = [noun for item in items if (noun := _noun(item))]
    traits = [common_words("adj").get(item.told, ("",))[0] for item in items if not _noun(item)]
    if not nouns or not all(traits):
        return ""
    return " ".join((*nouns[:1], *(_agreeing(trait, _is_hers(nouns[0])) for trait in traits), *nouns[1:]))


def _noun(item: _Item) -> str:
    """Return the noun that an item is, definite, where it is no adjective as well."""
    found = common_words("noun").get(item.told)
    if found or item.told in common_words("adj"):
        return found[0] if found else ""
    heads = common_words("head").get(item.told, ("",))[0]
    return heads if heads.startswith("ال") or " " in heads or not heads else f"ال{heads}"


def _said_of(head: str, before: Sequence[_Item], behind: Sequence[_Item]) -> Iterator[str]:
    """Yield a head with the adjectives beside it and what it is for."""
    end = next((at for at, item in enumerate(behind) if item.kind == "link"), len(behind))
    beside = [item for item in (*before, *behind[:end]) if item.kind == "known"]
    traits = [item for item in beside if item.told in common_words("adj") and item.told not in common_words("noun")]
    nouns = [_noun(item) for item in beside if item not in traits] + list(map(_phrase, _parts(behind[end:])))
    if not all(nouns) or not (traits or nouns):
        return
    for told in product(*(common_words("adj")[item.told] for item in traits)):
        yield _whole(head, told, nouns)


def _whole(head: str, traits: Sequence[str], nouns: Sequence[str]) -> str:
    if not traits:
        return " ".join((head, *nouns[:1], *(f"و{noun}" for noun in nouns[1:])))
    definite = head if head.startswith("ال") or " " in head else f"ال{head}"
    owned = (f"لل{noun[2:]}" if noun.startswith("ال") else f"ل{noun}" for noun in nouns)
    return " ".join((definite, *(_agreeing(trait, _is_hers(head)) for trait in traits), *owned))


def _is_hers(noun: str) -> bool:
    first = noun.split(" ", maxsplit=1)[0]
    return first.endswith(("ة", "ات")) or first in common_words("hers")


def _agreeing(trait: str, hers: bool) -> str:
    return f"ال{_HER_FORM.get(trait, f'{trait}ة')}" if hers else f"ال{trait}"
