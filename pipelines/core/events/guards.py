"""Keep sport, films and accidents from being read as violence and diplomacy."""

from collections.abc import Sequence

from pipelines.core.article import Article
from pipelines.core.events.lexicon import Entry, words
from pipelines.core.events.scene import Scene, Trigger
from pipelines.core.text.document import Document

_PLAY_CATEGORIES = ("رياض", "sport", "فن", "ثقاف", "منوعات", "culture", "entertainment")
_ENOUGH = 3


def is_play(article: Article, documents: Sequence[Document]) -> bool:
    """Say whether the article as a whole is about sport or the arts: its category, or enough of their words."""
    category = (article.category or "").lower()
    if any(category.startswith(name) for name in _PLAY_CATEGORIES):
        return True
    seen = {token.folded for document in documents for token in document.tokens[:150]}
    if documents and any(token.folded in words("sport") for token in documents[0].tokens[:40] if documents[1:]):
        return True
    return max(len(seen & words("sport")), len(seen & words("culture"))) >= _ENOUGH


def is_out_of_place(scene: Scene, trigger: Trigger, play: bool) -> bool:
    """Say whether the sentence is about something that only sounds like this event."""
    entry: Entry = trigger.form.entry
    here = scene.words
    hard = "hard" in entry.options
    if (play or here & words("sport")) and not (hard and here & words("violent")):
        return True
    if here & words("culture"):
        return True
    if "deadly" in entry.options and here & words("accident") and not here & words("violent"):
        return True
    return bool({"violent", "hostile"} & entry.options) and not here & words("violent")
