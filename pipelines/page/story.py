"""One story: who published what when, what its outlets say happened, where and who."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pipelines.page.marking import Piece, quoted
from pipelines.page.store import Store
from pipelines.tables.events import outlet_name
from pipelines.tables.places import located

Fields = dict[str, Any]


class Told(NamedTuple):
    """What an outlet says of an event, the one of its article, and those who say it in the same words after it."""

    outlet: str
    article_id: str
    event_id: str
    field: str
    pieces: list[Piece]
    echoes: list[str]


class EventTold(NamedTuple):
    """A happening: the event that most outlets tell so, what each outlet says of it, and which of the story do not."""

    event: Fields
    told: list[Told]
    untold: list[str]


def find_story(store: Store, story_id: str) -> Fields | None:
    """Return a whole story, None where there is none."""
    found = store.whole("story", [story_id])
    return found[0] if found else None


def timeline(story: Fields) -> list[Fields]:
    """Return the articles with outlets' names and seconds after the first, copies under what they copy.

    A copy whose original is not in the story stands for itself.
    """
    first = story["first_published_at"]
    articles = [
        one
        | {
            "outlet": outlet_name(one["source"], one["url"]),
            "after": (one["published_at"] - first).total_seconds(),
            "copies": [],
        }
        for one in story["articles"]
    ]
    by_id = {one["article_id"]: one for one in articles if not one["copy_of"]}
    for one in articles:
        if one["copy_of"] in by_id:
            by_id[one["copy_of"]]["copies"].append(one)
    return [one for one in articles if one["copy_of"] not in by_id]


def events_of(store: Store, story: Fields) -> list[EventTold]:
    """Return its happenings, those that most outlets tell first, each with a quote an outlet."""
    names = {one["source"]: outlet_name(one["source"], one["url"]) for one in story["articles"]}
    events = [one for one in store.whole("event", story["event_ids"]) if not one["retracted"] and one["evidence"]]
    told = [_event_told(happening, names) for happening in _by_happening(story, events)]
    return sorted(told, key=lambda one: (one.event["historical"], -len(one.event["outlets"]), -one.event["confidence"]))


def _by_happening(story: Fields, events: Sequence[Fields]) -> Iterable[list[Fields]]:
    number = {one: at for at, told in enumerate(story.get("happenings") or ()) for one in told["event_ids"]}
    happenings: dict[Any, list[Fields]] = defaultdict(list)
    for event in events:
        happenings[number.get(event["event_id"], event["event_id"])].append(event)
    return happenings.values()


def _event_told(happening: Sequence[Fields], names: dict[str, str]) -> EventTold:
    best = max(happening, key=lambda event: (len(event["outlets"]), event["confidence"]))
    by_outlet: dict[str, list[Fields]] = defaultdict(list)
    for event in (best, *(other for other in happening if other is not best)):
        for one in event["evidence"]:
            by_outlet[one["source"]].append(one | {"event_id": event["event_id"]})
    told: dict[str, Told] = {}
    for evidence in by_outlet.values():
        first = _told(evidence)
        words = "".join(piece.text for piece in first.pieces)
        if words in told:
            told[words].echoes.append(first.outlet)
        else:
            told[words] = first
    whole = best | {"outlets": list(dict.fromkeys(name for event in happening for name in event["outlets"]))}
    return EventTold(whole, list(told.values()), [name for source, name in names.items() if source not in by_outlet])


def _told(evidence: Sequence[Fields]) -> Told:
    """Return an outlet's words, its own before those of what it copied."""
    own = next((one for one in evidence if not one["copy_of"]), evidence[0])
    outlet = outlet_name(own["source"], own["url"])
    return Told(outlet, own["article_id"], own["event_id"], own["quote"]["field"], quoted(own), [])


def places_of(story: Fields, events: Sequence[EventTold]) -> list[Fields]:
    """Return the places of a story that have coordinates, with how many of its events happened there."""
    found: dict[str, Fields] = {}
    for place in [*(one.event["place"] for one in events if one.event["place"]), *story["places"]]:
        spot = located(place)
        if spot["latitude"] is not None:
            known = found.setdefault(place["entity_id"], {"name": place["name"], "n": 0, **place, **spot})
            known["n"] += 1
    return sorted(found.values(), key=lambda one: -one["n"])
