"""Find where and when: the place named with a preposition of place, the date named in the sentence."""

from pipelines.core.article import Article
from pipelines.core.entities.mention import Entity, Mention
from pipelines.core.events.event import EventDate
from pipelines.core.events.lexicon import words
from pipelines.core.events.phrases import Phrase
from pipelines.core.events.roles import Cast
from pipelines.core.events.scene import Scene, Trigger
from pipelines.core.text.fold import fold_text

_AT_DATELINE = frozenset(("CONSULT", "AGREE", "PROTEST"))
_PHYSICAL = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT", "AID"))


def find_place(scene: Scene, trigger: Trigger, cast: Cast) -> Entity | None:
    """Return the most specific place that the sentence names as one, the nearest behind the trigger first."""
    if cast.places:
        return _most_specific(list(cast.places)).participant.entity
    taken = {phrase.first for phrase in (*cast.actors, *cast.recipients)}
    named = [
        phrase
        for phrase in scene.phrases
        if phrase.kind == "LOC" and phrase.first not in taken and _is_place(scene, phrase)
    ]
    behind = [phrase for phrase in named if phrase.first > trigger.at and not _other_clause(scene, trigger, phrase)]
    here = [phrase for phrase in named if not _other_clause(scene, trigger, phrase)]
    firm = [phrase for phrase in here if _is_firm(scene, trigger, phrase)]
    for near in (firm, behind, named) if trigger.form.entry.type in _PHYSICAL else (firm,):
        if near:
            return _most_specific(near).participant.entity
    targets = [phrase for phrase in cast.recipients if phrase.kind == "LOC"]
    return targets[0].participant.entity if targets and trigger.form.entry.type == "ASSAULT" else None


def _is_firm(scene: Scene, trigger: Trigger, phrase: Phrase) -> bool:
    """Say whether "in X" hangs on the event itself, not on a noun before it ("the situation in X")."""
    at = phrase.first if phrase.preposition else phrase.first - 1
    at -= 1
    while scene.folded(at) in words("place_heads") or scene.folded(at) in words("place_prepositions"):
        at -= 1
    folded = scene.folded(at)
    known = at in scene.ends or at == trigger.at or at in scene.helpers or folded[:1].isdigit()
    known = known or (trigger.cue > trigger.at and trigger.cue <= at <= trigger.cue + 2)
    return (
        known
        or folded in words("skips")
        or any(one.span.start <= scene.tokens[at].start < one.span.end for one in scene.dates)
    )


def _other_clause(scene: Scene, trigger: Trigger, phrase: Phrase) -> bool:
    start, stop = sorted((trigger.at, phrase.first))
    return any(scene.folded(at) in ("،", ",", "؛", ";", ":") for at in range(start, stop))


def _is_place(scene: Scene, phrase: Phrase) -> bool:
    if phrase.preposition == "ب":
        return True
    at = phrase.first - 1
    if phrase.prefix or not scene.folded(at):
        return False
    while scene.folded(at) in words("place_heads") and scene.folded(at - 1):
        folded = scene.folded(at)
        if folded[0] == "ب" and folded[1:] in words("place_heads"):
            return True
        if folded in words("place_prepositions") and scene.folded(at - 1) not in words("place_prepositions"):
            return True
        at -= 1
    return scene.folded(at) in words("place_prepositions")


def _most_specific(phrases: list[Phrase]) -> Phrase:
    """Prefer a place inside a country to the country, then the first named."""
    return min(phrases, key=lambda phrase: phrase.participant.entity.admin1 is None)


def find_dateline(article: Article, mentions: list[Mention]) -> Entity | None:
    """Return the city of the dateline, where the article also names it."""
    city = article.byline.city if article.byline else None
    if city is None:
        return None
    folded = fold_text(city.text)
    return next(
        (one.entity for one in mentions if one.entity.type == "LOC" and folded in fold_text(one.span.text)), None
    )


def happens_at_dateline(kind: str) -> bool:
    """Say whether an event of this type, with no place of its own, is likely where the report was filed."""
    return kind in _AT_DATELINE


def find_day(scene: Scene, trigger: Trigger) -> EventDate | None:
    """Return the date named nearest to the trigger in its sentence, or None where the text does not say.

    The day of publication is never guessed into a record (`labelling.md`: "none where it does not say"); it only
    serves the event's id.
    """
    start, end = scene.sentence.start, scene.sentence.end
    named = [one for one in scene.dates if start <= one.span.start < end]
    if not named:
        return None
    at = scene.tokens[trigger.at].start
    nearest = min(named, key=lambda one: (_crosses(scene, at, one.span.start), abs(one.span.start - at)))
    return EventDate(nearest.value, nearest.granularity)


def _crosses(scene: Scene, one: int, other: int) -> int:
    """Count the clause marks between two positions."""
    between = scene.document.text[min(one, other) : max(one, other)]
    return between.count("،") + between.count("؛") + between.count(",")
