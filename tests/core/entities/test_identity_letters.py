import pytest

from pipelines.core.entities.identity import identify
from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("#بشار_الأسد", "بشار الأسد"),
        ("#الأمم_المتحدة", "الأمم المتحدة"),
        ("#طارق_الزروالي", "طارق الزروالي"),
        ("#DonaldTrump", "Donald Trump"),
        ("#Saudi_Arabia", "السعودية"),
    ],
)
def test_a_hashtag_is_the_name_that_it_writes_as_one(written: str, plain: str) -> None:
    assert entity_id(written) == entity_id(plain)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ﺑﺸﺎﺭ ﺍﻷﺳﺪ", "بشار الأسد"),
        ("ﻃﺎﺭﻕ الزروالي", "طارق الزروالي"),
        ("Ａｎｇｅｌａ Ｍｅｒｋｅｌ", "أنجيلا ميركل"),
        ("𝗔𝗻𝗴𝗲𝗹𝗮 𝗠𝗲𝗿𝗸𝗲𝗹", "أنجيلا ميركل"),
    ],
)
def test_letters_in_the_forms_of_print_are_the_same_letters(written: str, plain: str) -> None:
    assert entity_id(written) == entity_id(plain)


@pytest.mark.parametrize("name", ["'s", "’s", "'s 's", "ə", "əə", "ǿ", "UN envoy envoy", "3 envoy envoy"])
def test_signs_and_words_said_twice_are_read_to_their_end(name: str) -> None:
    found = identify(name)
    assert found is None or found.confidence <= 0.2


@pytest.mark.parametrize("body", ["Prime Minister Benjamin Netanyahu Office", "Queen Rania Foundation"])
def test_a_body_that_bears_a_name_behind_an_office_is_not_who_bears_it(body: str) -> None:
    found = identify(body)
    assert found is None or found.confidence <= 0.2
    assert entity_id(body) != entity_id("Benjamin Netanyahu")
