"""Decide who acted and who was acted upon: active or passive, verb or verbal noun, one side or both."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.core.events.frames import Filling, fill_slots
from pipelines.core.events.lexicon import Entry, Form, words
from pipelines.core.events.phrases import Phrase
from pipelines.core.events.scene import Scene, Trigger
from pipelines.core.events.subjects import find_subject_before

_DAMMA = "\u064f"
_MUTUAL = frozenset(("CONSULT", "AGREE", "COOPERATE", "SUPPORT"))
_VICTIMS = frozenset(("PER", "people", "crowd", "MISC", "office"))
_MIGHT = frozenset(("force", "ORG", "LOC", "nisba", "body", "MISC"))
_LIGHT_REACH = 14


class Cast(NamedTuple):
    """The phrases that act, are acted upon, and name the place."""

    actors: Sequence[Phrase] = ()
    recipients: Sequence[Phrase] = ()
    places: Sequence[Phrase] = ()


def cast_roles(scene: Scene, trigger: Trigger) -> Cast:
    """Fill the roles of one trigger from its clause."""
    filling = _read_verb(scene, trigger) if trigger.is_verb else _read_noun(scene, trigger)
    return _assign(filling, trigger.form.entry)


def _read_verb(scene: Scene, trigger: Trigger) -> Filling:
    entry, shape = trigger.form
    before = [] if shape.proclitic else find_subject_before(scene, trigger.at)
    slots = [] if before or shape.person == "pl" else ["s"]
    if "o" in entry.roles and not shape.suffix:
        slots.append("o")
    filling = fill_slots(scene, trigger.at + 1, scene.sentence.last, slots, trigger)
    filling.found[:0] = [("s", phrase) for phrase in before]
    if shape.suffix:
        filling.unknown.add("o")
    if _is_passive(scene, trigger, filling, before):
        return _rename(filling, "s", "o")
    if not before and _disagrees(scene, trigger, filling):
        return _rename(filling, "s", "o" if "o" in entry.roles else "-")
    return filling


def _rename(filling: Filling, old: str, new: str) -> Filling:
    filling.found = [(new if slot == old else slot, phrase) for slot, phrase in filling.found]
    return filling


def _is_passive(scene: Scene, trigger: Trigger, filling: Filling, before: Sequence[Phrase]) -> bool:
    """Read a verb that takes an object but has none here as passive, if its one noun can suffer it."""
    entry, shape = trigger.form
    slots = {slot for slot, _ in filling.found} | filling.unknown
    if "o" not in entry.roles or "o" in slots:
        return False
    word = scene.document.text[scene.tokens[trigger.at].start : scene.tokens[trigger.at].end]
    if shape.tense == "past" and _DAMMA in word[1 + len(shape.proclitic) : 3 + len(shape.proclitic)]:
        return True
    subject = next((phrase for slot, phrase in filling.found if slot == "s"), None)
    if "maybe" not in entry.options or subject is None:
        return False
    if subject.kind in _VICTIMS or "by" in slots:
        return not before or subject.kind != "office"
    if subject.kind == "LOC":
        return not before and not _is_country(subject)
    return subject.kind == "force" and (subject.quantified or entry.type == "ASSAULT") and not before


def _disagrees(scene: Scene, trigger: Trigger, filling: Filling) -> bool:
    """Say whether verb and noun disagree: then the subject is left out, and this is the object."""
    subject = next((phrase for slot, phrase in filling.found if slot == "s"), None)
    if subject is None:
        return False
    head = scene.folded(subject.first)[len(subject.prefix) :]
    if head == "المجتمع" and trigger.form.entry.type == "REQUEST":
        return True
    if trigger.form.shape.person == "ms":
        feminine = head.endswith("ه") and subject.kind in ("body", "force", "LOC", "ORG")
        return (feminine and head not in words("masculine")) or head in words("feminine")
    if trigger.form.shape.person == "fs":
        return (
            subject.kind in ("office", "body", "force")
            and not head.endswith(("ه", "ات"))
            and (head not in words("feminine") and not subject.plural)
        )
    return False


def _read_noun(scene: Scene, trigger: Trigger) -> Filling:
    entry, shape = trigger.form
    slots = [] if shape.suffix or trigger.cue == trigger.at + 1 else ["g"]
    filling = fill_slots(scene, trigger.at + 1, scene.sentence.last, slots, trigger)
    if not _has_actor(filling, entry):
        filling.found += _light_subject(scene, trigger)
    return filling


def _has_actor(filling: Filling, entry: Entry) -> bool:
    return any(entry.roles.get(slot, "") in ("a", "s", "h") or slot == "by" for slot, _ in filling.found)


def _light_subject(scene: Scene, trigger: Trigger) -> list[tuple[str, Phrase]]:
    """Find who "held", "made" or "launched" what the verbal noun names; of "witnessed", the subject is the place."""
    at = trigger.at - 1
    if scene.folded(at) in words("prepositions"):
        return []
    for near in range(at, max(scene.sentence.first - 1, at - _LIGHT_REACH), -1):
        helper = scene.helpers.get(near)
        if helper is None:
            if scene.is_break(near) and scene.folded(near) not in ('"', "،", ","):
                return []
            continue
        if helper.entry.type not in ("LIGHT", "PLACELIGHT"):
            return []
        slot = "light" if helper.entry.type == "LIGHT" else "p"
        before = [] if helper.shape.proclitic else find_subject_before(scene, near)
        behind = fill_slots(scene, near + 1, trigger.at, ["s"], None)
        return [(slot, phrase) for phrase in before or [phrase for got, phrase in behind.found if got == "s"]]
    return []


def _assign(filling: Filling, entry: Entry) -> Cast:
    actors: list[Phrase] = []
    recipients: list[Phrase] = []
    places: list[Phrase] = []
    for slot, phrase in filling.found:
        role = {"s": "a", "by": "a", "light": "a", "p": "p", **entry.roles}.get(slot, "-")
        if role == "v":
            role = "r" if phrase.kind == "LOC" and not _has_recipient(filling, entry) else "a"
        if role == "w":
            role = "r" if phrase.kind == "LOC" and not _is_country(phrase) else "a"
        if role == "h":
            role = "p" if phrase.kind == "LOC" else "s"
        if role == "s":
            role = "r" if actors else "a"
        if role == "p" and phrase.kind == "LOC":
            places.append(phrase)
        elif role in "ar":
            (actors if role == "a" else recipients).append(phrase)
    if entry.type in _MUTUAL and "مع" in entry.roles and len(actors) > 1 and not recipients:
        actors, recipients = actors[:1], actors[1:]
    return Cast(actors, recipients, places)


def _is_country(phrase: Phrase) -> bool:
    """Tell a country from a place inside one: it has a Wikidata id and no place of its own in GeoNames."""
    return phrase.participant.entity.qid is not None and phrase.participant.entity.geonames_id is None


def _has_recipient(filling: Filling, entry: Entry) -> bool:
    return any(entry.roles.get(slot) == "r" for slot, _ in filling.found)


def is_admitted(form: Form, cast: Cast, placed: bool) -> bool:
    """Say whether enough is known for this line of the lexicon, and of the right kind.

    A definite noun with nobody in it ("الهجمات") only points back to what was told.
    """
    entry, shape = form
    wants = entry.options
    if ("actor" in wants or "pair" in wants) and not cast.actors:
        return False
    if "pair" in wants and not cast.recipients:
        return False
    if "person" in wants and not any(_is_person(phrase) for phrase in cast.recipients):
        return False
    if "force" in wants and not any(phrase.kind in _MIGHT for phrase in cast.actors):
        return False
    if "crowd" in wants and not any(phrase.kind in ("crowd", "people", "MISC") for phrase in cast.actors):
        return False
    return bool(
        cast.actors or cast.recipients or "bare" in wants or ("place" in wants and placed and not shape.definite)
    )


def _is_person(phrase: Phrase) -> bool:
    return phrase.kind in _VICTIMS or phrase.kind == "force"
