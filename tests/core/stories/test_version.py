from pipelines.core.stories.index import StoryIndex
from pipelines.core.stories.version import StoryVersion
from pipelines.core.units import DAY
from tests.core.stories.conftest import Copy, Tell

FLOOD = "flood dam derna valley rain"


def story(tell: Tell, *titles: str, words: tuple[str, ...] = ()) -> StoryVersion:
    said = words or (FLOOD,) * len(titles)
    articles = [tell(n, told, hour=n, title=title) for n, (title, told) in enumerate(zip(titles, said, strict=True))]
    ((_, version),) = StoryIndex(3 * DAY, waits=False).add(articles)[0]
    assert isinstance(version, StoryVersion)
    return version


def test_the_first_good_headline_stands_for_a_story(tell: Tell) -> None:
    told = story(tell, "شاهد.. السيول تجرف جسرين", "السيول", "السيول تجرف جسرين في درنة", "درنة تخلي سكان الوادي")
    assert told.headline_id == "a002"


def test_where_none_is_good_the_first_stands(tell: Tell) -> None:
    assert story(tell, "السيول", "الأمطار").headline_id == "a000"


def test_a_report_on_the_edge_of_a_story_gives_it_no_headline(tell: Tell) -> None:
    edge = "flood dam other many things besides which nobody tells"
    titles = ("خبر آخر على هامش القصة", "السيول تجرف جسرين في درنة", "السيول في درنة تجرف جسرين")
    assert story(tell, *titles, words=(edge, FLOOD, FLOOD)).headline_id == "a001"


def test_articles_and_copies_are_in_the_order_of_publication(tell: Tell, copy: Copy) -> None:
    stories = StoryIndex(3 * DAY, waits=False)
    stories.add([tell(5, FLOOD, hour=2)])
    stories.add([copy(7, 5, hour=4), tell(1, FLOOD, hour=1)])
    ((_, told),) = stories.add([copy(6, 5, hour=3)])[0]
    assert isinstance(told, StoryVersion)
    assert [one.article_id for one in told.articles] == ["a001", "a005"]
    assert [one.article_id for one in told.copies] == ["a006", "a007"]
