"""Tell what happened from what did not, will, might, or happened long ago."""

from datetime import date, timedelta

from pipelines.core.events.event import EventDate, Flags
from pipelines.core.events.lexicon import words
from pipelines.core.events.scene import Scene, Trigger

_NEWS_WINDOW = timedelta(days=14)
_BEFORE = 4
_REACH = 25
_CONTENT = frozenset(("REQUEST", "THREATEN", "REJECT"))
_PROMISE = frozenset(("AGREE",))
_DEEDS = frozenset(("ACCUSE", "REQUEST", "THREATEN", "REJECT"))


def find_flags(scene: Scene, trigger: Trigger, others: list[Trigger], day: EventDate | None, published: date) -> Flags:
    """Read the four flags of a trigger from the words before it, and `historical` from its date too."""
    before = _words_before(scene, trigger.at)
    tense = _governing_tense(scene, trigger)
    refused = tense != "future" and _is_negated(scene, trigger, before)
    source = find_governor(scene, trigger, others)
    governor = source.form.entry.type if source else None
    return Flags(
        negated=refused or (tense == "future" and before[:1] == ["لن"]) or before[:1] == ["لن"],
        future=tense == "future" or _is_future(scene, trigger, before) or governor in _PROMISE or before[:1] == ["لن"],
        hypothetical=_is_hypothetical(before, tense) or governor in _CONTENT,
        historical=_is_historical(scene, trigger, before, day, published),
    )


def _words_before(scene: Scene, at: int) -> list[str]:
    """Return the words before a trigger in its clause, nearest first."""
    found: list[str] = []
    for near in range(at - 1, max(scene.sentence.first - 1, at - 1 - _REACH), -1):
        folded = scene.folded(near)
        if folded in (",", "،", ";", "؛", ".", ":"):
            break
        found.append(folded)
    return found


def _governing_tense(scene: Scene, trigger: Trigger) -> str:
    """Return the tense of the verb, or of the light verb right before a verbal noun."""
    if trigger.is_verb:
        return trigger.form.shape.tense
    for near in range(trigger.at - 1, max(scene.sentence.first - 1, trigger.at - 8), -1):
        if scene.is_break(near):
            break
        if near in scene.helpers:
            return scene.helpers[near].shape.tense
    return "noun"


def _is_negated(scene: Scene, trigger: Trigger, before: list[str]) -> bool:
    if before[:1] and before[0] in words("negators"):
        return True
    if trigger.form.shape.proclitic.startswith("و"):
        return False
    near = before[:_BEFORE]
    if any(word in words("negating_nouns") for word in near) and not _bridged(near, "negating_nouns"):
        return True
    helper = next((at for at in range(trigger.at - 1, trigger.at - 7, -1) if at in scene.helpers), None)
    return not trigger.is_verb and helper is not None and scene.folded(helper - 1) in words("negators")


def _bridged(near: list[str], name: str) -> bool:
    """Say whether a word like "after" or "because of" stands between the cue and the trigger: then it did happen."""
    at = next(i for i, word in enumerate(near) if word in words(name))
    return any(word in words("factual_bridges") for word in near[:at])


def _is_future(scene: Scene, trigger: Trigger, before: list[str]) -> bool:
    near = before[:_BEFORE]
    if any(word in words("future_cues") for word in near) and not _bridged(near, "future_cues"):
        return True
    behind = [scene.folded(at) for at in range(trigger.at + 1, trigger.at + 9)]
    if trigger.is_verb:
        return trigger.form.shape.tense == "present" and any(word in words("future_adjectives") for word in behind)
    return any(word in words("future_adjectives") for word in behind[:2])


def _is_hypothetical(before: list[str], tense: str) -> bool:
    if before[:1] and before[0] in ("قد", "وقد", "فقد") and tense in ("present", "future"):
        return True
    near = before[: _BEFORE + 1]
    return any(word in words("hypothetical_cues") for word in near) and not _bridged(near, "hypothetical_cues")


def find_governor(scene: Scene, trigger: Trigger, others: list[Trigger]) -> Trigger | None:
    """Return the demand, threat, refusal or promise in whose content this trigger stands, if any."""
    for other in sorted(others, key=lambda one: -one.at):
        if other.at >= trigger.at or trigger.at - other.at > _REACH or trigger.at <= other.cue:
            continue
        between = [scene.folded(at) for at in range(other.at + 1, trigger.at)]
        kind = other.form.entry.type
        if any(word in (",", "،", ";", ".", ":") or word in words("factual_bridges") for word in between):
            return None
        joined = trigger.is_verb and trigger.form.shape.proclitic == "و"
        if kind in _CONTENT | _PROMISE and not joined and trigger.form.entry.type not in _DEEDS:
            return None if "ضد" in between else other
    return None


def _is_historical(scene: Scene, trigger: Trigger, before: list[str], day: EventDate | None, published: date) -> bool:
    if day is not None:
        last = _last_day(day.value)
        if last is not None and last < published - _NEWS_WINDOW:
            return True
    if trigger.is_verb and trigger.form.shape.tense == "past":
        opening = [word for word in before if word in ("كان", "كانت", "وكان", "وكانت", "كانوا")]
        if opening and (set(before[:2]) & {"قد", "سبق"} or before[-1] in ("وكان", "وكانت")):
            return True
    return any(word in words("history_cues") for word in before[:_BEFORE])


def _last_day(value: str) -> date | None:
    """Return the last day that a date value can mean, roughly: enough to tell weeks from years."""
    value = value.rpartition("/")[2]
    try:
        if "W" in value:
            year, week = value.split("-W")
            return date.fromisocalendar(int(year), int(week), 7)
        if value.endswith("X"):
            return date(int(value[:3] + "9"), 12, 31)
        year, month, day = [*value.split("-"), "12", "28"][:3] if len(value) == 4 else [*value.split("-"), "28"][:3]
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
