"""What is read of an office before it is known whose it is."""

from typing import NamedTuple

from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.entities.offices.words import Head


class Named(NamedTuple):
    """A mention, the token after its end, and the proclitics before it."""

    mention: Mention
    last: int
    prefix: str


class Phrase(NamedTuple):
    """An office at tokens `[first, last)`: its head, its usual name, and whose it is.

    The role of a head alone ("الرئيس") is its lemma, and `bare`. `body` is a body that the words name, also where the
    role and the country say as much ("وزارة الخارجية المصرية"), and `organisation` one that only its name tells.
    """

    first: int
    last: int
    head: Head
    role: str
    bare: bool
    country: str | None = None
    organisation: Entity | None = None
    body: Entity | None = None
    stately: bool = False
