"""Events as articles of a story report them."""

from typing import Any

from pipelines.core.events.profile import Profile
from pipelines.core.stories.reported import Reported, Site

NOBODY: frozenset[str] = frozenset()
PLAIN = Profile(0, "ASSAULT", NOBODY, NOBODY, NOBODY, NOBODY, None, None, "خطف", False, (False, False, False, False))
ZAMFARA, KANO = Site("NG", None, 12.1, 6.2), Site("NG", None, 12.0, 8.5)
NIGERIA, MALI = Site("NG", None, 9.1, 8.7, is_country=True), Site("ML", None, 17.6, -4.0, is_country=True)


def reported(
    event_id: str, site: Site | None = None, mode: str | None = None, countries: str = "", **told: Any
) -> Reported:
    """Return an abduction by nobody known of nobody named, but for what is told; sides are words, split at spaces."""
    sides = ("actors", "recipients", "actor_words", "recipient_words")
    given: dict[str, Any] = {name: frozenset(value.split()) if name in sides else value for name, value in told.items()}
    return Reported(event_id, PLAIN._replace(**given), mode, site, frozenset(countries.split()))
