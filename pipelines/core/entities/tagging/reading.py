"""What a model reads in an article."""

from typing import NamedTuple

from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.entities.tagging.tellings import Telling


class Reading(NamedTuple):
    """The names in each sentence, and the tellings of events in all of them, in order."""

    tags: list[list[Tag]]
    tellings: list[Telling]
