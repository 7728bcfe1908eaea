"""What outlets tell differently of one happening: how many were killed or hurt, who did it, where, and whether it was.

All of it is in the records of a story's events: two that agree in what they are about, and that different outlets tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any, NamedTuple

from pipelines.page.marking import Piece, quoted
from pipelines.page.tolls import Toll, read_tolls
from pipelines.tables.events import outlet_name
from pipelines.tables.places import located

Fields = dict[str, Any]
DEEDS = ("ASSAULT", "COERCE")
"""Somebody did it, and who is a question; of meetings two that differ in who met are two meetings."""
_WIDE = ("country", "region", None)


class Quote(NamedTuple):
    """An outlet's words, and where they stand."""

    outlet: str
    article_id: str
    event_id: str
    at: datetime
    pieces: list[Piece]


class Side(NamedTuple):
    """What some outlets say: a number of people, or names (id and name), or whether it happened."""

    toll: Toll | None
    names: list[tuple[str, str]]
    is_denied: bool
    quotes: list[Quote]


class Dispute(NamedTuple):
    """Something that is told in different ways: killed, hurt, actor, place or denied; `event` is what it is about."""

    kind: str
    event: Fields
    sides: list[Side]


def find_disputes(events: Iterable[Fields]) -> list[Dispute]:
    """Return what a story's outlets tell differently; nothing where they do not."""
    news = [one for one in events if not (one["historical"] or one["future"] or one["hypothetical"])]
    real = [one for one in news if not one["negated"]]
    pairs = [(one, other) for one, other in combinations(real, 2) if _are_of_one_happening(one, other)]
    return [
        *_tolls(real),
        *(_by_name("actor", *pair) for pair in pairs if _differ_in_actor(*pair)),
        *(_by_name("place", *pair) for pair in pairs if _differ_in_place(*pair)),
        *(_denied(one, other) for one in real for other in news if other["negated"] and _deny(one, other)),
    ]


def _tolls(events: Sequence[Fields]) -> Iterator[Dispute]:
    """Yield the numbers that differ, of each outlet the last it told."""
    for told in _by_happening(events):
        last: dict[tuple[str, str], tuple[Toll, Fields, Fields]] = {}
        said = [(words, event) for event in told for words in event["evidence"] if not words["copy_of"]]
        for words, event in sorted(said, key=lambda pair: pair[0]["published_at"]):
            for toll in read_tolls(words["quote"]["text"]):
                last[toll.kind, words["source"]] = toll, words, event
        for kind in ("killed", "hurt"):
            found = [one for (of, _), one in last.items() if of == kind]
            if any(one[0].differs(other[0]) for one, other in combinations(found, 2)):
                sides: dict[Toll, list[Quote]] = defaultdict(list)
                for toll, words, event in found:
                    sides[toll].append(_quote(words, event))
                yield Dispute(kind, told[0], [Side(toll, [], False, sides[toll]) for toll in sorted(sides)])


def _by_happening(events: Sequence[Fields]) -> Iterator[list[Fields]]:
    """Yield events together that are of one type, at one place, on one day; one without a place is alone."""
    groups: dict[tuple[str, ...], list[Fields]] = defaultdict(list)
    for event in events:
        place = event["place"]["entity_id"] if event["place"] else event["event_id"]
        groups[event["type"], place].append(event)
    for group in groups.values():
        days = {_day(one) for one in group} - {None}
        yield from ([one for one in group if len(days) < 2 or _day(one) == day] for day in (days if days else {None}))


def _are_of_one_happening(one: Fields, other: Fields) -> bool:
    """Return whether two events may be one that different outlets tell: no outlet tells both."""
    return (
        one["type"] == other["type"]
        and (one["mode"] == other["mode"] or None in (one["mode"], other["mode"]))
        and (_day(one) == _day(other) or None in (_day(one), _day(other)))
        and not set(one["outlets"]) & set(other["outlets"])
        and bool(_ids(one, "recipients") & _ids(other, "recipients"))
    )


def _differ_in_actor(one: Fields, other: Fields) -> bool:
    """Return whether they name others as who did it: «Israel» and «the Israeli army» are no others.

    Both name somebody whom a register knows: «the extremist group» may be anybody.
    """
    are_known = all(any(who["qid"] or who["geonames_id"] for who in event["actors"]) for event in (one, other))
    if one["type"] not in DEEDS or not are_known or _is_elsewhere(one, other):
        return False
    countries, others = ({actor["country"] for actor in event["actors"]} - {None} for event in (one, other))
    return not (_ids(one, "actors") & _ids(other, "actors") or countries & others)


def _differ_in_place(one: Fields, other: Fields) -> bool:
    """Return whether the same did the same to the same on the same day, and elsewhere."""
    same = bool(_ids(one, "actors") & _ids(other, "actors")) and _day(one) == _day(other) is not None
    return one["type"] in DEEDS and same and _is_elsewhere(one, other)


def _is_elsewhere(one: Fields, other: Fields) -> bool:
    """Return whether both say where, and neither place may be in the other."""
    if not (one["place"] and other["place"]) or one["place"]["entity_id"] == other["place"]["entity_id"]:
        return False
    here, there = located(one["place"]), located(other["place"])
    if here["country"] != there["country"]:
        return True
    kinds = here["place_kind"], there["place_kind"]
    return not any(kind in _WIDE for kind in kinds) and ("admin1" not in kinds or here["admin1"] != there["admin1"])


def _deny(one: Fields, other: Fields) -> bool:
    """Return whether one tells as a fact what the other says did not happen."""
    return _are_of_one_happening(one, other) and bool(_ids(one, "actors") & _ids(other, "actors"))


def _by_name(kind: str, *events: Fields) -> Dispute:
    sides = []
    for event in events:
        named = event["actors"] if kind == "actor" else [event["place"]]
        sides.append(Side(None, [(one["entity_id"], one["name"]) for one in named], False, _quotes(event)))
    return Dispute(kind, events[0], sides)


def _denied(one: Fields, other: Fields) -> Dispute:
    return Dispute("denied", one, [Side(None, [], event["negated"], _quotes(event)) for event in (one, other)])


def _quotes(event: Fields) -> list[Quote]:
    """Return the words of each outlet that tells an event, a quote an outlet."""
    first: dict[str, Fields] = {}
    for words in event["evidence"]:
        if not words["copy_of"]:
            first.setdefault(words["source"], words)
    return [_quote(words, event) for words in first.values()]


def _quote(words: Fields, event: Fields) -> Quote:
    outlet = outlet_name(words["source"], words["url"])
    return Quote(outlet, words["article_id"], event["event_id"], words["published_at"], quoted(words))


def _ids(event: Fields, role: str) -> set[str]:
    return {one["entity_id"] for one in event[role]}


def _day(event: Fields) -> str | None:
    return event["date"]["value"] if event["date"] else None
