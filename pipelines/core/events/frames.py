"""Read along a clause from its trigger and put each phrase into the slot it stands in.

Slots are s (subject), o (object), g (genitive of a verbal noun), c (behind the cue), by (agent of a passive), or the
preposition before the phrase. A noun that we do not know fills its slot too, so that what follows is not mistaken
for it.
"""

from dataclasses import dataclass, field

from pipelines.core.events.lexicon import triggers, words
from pipelines.core.events.phrases import Phrase
from pipelines.core.events.scene import Scene, Trigger

_CLITIC = {"بال": "ب", "لل": "ل"}
_ACTING = frozenset("asvwh")
_OWNERS = frozenset(("LOC", "ORG", "PER", "body", "office", "force"))


@dataclass(slots=True)
class Filling:
    """Which phrase stands in which slot, and which slots hold a word unknown to us."""

    open: list[str]
    mutual: bool = False
    found: list[tuple[str, Phrase]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    pending: str = ""
    owner_next: bool = False
    named_next: str = ""
    owned: str = ""
    thing: str = ""
    crossed: bool = False
    seen: str = ""
    seen_at: int = -1

    def take(self, phrase: Phrase) -> None:
        """Put a phrase into the slot that stands open."""
        slot = self._slot(phrase)
        if slot == "o" and phrase.kind == "PER" and self._names_subject():
            self.open.insert(0, "o")
            slot, phrase = "s", phrase._replace(first=self.found.pop()[1].first)
        if slot:
            self.found.append((slot, phrase))
        self.seen, self.seen_at = slot, phrase.last
        self.pending, self.owner_next, self.named_next, self.owned, self.thing = "", False, "", "", ""

    def _names_subject(self) -> bool:
        """Say whether an office stands as subject with words of place behind it: a name there is its holder's."""
        return self.crossed and not self.mutual and bool(self.found) and self.found[-1][1].kind == "office"

    def _slot(self, phrase: Phrase) -> str:
        if phrase.preposition:
            return self.thing if phrase.preposition == "ل" and self.thing else phrase.preposition
        if phrase.joined:
            return self.seen if self.seen_at in (phrase.first, phrase.first - 1) else ""
        if self.pending or self.owner_next:
            return self.pending or (self.owned if phrase.kind in _OWNERS else "")
        if self.named_next and phrase.kind == "PER":
            return self.named_next
        return self.open.pop(0) if self.open else ""

    def pass_unknown(self, folded: str, owned: str) -> None:
        """Let a noun that is no phrase fill the slot that stands open; `owned` slots pass to who owns the thing."""
        self.named_next, self.owned = "", ""
        if self.pending:
            self.owned = self.pending if self.pending in owned else ""
            self.pending = ""
        elif self.open:
            slot = self.open.pop(0)
            if not self.crossed:
                self.unknown.add(slot)
            self.named_next = slot
            self.owned = slot if slot in owned else ""
        self.owner_next = not folded.startswith("ال")


def fill_slots(scene: Scene, start: int, stop: int, slots: list[str], trigger: Trigger | None) -> Filling:
    """Read from `start` to the end of the clause, at most to `stop`; `slots` are those that need no preposition."""
    filling = Filling(slots, trigger is None or trigger.form.entry.type == "CONSULT")
    at = start
    while at < stop:
        folded = scene.folded(at)
        phrase = scene.starts.get(at)
        if phrase and folded in words("adjectival") and trigger and at == trigger.at + 1 and not trigger.is_verb:
            at += 1
            continue
        if phrase and phrase.kind != "nisba":
            filling.take(phrase)
            at = phrase.last
            continue
        if folded == "(":
            at = _close(scene, at, stop)
        elif phrase:
            _take_nisba(filling, phrase, trigger)
        elif folded != '"':
            if scene.is_break(at) or (scene.is_finite(at) and at not in scene.ends) or _starts_verb(folded):
                break
            _pass(scene, filling, at, trigger)
        at += 1
    return filling


def _starts_verb(folded: str) -> bool:
    """Guess that an unknown word is a verb, joined with و or in the imperfect, so that a clause starts with it."""
    if folded[0] == "ي" and len(folded) > 3 and folded not in words("skips"):
        return True
    return (
        folded[0] == "و"
        and len(folded) > 3
        and folded[1:3] != "ال"
        and not (folded[1:] in words("prepositions") or folded[1:] in words("skips") or folded[1:] in words("owned"))
    )


def _close(scene: Scene, at: int, stop: int) -> int:
    return next((near for near in range(at, min(stop, at + 8)) if scene.folded(near) == ")"), at)


def _take_nisba(filling: Filling, phrase: Phrase, trigger: Trigger | None) -> None:
    """Take an adjective of nation right behind a verbal noun for who acted ("غارة إسرائيلية")."""
    filling.owner_next = False
    if trigger is None or trigger.is_verb or filling.found or filling.crossed or "g" in filling.unknown:
        return
    if trigger.form.entry.roles.get("g", "-") in _ACTING:
        filling.found.append(("g", phrase))
        filling.open = [slot for slot in filling.open if slot != "g"]
        filling.seen, filling.seen_at = "g", phrase.last


def _pass(scene: Scene, filling: Filling, at: int, trigger: Trigger | None) -> None:
    """Take account of a word that is no phrase."""
    folded = scene.folded(at)
    bare = folded[1:] if folded[0] == "و" else folded
    if trigger and at == trigger.cue and "c" in trigger.form.entry.roles:
        filling.pending = "c"
    elif folded in words("agent_nouns") or (filling.pending in ("علي", "من") and folded in words("agent_hands")):
        filling.pending = "by"
    elif bare in words("prepositions"):
        filling.pending, filling.crossed = bare, True
    elif (trigger and at == trigger.cue) or folded in words("owned") or folded in words("skips") or folded[0].isdigit():
        filling.owner_next = False
        if folded in words("owned"):
            filling.thing = filling.pending if filling.pending in ("علي", "ضد") else "o" if "o" in filling.open else ""
    elif folded[1:] in words("owned") and folded[0] in "بل":
        filling.pending = folded[0]
    elif folded[:3] in _CLITIC or folded[:2] in _CLITIC:
        filling.pending, filling.owner_next = "", False
    elif folded[0] == "ب" and trigger and "ب" in trigger.form.entry.roles and len(folded) > 3:
        filling.pending, filling.owner_next = "", True
        filling.owned = "ب" if _passes_to_owner(trigger, folded[1:]) else ""
    elif not (_is_adjective(folded) and _wants_adjective(filling, trigger)):
        filling.pass_unknown(folded, "o" if _passes_to_owner(trigger, folded) else "")


def _passes_to_owner(trigger: Trigger | None, folded: str) -> bool:
    """Say whether a thing stands for its owner: to praise or blame a policy is to praise or blame its maker.

    Not so with what was done to somebody: to condemn a killing is not to condemn the killed.
    """
    if trigger is None or trigger.form.entry.type not in ("ACCUSE", "SUPPORT", "REJECT"):
        return False
    return not any(form.entry.roles.get("g") in ("r", "v") for form in triggers().get(folded, ()))


def _is_adjective(folded: str) -> bool:
    return (folded.endswith(("ي", "ه", "يا", "ين")) and not folded.startswith("ال")) or folded.endswith(("يه", "يين"))


def _wants_adjective(filling: Filling, trigger: Trigger | None) -> bool:
    return trigger is not None and not trigger.is_verb and not filling.found and not filling.pending
