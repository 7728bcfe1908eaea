import pytest

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
