"""Where the events of a choice are."""

from typing import Any

from pipelines.page.choice import Choice
from pipelines.page.store import Store

MOST = 150


def find_places(store: Store, choice: Choice) -> list[dict[str, Any]]:
    """Return the places of events of a choice that have coordinates, with how many events, the most first.

    Where a search or an outlet is chosen, the events are those of the stories that fit.
    """
    of_events = choice.of_events() or "NOT e.retracted"
    by_story = choice.q or choice.outlet or choice.outlets or choice.disputed
    stories = f"SELECT event_id FROM story_events JOIN stories s USING (story_id) WHERE {choice.of_stories()}"
    inside = f"AND e.event_id IN ({stories})" if by_story else ""
    return store.ask(
        f"""
        SELECT place_id, any_value(place) AS name, any_value(country) AS country, any_value(latitude) AS latitude,
               any_value(longitude) AS longitude, count(*) AS n, mode(type) AS mostly
        FROM events e WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND {of_events} {inside}
        GROUP BY place_id ORDER BY n DESC, place_id LIMIT {MOST}
        """
    )
