"""Put the events that a story's articles report to happenings: what a reader takes for one, however it is told.

One outlet says that gunmen seized pupils in Zamfara, another that schoolgirls were abducted in Nigeria: two events, for
their records agree in too little to share an id, and one happening.
"""

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians

from pipelines.core.events.joining import score_across
from pipelines.core.events.profile import Profile
from pipelines.core.stories.reported import Reported, Site

LIKE = 0.5
"""So much like those of a happening an event must be on average, by what they name alone (`score_across`)."""
_NEAR_KM, _KM_A_DEGREE = 60.0, 111.0
_TOGETHER = ("AGREE", "CONSULT", "COOPERATE")
_HELD, _TAKEN = ("abduct", "arrest", "seize"), ("ASSAULT", "COERCE")


def gather(articles: Iterable[Sequence[Reported]]) -> list[list[str]]:
    """Return the ids of events, happening by happening, in the order first told; an id that comes again once.

    `articles` has the events of each article, in the order in which they were published. Two of one article are never
    put together: its own tellings have been joined.
    """
    happenings: list[list[Reported]] = []
    placed: set[str] = set()
    for events in articles:
        before = list(happenings)
        for event in events:
            if event.event_id in placed:
                continue
            placed.add(event.event_id)
            found = _best(event, before)
            if found is None:
                happenings.append([event])
            else:
                found.append(event)
                before = [one for one in before if one is not found]
    return [[event.event_id for event in happening] for happening in happenings]


def _best(event: Reported, happenings: Sequence[list[Reported]]) -> list[Reported] | None:
    fits = ((_likeness(event, happening), -number) for number, happening in enumerate(happenings))
    best, number = max(fits, default=(0.0, 0))
    return happenings[-number] if best > LIKE else None


def _likeness(event: Reported, happening: Sequence[Reported]) -> float:
    """Return how an event fits a happening: as it fits those of it on average; not, where one of them rules it out."""
    if not all(may_be_one(event, other) for other in happening):
        return 0.0
    return sum(_score(event, other) for other in happening) / len(happening)


def _score(one: Reported, two: Reported) -> float:
    """Score two events of one type as tellings that do not stand near each other."""
    return score_across(two.profile._replace(order=1), one.profile._replace(order=3, type=two.profile.type))


def may_be_one(one: Reported, two: Reported) -> bool:
    """Return whether somebody is known of both, and nothing speaks against it: type, flags, day, place, who."""
    left, right = one.profile, two.profile
    return (
        all(told.actors or told.recipients for told in (left, right))
        and (left.type == right.type or _is_capture(one, two))
        and left.flags == right.flags
        and (left.day is None or right.day is None or left.day.startswith(right.day) or right.day.startswith(left.day))
        and _may_be_one_place(left.place, one.site, right.place, two.site)
        and (not one.countries or not two.countries or bool(one.countries & two.countries))
        and not _is_turned_round(left, right)
    )


def _is_turned_round(left: Profile, right: Profile) -> bool:
    """Return whether one does to the other what the other does to it: not so where both do it together."""
    if left.type in _TOGETHER or left.actors & right.actors:
        return False
    return bool(left.actors & right.recipients or left.recipients & right.actors)


def _is_capture(one: Reported, two: Reported) -> bool:
    """Return whether both say that somebody was taken: one outlet's abduction is another's detention."""
    return all(event.profile.type in _TAKEN and event.mode in _HELD for event in (one, two))


def _may_be_one_place(left: str | None, one: Site | None, right: str | None, two: Site | None) -> bool:
    """Return whether two places are the same, near each other, or one may hold the other."""
    if left == right or one is None or two is None:
        return True
    if one.country and two.country and one.country != two.country:
        return False
    if one.is_country or two.is_country or (one.admin1 and one.admin1 == two.admin1):
        return True
    return kilometres(one, two) < _NEAR_KM


def kilometres(one: Site, two: Site) -> float:
    """Return how far two sites are apart, near enough for towns; 0 where one has no coordinates.

    >>> round(kilometres(Site(None, None, 33.5, 36.3), Site(None, None, 33.9, 35.5)), -1)
    90.0
    """
    if one.latitude is None or two.latitude is None or one.longitude is None or two.longitude is None:
        return 0.0
    across = (one.longitude - two.longitude) * cos(radians((one.latitude + two.latitude) / 2))
    return hypot(one.latitude - two.latitude, across) * _KM_A_DEGREE
