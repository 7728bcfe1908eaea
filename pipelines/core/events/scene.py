"""Hold one sentence with all that stands in it: its phrases, its triggers and where its clauses end."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pipelines.core.entities.mention import DateMention, Mention, Office
from pipelines.core.events.lexicon import Form, triggers, words
from pipelines.core.events.located import Named, locate
from pipelines.core.events.phrases import Phrase, find_phrases
from pipelines.core.text.document import Document, Sentence, Token

_MARKS = frozenset('.,،;؛:!?؟()[]"«»-–—/…|')
_NOT_EVENTS = frozenset(("LIGHT", "PLACELIGHT", "TOLIGHT", "SAY", "DENY"))
_CUE_WINDOW = 7


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that says an event, the form it was found in, and the token of the cue it needed (or itself)."""

    at: int
    form: Form
    cue: int

    @property
    def is_verb(self) -> bool:
        """Say whether it is a finite verb."""
        return self.form.shape.tense != "noun"


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence, read; `words` are its folded tokens."""

    document: Document
    sentence: Sentence
    named: Named
    phrases: Sequence[Phrase]
    starts: Mapping[int, Phrase]
    ends: Mapping[int, Phrase]
    helpers: Mapping[int, Form]
    dates: Sequence[DateMention]
    words: Set[str]

    @property
    def tokens(self) -> Sequence[Token]:
        """Return the tokens of the whole document; positions are the sentence's own."""
        return self.document.tokens

    def folded(self, at: int) -> str:
        """Return the folded token, empty outside the sentence."""
        return self.tokens[at].folded if self.sentence.first <= at < self.sentence.last else ""

    def is_break(self, at: int) -> bool:
        """Say whether a clause ends before this token."""
        folded = self.folded(at)
        return not folded or folded in _MARKS or folded in words("subordinators")

    def is_finite(self, at: int) -> bool:
        """Say whether this token is a finite verb that we know, and is joined to the clause before at most with و."""
        forms = triggers().get(self.folded(at))
        return bool(forms) and at not in self.starts and all(form.shape.tense != "noun" for form in forms or ())


def read_scene(
    document: Document,
    sentence: Sentence,
    mentions: Sequence[Mention],
    offices: Sequence[Office],
    dates: Sequence[DateMention],
) -> Scene:
    """Read the names, offices, phrases and light verbs of one sentence."""
    named = locate(document, sentence, mentions)
    phrases = find_phrases(document, sentence, named, locate(document, sentence, offices))
    helpers: dict[int, Form] = {}
    for at in range(sentence.first, sentence.last):
        for form in triggers().get(document.tokens[at].folded, ()):
            if form.entry.type in _NOT_EVENTS and at not in named:
                helpers.setdefault(at, form)
    starts = {phrase.first: phrase for phrase in phrases}
    ends = {phrase.last - 1: phrase for phrase in phrases}
    seen = {token.folded for token in document.tokens[sentence.first : sentence.last]}
    return Scene(document, sentence, named, phrases, starts, ends, helpers, dates, seen)


def find_triggers(scene: Scene) -> list[Trigger]:
    """Choose, for every word that may say an event, the first line of the lexicon whose cues stand around it."""
    found: list[Trigger] = []
    covered = 0
    inside = {at for start, (_, last, _) in scene.named.items() for at in range(start, last)}
    for at in range(scene.sentence.first, scene.sentence.last):
        forms = triggers().get(scene.folded(at))
        if not forms or at in inside or at < covered:
            continue
        trigger = _choose(scene, at, forms)
        if trigger:
            found.append(trigger)
            if trigger.is_verb and trigger.cue > at:
                covered = trigger.at + 1
    return [one for one in found if not _is_cue(one, found)]


def _is_cue(one: Trigger, found: Sequence[Trigger]) -> bool:
    """Say whether another trigger needed this word as its cue: then it is no event of its own ("قدم استقالته")."""
    return any(other.cue == one.at and other.at < one.at and other.is_verb for other in found)


def _choose(scene: Scene, at: int, forms: Sequence[Form]) -> Trigger | None:
    verbal = _reads_as_verb(scene, at)
    forms = [form for form in forms if _spelling_fits(scene, at, form)]
    for form in forms:
        entry, shape = form
        if entry.type in _NOT_EVENTS:
            continue
        if shape.tense == "jussive" and scene.folded(at - 1) not in words("negators"):
            continue
        if (shape.tense != "noun") != verbal and len({one.shape.tense == "noun" for one in forms}) == 2:
            continue
        if entry.barred and any(
            entry.barred.fullmatch(scene.folded(near)) for near in (at - 2, at - 1, *range(at + 1, at + 5))
        ):
            continue
        cue = _find_cue(scene, at, form)
        if cue is not None:
            return Trigger(at, form, cue)
    return None


def _find_cue(scene: Scene, at: int, form: Form) -> int | None:
    need = form.entry.need
    if need is None:
        return at
    window = 1 if "next" in form.entry.options else 3 if "near" in form.entry.options else _CUE_WINDOW
    for near in range(at + 1, min(at + 1 + window, scene.sentence.last)):
        folded = scene.folded(near)
        if need.fullmatch(folded):
            return near
        if folded in (".", "،", ",", "؛", ";", ":") and near > at + 1:
            return None
    return None


def _spelling_fits(scene: Scene, at: int, form: Form) -> bool:
    """Tell what folding made equal: ة never ends a verb with its object ("أدانه" and "إدانة")."""
    last = scene.document.text[scene.tokens[at].end - 1]
    if form.shape.suffix:
        return last != "ة"
    return form.shape.tense == "noun" or last != "ة"


def _reads_as_verb(scene: Scene, at: int) -> bool:
    """Judge a form that is verb and noun alike ("قتل") by what stands before it: a noun or preposition wants a noun."""
    before = scene.folded(at - 1)
    if scene.is_break(at - 1) or before in words("negators") or before in words("skips"):
        return True
    if before in words("prepositions") or before in words("negating_nouns") or (at - 1) in scene.helpers:
        return False
    return (at - 1) in scene.ends and not _has_verb_before(scene, at)


def _has_verb_before(scene: Scene, at: int) -> bool:
    for near in range(at - 1, scene.sentence.first - 1, -1):
        if scene.is_break(near):
            return False
        if near in scene.helpers or scene.is_finite(near):
            return True
    return False
