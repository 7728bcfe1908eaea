from dataclasses import replace
from datetime import UTC, datetime

from pipelines.core.analysis import Analysis, analyze_article
from pipelines.core.arrival import Analyzed
from pipelines.core.article import Article, Origin, RawArticle
from pipelines.core.normalization import normalize_article
from pipelines.core.stories.features import MOST, find_features, rarity
from pipelines.core.stories.nearest import Nearest
from pipelines.core.stories.reported import report
from pipelines.core.stories.telling import WHOLE, facts_of, tell
from pipelines.core.units import DAY

FLOOD = "أعلنت فرق الدفاع المدني في درنة أن السيول جرفت جسرين وأن عشرات العائلات أُخليت من وادي المدينة."
SAME = "جرفت السيول جسرين في درنة، وأخلى الدفاع المدني عائلات تسكن قرب الوادي، كما قال مسؤول محلي."
OTHER = "أعلنت بلدية درنة افتتاح معرض الكتاب في المدينة، وقالت إن دور نشر عربية ستشارك فيه أسبوعًا."


def read(text: str, title: str = "") -> Analyzed:
    raw = RawArticle("marsa_nil", title or text, text, datetime(2026, 3, 10, tzinfo=UTC).isoformat())
    article = normalize_article(raw).article
    return Analyzed(Origin("t", 0, 0), article, 0, analyze_article(article))


def likeness(one: Analyzed, other: Analyzed) -> float:
    nearest = Nearest(3 * DAY)
    first, second = nearest.weigh(tell(one)), nearest.weigh(tell(other))
    return sum(weight * second.get(key, 0) for key, weight in first.items()) / WHOLE**2


def test_one_happening_in_other_words_is_more_alike_than_another_in_the_same_town() -> None:
    assert likeness(read(FLOOD), read(SAME)) > 0.35 > likeness(read(FLOOD), read(OTHER))


def test_the_same_article_is_wholly_like_itself() -> None:
    assert round(likeness(read(FLOOD), read(FLOOD)), 3) == 1.0


def test_letters_that_stick_to_a_word_make_no_difference() -> None:
    one, other = read("انهيار السد ومقتل عمال"), read("السد: انهيار بعد مقتل العمال")
    assert likeness(one, other) > 0.7


def test_words_of_every_day_tell_nothing() -> None:
    article = read("في من على إلى من في التي").article
    assert find_features(article, Analysis()) == []


def test_a_long_article_keeps_its_most_salient_features_alone() -> None:
    article: Article = read(FLOOD).article
    long = replace(article, body=" ".join(f"كلمة{n} رقم{n}" for n in range(400)), body_end=4_000)
    found = find_features(long, Analysis())
    assert len(found) == MOST
    assert found == sorted(found, key=lambda one: (-one.salience, one.key))


def test_a_word_is_rarer_the_fewer_articles_have_it() -> None:
    assert rarity(1000, 1, 0.0) > rarity(1000, 100, 0.0) > rarity(1000, 100, 0.5)
    assert rarity(10, 10, 1.0) == 0.0


def test_what_a_record_needs_is_remembered_of_an_article() -> None:
    analyzed = read(FLOOD, title="السيول تجرف جسرين في درنة")
    facts = facts_of(tell(analyzed).facts)
    assert facts.title == "السيول تجرف جسرين في درنة"
    assert "درنة" in [one.name for one in facts.named]
    assert facts.events == tuple(map(report, analyzed.analysis.events))
