"""Guess what sort of thing an unknown name names."""

from collections.abc import Sequence

from pipelines.core.entities.gazetteer import kind_of
from pipelines.core.entities.lexicon import ANNOUNCED, name_parts, triggers
from pipelines.core.entities.name_words import bare, is_arabic_name, is_compound, is_family, is_foreign, is_given
from pipelines.core.entities.nations import nisbas
from pipelines.core.entities.person_keys import sounds_christened

_MORE_BODIES = """
بلديه قياده وفد كنيسه حوزه
سفاره قنصليه خفر حرس درك سلاح بحريه بورصه سوق كتله قايمه مصلحه دايره مرصد متحف مصنع مصفاه مفاعل معسكر
عصابه فرقه تنسيقيه فيدراليه فدراليه كونفدراليه اكاديميه نيابه قضاء قوي بعثه جند لجان وحدات اداره مكتبه خطوط طيران
"""
_SITES = ("مسجد", "منفذ", "حقل", "محور", "حاجز", "معتقل", "ممر")
_MORE_ANNOUNCED = {**dict.fromkeys(_MORE_BODIES.split(), "ORG"), **dict.fromkeys(_SITES, "LOC")}
"""Words that no person is called by, which the tagger's table of words that announce a name does not have."""


def guess_type(parts: Sequence[str]) -> str:
    """Guess from its folded words what sort of thing an unknown name names.

    >>> [guess_type(parts.split()) for parts in ("حركه الغد", "وادي النخيل", "سالم الحمداني", "بوريس هيكتر", "ميثاق")]
    ['ORG', 'LOC', 'PER', 'PER', 'MISC']
    """
    if announced := ANNOUNCED.get(triggers().get(parts[0], "")) or _MORE_ANNOUNCED.get(parts[0]):
        return announced
    with_article = len(parts) == 2 and parts[0].startswith("ال")
    if with_article and is_family(bare(parts[0])) and is_given(parts[1]):
        return "PER"  # "السركال ميار", "اللومي تركي"
    nations = any(part in nisbas() for part in parts[1:]) or kind_of(parts[-1]) == "country"
    if nations and len(parts) > 1 and not (is_given(parts[0]) or sounds_christened(parts[0])):
        return "MISC"
    if (
        with_article
        and kind_of(parts[1]) is None
        and not parts[1].startswith(("ال", "لل", "ب", "ل", "و"))
        and parts[0].endswith("ي")
    ):
        return "PER"  # "الشرعبي مهيوب"
    bears = is_given(parts[0]) or any(map(_is_born, parts))
    return "PER" if bears or (len(parts) > 1 and (is_foreign(parts) or not parts[0].startswith("ال"))) else "MISC"


def _is_born(word: str) -> bool:
    """Tell whether people are called by a folded word."""
    return is_arabic_name(word) or is_compound(word) or name_parts().get(word, 0) > 1
