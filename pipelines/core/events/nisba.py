"""Tell the adjective of a nation from the nation: both are linked to the country."""

from functools import lru_cache

from pipelines.core.entities.mention import Mention
from pipelines.core.entities.nations import nisbas
from pipelines.core.text.fold import fold_text


def is_nisba(mention: Mention) -> bool:
    """Say whether a mention is an adjective of nation, which is linked to the country ("المصرية").

    Some forms are both the adjective and the country ("تركيا", "سورية"): they are read as the country.
    """
    if mention.entity.type == "MISC":
        return True
    return mention.entity.type == "LOC" and _is_adjective(mention.span.text, mention.entity.name)


@lru_cache(maxsize=1 << 14)
def _is_adjective(text: str, name: str) -> bool:
    folded = fold_text(text)
    if folded not in nisbas() or folded == fold_text(name):
        return False
    return folded.startswith("ال") or not folded.endswith(("يا", "يه"))


def agrees(mention: Mention) -> bool:
    """Say whether a definite mention behind a definite head can be its adjective ("الحكومة السعودية")."""
    folded = fold_text(mention.span.text)
    return is_nisba(mention) or (folded.startswith("ال") and folded in nisbas())
