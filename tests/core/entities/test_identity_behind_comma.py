"""What is told behind a name in Latin letters and a comma says who he is: he is no body, and no leader."""

import pytest

from pipelines.core.entities.identity import identify
from tests.core.entities.entity_ids import entity_id


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Donald Tusk, president of the European Council", "Q946"),
        ("Nabih Berri, speaker of parliament", "Nabih Berri"),
        ("Paul Ryan, speaker of the House", "Paul Ryan"),
        ("Mario Draghi, president of the European Central Bank", "Mario Draghi"),
        ("Christine Lagarde, head of the International Monetary Fund", "Christine Lagarde"),
        ("Maria Zakharova, spokeswoman for the Russian foreign ministry", "Maria Zakharova"),
        ("Melania Trump, wife of President Donald Trump", "Q432473"),
        ("Jared Kushner, senior adviser to President Trump", "Jared Kushner"),
        ("Dmitry Peskov, spokesman for President Putin", "Dmitry Peskov"),
        ("Ivanka Trump, daughter of President Trump", "Ivanka Trump"),
        ("Michael Cohen, lawyer for President Trump", "Michael Cohen"),
        ("John Doe, brother of President Donald Trump", "John Doe"),
    ],
)
def test_the_name_before_the_comma_is_meant(name: str, known: str) -> None:
    assert entity_id(name) == (known if known.startswith("Q") else entity_id(known))


@pytest.mark.parametrize(
    "name", ["Trump, wife of Donald Trump", "son of King Hussein, Ali", "Kim, son of Donald Trump"]
)
def test_a_word_before_it_or_none_tells_nobody(name: str) -> None:
    found = identify(name)
    assert found
    assert (found.entity.type, found.confidence) == ("PER", 0.2)


@pytest.mark.parametrize("name", ["President Barack Obama Foundation", "President Barack Obama Foundation, Chicago"])
def test_a_body_called_after_somebody_stays_one(name: str) -> None:
    found = identify(name)
    assert found
    assert found.entity.type == "ORG"
