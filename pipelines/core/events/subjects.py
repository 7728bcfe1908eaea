"""Find the subject that stands before its verb."""

from pipelines.core.events.lexicon import words
from pipelines.core.events.phrases import Phrase
from pipelines.core.events.scene import Scene


def find_subject_before(scene: Scene, at: int) -> list[Phrase]:
    """Find the subject that stands before the verb at `at` (headlines, and clauses that put the noun first)."""
    at -= 1
    if scene.folded(at) in words("relatives"):
        at -= 1
    for _ in range(6):
        folded = scene.folded(at)
        if at in scene.ends or not (folded in words("skips") or folded in words("negators") or folded in ('"', ")")):
            break
        at -= 1
    found: list[Phrase] = []
    phrase = scene.ends.get(at)
    while phrase and phrase.kind != "nisba" and not phrase.preposition:
        found.insert(0, phrase)
        if not phrase.joined:
            break
        phrase = scene.ends.get(phrase.first - 1)
    return found if found and _may_start(scene, found[0].first - 1) else []


def _may_start(scene: Scene, at: int) -> bool:
    """Say whether a subject may follow this token: a break, a count, a title or a definite noun in apposition."""
    while scene.folded(at) in words("owned") or scene.folded(at) in words("counts") or scene.folded(at) == '"':
        at -= 1
    folded = scene.folded(at)
    if scene.is_break(at) or folded in words("titles") or folded in words("skips"):
        return True
    return folded.startswith("ال") and folded not in words("prepositions") and at not in scene.ends
